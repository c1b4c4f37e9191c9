"""Every dialog by keyboard alone: Tab goes the way the eye goes, stops at nothing nameless, and is held by nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.help_work import place_of_window
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.welcome import Welcome
from installer.picture_dialogs import Dialogs
from tests.ui.conftest import PATIENCE
from tests.ui.test_every_dialog import LOWEST

MOST, PARTS = 200, 3  # presses in one dialog, presses a field may keep
KEY = Qt.Key
Place = tuple[int, int, int, int]


def walk(dialog: QWidget) -> tuple[dict[QWidget, Place], list[str]]:
    """Where Tab goes, once round, with the place of each stop when Tab came to it; and where it went backwards.

    A day keeps Tab for its three parts, a page for its links. From the last stop to the uppermost is no way back.
    """
    now = held(dialog)
    places, steps, held_for = {now: place(now)}, [], 1
    for _ in range(MOST):
        before = now
        QTest.keyClick(before, KEY.Key_Tab)
        now = held(dialog)
        if now is before and (held_for < PARTS or isinstance(now, QTextBrowser)):
            held_for += 1
            continue
        if not before.isAncestorOf(now) and backwards(place(before), place(now)):
            steps.append((now, f"backwards: {told(before)} {place(before)} → {told(now)} {place(now)}"))
        if now in places:
            break
        places[now] = place(now)
        held_for = 1
    first = min(places, key=lambda each: places[each][1::-1])
    return places, [words for to, words in steps if to is not first]


def held(dialog: QWidget) -> QWidget:
    return QApplication.focusWidget() or dialog


def wanted(dialog: QWidget) -> set[QWidget]:
    """What Tab must come to: of radio buttons that go together one is enough, the arrows do the rest."""
    found = set()
    for each in dialog.findChildren(QWidget):
        if not each.isVisible() or not each.isEnabled() or not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if each.focusProxy() is not None or isinstance(each.parentWidget(), (QComboBox, QAbstractSpinBox)):
            continue
        if isinstance(each, QRadioButton) and not each.isChecked():
            continue
        if isinstance(each, QScrollArea) or each.window() is not dialog:
            continue
        found.add(each)
    return found


def name_of(widget: QWidget) -> str:
    """What a reader of the screen would say of a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QGroupBox):
        return widget.title()
    if isinstance(widget, QTabBar):
        return widget.tabText(widget.currentIndex())
    labels = widget.window().findChildren(QLabel)
    return next((each.text() for each in labels if each.buddy() is widget), "")


def place(widget: QWidget) -> Place:
    """Left, top, right and lower edge."""
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    return corner.x(), corner.y(), corner.x() + widget.width(), corner.y() + widget.height()


def backwards(one: Place, other: Place) -> bool:
    """Whether Tab goes against the eye: up in the same column, or back to the left in the same line."""
    left, top, right, below = one
    other_left, other_top, other_right, other_below = other
    up = other_below <= top and other_left < right and left < other_right
    back = other_right <= left and other_top < below and top < other_below
    return up or back


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {name_of(widget) or widget.objectName()}"


def faults(dialog: QDialog, qtbot: QtBot) -> Iterator[str]:
    """Everything about the keys that is not as it should be."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE)
    found, against = walk(dialog)
    for each in found:
        if not name_of(each):
            yield f"nameless: {told(each)} {found[each]}"
    for each in wanted(dialog) - found.keys():
        yield f"not reached: {told(each)}"
    yield from against
    yield from wrong_default(dialog)


def wrong_default(dialog: QDialog) -> Iterator[str]:
    """Enter in a line must not throw away what was typed."""
    boxes = [each for each in dialog.findChildren(QDialogButtonBox) if each.isVisible()]
    role = QDialogButtonBox.ButtonRole
    asks = any(box.buttonRole(each) == role.AcceptRole for box in boxes for each in box.buttons())
    lines = [each for each in dialog.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()]
    if not asks or not lines:
        return
    lines[0].setFocus()
    for box in boxes:
        for each in box.buttons():
            if isinstance(each, QPushButton) and each.isDefault() and box.buttonRole(each) == role.RejectRole:
                yield f"Enter in {told(lines[0])} presses {each.text()}"


def test_tab_goes_the_way_of_the_eye_and_every_stop_has_a_name(
    dialogs: Iterator[tuple[str, QWidget]], qtbot: QtBot
) -> None:
    wrong: dict[str, list[str]] = {}
    for name, dialog in dialogs:
        if found := list(faults(dialog, qtbot)):
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("step", [0, 1, 2])
def test_at_the_door_enter_goes_on(step: int, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    door = Welcome(tmp_path / "数据.db", session.jobs)
    qtbot.addWidget(door)
    door.show()
    for each in range(step + 1):
        door._show_step(each)
    assert list(faults(door, qtbot)) == []
    assert door._agree.isDefault()
    assert door.findChild(QShortcut, "F1") is not None


def test_the_dialogs_of_the_daily_way_keep_to_it_too(
    tab: DeskTab, work: DeskWork, window: MainWindow, book: Path, settled: Callable[[], None], qtbot: QtBot
) -> None:
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    assert list(faults(work.intake.dialog, qtbot)) == []
    work.intake.dialog.accept()
    settled()
    assert list(faults(work.intake.result, qtbot)) == []
    work.intake.result.reject()
    work.papers.ask()
    settled()
    assert list(faults(work.papers.dialog, qtbot)) == []
    assert work.papers.dialog.minimumSizeHint().height() <= LOWEST
    work.papers.dialog.reject()
    window.asking.open("reduction", ["R1"])
    assert list(faults(window.asking.dialog, qtbot)) == []


class ByEscape(Dialogs):
    """Leaves each dialog by Esc; `stay` are those that did not go, `mute` those F1 has no page for."""

    def __init__(self, window: MainWindow, until: Callable[[Callable[[], bool]], None]) -> None:
        super().__init__(window, window._session, until)
        self.stay, self.mute = [], []

    def _each(self, shown: dict[str, QDialog]) -> Iterator[tuple[str, QWidget]]:
        for name, dialog in shown.items():
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
            dialog.show()
            self._quiet()
            yield name, dialog
            self._close(dialog)
            dialog.deleteLater()

    def _close(self, dialog: QDialog) -> None:
        title = dialog.windowTitle()
        if not place_of_window(dialog):
            self.mute.append(type(dialog).__name__)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        QTest.keyClick(dialog, KEY.Key_Escape)
        if dialog.isVisible():
            self.stay.append(title)
            dialog.hide()
        self._quiet()


def test_esc_leaves_every_dialog_and_f1_explains_it(written: MainWindow, qtbot: QtBot) -> None:
    way = ByEscape(written, lambda met: qtbot.waitUntil(met, timeout=PATIENCE))
    for _ in way.all():
        pass
    assert way.mute == []
    assert set(way.stay) <= {"恢复密钥", "已锁定"}  # the key is shown only now; locked until the passphrase comes
