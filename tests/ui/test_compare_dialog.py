"""Next month's list in the real window: what is new, changed or gone, and what was found out about the gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.store.rows import QuestionState
from app.ui.batches_dialog import BatchesDialog
from app.ui.compare_dialog import CompareDialog
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.intake_result import IntakeResult
from app.ui.main_window import MainWindow
from app.ui.plain_table import PlainTable
from app.ui.settings_dialog import SettingsDialog
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
CHANGED = {"提请减刑幅度": "五个月", "减后刑期止日": "2027-11-10"}


def column(table: PlainTable, place: int) -> list[str]:
    return [table.item(row, place).text() for row in range(table.rowCount())]


@pytest.fixture
def result(work: DeskWork, imported: Path, qtbot: QtBot, settled: Wait, tmp_path: Path) -> IntakeResult:
    """What is shown after the next list: 赵样一 changed, 李样五 new, 钱样二 and 孙样三 gone."""
    work.intake.result.reject()
    work.intake.dialog = None
    new = {**PROPOSAL, "罪犯编号": "9000000005", "姓名": "李样五", "监区": "二监区"}
    rows = [new, {**PROPOSAL, **CHANGED}]
    work.intake.look([write_book(tmp_path / "再报.xlsx", ("名单", rows), title="例县监狱提请名单")])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    return work.intake.result


def opened(work: DeskWork, settled: Wait) -> CompareDialog:
    settled()
    dialog = work.intake.compare.dialog
    assert dialog is not None
    return dialog


def test_the_result_counts_and_opens_the_comparison(result: IntakeResult, work: DeskWork, settled: Wait) -> None:
    assert [result.sheets.item(0, place).text() for place in range(3, 9)] == ["2", "2", "0", "1", "1", "2"]
    result.compare.click()
    dialog = opened(work, settled)
    assert [dialog.tabs.tabText(place) for place in range(3)] == ["变化（1）", "新增（1）", "消失、待核实（2）"]
    assert dialog.tabs.currentWidget() is dialog.missed
    assert column(dialog.changed, 1) == ["赵样一（9000000001）", ""]
    assert column(dialog.changed, 2) == ["提请减刑幅度", "减后刑期止日"]
    assert column(dialog.changed, 3) == ["六个月", "2027-10-10"]
    assert column(dialog.changed, 4) == ["五个月", "2027-11-10"]
    assert column(dialog.new, 1) == ["李样五（9000000005）"]
    assert "监区：二监区" in dialog.new.item(0, 2).text()


def test_what_was_found_out_is_put_down(result: IntakeResult, work: DeskWork, settled: Wait, person: Person) -> None:
    result.compare.click()
    dialog = opened(work, settled)
    assert column(dialog.missed, 2) == ["待核实", "待核实"]
    person.reason = None
    dialog.answer.click()
    person.reason = " "
    dialog.answer.click()
    settled()
    assert [fault.what for fault in person.errors] == ["说明不能为空"]
    dialog.missed.selectAll()
    person.reason = "监狱已撤回提请"
    dialog.answer.click()
    settled()
    assert column(dialog.missed, 2) == ["已说明", "已说明"]
    assert all(text.startswith("监狱已撤回提请（") for text in column(dialog.missed, 3))
    assert {each.state for each in work.session.reader.repeats.questions()} == {QuestionState.ANSWERED}
    assert len(work.tab.model.ids) == 4
    dialog.tabs.setCurrentWidget(dialog.changed)
    assert not dialog.answer.isEnabled()
    dialog.reject()
    assert work.intake.compare.dialog is None


def test_the_list_of_batches_tells_unit_and_questions(
    result: IntakeResult, tab: DeskTab, work: DeskWork, settled: Wait
) -> None:
    work.show_batches()
    dialog = tab.window().findChild(BatchesDialog)
    assert column(dialog.table, 1) == ["再报.xlsx", "提请名单.xlsx"]
    assert [dialog.table.item(0, place).text() for place in (4, 7, 8, 9)] == ["例县监狱", "1", "1", "2"]
    assert [dialog.table.item(1, place).text() for place in (4, 7, 8, 9)] == ["例县监狱", "", "", ""]
    dialog.compare()
    assert "再报.xlsx" in opened(work, settled)._head.text()
    dialog.table.selectRow(1)
    assert not dialog._compare.isEnabled()


def test_withdrawing_brings_the_cases_back_as_they_were(
    result: IntakeResult, tab: DeskTab, work: DeskWork, settled: Wait
) -> None:
    assert len(tab.model.ids) == 4
    work.withdraw(work.session.reader.batches.all()[-1])
    settled()
    assert [tab.model.index(row, 1).data() for row in range(len(tab.model.ids))] == ["赵样一", "钱样二", "孙样三"]
    assert work.session.reader.repeats.questions() == []


def test_the_user_says_whose_list_it_is(work: DeskWork, qtbot: QtBot, book: Path, settled: Wait) -> None:
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    dialog = work.intake.dialog
    assert isinstance(dialog.unit, QLineEdit)
    assert dialog.unit.text() == "例县监狱"
    dialog.unit.clear()
    qtbot.keyClicks(dialog.unit, "Example Prison")
    dialog.accept()
    settled()
    assert work.session.reader.batches.all()[0].unit == "ExamplePrison"


def test_mappings_go_out_and_in_as_a_file(
    window: MainWindow, imported: Path, settled: Wait, person: Person, tmp_path: Path
) -> None:
    dialog = SettingsDialog(window, window._session, window.bar)
    person.new_file = tmp_path / "对应"
    dialog.save_mappings()
    settled()
    assert "已保存 1 种表头的对应关系" in window.bar.text()
    person.files = [tmp_path / "对应.json"]
    dialog.load_mappings()
    settled()
    assert "已记住 1 种表头的对应关系" in window.bar.text()
    dialog.reject()
