"""Each desk from a dropped list to the answer to its document, with the mouse: only what is seen is clicked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from tests.core.documents.papers import text
from tests.ui.conftest import PATIENCE, Person, drop
from tests.ui.hands import Mouse
from tests.ui.stories import ODD, STORIES, Story

FIRST, SECOND = "检察员甲", "检察员乙"


@pytest.fixture
def mouse(qtbot: QtBot, window: MainWindow, today: date) -> Iterator[Mouse]:
    """A mouse whose clicks need no pause between them."""
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(20)
    yield Mouse(qtbot, window)
    QApplication.setDoubleClickInterval(before)


def take_in(mouse: Mouse, story: Story, folder: Path) -> None:
    """Drop the files on the window, name the table and the odd column by hand, take them in."""
    mouse.tab(mouse.window.tabs.tabBar(), story.desk)
    assert drop(mouse.window, *story.books(folder))
    dialog = mouse.dialog("导入表格")
    files = mouse.column(dialog.sheets, 0)
    odd = files.index("送来的.xlsx")
    assert mouse.column(dialog.sheets, 2)[odd] == "未识别"
    mouse.row(dialog.sheets, odd)
    assert "缺少姓名列" in mouse.words(dialog)
    mouse.type(dialog.first.lineEdit(), "2")
    mouse.choose(dialog.table_box, story.table)
    assert mouse.column(dialog.sheets, 2)[odd] == story.table
    labels = mouse.column(dialog.mapping, 1)
    mouse.choose(dialog.mapping.boxes[labels.index(ODD)], "姓名")
    mouse.qtbot.waitUntil(lambda: f"可接收 {len(story.rows)} 行" in mouse.words(dialog), timeout=PATIENCE)
    mouse.click(f"全部导入（{1 + len(story.more)} 张表）")
    mouse.settled()


def two_look(mouse: Mouse) -> None:
    """Settings: what is unlawful needs a second person; the office tells its names."""
    mouse.click("设置", mouse.window)
    dialog = mouse.dialog("设置")
    for field, words in (("院名", "例县人民检察院"), ("院简称", "例县"), ("部门简称", "刑执"), ("承办人", FIRST)):
        line = next(each for each in dialog.form.lines.values() if each.accessibleName() == field)
        mouse.type(line, words)
    level = next(each for each in dialog.findChildren(QCheckBox) if each.text() == "违法")
    mouse.touch(level)
    mouse.click("确定", dialog)
    mouse.settled()
    assert mouse.window._session.who() == FIRST


def decide(mouse: Mouse, story: Story) -> None:
    """The person, the finding, its cell, 属实, and the second person's word."""
    desk = mouse.desk()
    names = mouse.column(desk.table, [each.title for each in desk.desk.columns].index("姓名"))
    mouse.row(desk.table, names.index(story.person))
    assert story.person in mouse.words(desk.panel.header)
    mouse.node(desk.panel.list, story.rule)
    detail = desk.panel.detail
    assert story.rule in mouse.words(detail)
    assert story.column in mouse.column(detail.table, 3)
    mouse.click("属实", detail)
    mouse.settled()
    assert "待另一位同志复核" in mouse.words(detail)
    mouse.click("复核", detail)
    dialog = mouse.dialog("复核")
    mouse.type(dialog.who, FIRST)
    assert "不能就是核查人" in mouse.words(dialog)
    assert not dialog.agree.isEnabled()
    mouse.type(dialog.who, SECOND)
    mouse.click("确定", dialog)
    mouse.settled()
    assert f"{SECOND}（未以第二账户核对）复核同意" in mouse.words(detail)


def issue(mouse: Mouse, story: Story, folder: Path, printed: Path) -> Path:
    """Make the document and print it; the file."""
    mouse.click("生成文书", mouse.desk())
    dialog = mouse.dialog("文书")
    mouse.type(dialog.folder, str(folder))
    mouse.click(next(each for each in mouse.words(dialog).split("\n") if each.startswith("生成")).partition("(")[0])
    result = mouse.dialog("文书已生成")
    mouse.settled()
    files = [each for each in folder.rglob("*.docx") if story.paper in each.name]
    made = next(each for each in files if story.person in each.name)
    assert story.about in text(made.read_bytes())
    assert SECOND not in text(made.read_bytes())
    mouse.click(next(each for each in mouse.words(result).split("\n") if each.startswith("打印")).partition("(")[0])
    mouse.settled()
    handed = [Path(each) for each in printed.read_text("utf-8").splitlines()]
    assert any(story.paper in each.name for each in handed)
    assert all(each.is_file() for each in handed)
    assert "送去打印" in mouse.window.bar.text()
    mouse.click("关闭", result)
    return made


def answer(mouse: Mouse, story: Story) -> None:
    """Enter who received the document, and what they answered."""
    mouse.click("待办", mouse.window)
    dialog = mouse.dialog("待办与文书")
    mouse.tab(dialog.tabs.tabBar(), "文书（")
    page = dialog.papers
    names = list(zip(mouse.column(page.table, 0), mouse.column(page.table, 4), strict=True))
    mouse.row(page.table, next(row for row, (paper, who) in enumerate(names)
                               if paper == story.paper and story.person in who))  # fmt: skip
    mouse.click("登记送达", page)
    entry = mouse.dialog("登记送达")
    mouse.type(entry.fields["receiver"], "收发室")
    mouse.choose(entry.fields["way"], "直接送达")
    mouse.click("确定", entry)
    mouse.settled()
    assert "已登记送达" in mouse.words(dialog)
    if "回复" in page.buttons:
        mouse.click("登记回复", page)
        entry = mouse.dialog("登记回复")
        mouse.choose(entry.fields["adopted"], "采纳")
        mouse.type(entry.why, "已经更正")
        mouse.click("确定", entry)
        mouse.settled()
        assert "采纳，已经更正" in page.history.toPlainText()
    mouse.click("关闭", dialog)
    mouse.settled()


def ledger(mouse: Mouse, story: Story, person: Person, folder: Path) -> list[str]:
    """Save the ledger; the row of the finding."""
    person.new_file = folder / "线索台账.xlsx"
    mouse.click("导出台账", mouse.desk())
    mouse.settled()
    rows = load_workbook(person.new_file)["线索"].iter_rows(values_only=True)
    return next([str(each or "") for each in row] for row in rows
                if story.rule in str(row) and story.person in str(row))  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="the printing program is a shell script")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.rule)
def test_a_list_becomes_an_answered_document(
    mouse: Mouse, story: Story, person: Person, printed: Path, tmp_path: Path
) -> None:
    two_look(mouse)
    take_in(mouse, story, tmp_path / "送来")
    decide(mouse, story)
    made = issue(mouse, story, tmp_path / "出来", printed)
    answer(mouse, story)
    row = " ".join(ledger(mouse, story, person, tmp_path))
    for told in (FIRST, SECOND, story.paper, "送来的.xlsx《表一》第"):
        assert told in row, told
    assert made.exists()
    assert person.errors == []
