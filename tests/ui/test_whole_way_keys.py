"""The whole way with the keyboard alone: Tab, arrows, the letters of mnemonics and shortcuts, and no mouse."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from tests.core.documents.papers import text
from tests.ui.conftest import PATIENCE, Person
from tests.ui.hands import Keys
from tests.ui.stories import ODD, STORIES, Story

FIRST, SECOND = "检察员甲", "检察员乙"
KEY = Qt.Key


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow, today: date) -> Keys:
    """A keyboard before the window in front."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    return Keys(qtbot, window)


def down_to(keys: Keys, view: QAbstractItemView, words: str, column: int = 0) -> None:
    """Go down a table or a tree until the line tells these words."""
    keys.press(KEY.Key_Home, ctrl=True)
    for _ in range(200):
        index = view.currentIndex()
        if words in str(index.siblingAtColumn(column).data()):
            return
        keys.press(KEY.Key_Down)
        if view.currentIndex() == index:
            break
    raise AssertionError(f"“{words}” is not reached by the arrow keys")


def settle_office(keys: Keys) -> None:
    """Settings by Alt+S: the office's words, and a second person for what is unlawful."""
    keys.alt("S")
    dialog = keys.dialog("设置")
    for letter, words in (("N", "例县人民检察院"), ("J", "例县"), ("B", "刑执"), ("C", FIRST)):
        keys.alt(letter)
        keys.write(words)
    keys.button("违法")
    assert dialog.levels["违法"].isChecked()
    keys.press(KEY.Key_Return)
    keys.settled()
    assert keys.front() is keys.window
    assert keys.window._session.who() == FIRST


def turn_to(keys: Keys, desk: str) -> None:
    """The desk of this title, by Ctrl+Tab."""
    for _ in range(keys.window.tabs.count()):
        if keys.window.tabs.tabText(keys.window.tabs.currentIndex()) == desk:
            return
        keys.press(KEY.Key_Tab, ctrl=True)
    raise AssertionError(f"{desk} is not reached")


def take_in(keys: Keys, story: Story, person: Person, folder: Path) -> None:
    """Ctrl+O; the table and the odd column are named by hand; Alt+I."""
    person.files = story.books(folder)
    keys.press(KEY.Key_O, ctrl=True)
    dialog = keys.dialog("导入表格")
    keys.go_to("读到的表")
    down_to(keys, dialog.sheets, "送来的.xlsx")
    keys.alt("H")
    keys.write("2")
    keys.alt("T")
    keys.choose(story.table)
    keys.go_to(lambda each: f"“{ODD}”" in each.accessibleName())
    keys.choose("姓名")
    assert f"“{ODD}”" in keys.held().accessibleName(), "the cursor was lost when the column was named"
    keys.qtbot.waitUntil(lambda: f"可接收 {len(story.rows)} 行" in keys.words(dialog), timeout=PATIENCE)
    keys.alt("I")
    keys.settled()
    assert keys.front() is keys.window


def decide(keys: Keys, story: Story) -> None:
    """Down the list, down the findings, the original row by Alt+V, 属实 by Alt+Y, the second person by Alt+6."""
    desk = keys.desk()
    keys.go_to("案件列表")
    down_to(keys, desk.table, story.person, [each.title for each in desk.desk.columns].index("姓名"))
    keys.go_to("审查结果")
    down_to(keys, desk.panel.list, story.rule)
    detail = desk.panel.detail
    keys.go_to("证据：数据来源")
    down_to(keys, detail.table, story.column, 3)
    keys.alt("V")
    keys.settled()
    assert "送来的.xlsx" in keys.words(keys.dialog("原始行"))
    keys.press(KEY.Key_Escape)
    keys.alt("Y")
    keys.settled()
    assert "待另一位同志复核" in keys.words(detail)
    keys.alt("6")
    keys.dialog("复核")
    keys.alt("N")
    keys.write(SECOND)
    keys.alt("G")
    keys.settled()
    assert keys.front() is keys.window
    assert f"{SECOND}（未以第二账户核对）复核同意" in keys.words(detail)


def issue(keys: Keys, story: Story, folder: Path, printed: Path) -> None:
    """Ctrl+G, the folder, Alt+G; Alt+P prints, Esc closes."""
    keys.press(KEY.Key_G, ctrl=True)
    keys.dialog("文书")
    keys.go_to("保存文书的文件夹")
    keys.write(str(folder))
    keys.alt("G")
    keys.dialog("文书已生成")
    keys.settled()
    (made,) = [each for each in folder.rglob("*.docx") if story.paper in each.name and story.person in each.name]
    assert story.about in text(made.read_bytes())
    keys.alt("P")
    keys.settled()
    assert story.paper in printed.read_text("utf-8")
    keys.press(KEY.Key_Escape)
    assert keys.front() is keys.window


def answer(keys: Keys, story: Story) -> None:
    """Alt+U, the page of documents, who received it and what they answered."""
    keys.alt("U")
    dialog = keys.dialog("待办与文书")
    keys.press(KEY.Key_Tab, ctrl=True)
    assert dialog.page() == "papers"
    keys.go_to("文书")
    down_to(keys, dialog.papers.table, story.paper)
    for letter, words, fields in (
        ("D", "登记送达", (("Q", "收发室"), ("M", "直接送达"))),
        ("R", "登记回复", (("C", "采纳"), ("W", "已经更正"))),
    ):
        keys.alt(letter)
        keys.dialog(words)
        for key, told in fields:
            keys.alt(key)
            if told in ("直接送达", "采纳"):
                keys.choose(told)
            else:
                keys.write(told)
        keys.alt("G")
        keys.settled()
        assert keys.front() is dialog
    assert "采纳，已经更正" in dialog.papers.history.toPlainText()
    keys.press(KEY.Key_Escape)
    keys.settled()


@pytest.mark.skipif(os.name == "nt", reason="the printing program is a shell script")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.rule)
def test_the_whole_way_without_a_mouse(keys: Keys, story: Story, person: Person, printed: Path, tmp_path: Path) -> None:
    settle_office(keys)
    turn_to(keys, story.desk)
    take_in(keys, story, person, tmp_path / "送来")
    decide(keys, story)
    issue(keys, story, tmp_path / "出来", printed)
    answer(keys, story)
    person.new_file = tmp_path / "线索台账.xlsx"
    keys.press(KEY.Key_E, ctrl=True)
    keys.settled()
    rows = load_workbook(person.new_file)["线索"].iter_rows(values_only=True)
    row = next(str(each) for each in rows if story.rule in str(each) and story.person in str(each))
    for told in (FIRST, SECOND, story.paper, "已经更正"):
        assert told in row, told
    assert person.errors == []
