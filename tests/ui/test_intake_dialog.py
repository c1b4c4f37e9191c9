"""The import dialog: what was understood is shown, and every part of it can be mended before anything is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from app.core.actions.receive import SheetResult
from app.core.intake.hidden import Hidden
from app.core.jobs import Ticket
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.intake_dialog import IntakeDialog
from app.ui.intake_result import IntakeResult
from app.ui.mapping_table import FIELD_COLUMN, NOT_USED, letter
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.conftest import PATIENCE, Person, drop

Wait = Callable[[], None]


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A sheet whose header nobody has seen before, below two lines of title."""
    book = Workbook()
    sheet = book.active
    sheet.title = "甲"
    for row in (
        ["某某监狱"],
        ["二〇二六年"],
        ["甲栏", "乙栏", "丙栏", "丁栏"],
        ["9000000001", "赵样一", "2022-09-20", "六个月"],
        ["9000000002", "", "2022-09-20", "六个月"],
    ):
        sheet.append(row)
    path = tmp_path / "奇怪的表.xlsx"
    book.save(path)
    return path


def shown(work: DeskWork, qtbot: QtBot, *paths: Path) -> IntakeDialog:
    """The dialog for these files."""
    work.intake.look(list(paths))
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    return work.intake.dialog


def choose(dialog: IntakeDialog, column: int, field: str) -> None:
    """Pick a field for a column as a click would."""
    box = dialog.mapping.boxes[column]
    box.setCurrentIndex(box.findData(field))
    box.activated.emit(box.currentIndex())


def test_a_file_that_cannot_be_read_has_a_line_of_its_own(qtbot: QtBot, work: DeskWork, tmp_path: Path) -> None:
    broken = tmp_path / "破损的表.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing of a workbook")
    dialog = shown(work, qtbot, write_book(tmp_path / "好的表.xlsx", ("一", [PROPOSAL])), broken)
    assert [dialog.sheets.item(1, column).text() for column in (0, 2)] == ["破损的表.xlsx", "读不了"]
    dialog.sheets.selectRow(1)
    assert "破损的表.xlsx" in dialog._reason.text()
    assert dialog._agree.isEnabled()


def test_an_unknown_header_is_mended_by_hand(
    qtbot: QtBot, work: DeskWork, tab: DeskTab, strange: Path, settled: Wait
) -> None:
    dialog = shown(work, qtbot, strange)
    assert dialog.plans[0].problem
    assert not dialog._agree.isEnabled()
    assert dialog.sheets.item(0, 2).text() == "未识别"
    dialog.first.setValue(3)
    assert dialog.last.value() == 3
    dialog.table_box.setCurrentIndex(dialog.table_box.findData("R1"))
    dialog.table_box.activated.emit(0)
    assert "缺少必需的列" in dialog._reason.text()
    for column, field in enumerate(("prisoner_no", "name", "filed_on", "proposed")):
        choose(dialog, column, field)
    assert dialog.plans[0].problem == ""
    qtbot.waitUntil(lambda: dialog.preview.rows.rowCount() == 2, timeout=PATIENCE)
    assert "可接收 1 行，将退回 1 行" in dialog._counts.text()
    dialog.review_after.setChecked(False)
    dialog.accept()
    settled()
    assert [tab.model.index(0, column).data() for column in (0, 1, 6)] == ["9000000001", "赵样一", "2022-09-20"]

    again = write_copy(strange)
    work.intake.dialog = None
    assert shown(work, qtbot, again).plans[0].mapping.reason.startswith("与以前确认过的")


