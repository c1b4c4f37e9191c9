"""The back-test from the window: run as a job, looked through, saved, stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.actions import backtest as action
from app.core.jobs import Ticket
from app.ui.backtest_dialog import BacktestDialog
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.row_dialog import RowDialog
from app.ui.text_table import TextTable
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
RULED = {"裁定日期": "@报请日期+30", "裁定结果": "减去有期徒刑六个月", "监狱": "样例监狱"}
PEOPLE = (
    {"罪犯编号": "9900000002", "姓名": "样例乙", "出生日期": "1981-05-06", "报请日期": "2020-07-09"},
    {"罪犯编号": "9900000003", "姓名": "样例丙", "出生日期": "1982-05-06", "裁定结果": "不予减刑"},
)


@pytest.fixture
def imported_rulings(tmp_path: Path, work: DeskWork, qtbot: QtBot, settled: Wait) -> None:
    """One ruling that agrees, one that came too early, and one refused without a reason we see."""
    more = [{**RULED, **each} for each in PEOPLE]
    case = spread({"id": "x", "base": "a3", "set": RULED, "R1+": more, "why": "three rulings"})
    work.intake.look([write_book(tmp_path / "名册.xlsx", ("名册", case["tables"]["R1"]))])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.review_after.setChecked(False)
    work.intake.dialog.accept()
    settled()


@pytest.fixture
def dialog(imported_rulings: None, work: DeskWork, qtbot: QtBot, settled: Wait) -> BacktestDialog:
    """The window after the tool was pressed."""
    work.tab.more["backtest"].trigger()
    qtbot.waitUntil(lambda: work.backtests.dialog is not None, timeout=PATIENCE)
    settled()
    return work.backtests.dialog


def column(table: TextTable, number: int) -> list[str]:
    """The texts of one column, from the top."""
    return [table.texts.index(row, number).data() for row in range(table.texts.rowCount())]


def test_disagreements_are_listed_with_their_grounds(
    dialog: BacktestDialog, window: MainWindow, work: DeskWork, qtbot: QtBot
) -> None:
    assert work.bar.text() == "回测 3 件裁定：一致 1 件，不一致 2 件"
    assert dialog.tabs.tabText(0) == "不一致（2）"
    dialog.list.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert column(dialog.list, 1) == ["样例乙", "样例丙"]
    dialog.list.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(dialog.list, 1) == ["样例丙", "样例乙"]
    assert "没有发现影响提请的问题" in dialog._no_reason.text()
    assert not dialog.view.isVisible()
    dialog.list.selectRow(1)
    assert dialog.view.isVisible()
    assert [each.rule for each in dialog.view.verdicts] == ["JX-T01"]
    detail = dialog.view.detail
    assert dialog.view.verdicts[0].steps[0] in detail._steps.text()
    assert detail._law.text()
    detail.table.setCurrentCell(0, 0)
    qtbot.mouseClick(detail._open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(RowDialog) is not None, timeout=PATIENCE)


def test_the_tables_of_agreement_count_by_unit_and_year(dialog: BacktestDialog) -> None:
    names = [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]
    assert names == ["不一致（2）", "结论与裁定对照", "按单位", "按法院", "按年度"]
    year = dialog.tabs.widget(4)
    assert [column(year, number) for number in range(6)] == [["2020年"], ["3"], ["1"], ["2"], ["0"], ["33%"]]


def test_it_is_saved_as_a_workbook(
    dialog: BacktestDialog, person: Person, tmp_path: Path, qtbot: QtBot, settled: Wait
) -> None:
    person.new_file = tmp_path / "结果"
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.says.text() == "回测结果已保存：结果.xlsx（3 件裁定）。"
    assert openpyxl.load_workbook(tmp_path / "结果.xlsx")["不一致"].max_row == 3


def test_it_can_be_stopped(
    imported_rulings: None, work: DeskWork, monkeypatch: pytest.MonkeyPatch, settled: Wait
) -> None:
    def stopped(*_: object, ticket: Ticket) -> None:
        work.bar._watched[0].job.cancel()
        ticket.step(0, 3, "回测")

    monkeypatch.setattr(action, "backtest", stopped)
    work.backtests.run()
    settled()
    assert work.bar.text() == "已停止：裁定回测"
    assert work.backtests.dialog is None


def test_without_rulings_it_says_so(
    window: MainWindow, work: DeskWork, imported: Path, person: Person, settled: Wait
) -> None:
    work.backtests.run()
    settled()
    assert [each.what for each in person.errors] == ["没有可以回测的裁定"]
