"""Several cases at once: one word on their findings, taken back; the ledger and the printed list of just these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QAction

from app.core.findings import Level, State
from app.core.life import life
from app.ui import talk
from app.ui.bulk_dialog import BulkDialog
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from tests.ui.conftest import Person, cut_words

Wait = Callable[[], None]
GENTLE = {Level.HINT, Level.DATA}


def actions(tab: DeskTab) -> dict[str, QAction]:
    """What the menu offers."""
    return {each.text(): each for each in tab.bulk.menu().actions() if each.text()}


def states(tab: DeskTab) -> dict[str, tuple[Level, State]]:
    """Level and state of every finding of the desk."""
    found = tab._session.reader.casebook.findings(desk=tab.desk.id)
    return {each.key: (each.verdict.level, each.state) for each in found}


@pytest.fixture
def dialog(tab: DeskTab, work: DeskWork, imported: Path, settled: Wait) -> BulkDialog:
    """The question about the findings of all three cases."""
    tab.table.selectAll()
    actions(tab)["记录核查结果(&J)…"].trigger()
    settled()
    return work.bulk.dialog


def test_grave_findings_are_never_settled_by_the_dozen() -> None:
    for move in life().moves.values():
        if move.after is not State.CHECKING:
            assert not move.bulk & {Level.UNLAWFUL, Level.DOUBT}, move
        assert not move.bulk or move.after not in {State.CONFIRMED, State.CLOSED}


def test_all_may_be_taken_up_and_given_back(dialog: BulkDialog, tab: DeskTab, work: DeskWork, settled: Wait) -> None:
    before = states(tab)
    assert dialog.able[State.CHECKING] == len(before) > 2
    assert dialog.agree.isEnabled()
    assert cut_words(dialog) == []
    dialog.accept()
    settled()
    assert {state for _, state in states(tab).values()} == {State.CHECKING}
    assert f"{len(before)} 条线索" in work.bar.text()
    actions(tab)["撤销上一次批量处理(&U)"].trigger()
    settled()
    assert states(tab) == before
    assert not actions(tab)["撤销上一次批量处理(&U)"].isEnabled()


def test_only_hints_are_excluded_together_and_with_a_reason(dialog: BulkDialog, tab: DeskTab, settled: Wait) -> None:
    gentle = [key for key, (level, _) in states(tab).items() if level in GENTLE]
    assert dialog.able[State.EXCLUDED] == len(gentle) > 0
    dialog.aims[State.EXCLUDED].setChecked(True)
    assert not dialog.agree.isEnabled()
    dialog.reason.setCurrentIndex(0)
    dialog.why.setPlainText("已逐件看过")
    assert dialog.agree.isEnabled()
    dialog.accept()
    settled()
    excluded = [key for key, (_, state) in states(tab).items() if state is State.EXCLUDED]
    assert sorted(excluded) == sorted(gentle)


def test_what_was_moved_on_meanwhile_stays(dialog: BulkDialog, tab: DeskTab, work: DeskWork, settled: Wait) -> None:
    dialog.accept()
    settled()
    one = next(key for key, (level, _) in states(tab).items() if level is Level.UNLAWFUL)
    store = tab._session.store
    store.lives.undo(one, who="甲", now="2026-11-22T10:00:00")
    work.bulk.undo()
    settled()
    assert {state for _, state in states(tab).values()} == {State.OPEN}
    assert "1 条后来已有变化" in work.bar.text()


def test_the_ledger_of_the_selected_holds_no_others(
    tab: DeskTab, person: Person, imported: Path, settled: Wait, tmp_path: Path
) -> None:
    person.new_file = tmp_path / "台账.xlsx"
    tab.table.selectAll()
    tab.table.selectRow(1)
    tab.bulk.menu().actions()
    actions(tab)["导出选中案件的台账(&L)…"].trigger()
    settled()
    book = openpyxl.load_workbook(person.new_file)
    assert [row[1] for row in book["审查结论"].iter_rows(min_row=2, values_only=True)] == ["钱样二"]


def test_the_printed_list_has_the_columns_shown(
    tab: DeskTab, work: DeskWork, person: Person, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.columns.place([each._replace(shown=each.field in ("name", "offence")) for each in tab.columns.placed()])
    rows = tab._session.reader.views.case_rows(tab.model.ids)
    text = work.bulk.listed([rows[0]._replace(name="<甲>")])
    assert "&lt;甲&gt;" in text
    assert text.count("<th") == 3
    asked: list[object] = []
    monkeypatch.setattr(talk, "choose_printer", asked.append)
    actions(tab)["打印清单(&P)…"].trigger()
    assert len(asked) == 1
    monkeypatch.setattr("app.ui.bulk_work.MOST_PRINTED", 2)
    actions(tab)["打印清单(&P)…"].trigger()
    assert "一次最多打印 2 件" in str(person.errors[0])
