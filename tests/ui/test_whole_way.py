"""The whole way in the real window: drop, look, import, review, the finding with its cell, decide, documents, print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.actions.order import Order
from app.core.documents.context import Office
from app.core.findings import Level, Outcome, State
from app.ui.batches_dialog import BatchesDialog
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.row_dialog import RowDialog
from app.ui.session import Session
from app.ui.verdict_detail import Extra
from tests.ui.conftest import PATIENCE, Person, drop

Wait = Callable[[], None]


def test_a_dropped_workbook_becomes_documents(
    qtbot: QtBot,
    window: MainWindow,
    tab: DeskTab,
    work: DeskWork,
    book: Path,
    settled: Wait,
    person: Person,
    tmp_path: Path,
) -> None:
    assert drop(tab, book)
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    dialog = work.intake.dialog
    assert dialog.sheets.item(0, 2).text() == "提请减刑(假释)案件表"
    assert dialog.first.value() == 2
    qtbot.waitUntil(lambda: dialog.preview.rows.rowCount() == 4, timeout=PATIENCE)
    assert "可接收 3 行，将退回 1 行" in dialog._counts.text()
    qtbot.mouseClick(dialog._agree, Qt.MouseButton.LeftButton)
    settled()
    assert work.intake.result.rejects.item(0, 5).text() == "姓名为空"
    work.intake.result.reject()
    assert [tab.model.index(row, 1).data() for row in range(3)] == ["赵样一", "钱样二", "孙样三"]
    assert tab.model.index(1, 7).data() == "建议不予提请"
    assert "审查 3 件" in window.bar.text()

    tab.table.go_to(tab.model.ids[1])
    finding = tab.panel.chosen_finding()
    assert finding is not None
    assert finding.verdict.rule == "JX-T01"
    cells = [tab.panel.detail.table.item(row, 3).text() for row in range(tab.panel.detail.table.rowCount())]
    assert "报请日期" in cells
    row = cells.index("报请日期")
    assert tab.panel.detail.table.item(row, 2).text() == "4"
    assert tab.panel.detail.table.item(row, 4).text() == "2022.2.20"
    assert tab.panel.detail.table.item(row, 5).text() == "2022-02-20"

    qtbot.mouseClick(tab.panel.detail._buttons[State.CONFIRMED], Qt.MouseButton.LeftButton)
    settled()
    assert tab.panel.chosen_finding().state is State.CONFIRMED
    assert "属实" in tab.panel.detail._state.text()

    qtbot.mouseClick(tab.buttons["issue"], Qt.MouseButton.LeftButton)
    settled()
    form = work.papers.dialog.form.lines
    form["name"].setText("例县人民检察院")
    form["handler"].setText("示例检察官")
    work.papers.dialog.folder.setText(str(tmp_path / "出来"))
    work.papers.dialog.accept()
    settled()
    assert person.errors == []
    assert len(list((tmp_path / "出来").rglob("*.docx"))) == 3 * 3 + 3
    assert work.papers.result.table.rowCount() == 12
    assert window._session.who() == "示例检察官"


def test_the_original_row_opens_with_its_cell_marked(
    qtbot: QtBot, window: MainWindow, tab: DeskTab, imported: Path, settled: Wait
) -> None:
    tab.table.go_to(tab.model.ids[1])
    table = tab.panel.detail.table
    row = next(row for row in range(table.rowCount()) if table.item(row, 3).text() == "报请日期")
    table.selectRow(row)
    qtbot.mouseClick(tab.panel.detail._open, Qt.MouseButton.LeftButton)
    settled()
    dialog = window.findChild(RowDialog)
    bold = [r for r in range(dialog.table.rowCount()) if dialog.table.item(r, 0).font().bold()]
    assert [dialog.table.item(r, 1).text() for r in bold] == ["2022.2.20"]


def test_excluding_needs_a_reason_and_can_be_taken_back(
    qtbot: QtBot, tab: DeskTab, work: DeskWork, imported: Path, settled: Wait
) -> None:
    tab.table.go_to(tab.model.ids[1])
    exclude, undo = (tab.panel.detail._buttons[each] for each in (State.EXCLUDED, Extra.UNDO))
    assert not undo.isVisibleTo(tab)
    qtbot.mouseClick(exclude, Qt.MouseButton.LeftButton)
    dialog = work.decisions.dialog
    assert (dialog.agree.isEnabled(), dialog.lacking()) == (False, "请选择理由。")
    dialog.reason.setCurrentIndex(0)
    assert dialog.lacking() == "这个理由要用一句话写明。"
    dialog.reject()
    settled()
    assert tab.panel.chosen_finding().state is State.OPEN
    qtbot.mouseClick(exclude, Qt.MouseButton.LeftButton)
    dialog = work.decisions.dialog
    dialog.reason.setCurrentIndex(0)
    dialog.why.setPlainText("已核对，报请日录错")
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    settled()
    assert tab.panel.chosen_finding().state is State.EXCLUDED
    assert "数据错误：已核对，报请日录错" in tab.panel.detail._state.text()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    settled()
    assert tab.panel.chosen_finding().state is State.OPEN
    assert "<s>" in tab.panel.detail._past.text()
    assert "撤销上一步，回到“待核查”" in tab.panel.detail._past.text()


def test_a_finding_is_watched_until_a_day(
    qtbot: QtBot, tab: DeskTab, work: DeskWork, imported: Path, settled: Wait
) -> None:
    tab.table.go_to(tab.model.ids[1])
    qtbot.mouseClick(tab.panel.detail._buttons[State.WATCHED], Qt.MouseButton.LeftButton)
    dialog = work.decisions.dialog
    dialog.why.setPlainText("等法院裁定")
    day = dialog.until.date().toPython().isoformat()
    dialog.accept()
    settled()
    found = tab.panel.chosen_finding()
    assert (found.state, found.until) == (State.WATCHED, day)
    assert f"持续关注至 {day}" in tab.panel.detail._state.text()


def test_a_second_person_agrees_under_another_name(
    qtbot: QtBot, tab: DeskTab, work: DeskWork, session: Session, imported: Path, settled: Wait
) -> None:
    session.store.lives.set_levels(list(Level), now="2026-11-21T09:00:00", who="测试员")
    tab.table.go_to(tab.model.ids[1])
    work.decisions.decide(tab.panel.chosen_finding(), State.CONFIRMED)
    settled()
    assert "待另一位同志复核" in tab.panel.detail._state.text()
    qtbot.mouseClick(tab.panel.detail._buttons[Extra.CHECK], Qt.MouseButton.LeftButton)
    dialog = work.decisions.dialog
    dialog.who.setText(session.who())
    assert "不能就是核查人" in dialog.lacking()
    dialog.who.setText("另一位检察官")
    dialog.no.setChecked(True)
    assert dialog.lacking() == "退回要写明理由。"
    dialog.yes.setChecked(True)
    dialog.accept()
    settled()
    assert "另一位检察官（未以第二账户核对）复核同意" in tab.panel.detail._state.text()
    assert not tab.panel.detail._buttons[Extra.CHECK].isVisibleTo(tab)


def test_what_people_decided_survives_another_review(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait
) -> None:
    tab.table.go_to(tab.model.ids[1])
    work.decisions.decide(tab.panel.chosen_finding(), State.CONFIRMED)
    settled()
    work.review()
    settled()
    assert tab.table.current_id() == tab.model.ids[1]
    assert tab.panel.chosen_finding().state is State.CONFIRMED


def test_passed_and_unjudged_rules_can_be_looked_at(tab: DeskTab, imported: Path) -> None:
    tab.table.go_to(tab.model.ids[0])
    verdicts = tab.panel.view.verdicts
    passed = next(place for place, each in enumerate(verdicts) if each.outcome is Outcome.LAWFUL and each.steps)
    tab.panel.list.expandAll()
    tab.panel.list.go_to(passed)
    assert verdicts[passed].steps[0] in tab.panel.detail._steps.text()
    assert not tab.panel.detail._state.isVisible()
    unjudged = [place for place, each in enumerate(verdicts) if each.outcome is Outcome.NOT_EVALUATED]
    for place in unjudged:
        tab.panel.list.go_to(place)
        assert verdicts[place].holder in tab.panel.detail._message.text()


def test_refused_rows_are_saved_as_a_workbook(
    work: DeskWork, imported: Path, settled: Wait, person: Person, tmp_path: Path
) -> None:
    person.new_file = tmp_path / "退回的.xlsx"
    work.intake.result.save.click()
    settled()
    rows = list(load_workbook(person.new_file).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "姓名为空" in rows[1][-1]
    assert "已保存退回的 1 行" in work.intake.result._says.text()


def test_withdrawing_takes_the_cases_along(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait, person: Person
) -> None:
    work.show_batches()
    dialog = tab.window().findChild(BatchesDialog)
    person.agrees = False
    dialog.take_back()
    assert len(tab.model.ids) == 3
    person.agrees = True
    dialog.take_back()
    settled()
    assert len(tab.model.ids) == 0
    assert tab._stack.currentIndex() == 0
    assert person.asked == ["撤回“提请名单.xlsx”工作表“名单”的 3 行？"] * 2


def test_the_ledger_is_saved(tab: DeskTab, imported: Path, settled: Wait, person: Person, tmp_path: Path) -> None:
    person.new_file = tmp_path / "台账"
    tab.buttons["export"].click()
    settled()
    assert load_workbook(tmp_path / "台账.xlsx").sheetnames[0] == "线索"


def test_printing_hands_the_finished_files_to_the_system(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr("app.core.files.open_with_system", lambda path, verb="open": printed.append((path.name, verb)))
    tab.table.go_to(tab.model.ids[0])
    tab.buttons["print"].click()
    settled()
    assert [fault.what for fault in person.errors] == ["选中的案件还没有生成文书"]
    work.papers.ask()
    settled()
    work.papers.dialog.accept()
    settled()
    work.papers.result.print.click()
    settled()
    assert len(printed) == 3
    assert {verb for _, verb in printed} == {"print"}
    assert all("合并打印3份" in name for name, _ in printed)
    printed.clear()
    tab.buttons["print"].click()
    settled()
    assert sorted(name.rpartition("_")[2] for name, _ in printed) == [
        "减刑提请检察意见书.docx",
        "减刑案件审查报告.docx",
        "送达回证.docx",
    ]
    assert "送去打印" in tab.window().bar.text()


def test_documents_cut_short_are_gone_on_with(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait, person: Person, tmp_path: Path
) -> None:
    store, ids = work.papers.session.store, list(tab.model.ids)
    order = Order(tmp_path / "断电", Office(short="例县", department="执检"), date(2026, 11, 21), "", "")
    asked = order.kept() | {"kinds": ["opinion"], "keys": None}
    store.runs.begin(asked, ids, now="2026-11-21T09:00:00", who="某甲")
    work.papers.ask()
    settled()
    assert work.papers.dialog is None
    assert len(list((tmp_path / "断电").rglob("*意见书*.docx"))) == len(ids) + 1
    assert "做完了 0 件" in person.asked[-1]
    assert store.runs.open() == []


def test_a_workbook_dropped_twice_is_not_taken_twice(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait, qtbot: QtBot
) -> None:
    work.intake.result.reject()
    work.intake.dialog = None
    drop(tab, imported)
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    assert work.intake.dialog.plans[0].mapping.reason.startswith("与以前确认过的")
    work.intake.dialog.accept()
    settled()
    assert len(tab.model.ids) == 3
    assert "未重复导入" in work.intake.result.sheets.item(0, 9).text()
