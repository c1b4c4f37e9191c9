"""How the window looks: palettes, colours of levels and conclusions, the font, and lengths measured in letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.core.settings import Theme
from app.ui.outlines import Edged, Outlined
from app.ui.room import free, keep
from app.ui.system_contrast import system_contrast

LEAST_CONTRAST = 4.5
MARK_CONTRAST = 3.0  # of what is no letter
HIGH_CONTRAST = 7.0  # the least in the dress named so
NOT_REVIEWED = "未审查"
FAMILIES = ["Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"]


@dataclass(frozen=True, slots=True)
class Tones:
    """One theme: surfaces, text, and the colours that carry a meaning (each is always shown beside its word).

    `edge` is around fields and boxes, `accent` under what is chosen, `at_hand` around what the keyboard is at.
    """

    window: str
    base: str
    stripe: str
    button: str
    text: str
    faint: str
    line: str
    edge: str
    accent: str
    on_accent: str
    at_hand: str
    grave: str
    doubt: str
    hint: str
    data: str
    good: str
    calm: str

    def texts(self) -> Mapping[str, str]:
        """Every colour that text is written in on window, base or stripe."""
        names = {"text", "faint", "grave", "doubt", "hint", "data", "good", "calm"}
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name in names}


TONES: Mapping[Theme, Tones] = {
    Theme.LIGHT: Tones(
        window="#eef1f5",
        base="#ffffff",
        stripe="#f4f7fa",
        button="#e3e8ee",
        text="#1b2129",
        faint="#535d69",
        line="#c3cbd5",
        edge="#6f7a86",
        accent="#1f5a94",
        on_accent="#ffffff",
        at_hand="#1f5a94",
        grave="#b3201a",
        doubt="#8a4a00",
        hint="#1f5a94",
        data="#6a3d94",
        good="#1b6735",
        calm="#4d5864",
    ),
    Theme.DARK: Tones(
        window="#23272d",
        base="#1a1d22",
        stripe="#20242a",
        button="#282d34",
        text="#e8ebef",
        faint="#a9b3bf",
        line="#4a525d",
        edge="#a9b3bf",
        accent="#2f6db0",
        on_accent="#ffffff",
        at_hand="#86b9f2",
        grave="#ff9a93",
        doubt="#f3b35f",
        hint="#86b9f2",
        data="#cfa3f0",
        good="#7fd196",
        calm="#b4bdc8",
    ),
    Theme.CONTRAST: Tones(
        window="#000000",
        base="#000000",
        stripe="#1c1c1c",
        button="#000000",
        text="#ffffff",
        faint="#ffffff",
        line="#ffffff",
        edge="#ffffff",
        accent="#ffff00",
        on_accent="#000000",
        at_hand="#ffff00",
        grave="#ffff00",
        doubt="#ffff00",
        hint="#ffffff",
        data="#ffffff",
        good="#ffffff",
        calm="#ffffff",
    ),
}
_now = Theme.LIGHT


def wear(app: QApplication, theme: Theme, font_size: int) -> None:
    """Dress the whole program; may be called again when the user changed their mind."""
    global _now  # noqa: PLW0603 - one program, one dress
    _now = theme = to_wear(theme)
    app.setStyle(Outlined() if theme is Theme.CONTRAST else Edged(QColor(TONES[theme].edge)))
    app.styleHints().setColorScheme(Qt.ColorScheme.Light if theme is Theme.LIGHT else Qt.ColorScheme.Dark)
    app.setPalette(palette(TONES[theme]))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSize(font_size)
    app.setFont(font)


def to_wear(chosen: Theme) -> Theme:
    """The chosen theme, but high contrast while Windows itself shows everything so."""
    return Theme.CONTRAST if system_contrast() else chosen


def palette(tones: Tones) -> QPalette:
    """The theme as Qt wants it."""
    made = QPalette(QColor(tones.button), QColor(tones.window))
    role = QPalette.ColorRole
    for name, colour in {
        role.WindowText: tones.text,
        role.Text: tones.text,
        role.ButtonText: tones.text,
        role.Base: tones.base,
        role.AlternateBase: tones.stripe,
        role.Mid: tones.line,
        role.ToolTipBase: tones.base,
        role.ToolTipText: tones.text,
        role.PlaceholderText: tones.faint,
        role.Highlight: tones.accent,
        role.HighlightedText: tones.on_accent,
        role.Accent: tones.at_hand,
        role.Link: tones.hint,
        role.LinkVisited: tones.data,
        role.BrightText: tones.text,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tones.faint))
    return made


def tones() -> Tones:
    """The colours worn now."""
    return TONES[_now]


def worn() -> Theme:
    """The theme worn now."""
    return _now


@contextmanager
def on_paper(*widgets: QWidget) -> Iterator[None]:
    """Draw in the light colours, these widgets too, whatever the window wears."""
    global _now  # noqa: PLW0603 - one program, one dress
    before, palettes = _now, [QPalette(each.palette()) for each in widgets]
    try:
        _now = Theme.LIGHT
        for each in widgets:
            each.setPalette(palette(tones()))
        yield
    finally:
        _now = before
        for each, own in zip(widgets, palettes, strict=True):
            each.setPalette(own)


@cache
def tone_of() -> Mapping[str, str]:
    """Which of the tones each level, conclusion, outcome and state is told in.

    The modules of these words are loaded with the first of them, not before the passphrase.
    """
    from app.core.checks.entries import DutyState
    from app.core.findings import Conclusion, Level, Outcome, Standing, State
    from app.core.store.rows import Ending

    return {
        Level.UNLAWFUL: "grave",
        Level.DOUBT: "doubt",
        Level.HINT: "hint",
        Level.DATA: "data",
        Conclusion.AGREE: "good",
        Conclusion.REFUSE: "grave",
        Conclusion.ADJUST: "doubt",
        Conclusion.INVESTIGATE: "hint",
        Conclusion.UNDECIDED: "calm",
        Standing.BREACH: "grave",
        Standing.DOUBT: "doubt",
        Standing.HINT: "hint",
        Standing.DATA: "calm",
        Standing.UNJUDGED: "calm",
        Standing.CLEAR: "good",
        Outcome.LAWFUL: "good",
        Outcome.NOT_APPLICABLE: "faint",
        State.OPEN: "calm",
        State.CONFIRMED: "grave",
        State.EXCLUDED: "faint",
        State.ISSUED: "good",
        State.CHECKING: "hint",
        State.WATCHED: "doubt",
        State.REPLIED: "hint",
        State.RECTIFIED: "good",
        State.UNRECTIFIED: "grave",
        State.LOOKED_BACK: "hint",
        State.CLOSED: "faint",
        NOT_REVIEWED: "faint",
        DutyState.KEPT: "good",
        DutyState.LATE: "grave",
        DutyState.ABSENT: "grave",
        DutyState.WAITING: "hint",
        Ending.ANSWERED: "good",
        Ending.AGAIN: "doubt",
    }


def colour_of(word: str) -> QColor:
    """The colour a level, conclusion, outcome or state is written in; the text's own for any other word."""
    return QColor(getattr(tones(), tone_of().get(word, "text")))


