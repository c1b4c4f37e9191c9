"""What the dresses really paint: controls have edges, words are readable, and the keyboard's place is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGroupBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.settings import Theme
from app.ui import look

LEAST = {theme: look.HIGH_CONTRAST if theme is Theme.CONTRAST else look.LEAST_CONTRAST for theme in Theme}
BLOCK = "\N{FULL BLOCK}" * 4  # letters without a gap
SEEN = 40  # points of an edge


@pytest.fixture(params=Theme)
def dress(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """Every dress in turn."""
    look.wear(qapp, request.param, 11)
    yield request.param
    look.wear(qapp, Theme.LIGHT, 11)


@pytest.fixture
def high(qapp: QApplication) -> Iterator[None]:
    """The dress of high contrast."""
    look.wear(qapp, Theme.CONTRAST, 11)
    yield
    look.wear(qapp, Theme.LIGHT, 11)


def inks(widget: QWidget, box: QRect) -> Counter[str]:
    """The colours of a part of a picture of a widget, with how many points have them."""
    image = widget.grab(box).toImage()
    return Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))


def two_tabs() -> QTabBar:
    bar = QTabBar()
    for _ in range(2):
        bar.addTab("")
    return bar


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": QPushButton,
    "tool": QToolButton,
    "line": QLineEdit,
    "cell": lambda: QLineEdit(frame=False),
    "choices": QComboBox,
    "number": QSpinBox,
    "day": QDateEdit,
    "lines": QPlainTextEdit,
    "tick": QCheckBox,
    "round": QRadioButton,
    "table": lambda: QTableWidget(2, 2),
    "text": QTextBrowser,
    "progress": QProgressBar,
    "tabs": two_tabs,
    "group": QGroupBox,
}


@pytest.mark.parametrize("kind", CONTROLS)
def test_every_control_has_an_edge_on_black(qtbot: QtBot, high: None, kind: str) -> None:
    widget = shown(qtbot, CONTROLS[kind]())
    rows = inks(widget, widget.rect())
    assert rows["#ffffff"] + rows["#ffff00"] >= 30, rows.most_common(4)


@pytest.mark.parametrize("kind", ["line", "cell", "lines", "number", "day", "tick", "round"])
def test_what_is_filled_in_or_ticked_is_told_from_its_ground(qtbot: QtBot, dress: Theme, kind: str) -> None:
    ground = QWidget()
    QVBoxLayout(ground).addWidget(widget := CONTROLS[kind]())
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    shown(qtbot, ground)
    window = look.tones().window
    seen = sum(n for ink, n in inks(widget, widget.rect()).items() if look.contrast(ink, window) >= look.MARK_CONTRAST)
    assert seen >= 20


@pytest.mark.parametrize("kind", ["number", "day"])
def test_a_box_of_numbers_has_one_edge_not_two(qtbot: QtBot, high: None, kind: str) -> None:
    widget = shown(qtbot, CONTROLS[kind]())
    widget.clearFocus()
    across = inks(widget, QRect(0, 8, 10, 1))  # above the figures
    assert across["#ffffff"] == 1, across


def test_what_cannot_be_pressed_has_a_dotted_edge_on_black(qtbot: QtBot, high: None) -> None:
    button = shown(qtbot, QPushButton())
    whole = inks(button, button.rect())["#ffffff"]
    button.setEnabled(False)
    assert 0 < inks(button, button.rect())["#ffffff"] < whole * 0.8


def test_what_is_pressed_can_be_told_from_what_is_not(qtbot: QtBot, dress: Theme) -> None:
    chip = QToolButton()
    chip.setCheckable(True)
    shown(qtbot, chip)
    mark = look.tones().at_hand
    assert mark not in inks(chip, chip.rect())
    chip.setChecked(True)
    assert inks(chip, chip.rect())[mark] > 100


def test_the_tab_that_is_shown_is_marked(qtbot: QtBot, dress: Theme) -> None:
    bar = two_tabs()
    shown(qtbot, bar)
    one, other = (inks(bar, bar.tabRect(place))[look.tones().at_hand] for place in range(2))
    assert one > SEEN > other == 0


def test_a_menu_has_an_edge_on_black_and_what_cannot_be_chosen_is_dotted(qtbot: QtBot, high: None) -> None:
    menu = QMenu()
    able, unable = menu.addAction("可用"), menu.addAction("停用")
    shown(qtbot, menu, 160, 80)
    assert inks(menu, QRect(0, 0, 1, menu.height()))["#ffffff"] >= menu.height() * 0.9
    boxes = [menu.actionGeometry(each).adjusted(2, 0, -2, 0) for each in (able, unable)]
    before = inks(menu, boxes[1])["#ffffff"]
    unable.setEnabled(False)
    assert inks(menu, boxes[1])["#ffffff"] > before + SEEN


REACHED: tuple[Callable[[], QWidget], ...] = (
    QPushButton,
    QToolButton,
    QComboBox,
    QCheckBox,
    QRadioButton,
    QLineEdit,
    QSpinBox,
    QDateEdit,
    QPlainTextEdit,
    two_tabs,
)


@pytest.mark.parametrize("make", REACHED)
def test_it_is_seen_what_the_keyboard_is_at(qtbot: QtBot, dress: Theme, make: Callable[[], QWidget]) -> None:
    around, before, widget = QWidget(), QLineEdit(), make()
    inside = QVBoxLayout(around)
    inside.addWidget(before)
    inside.addWidget(widget)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if isinstance(widget, QAbstractButton):
        widget.setText("按钮")
    shown(qtbot, around, 200, 160)
    before.setFocus()
    without = inks(widget, widget.rect())
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert widget.hasFocus()
    new = inks(widget, widget.rect()) - without
    strong = sum(n for ink, n in new.items() if look.contrast(ink, look.tones().window) >= look.MARK_CONTRAST)
    assert strong >= SEEN, new.most_common(4)


@pytest.mark.parametrize("kind", ["button", "pressed", "off", "chip", "choices", "header", "page", "tab"])
def test_every_word_is_readable_on_what_is_painted(qtbot: QtBot, dress: Theme, kind: str) -> None:
    """A style paints its buttons and pages lighter or darker than the theme's own colour for them."""
    widget, box = painted(qtbot, kind)
    grounds = inks(widget, box)
    poor = {
        f"{name} on {ground}": round(look.contrast(colour, ground), 2)
        for name, colour in look.tones().texts().items()
        for ground in grounds
        if look.contrast(colour, ground) < LEAST[dress]
    }
    assert poor == {}


