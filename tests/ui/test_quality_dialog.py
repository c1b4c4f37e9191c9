"""The report on quality is reached from the import and the list of sheets, shows its places, and becomes a paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.batches_dialog import BatchesDialog
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.plain_table import PlainTable
from app.ui.quality_dialog import QualityDialog
from tests.core.documents.papers import text
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets: one with a day that does not exist, a span that runs backwards and a nameless row, one in order."""
    wrong = {**PROPOSAL, "罪犯编号": "9000000002", "姓名": "钱样二", "判决日期": "2020-02-30", "公示止日": "2022-08-01"}
    other = {**PROPOSAL, "罪犯编号": "9000000003", "姓名": "孙样三"}
    nameless = {**PROPOSAL, "罪犯编号": "9000000004", "姓名": ""}
    return write_book(tmp_path / "提请名单.xlsx", ("一监区", [PROPOSAL, wrong, nameless]), ("二监区", [other]))


def column(table: PlainTable, number: int) -> list[str]:
    return [table.item(row, number).text() for row in range(table.rowCount())]


def opened(work: DeskWork, qtbot: QtBot, press: Callable[[], object]) -> QualityDialog:
    press()
    qtbot.waitUntil(lambda: work.quality.dialog is not None, timeout=PATIENCE)
    return work.quality.dialog


@pytest.fixture
def dialog(imported: Path, work: DeskWork, qtbot: QtBot) -> QualityDialog:
    """The report on what was just imported, asked for where the import told of its refused row."""
    return opened(work, qtbot, work.intake.result.quality.click)


def test_every_check_stands_in_the_list_with_its_answer(dialog: QualityDialog) -> None:
    assert column(dialog.checks, 0) == [f"DQ-{number:02}" for number in range(1, 21)]
    shown = {row[0]: row[2:] for row in zip(*(column(dialog.checks, number) for number in range(6)), strict=True)}
    assert shown["DQ-04"] == ("有问题", "1", "1", "33.3%")
    assert shown["DQ-06"] == ("正常", "", "", "")
    assert shown["DQ-10"] == ("不适用", "", "", "")
    assert "读入 2 行，未读入 1 行" in dialog._rows.text()


def test_a_chosen_check_shows_its_places_with_their_texts(dialog: QualityDialog) -> None:
    assert dialog.sheet().remarks[dialog.checks.currentRow()].rule == "DQ-04"
    assert [dialog.spots.item(0, number).text() for number in range(3)] == ["3", "判决日期", "2020-02-30"]
    assert "没有这一天" in dialog.spots.item(0, 3).text()
    dialog.checks.selectRow(4)
    assert column(dialog.spots, 1) == ["公示止日"]
    assert "请核对起日和止日" in dialog._asks.text()
    dialog.checks.selectRow(5)
    assert dialog.spots.rowCount() == 0
    dialog.checks.selectRow(15)
    assert "判决日期 50%" in dialog._asks.text()


def test_another_sheet_has_its_own_answers(dialog: QualityDialog) -> None:
    assert dialog.sheets.count() == 2
    dialog.sheets.setCurrentIndex(1)
    assert "有问题" not in column(dialog.checks, 2)
    assert dialog.spots.rowCount() == 0


def test_the_list_of_sheets_leads_to_the_chosen_one(imported: Path, tab: DeskTab, work: DeskWork, qtbot: QtBot) -> None:
    work.show_batches()
    listed = tab.window().findChild(BatchesDialog)
    listed.table.selectRow(0)
    dialog = opened(work, qtbot, listed.quality.click)
    assert (dialog.sheets.count(), dialog.sheet().sheet) == (2, "二监区")


def test_the_paper_is_saved_where_the_user_says(
    dialog: QualityDialog, settled: Wait, person: Person, tmp_path: Path
) -> None:
    person.new_file = tmp_path / "体检单"
    assert dialog.name.text() == "例县监狱"
    dialog.name.setText("例县第二监狱 ")
    dialog.paper.click()
    settled()
    made = text((tmp_path / "体检单.docx").read_bytes())
    assert all(each in made for each in ("例县第二监狱：", "一监区", "二监区", "日期读不出"))
    assert "数据体检单已保存：体检单.docx" in dialog.says.text()
    dialog.only_this.setChecked(True)
    dialog.paper.click()
    settled()
    assert "二监区" not in text((tmp_path / "体检单.docx").read_bytes())


def test_nothing_is_written_when_no_file_is_named(dialog: QualityDialog, settled: Wait, tmp_path: Path) -> None:
    dialog.paper.click()
    settled()
    assert not list(tmp_path.rglob("*.docx"))


def test_a_paper_that_cannot_be_written_is_said(
    dialog: QualityDialog, settled: Wait, person: Person, tmp_path: Path
) -> None:
    person.new_file = tmp_path / "名.docx"
    person.new_file.mkdir()
    dialog.paper.click()
    settled()
    assert len(person.errors) == 1


def test_one_sheet_needs_no_choice(work: DeskWork, dialog: QualityDialog, qtbot: QtBot) -> None:
    first = dialog.sheet().number
    dialog.close()
    alone = opened(work, qtbot, lambda: work.quality.ask([first]))
    assert not alone.only_this.isVisibleTo(alone)
