"""Beside the columns of a sheet: what each is for, which checks the rows allow, and what could be had besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.actions.coverage import Coverage, RuleCover
from app.core.actions.receive import look
from app.core.findings import Level, Outcome
from app.core.intake.declared import tables
from app.core.intake.wanted import absent, is_key
from app.core.jobs import Ticket
from app.ui import look as looks
from app.ui.desk_work import DeskWork
from app.ui.intake_coverage import IntakeDetail
from app.ui.intake_dialog import IntakeDialog
from app.ui.mapping_table import KEY, RULES_COLUMN
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.conftest import PATIENCE

Wait = Callable[[], None]
COVERS = (
    RuleCover("JX-T03", "间隔时间不足", 4, 0, (("上次裁定送达日（监狱）", 4),)),
    RuleCover("JX-T01", "减刑起始时间不足", 3, 2, (("报请日期（监狱）", 1),)),
    RuleCover("JX-D01", "姓名为空", 4, 4, ()),
    RuleCover("JX-T13", "重大立功豁免须核验", 0, 0, ()),
)


@pytest.fixture
def detail(qtbot: QtBot) -> IntakeDetail:
    each = IntakeDetail()
    qtbot.addWidget(each)
    return each


def shown(work: DeskWork, qtbot: QtBot, *paths: Path) -> IntakeDialog:
    """The dialog for these files, with the checks tried on the first sheet."""
    work.intake.look(list(paths))
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    dialog = work.intake.dialog
    qtbot.waitUntil(lambda: dialog.detail.rules.rowCount() > 0, timeout=PATIENCE)
    return dialog


def texts(table: looks.QWidget, row: int) -> list[str]:
    return [table.item(row, column).text() for column in range(table.columnCount())]


def test_every_check_says_how_many_rows_it_can_judge(detail: IntakeDetail, tmp_path: Path) -> None:
    [plan], _ = look([write_book(tmp_path / "表.xlsx", ("一", [PROPOSAL]))], ticket=Ticket())
    detail.show_plan(plan)
    assert detail.covered.text() == "正在试查……"
    detail.show_coverage(plan, Coverage(4, True, COVERS))
    assert detail.covered.text() == "用前面 4 件试查：1 项审查都能判断，1 项部分能判断，1 项不能判断。"
    assert [texts(detail.rules, row) for row in range(4)] == [
        ["间隔时间不足", "0/4 件", "0%", "上次裁定送达日（监狱） 4 件"],
        ["减刑起始时间不足", "2/3 件", "66%", "报请日期（监狱） 1 件"],
        ["姓名为空", "4/4 件", "100%", ""],
        ["重大立功豁免须核验", "不涉及", "", ""],
    ]
    colours = [detail.rules.item(row, 1).foreground().color() for row in range(4)]
    wanted = [looks.colour_of(each) for each in (Level.UNLAWFUL, Level.DOUBT, "", Outcome.NOT_APPLICABLE)]
    assert [colours[0], colours[1], colours[3]] == [wanted[0], wanted[1], wanted[3]]


def test_an_estimate_is_called_one_and_no_rows_are_said(detail: IntakeDetail, tmp_path: Path) -> None:
    [plan], _ = look([write_book(tmp_path / "表.xlsx", ("一", [PROPOSAL]))], ticket=Ticket())
    detail.show_plan(plan)
    detail.show_coverage(plan, Coverage(4, False, COVERS))
    assert "估算" in detail.covered.text()
    assert detail.rules.item(0, 1).text() == "0/4 行"
    detail.show_coverage(plan, Coverage(0, False, ()))
    assert detail.covered.text() == "没有可以试查的行。"


def test_an_answer_about_another_sheet_is_let_go(detail: IntakeDetail, tmp_path: Path) -> None:
    book = write_book(tmp_path / "表.xlsx", ("一", [PROPOSAL]), ("二", [PROPOSAL]))
    (one, two), _ = look([book], ticket=Ticket())
    detail.show_plan(one)
    detail.show_plan(two)
    detail.show_coverage(one, Coverage(4, True, COVERS))
    assert detail.rules.rowCount() == 0
    detail.show_plan(None)
    assert detail.covered.text() == ""
    assert not detail.ask.isEnabled()


def test_columns_tell_what_they_are_for_and_which_are_lacking(
    qtbot: QtBot, work: DeskWork, book: Path, settled: Wait
) -> None:
    dialog = shown(work, qtbot, book)
    table = tables()["R1"]
    labels = list(dialog.plans[0].header.labels)
    cell = dialog.mapping.item(labels.index("报请日期"), RULES_COLUMN).text()
    assert cell.startswith(f"{len(table.field('filed_on').unlocks)} 项：")
    for place, field in dialog.plans[0].mapping.columns.items():
        if not field.unlocks:
            assert dialog.mapping.item(place, RULES_COLUMN).text() == (KEY if is_key(field) else "")
    wanted = absent(table, dialog.plans[0].mapping.field_ids())
    columns = dialog.detail.columns
    assert [columns.item(row, 0).text() for row in range(columns.rowCount())] == [each.name for each in wanted]
    assert dialog.detail.tabText(2) == f"缺少的列（{len(wanted)}）"
    with qtbot.waitSignal(dialog.asking_wanted) as asked:
        dialog.detail.ask.click()
    assert asked.args == ["R1"]
    dialog.reject()
    settled()


def test_a_column_taken_away_changes_what_can_be_judged(
    qtbot: QtBot, work: DeskWork, book: Path, settled: Wait
) -> None:
    dialog = shown(work, qtbot, book)

    def judged(name: str) -> str:
        rules = dialog.detail.rules
        found = [rules.item(row, 1).text() for row in range(rules.rowCount()) if rules.item(row, 0).text() == name]
        return found[0] if found else ""

    assert judged("减刑起始时间不足") == "3/3 件"
    box = dialog.mapping.boxes[list(dialog.plans[0].header.labels).index("报请日期")]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    qtbot.waitUntil(lambda: judged("减刑起始时间不足") == "0/3 件", timeout=PATIENCE)
    assert "报请日期" in [dialog.detail.columns.item(row, 0).text() for row in range(dialog.detail.columns.rowCount())]
    dialog.reject()
    settled()


def test_nothing_is_tried_after_closing(qtbot: QtBot, work: DeskWork, book: Path, settled: Wait) -> None:
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    dialog = work.intake.dialog
    asked: list[object] = []
    dialog.detail.cover_wanted.connect(asked.append)
    dialog.detail._rest.setInterval(0)
    dialog.detail._rest.start()
    dialog.reject()
    settled()
    assert asked == []
