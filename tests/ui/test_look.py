"""Colours: readable in every theme, one for every word that has a meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.findings import Conclusion, Level, Outcome, State
from app.core.settings import Theme
from app.ui import day_strip, look
from app.ui.main_window import MainWindow

LEAST = {theme: look.HIGH_CONTRAST if theme is Theme.CONTRAST else look.LEAST_CONTRAST for theme in Theme}


@pytest.mark.parametrize("theme", Theme)
def test_every_text_is_readable_on_every_surface(theme: Theme) -> None:
    tones = look.TONES[theme]
    poor = {
        f"{name} on {surface}": round(look.contrast(colour, getattr(tones, surface)), 2)
        for name, colour in tones.texts().items()
        for surface in ("window", "base", "stripe", "button")
        if look.contrast(colour, getattr(tones, surface)) < LEAST[theme]
    }
    assert poor == {}
    assert look.contrast(tones.on_accent, tones.accent) >= LEAST[theme]


@pytest.mark.parametrize("theme", Theme)
def test_the_palette_is_readable_too(theme: Theme) -> None:
    palette = look.palette(look.TONES[theme])
    role = QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
        (role.Link, role.Window),
        (role.LinkVisited, role.Base),
        (role.BrightText, role.Button),
        (role.WindowText, role.Base),
        (role.ButtonText, role.Window),
    ):
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
            colours = palette.color(group, text).name(), palette.color(group, ground).name()
            assert look.contrast(*colours) >= LEAST[theme], (text, group, colours)


@pytest.mark.parametrize("theme", Theme)
def test_every_word_with_a_meaning_is_readable(theme: Theme) -> None:
    tones = look.TONES[theme]
    poor = {
        f"{word} on {surface}"
        for word, tone in look.tone_of().items()
        for surface in ("window", "base", "stripe", "button")
        if look.contrast(getattr(tones, tone), getattr(tones, surface)) < LEAST[theme]
    }
    assert poor == set()


def test_no_letters_are_written_in_a_colour_of_their_own() -> None:
    """Colours stand in the themes, where they are reckoned; the day strip paints boxes and marks, no letters."""
    own = [
        each.name
        for each in sorted(Path(look.__file__).parent.glob("*.py"))
        if re.search(r"#[0-9a-fA-F]{6}\b|GlobalColor|setStyleSheet", each.read_text(encoding="utf-8"))
    ]
    assert own == ["day_strip.py", "look.py"]


@pytest.mark.parametrize("word", [*Level, *Conclusion, *Outcome, *State, look.NOT_REVIEWED])
def test_every_word_has_its_colour(word: str) -> None:
    assert word in look.tone_of() or word == Outcome.FOUND


@pytest.fixture
def high(qapp: QApplication) -> Iterator[None]:
    """The dress of high contrast."""
    look.wear(qapp, Theme.CONTRAST, 11)
    yield
    look.wear(qapp, Theme.LIGHT, 11)


def test_marks_of_the_day_strip_stand_out_on_black(high: None) -> None:
    for colour in (*day_strip.COLOURS.values(), day_strip.UNTOLD):
        assert look.contrast(look.seen(colour), look.tones().base) >= look.MARK_CONTRAST


def test_high_contrast_of_windows_goes_before_the_choice(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look.worn() is Theme.LIGHT
    monkeypatch.setattr(look, "system_contrast", lambda: True)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    qtbot.waitUntil(lambda: look.worn() is Theme.CONTRAST)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#000000"
    monkeypatch.undo()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    qtbot.waitUntil(lambda: look.worn() is Theme.LIGHT)


def test_contrast_is_reckoned_as_usual() -> None:
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert look.contrast("#123456", "#123456") == 1
