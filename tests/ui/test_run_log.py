"""The run log inside the program: by level and word, copied and saved without what names anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core import log
from app.core.log import Entry
from app.ui.main_window import MainWindow
from app.ui.run_log_dialog import NOTHING, RunLogDialog
from tests.ui.conftest import Person, cut_words

NUMBER = "110101199001010015"
FOUND = [
    Entry("2026-11-22 09:00:02", "出错", f"出错\nTraceback {NUMBER}"),
    Entry("2026-11-22 09:00:01", "注意", "设置没有保存"),
    Entry("2026-11-21 18:00:00", "一般", "导入表格：完成，1.0 秒"),
]


@pytest.fixture
def dialog(qtbot: QtBot, dressed: None) -> RunLogDialog:
    each = RunLogDialog(None, FOUND)
    qtbot.addWidget(each)
    each.open()
    return each


def test_it_is_narrowed_by_level_and_word(dialog: RunLogDialog) -> None:
    assert dialog.whole.toPlainText() == FOUND[0].text
    dialog.level.setCurrentText("注意和出错")
    assert dialog.shown() == FOUND[:2]
    dialog.search.setText("09:00:01")
    assert dialog.shown() == [FOUND[1]]
    assert dialog.whole.toPlainText() == FOUND[1].text
    dialog.search.setText("没有这个词")
    assert dialog.count.text() == NOTHING
    assert not dialog.saving.isEnabled()
    assert dialog.whole.toPlainText() == ""
    dialog.search.clear()
    dialog.level.setCurrentIndex(0)
    assert len(dialog.shown()) == 3
    assert cut_words(dialog) == []


def test_what_is_shown_is_copied_and_saved_masked(dialog: RunLogDialog, person: Person, tmp_path: Path) -> None:
    dialog.level.setCurrentText("只看出错")
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "Traceback" in copied
    assert NUMBER not in copied
    assert "导入表格" not in copied
    person.new_file = tmp_path / "日志.txt"
    dialog.save()
    assert person.new_file.read_text(encoding="utf-8-sig") == copied
    person.new_file = tmp_path / "日志.txt" / "不行.txt"
    dialog.save()
    assert len(person.errors) == 1


def test_it_opens_from_the_window_with_what_was_done(window: MainWindow, settled: Callable[[], None]) -> None:
    log.start(None)
    logging.getLogger("app.ui.job_bar").info("运行审查：完成，2.0 秒")
    window.show_run_log()
    settled()
    (dialog,) = window.findChildren(RunLogDialog)
    assert dialog.shown()[0].text == "运行审查：完成，2.0 秒"
    dialog.reject()
    log.stop()
