"""The hands of whoever sits before the window: a mouse that clicks what is seen, a keyboard that only types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.main_window import MainWindow
from tests.ui.conftest import PATIENCE

LEFT, NO = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MOST_STEPS = 250  # of Tab, from one control to any other


def plain(text: str) -> str:
    """Words without the mark and the letter of their key: 导入表格(&I)… → 导入表格."""
    return text.partition("(&")[0].replace("&", "").removesuffix("…").strip()


class Hands:
    """What both ways of working share: what stands in front, and waiting until the program is done."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def front(self) -> QWidget:
        """The window that takes input now."""
        return QApplication.activeModalWidget() or self.window

    def desk(self) -> QWidget:
        """The desk in front."""
        return self.window.tabs.currentWidget()

    def dialog(self, title: str) -> QDialog:
        """The dialog of this title, once it stands in front."""
        self.qtbot.waitUntil(lambda: title in self.front().windowTitle() and self.front() is not self.window,
                             timeout=PATIENCE)  # fmt: skip
        front = self.front()
        assert isinstance(front, QDialog)
        self.qtbot.waitUntil(front.isActiveWindow, timeout=PATIENCE)
        return front

    def settled(self) -> None:
        """Every job has ended and what it brought is shown."""
        self.qtbot.waitUntil(lambda: not self.window.bar._watched, timeout=PATIENCE)
        QApplication.processEvents()

    def words(self, inside: QWidget | None = None) -> str:
        """Every word of the labels and buttons that are seen."""
        whole = inside or self.front()
        texts = [each.text() for each in (*whole.findChildren(QLabel), *whole.findChildren(QAbstractButton))
                 if each.isVisible()]  # fmt: skip
        return "\n".join(texts)

    def column(self, table: QAbstractItemView, column: int) -> list[str]:
        """The texts of a column, from the top."""
        model = table.model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]