def test_words_of_the_cell_at_hand_are_not_dimmed(qtbot: QtBot, dress: Theme) -> None:
    table = QTableWidget(2, 2)
    table.setItem(0, 0, QTableWidgetItem(BLOCK))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    shown(qtbot, table, 300, 120)
    table.setFocus()
    table.setCurrentCell(0, 0)
    item = table.visualItemRect(table.item(0, 0)).translated(table.viewport().pos())
    ground, words = (ink for ink, _ in inks(table, item).most_common(2))
    assert look.contrast(ground, words) >= LEAST[dress]


def painted(qtbot: QtBot, kind: str) -> tuple[QWidget, QRect]:
    """A control without words, and the part of it where words would stand."""
    if kind == "header":
        table = QTableWidget(1, 1)
        table.setHorizontalHeaderLabels([""])
        shown(qtbot, table, 200, 80)
        return table, table.horizontalHeader().geometry().adjusted(8, 6, -120, -6)
    if kind in ("page", "tab"):
        tabs = QTabWidget()
        for _ in range(2):
            tabs.addTab(QWidget(), "　　　")
        shown(qtbot, tabs, 240, 120)
        words = tabs.tabBar().tabRect(0).adjusted(6, 6, -6, -6)
        return tabs, QRect(20, 60, 60, 20) if kind == "page" else words
    if kind == "chip":
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setChecked(True)
        return shown(qtbot, chip), chip.rect().adjusted(6, 6, -6, -6)
    if kind == "choices":
        return (box := shown(qtbot, QComboBox())), box.rect().adjusted(6, 6, -30, -6)
    button = QPushButton()
    button.setDown(kind == "pressed")
    button.setEnabled(kind != "off")
    return shown(qtbot, button), button.rect().adjusted(6, 6, -6, -6)


def shown(qtbot: QtBot, widget: QWidget, width: int = 120, height: int = 40) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    return widget
