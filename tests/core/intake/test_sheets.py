"""Every format becomes the same texts; every file that is no table is one clear sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.core.errors import Cancelled, FileInUse, FileUnreadable
from app.core.intake import zipped
from app.core.intake.marks import CUT, ERROR, GARBLED, LOSSY, UNSAVED
from app.core.intake.sheets import iter_files, read_sheets
from app.core.jobs import Ticket

DATA = Path(__file__).with_name("data")
ROWS = [("姓名", "报请日期", "备注"), ("样一", "2022-06-03", "a,b"), ("样二", "2022.6.4", "")]


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        fill(book, book.add_worksheet("名单"))
    return path


def plain_book(path: Path) -> Path:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)

    return workbook(path, fill)


def cells(path: Path) -> list[tuple[str, ...]]:
    return list(read_sheets(path)[0].rows)


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda _, sheet: sheet.write(4, 2, "姓名"))
    rows = cells(path)
    assert len(rows) == 5
    assert rows[4] == ("", "", "姓名")


def test_values_are_the_texts_a_person_sees(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, [1000000001, 1.5, 0.1 + 0.2, "0012", "  留白 "])
        sheet.write_datetime(1, 0, datetime(2022, 6, 3), day)
        sheet.write_datetime(1, 1, datetime(2022, 6, 3, 8, 30), day)
        sheet.write(1, 2, 0, day)
        sheet.write_boolean(1, 3, True)
        sheet.write(1, 4, 44715)

    rows = cells(workbook(tmp_path / "a.xlsx", fill))
    assert rows[0] == ("1000000001", "1.5", "0.3", "0012", "  留白 ")
    assert rows[1] == ("2022-06-03", "2022-06-03 08:30:00", "1900-01-00", "是", "44715")


def test_what_is_not_as_it_was_typed_is_marked(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, [412028199001011234, 123456789012345, 2022.1, 3.1])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_formula(1, 1, "=1+1", None, "")
        sheet.write_formula(1, 2, "=1+1", None, 2)

    rows = cells(workbook(tmp_path / "a.xlsx", fill))
    assert rows[0] == (f"{LOSSY}412028199001011000", "123456789012345", f"{CUT}2022.1", "3.1")
    assert rows[1][0] == f"{ERROR}#N/A"
    assert rows[1][2] == "2"


def test_a_formula_never_calculated_is_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["样一", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [("样一", UNSAVED)]


def test_hidden_sheets_are_read_and_said(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(0, 0, "姓名")
        sheet.merge_range(1, 0, 2, 0, "合并")
        hidden = book.add_worksheet("藏")
        hidden.write(0, 0, "a")
        hidden.hide()

    first, second = read_sheets(workbook(tmp_path / "a.xlsx", fill))
    assert (first.file, first.name, first.hidden, first.merged) == ("a.xlsx", "名单", False, ((1, 0, 2, 0),))
    assert (second.name, second.hidden) == ("藏", True)


def test_the_old_binary_format() -> None:
    names, hidden = read_sheets(DATA / "old.xls")
    assert (names.name, names.hidden, hidden.hidden) == ("名单", False, True)
    assert names.rows[2][:5] == ("1", "1000000001", "样一", "2020-04-11", "一监区")
    assert names.rows[4][3] == "2021.6.31"
    assert names.rows[5][1] == f"{LOSSY}412028199001011000"
    assert names.rows[5][3] == f"{ERROR}#N/A"
    assert (2, 4, 3, 4) in names.merged


@pytest.mark.parametrize("name", ["b.xlsx", "b.xls", "b.et", "b.csv", "b.xlsm"])
def test_the_first_bytes_decide_not_the_name(tmp_path: Path, name: str) -> None:
    path = plain_book(tmp_path / "a.xlsx").rename(tmp_path / name)
    assert cells(path) == ROWS
    (tmp_path / f"old-{name}").write_bytes((DATA / "old.xls").read_bytes())
    assert cells(tmp_path / f"old-{name}")[2][2] == "样一"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = [mark.join(f'"{text}"' if mark in text else text for text in row) for row in ROWS]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert cells(path) == ROWS


def test_the_old_end_of_file_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("姓名,备注\r\n样一,a\r\n".encode("gbk") + b"\x1a")
    assert cells(path) == [("姓名", "备注"), ("样一", "a")]


def test_a_line_break_within_quotes_stays_in_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,备注\n样一,"甲\n乙"\n样二,\n', encoding="utf-8")
    assert cells(path) == [("姓名", "备注"), ("样一", "甲\n乙"), ("样二", "")]


def test_a_text_kept_as_a_formula_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,姓名\n="0012",样一\n"=""0013""",样二\n=A1,样三\n', encoding="utf-8")
    assert cells(path) == [("编号", "姓名"), ("0012", "样一"), ("0013", "样二"), ("=A1", "样三")]


