"""The page of a person's time line in the real window: read in a job, filtered, and every entry leads to its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.checks.entries import Disagreement, Saying
from app.ui import look, talk
from app.ui.desk_tab import DeskTab
from app.ui.line_view import FILTERS, UNIT, WAITING
from app.ui.main_window import MainWindow
from app.ui.row_dialog import RowDialog
from tests.core.actions.test_endings import CASES, Play
from tests.ui.conftest import PATIENCE

Wait = Callable[[], None]


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, settled: Wait, tmp_path: Path) -> DeskTab:
    """The desk of community correction with the time line of one person."""
    tab = window.desks["correction"]
    play = Play(tab._session.store, tmp_path)
    play.take(CASES[2]["round"][0]["import"])
    play.review()
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    tab.table.go_to(tab.model.ids[0])
    tab.panel.pages.setCurrentWidget(tab.panel.line)
    assert tab.panel.line.head.text() == WAITING
    qtbot.waitUntil(lambda: tab.panel.line.head.text().startswith("截至"), timeout=PATIENCE)
    settled()
    return tab


def test_days_are_told_with_words_and_lead_to_their_rows(qtbot: QtBot, window: MainWindow, shown: DeskTab) -> None:
    line = shown.panel.line
    told = line.text.toPlainText()
    assert "社区矫正结束：缓刑" in told
    assert "“社区矫正结束日期”" in told
    assert "没有显示的不等于没有做" in line.head.text()
    assert told.index("社区矫正结束：缓刑") < told.index("没有导入的名单") < told.index("《检察院收文登记》")
    assert told.index("2026年") < told.index("2028年")
    line._follow(QUrl("cell:0"))
    qtbot.waitUntil(lambda: bool(window.findChildren(RowDialog)), timeout=PATIENCE)


def test_the_first_link_is_reached_and_opened_by_keys(qtbot: QtBot, window: MainWindow, shown: DeskTab) -> None:
    text = shown.panel.line.text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert "第" in text.textCursor().selectedText()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(RowDialog)), timeout=PATIENCE)


def test_a_finding_is_shown_from_the_line(shown: DeskTab) -> None:
    assert "线索：SJ-20" in shown.panel.line.text.toPlainText()
    shown.panel.line._follow(QUrl("rule:SJ-20"))
    assert shown.panel.pages.currentWidget() is shown.panel.view
    finding = shown.panel.chosen_finding()
    assert finding is not None
    assert finding.verdict.rule == "SJ-20"


def test_only_what_is_chosen_is_shown(shown: DeskTab) -> None:
    line = shown.panel.line
    names = [name for name, _ in FILTERS]
    line.filter.setCurrentIndex(names.index("只看义务"))
    assert "社区矫正结束：缓刑" not in line.text.toPlainText()
    assert "至迟应于" in line.text.toPlainText()
    line.filter.setCurrentIndex(names.index("只看有线索的"))
    assert "社区矫正结束：缓刑" in line.text.toPlainText()
    before = line.text.toHtml()
    look._now = next(each for each in look.TONES if each is not look._now)
    shown.recolour()
    assert line.text.toHtml() != before


def test_what_lists_say_differently_leads_to_both_cells(
    qtbot: QtBot, window: MainWindow, shown: DeskTab, settled: Wait
) -> None:
    line, base = shown.panel.line, shown.panel.line._line
    assert base is not None
    cells = [each.cell for each in base.entries if each.cell is not None][:2]
    sayings = tuple(Saying(f"名单{place}", f"机关{place}", cell) for place, cell in enumerate(cells))
    doubt = "《名册》第9行：身份证号相同，但姓名、出生日期、性别都不同"
    line.show_line(replace(base, apart=(Disagreement("性别", sayings),), doubts=(doubt,)))
    told = line.text.toPlainText()
    assert f"性别：《名单0》写“{cells[0].raw}”，《名单1》写“{cells[1].raw}”，请向机关0、机关1核对。" in told
    assert doubt in told
    wanted: list[object] = []
    line.row_wanted.connect(wanted.append)
    line._follow(QUrl("said:0.1"))
    assert wanted == [cells[1]]
    qtbot.waitUntil(lambda: bool(window.findChildren(RowDialog)), timeout=PATIENCE)
    settled()


def test_a_unit_has_no_line_and_another_case_gets_its_own(qtbot: QtBot, settled: Wait, shown: DeskTab) -> None:
    panel = shown.panel
    (row,) = shown._session.reader.views.case_rows([shown.model.ids[0]])
    review = shown._session.reader.casebook.review_of(row.id)
    panel.show_case(row._replace(proposal="类案", id=row.id + 100), review, ())
    assert panel.line.head.text() == UNIT
    assert not panel.line.text.isEnabled()
    shown.refresh_case()
    assert panel.line.head.text() == WAITING
    qtbot.waitUntil(lambda: panel.line.head.text().startswith("截至"), timeout=PATIENCE)
    settled()


def test_the_desk_of_commutation_has_no_such_page(tab: DeskTab) -> None:
    assert tab.panel.pages.count() == 1
    assert tab.panel.pages.tabBar().isHidden()


def test_the_line_is_printed_as_it_is_shown_in_dark_colours_whatever_is_worn(
    qapp: QApplication, shown: DeskTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[QTextDocument] = []
    monkeypatch.setattr(talk, "print_page", lambda _, page: pages.append(page))
    line = shown.panel.line
    line.print.click()
    line.filter.setCurrentIndex(1)
    look.wear(qapp, look.Theme.DARK, 11)
    try:
        line.print.click()
    finally:
        look.wear(qapp, look.Theme.LIGHT, 11)
    whole, duties = (each.toPlainText() for each in pages)
    assert line._line is not None
    for each in (
        "监督时间线",
        line._line.person.name,
        "截至",
        "社区矫正结束：缓刑",
        "没有导入的名单",
        "不代替对原始材料的审查",
    ):
        assert each in whole
    assert "本页：只看义务" in duties
    assert "本页：" not in whole
    assert "社区矫正结束：缓刑" not in duties
    assert look.TONES[look.Theme.DARK].button not in pages[1].toHtml()