def seen(colour: str) -> str:
    """A mark's colour, made lighter on black until it stands out as much as a mark must."""
    made = QColor(colour)
    while _now is Theme.CONTRAST and contrast(made.name(), tones().base) < MARK_CONTRAST:
        made = QColor.fromHslF(max(made.hslHueF(), 0), made.hslSaturationF(), min(made.lightnessF() + 0.05, 1))
    return made.name()


def paint_text(widget: QWidget, colour: QColor) -> None:
    """Write a label in a colour of the theme."""
    changed = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        changed.setColor(role, colour)
    widget.setPalette(changed)


def contrast(one: str, other: str) -> float:
    """How well one colour reads on another, 1 to 21, by the usual formula of relative luminance."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def letters(widget: QWidget, count: float) -> int:
    """The width of so many Chinese letters in a widget's font."""
    return round(QFontMetrics(widget.font()).horizontalAdvance("汉") * count)


def lines(widget: QWidget, count: float) -> int:
    """The height of so many lines of text in a widget's font."""
    return round(QFontMetrics(widget.font()).lineSpacing() * count)


def size(window: QWidget, letter_count: float, line_count: float) -> None:
    """Make a dialog so large, but never larger than the screen has room for: what does not fit is scrolled."""
    window.resize(QSize(letters(window, letter_count), lines(window, line_count)).boundedTo(free(window)))
    keep(window)


def larger(widget: QWidget, factor: float = 1.0, *, bold: bool = False) -> None:
    """Set a widget's font to a multiple of the program's."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    widget.setFont(font)