def test_a_page_saved_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    page = (
        "<html><head><meta charset='gb2312'></head><body><table>"
        "<tr><td rowspan=2>姓名</td><td colspan=2>刑期</td></tr><tr><td>起日</td><td>止日</td></tr>"
        "<tr><td>样一</td><td>2020-04-11</td><td>2028<br>04</td></tr></table></body></html>"
    )
    path.write_bytes(page.encode("gbk"))
    [sheet] = read_sheets(path)
    assert sheet.rows == [("姓名", "刑期", ""), ("", "起日", "止日"), ("样一", "2020-04-11", "2028\n04")]
    assert set(sheet.merged) == {(0, 0, 1, 0), (0, 1, 0, 2)}


def test_an_xml_spreadsheet_of_2003(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名单"><Table>'
        '<Row ss:Index="2"><Cell><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="DateTime">2022-06-03T00:00:00.000</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    [sheet] = read_sheets(path)
    assert (sheet.name, list(sheet.rows)) == ("名单", [(), ("姓名", "", "2022-06-03")])


def test_expanding_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(10))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><Workbook xmlns="{space}"><Worksheet><Table><Row><Cell>'
        "<Data>&e9;</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    try:
        texts = [text for row in cells(path) for text in row]
    except FileUnreadable:
        texts = []
    assert all(len(text) < 1000 for text in texts)


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