def write_copy(path: Path) -> Path:
    """The same header over another row."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active.append(["9000000003", "孙样三", "2022-09-20", "六个月"])
    copy = path.with_name("同样的表头.xlsx")
    book.save(copy)
    return copy


def test_a_field_belongs_to_one_column_only(qtbot: QtBot, work: DeskWork, book: Path, settled: Wait) -> None:
    dialog = shown(work, qtbot, book)
    labels = list(dialog.plans[0].header.labels)
    old, new = labels.index("监区"), labels.index("批次")
    choose(dialog, new, "ward")
    assert dialog.mapping.boxes[old].currentText() == NOT_USED
    assert dialog.plans[0].mapping.columns[new].id == "ward"
    choose(dialog, new, "")
    assert new not in dialog.plans[0].mapping.columns
    settled()
    dialog.reject()


def test_a_sheet_can_be_left_out(qtbot: QtBot, work: DeskWork, tab: DeskTab, tmp_path: Path, settled: Wait) -> None:
    path = write_book(tmp_path / "两张.xlsx", ("一", [PROPOSAL]), ("二", [{**PROPOSAL, "罪犯编号": "9000000009"}]))
    dialog = shown(work, qtbot, path)
    assert "2 张表" in dialog._agree.text()
    dialog.sheets.selectRow(1)
    dialog.table_box.setCurrentIndex(0)
    dialog.table_box.activated.emit(0)
    assert "1 张表" in dialog._agree.text()
    assert dialog.sheets.item(1, 2).text() == "不导入"
    dialog.review_after.setChecked(False)
    dialog.accept()
    settled()
    assert len(tab.model.ids) == 1


def test_files_that_cannot_be_read_stand_beside_the_good_ones(
    qtbot: QtBot, work: DeskWork, book: Path, tmp_path: Path, settled: Wait
) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    dialog = shown(work, qtbot, tmp_path)
    texts = [dialog.sheets.item(row, 5).text() for row in range(dialog.sheets.rowCount())]
    assert any("空.xlsx" in text for text in texts)
    assert "1 张表" in dialog._agree.text()
    dialog.sheets.selectRow(len(texts) - 1)
    assert not dialog.mapping.isEnabled()
    assert "空.xlsx" in dialog._reason.text()
    assert dialog.preview.rows.rowCount() == 0
    dialog.reject()
    settled()


def test_one_bad_file_alone_is_said_in_a_sentence(
    work: DeskWork, tab: DeskTab, tmp_path: Path, settled: Wait, person: Person
) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    assert drop(tab, tmp_path / "空.xlsx")
    settled()
    assert work.intake.dialog is None
    assert "空" in person.errors[0].what


def test_an_empty_folder_is_said_too(
    work: DeskWork, tab: DeskTab, tmp_path: Path, settled: Wait, person: Person
) -> None:
    (tmp_path / "空文件夹").mkdir()
    drop(tab, tmp_path / "空文件夹")
    settled()
    assert person.errors[0].what == "拖入的文件夹里没有表格"


def test_files_are_chosen_from_the_button(
    qtbot: QtBot, work: DeskWork, tab: DeskTab, book: Path, person: Person
) -> None:
    tab.buttons["import"].click()
    assert work.intake.dialog is None
    person.files = [book]
    tab.buttons["import"].click()
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.reject()


def test_a_preview_that_comes_after_closing_is_let_go(
    qtbot: QtBot, work: DeskWork, book: Path, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(work, qtbot, book)
    dialog.reject()
    settled()
    assert dialog._open is False


def test_doubts_and_unread_values_are_coloured_and_explained(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import Qt

    from app.core.actions.receive import look, preview
    from app.ui.intake_preview import Preview

    rows = [{**PROPOSAL, "报请日期": "没有日期", "身份证号码": "110101900101001"}, {**PROPOSAL, "姓名": ""}]
    plan = look([write_book(tmp_path / "表.xlsx", ("一", rows))], ticket=Ticket())[0][0]
    table = Preview()
    qtbot.addWidget(table)
    assert table.show_rows(plan, preview(plan)) == (1, 1)
    titles = [table.rows.headerData(place, Qt.Orientation.Horizontal) for place in range(table.rows.columnCount())]

    def cell(row: int, title: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return table.rows.index(row, titles.index(title)).data(role)

    assert cell(0, "报请日期") == "没有日期"
    assert "未能读取" in cell(0, "报请日期", Qt.ItemDataRole.ToolTipRole)
    assert cell(0, "报请日期", Qt.ItemDataRole.ForegroundRole) is not None
    assert cell(0, "罪名", Qt.ItemDataRole.ForegroundRole) is None
    assert "退回：姓名为空" in cell(1, "行", Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_columns_are_named_as_the_spreadsheet_does(column: int, name: str) -> None:
    assert letter(column) == name


def test_the_box_column_is_where_the_boxes_are(qtbot: QtBot, work: DeskWork, book: Path, settled: Wait) -> None:
    dialog = shown(work, qtbot, book)
    assert dialog.mapping.cellWidget(0, FIELD_COLUMN) is dialog.mapping.boxes[0]
    dialog.reject()
    settled()


def test_the_result_says_what_the_list_hides(qtbot: QtBot) -> None:
    hidden = Hidden(rows=(3, 4, 5, 6, 7, 8), columns=(2,))
    taken = SheetResult("a.xlsx", "名单", "R1", 1, {}, (), 6, 6, (), ("序号", "姓名"), hidden=hidden)
    skipped = SheetResult("a.xlsx", "藏", "", 0, {}, (), 0, 0, (), skipped="没有表头", hidden=Hidden(sheet=True))
    dialog = IntakeResult(None, [taken, skipped])
    qtbot.addWidget(dialog)
    said = "原表隐藏了6行（第3行、第4行、第5行、第6行、第7行等）、1列（姓名），都已读入"
    assert dialog.sheets.item(0, 9).text() == said
    assert dialog.sheets.item(1, 9).text() == "未导入：没有表头；原表隐藏了工作表"


def test_the_parts_of_one_value_share_its_field(qtbot: QtBot, work: DeskWork, tmp_path: Path, settled: Wait) -> None:
    book = Workbook()
    for row in (
        ["罪犯编号", "姓名", "报请日期", "拟减幅度（年）", "拟减幅度（月）", "幅度"],
        ["9000000001", "赵样一", "2022-09-20", 1, 3, "六个月"],
    ):
        book.active.append(row)
    book.save(tmp_path / "分列.xlsx")
    dialog = shown(work, qtbot, tmp_path / "分列.xlsx")
    titles = dialog.preview.rows

    def fields() -> dict[int, str]:
        return {column: each.id for column, each in dialog.plans[0].mapping.columns.items() if column > 2}

    assert fields() == {3: "proposed", 4: "proposed"}
    qtbot.waitUntil(lambda: titles.rowCount() == 1, timeout=PATIENCE)
    assert titles.columnCount() == 5
    assert titles.data(titles.index(0, 4)) == "有期徒刑一年三个月"
    choose(dialog, 5, "proposed")
    assert fields() == {5: "proposed"}
    choose(dialog, 3, "proposed")
    choose(dialog, 4, "proposed")
    assert fields() == {3: "proposed", 4: "proposed"}
    settled()
    dialog.reject()
