"""What was refused goes back with the reason, and comes in again when it was mended."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.core.errors import Cancelled
from app.core.intake.headers import find_header
from app.core.intake.mapping import Remembered, fingerprint, known_words, recognise
from app.core.intake.reading import TableRead, read_table
from app.core.intake.rejects import REASON, rejects_workbook
from app.core.intake.sheet import Sheet
from app.core.intake.sheets import read_sheets
from app.core.jobs import Ticket
from app.core.records import Record

ROWS = [
    ("减刑裁定统计", "", "", "", ""),
    ("姓名", "罪犯编号", "减刑情况", "", "没有列名"),
    ("", "", "裁定日期", "减刑幅度", ""),
    ("样一", "0000000001", "2022.6.31", "六个月", "甲"),
    ("", "9000000002", "2022-06-01", "六个月", "乙"),
    ("样三", "9000000003", "2022-06-01", "1.6", "=1+1"),
]


def taken_in(sheet: Sheet, *agreed: Remembered) -> TableRead:
    header = find_header(sheet, known_words())
    assert header is not None
    mapped = recognise(header, agreed, sheet)
    assert mapped is not None
    return read_table(sheet, header, mapped)


def test_the_way_out_and_back(tmp_path: Path) -> None:
    first = taken_in(Sheet("历次减刑.xlsx", "S", ROWS))
    assert (len(first.records), len(first.rejects)) == (1, 2)
    path = tmp_path / "退回.xlsx"
    path.write_bytes(rejects_workbook(first.mapping.labels, first.rejects, "减刑/裁定"))
    [sheet] = read_sheets(path)
    assert sheet.rows[0][-1] == REASON
    assert sheet.rows[1][:5] == ROWS[3]
    assert "没有这一天" in sheet.rows[1][-1]
    assert "历次减刑.xlsx《S》第4行" in sheet.rows[1][-1]
    agreed = Remembered("R2", first.mapping.by_label(), fingerprint(first.header))
    still = taken_in(sheet, agreed)
    assert (len(still.records), len(still.rejects)) == (0, 2)
    assert REASON not in still.mapping.unmapped
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["C2"] = "2022.6.30"
    book.active["A3"] = "样二"
    book.save(path)
    mended = taken_in(read_sheets(path)[0], agreed)
    assert [(each["name"], each["prisoner_no"]) for each in mended.records] == [
        ("样一", "0000000001"),
        ("样二", "9000000002"),
    ]
    assert mended.mapping.by_label() == first.mapping.by_label()


def test_nothing_changes_on_the_way(tmp_path: Path) -> None:
    rows = [("姓名", "身份证号码", "裁定日期", "减刑幅度"), ("样一", "'0028199001011234", "不详", "=1+1")]
    read = taken_in(Sheet("a.xlsx", "S", rows))
    path = tmp_path / "a.xlsx"
    path.write_bytes(rejects_workbook(read.mapping.labels, read.rejects, "S"))
    assert read_sheets(path)[0].rows[1][:4] == rows[1]


def test_the_cell_at_fault_keeps_its_raw_text() -> None:
    [reject] = taken_in(Sheet("a.xlsx", "S", [("姓名", "裁定日期", "减刑幅度"), ("样一", " 2022.6.31 ", "")])).rejects
    assert (reject.file, reject.sheet, reject.row, reject.column) == ("a.xlsx", "S", 2, "裁定日期")
    assert reject.value == " 2022.6.31 "
    assert reject.texts == ("样一", " 2022.6.31 ", "")


def test_a_bad_optional_cell_keeps_the_row() -> None:
    rows = [("姓名", "报请日期", "提请减刑幅度", "应缴金额"), ("样一", "2022.6.31", "1.6", "若干")]
    read = taken_in(Sheet("提请减刑.xlsx", "S", rows))
    [record] = read.records
    assert isinstance(record, Record)
    for field, raw in (("filed_on", "2022.6.31"), ("proposed", "1.6"), ("amount_due", "若干")):
        cell = record.cells[field]
        assert (cell.value, cell.raw) == (None, raw)
        assert raw in cell.doubt


def test_codes_with_lost_zeros_are_seen_by_their_column() -> None:
    rows = [
        ("姓名", "报请日期", "累犯", "毒品再犯"),
        ("样一", "2022-06-01", "1", "1"),
        ("样二", "2022-06-01", "2", "0"),
    ]
    one, two = taken_in(Sheet("a.xlsx", "S", rows)).records
    assert (one["recidivist"], one["drug_recidivist"]) == (None, True)
    assert (two["recidivist"], two["drug_recidivist"]) == (None, False)
    assert "代码" in one.cells["recidivist"].doubt


def test_a_preview_stops_early_and_reading_can_be_stopped() -> None:
    rows = [("姓名", "报请日期"), *[(f"样{number}号", "2022-06-01") for number in range(500)]]
    sheet = Sheet("a.xlsx", "S", rows)
    header = find_header(sheet, known_words())
    assert header is not None
    mapped = recognise(header, (), sheet)
    assert mapped is not None
    assert read_table(sheet, header, mapped, limit=10).rows == 10
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        read_table(sheet, header, mapped, ticket=ticket)


@pytest.mark.parametrize("number", ["110101199001010015", "11010119900101004X", "110101900101001"])
def test_a_name_and_a_number_in_each_others_columns_change_places(number: str) -> None:
    rows = [
        ("违法行为人姓名", "证件号码", "违法行为发生时间", "处罚种类及幅度", "决定日期"),
        (number, "样一", "2026-04-20", "行政拘留5日", "2026-04-21"),
        ("样二", "110101198505050012", "2026-04-20", "行政拘留5日", "2026-04-21"),
    ]
    read = taken_in(Sheet("a.xlsx", "S", rows))
    assert [str(each["name"]) for each in read.records] == ["样一", "样二"]
    assert read.records[0]["id_number"] is not None
    name = read.records[0].cells["name"]
    assert (name.column, name.raw) == ("证件号码", "样一")
    assert "对调" in name.doubt
    assert not read.records[1].cells["name"].doubt


@pytest.mark.parametrize(
    ("first", "second"), [("110101199001010015", ""), ("样一", "样二"), ("110101199001010016", "样一")]
)
def test_nothing_changes_places_where_it_is_not_plain(first: str, second: str) -> None:
    rows = [
        ("违法行为人姓名", "证件号码", "违法行为发生时间", "处罚种类及幅度", "决定日期"),
        (first, second, "2026-04-20", "行政拘留5日", "2026-04-21"),
    ]
    read = taken_in(Sheet("a.xlsx", "S", rows))
    assert all("对调" not in each.cells["name"].doubt for each in read.records)
    assert len(read.records) + len(read.rejects) == 1