SOUND = archive(**{"xl__workbook.xml": b"<a/>"})
BAD = {
    "空": (b"", "文件是空的"),
    "空白": (b"\r\n  \n", "文件是空的"),
    "截断": (SOUND[: len(SOUND) // 2], "损坏"),
    "不是表": (SOUND, "损坏"),
    "文书": (archive(**{"word__document.xml": b"<a/>"}), "Word"),
    "压缩": (archive(**{"名册.xlsx": b"a"}), "压缩文件"),
    "炸弹": (archive(**{"xl__workbook.xml": b"<a/>", "xl__b.xml": bytes(80 << 20)}), "过大"),
    "有密码": ((DATA / "locked.xlsx").read_bytes(), "密码"),
    "坏的旧表": ((DATA / "old.xls").read_bytes()[:1500], "损坏"),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "图片": (b"\x89PNG\r\n\x1a\n...", "图片"),
    "乱码": (bytes(range(256)) * 8, "不是文本也不是表格"),
    "网页": (b"<html><body>none</body></html>", "没有能读懂的表格"),
    "单个文件网页": (b"MIME-Version: 1.0\r\n", "网页"),
    "引号": ('姓名,备注\n样一,"没有关\n样二,a\n'.encode(), "引号"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_table_is_said_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, words = BAD[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileUnreadable) as caught:
        read_sheets(path)
    assert words in caught.value.what
    assert path.name in caught.value.what
    assert caught.value.do.startswith("请")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="找不到文件"):
        read_sheets(tmp_path / "没有.xlsx")
    with pytest.raises(FileUnreadable, match="文件夹"):
        read_sheets(tmp_path)


def test_a_file_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "held")

    path = plain_book(tmp_path / "a.xlsx")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FileInUse, match="占用"):
        read_sheets(path)


def test_a_cell_far_away_keeps_its_place(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(0, 0, "姓名")
        sheet.write(1048575, 16383, "x")

    rows = cells(workbook(tmp_path / "a.xlsx", fill))
    assert (rows[0][0], len(rows), rows[-1][16383]) == ("姓名", 1048576, "x")


def test_cells_all_over_the_sheet_are_said_before_they_fill_the_memory(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for number in range(3000):
            sheet.write(number * 300, number * 5, "x")

    with pytest.raises(FileUnreadable, match="很远的地方"):
        read_sheets(workbook(tmp_path / "a.xlsx", fill))


def test_notes_are_found_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for number in range(300):
            sheet.write(number, 0, "样")
            sheet.write_formula(number, 1, "=NA()", None, "#N/A")

    monkeypatch.setattr(zipped, "CHUNK", 777)
    rows = cells(workbook(tmp_path / "a.xlsx", fill))
    assert [row[1] for row in rows] == [f"{ERROR}#N/A"] * 300


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda _, sheet: sheet.write(2000, 0, "x"))
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        read_sheets(path, ticket)


def test_files_of_a_folder(tmp_path: Path) -> None:
    inner = tmp_path / "乙"
    inner.mkdir()
    for name in ("b.xlsx", "a.CSV", "c.et", "~$b.xlsx", ".~lock.b.xlsx#", "d.docx", "读我.txt"):
        (tmp_path / name).write_bytes(b"x")
    (inner / "e.ods").write_bytes(b"x")
    names = [path.relative_to(tmp_path).as_posix() for path in iter_files([tmp_path, tmp_path / "b.xlsx"])]
    assert names == ["a.CSV", "b.xlsx", "c.et", "读我.txt", "乙/e.ods"]
    assert list(iter_files([tmp_path / "没有.xlsx"])) == [tmp_path / "没有.xlsx"]


def test_times_and_odd_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([time(8, 30), date(2022, 6, 3), -0.0, 10**20])
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [("08:30:00", "2022-06-03", "0", f"{LOSSY}100000000000000000000")]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(90, None, None, {"hidden": True})
        sheet.set_column(2, 40, None, None, {"hidden": True})

    [sheet] = read_sheets(workbook(tmp_path / "a.xlsx", fill))
    assert (list(sheet.rows), sheet.hidden_rows, sheet.hidden_columns) == (ROWS, (2,), (3,))


def test_hidden_in_pages_and_xml_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    page = "<table><col><col style='display: none'><tr><td>姓名<td>备注</tr>"
    path.write_text(f"{page}<tr style='display:none'><td>样一<td>a</tr></table>", encoding="utf-8")
    [sheet] = read_sheets(path)
    assert (sheet.rows, sheet.hidden_rows, sheet.hidden_columns) == ([("姓名", "备注"), ("样一", "a")], (2,), (2,))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名单"><Table>'
        '<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/><Row ss:Span="1"/><Row ss:Hidden="1"><Cell><Data '
        'ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="Number">4.1302819900101123E+17</Data></Cell></Row>'
        '<Row><Cell ss:Formula="=A1"/><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    [sheet] = read_sheets(path)
    assert sheet.rows == [(), (), ("姓名", f"{LOSSY}413028199001011000"), (UNSAVED, f"{ERROR}#N/A")]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), (2,))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_one_bad_byte_spoils_its_cell_only(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    data = "\r\n".join(map(",".join, [("姓名", "案由"), ("样一", "盗窃"), ("样二", "抢劫")])).encode(encoding)
    bad = "盗".encode(encoding.replace("16", "16-le"))
    path.write_bytes(data.replace(bad, b"\x00\xdc" if encoding == "utf-16" else b"\xff"))
    rows = cells(path)
    assert [rows[0], rows[2], rows[1][0]] == [("姓名", "案由"), ("样二", "抢劫"), "样一"]
    assert GARBLED in rows[1][1]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\r\n".join("\t".join(row) for row in ROWS).encode(encoding))
    assert cells(path) == ROWS