class Mouse(Hands):
    """Clicks controls by what is written on them; whatever is hidden, off or covered is not clicked."""

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """Press the button of these words."""
        whole = inside or self.front()
        found = [
            each for each in whole.findChildren(QAbstractButton) if each.isVisible() and plain(each.text()) == words
        ]
        assert found, f"no button “{words}” is seen among: {self.words(whole)}"
        assert found[0].isEnabled(), f"“{words}” is off"
        self.touch(found[0])

    def touch(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget where it is seen, scrolling to it first."""
        self._scroll_to(widget)
        point = place or widget.rect().center()
        if isinstance(widget, QAbstractButton) and place is None and hasattr(widget, "autoExclusive"):
            point = QPoint(min(widget.height() // 2, widget.width() // 2), widget.height() // 2)
        seen = widget.visibleRegion().boundingRect()
        assert seen.contains(point), f"{widget.accessibleName()} is covered: {seen} of {widget.rect()}"
        QTest.mouseClick(widget, LEFT, NO, point)
        QApplication.processEvents()

    def row(self, table: QAbstractItemView, row: int, column: int = 0) -> None:
        """Click a cell."""
        index = table.model().index(row, column)
        table.scrollTo(index)
        self.touch(table.viewport(), _left_of(table.visualRect(index)))

    def node(self, tree: QAbstractItemView, words: str) -> None:
        """Click the line of a tree that tells these words."""
        model = tree.model()
        for group in range(model.rowCount()):
            parent = model.index(group, 0)
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                if words in _told(index.data(Qt.ItemDataRole.AccessibleTextRole), index.data()):
                    tree.scrollTo(index)
                    self.touch(tree.viewport(), _left_of(tree.visualRect(index)))
                    return
        raise AssertionError(f"no line “{words}”")

    def tab(self, bar: QTabBar, words: str) -> None:
        """Turn to a page."""
        place = next(n for n in range(bar.count()) if words in bar.tabText(n))
        self.touch(bar, bar.tabRect(place).center())

    def type(self, field: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Click into a field and write."""
        self.touch(field)
        field.selectAll()
        commit(field, text)

    def choose(self, box: QComboBox, words: str) -> None:
        """Unfold a box and click the line of these words."""
        place = next(n for n in range(box.count()) if plain(box.itemText(n)).startswith(words))
        self.touch(box)
        view = box.view()
        self.qtbot.waitUntil(view.isVisible, timeout=PATIENCE)
        self.qtbot.wait(2 * QApplication.doubleClickInterval())  # a release right after the press is passed over
        index = box.model().index(place, 0)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), LEFT, NO, view.visualRect(index).center())
        self.qtbot.waitUntil(lambda: not QApplication.activePopupWidget(), timeout=PATIENCE)

    def _scroll_to(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        QApplication.processEvents()


class Keys(Hands):
    """Types on whatever holds the cursor; goes there by Tab, by the letter of a mnemonic, or by a shortcut."""

    def press(self, key: Qt.Key, *, alt: bool = False, ctrl: bool = False, shift: bool = False) -> None:
        """One key, as the system would hand it to the window in front."""
        if not QApplication.activePopupWidget():
            self.front().activateWindow()  # as every system does when the dialog over it has closed
            self.qtbot.waitUntil(self.front().isActiveWindow, timeout=PATIENCE)
        modifiers = NO
        for wanted, modifier in ((alt, Qt.KeyboardModifier.AltModifier), (ctrl, Qt.KeyboardModifier.ControlModifier),
                                 (shift, Qt.KeyboardModifier.ShiftModifier)):  # fmt: skip
            modifiers |= modifier if wanted else NO
        front = QApplication.activePopupWidget() or self.front()  # Qt itself goes on to what holds the cursor
        window = front.windowHandle()
        QTest.keyClick(window, key, modifiers)
        QApplication.processEvents()

    def alt(self, letter: str) -> None:
        """The letter of a mnemonic; a button pressed by it comes up a moment later."""
        front = self.front()
        self.press(Qt.Key(ord(letter.upper())), alt=True)
        down = [each for each in front.findChildren(QAbstractButton) if each.isDown()]
        self.qtbot.waitUntil(lambda: not any(isValid(each) and each.isDown() for each in down), timeout=PATIENCE)

    def write(self, text: str) -> None:
        """Letters into the field that holds the cursor."""
        held = self.held()
        assert isinstance(held, QLineEdit | QPlainTextEdit | QAbstractSpinBox), f"nothing to write in: {name(held)}"
        self.press(Qt.Key.Key_A, ctrl=True)
        commit(held, text)

    def held(self) -> QWidget:
        """What holds the cursor."""
        held = QApplication.focusWidget()
        assert held is not None, "nothing holds the cursor"
        return held

    def go_to(self, wanted: str | Callable[[QWidget], bool]) -> QWidget:
        """Tab until the control of this name holds the cursor; whatever is not reached fails the test."""
        passes = wanted if callable(wanted) else (lambda each: wanted in (name(each), each.accessibleName()))
        passed: list[str] = []
        for _ in range(MOST_STEPS):
            held = QApplication.focusWidget()
            if held is not None and passes(held):
                return held
            passed.append(name(held) if held is not None else "")
            self.press(Qt.Key.Key_Tab)
            if len(passed) > 3 and passed[-3:] == passed[-1:] * 3:
                break  # a control that keeps the Tab key
        raise AssertionError(f"“{wanted}” is not reached by Tab, only: {list(dict.fromkeys(passed))}")

    def button(self, words: str) -> None:
        """Go to a button and press it."""
        self.go_to(words)
        self.press(Qt.Key.Key_Space)

    def choose(self, words: str) -> None:
        """In the box that holds the cursor: unfold it, go down to the line, take it."""
        box = self.held()
        assert isinstance(box, QComboBox)
        place = next(n for n in range(box.count()) if plain(box.itemText(n)).startswith(words))
        self.press(Qt.Key.Key_Down, alt=True)
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=PATIENCE)
        self.press(Qt.Key.Key_Home)
        for _ in range(place):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)
        assert QApplication.activePopupWidget() is None


def name(widget: QWidget) -> str:
    """What a control is called: its words, or the name a screen reader says."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return plain(text) or widget.accessibleName() or type(widget).__name__


def commit(field: QWidget, text: str) -> None:
    """Hand a text over as an input method for Chinese does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)
    QApplication.processEvents()


def _left_of(rect: QRect) -> QPoint:
    """A point well inside a cell, though it be wider than the view."""
    return QPoint(rect.left() + min(rect.width() // 2, 40), rect.center().y())


def _told(*texts: object) -> str:
    return " ".join(str(each) for each in texts if each)
