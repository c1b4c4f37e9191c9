"""The boxes themselves: Enter never does what cannot be undone, a reason comes back trimmed or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.core.errors import UserError
from app.ui import talk

pytestmark = pytest.mark.dialogs


def meanwhile(act: Callable[[QMessageBox | QInputDialog], None]) -> None:
    """Do something to the box that is about to open."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def press(word: str) -> Callable[[QMessageBox], None]:
    """Press the button with this word."""
    return lambda box: next(each for each in box.findChildren(QPushButton) if each.text() == word).click()


def test_asking(qtbot: QtBot) -> None:
    meanwhile(press("撤回"))
    assert talk.ask(None, "撤回？", yes="撤回")
    meanwhile(press("取消"))
    assert not talk.ask(None, "撤回？", yes="撤回")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        meanwhile(lambda box, key=key: QTest.keyClick(box, key))
        assert not talk.ask(None, "撤回？", yes="撤回")


def test_a_reason(qtbot: QtBot) -> None:
    meanwhile(lambda box: (box.setTextValue(" 已核对 \n"), box.accept()))
    assert talk.ask_reason(None, "排除", "理由") == "已核对"
    meanwhile(lambda box: box.reject())
    assert talk.ask_reason(None, "排除", "理由") is None


def test_an_error_says_what_and_what_to_do(qtbot: QtBot) -> None:
    seen: list[str] = []
    meanwhile(lambda box: (seen.extend((box.text(), box.informativeText())), box.accept()))
    talk.error(None, UserError("磁盘已满", do="请腾出空间", where="名单.xlsx"))
    assert seen == ["名单.xlsx：磁盘已满。", "请腾出空间。"]
    meanwhile(press("知道了"))
    talk.say(None, "好了")
