"""Grids as files of every kind offices send; hand-written where no library writes what other programs do."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter

from tests.core.intake.dirt.page import Cell, Fault, Formula, Grid, Serial
from tests.core.intake.dirt.xls import serial

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
DAY = "yyyy/m/d"


def xlsx(grids: Sequence[Grid], **options: object) -> bytes:
    """A workbook as Excel writes it; `options` go to its writer."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, **options}) as book:
        formats: dict[str, Any] = {}
        sheets = [book.add_worksheet(grid.name) for grid in grids]
        for grid, sheet in zip(grids, sheets, strict=True):
            for up, left, down, right in grid.merged:
                sheet.merge_range(up, left, down, right, "")
            for number, row in enumerate(grid.rows):
                for column, cell in enumerate(row):
                    _write(book, sheet, formats, (number, column), cell)
            for each in grid.hidden_rows:
                sheet.set_row(each - 1, None, None, {"hidden": True})
            for each in grid.hidden_columns:
                sheet.set_column(each - 1, each - 1, None, None, {"hidden": True})
            if grid.hidden:
                sheet.hide()
        next(sheet for grid, sheet in zip(grids, sheets, strict=True) if not grid.hidden or len(grids) == 1).activate()
    return stream.getvalue()


def _write(book: Any, sheet: Any, formats: dict[str, Any], place: tuple[int, int], cell: Cell) -> None:
    def shown_as(number_format: str) -> Any:
        return formats.setdefault(number_format, book.add_format({"num_format": number_format}))

    match cell:
        case None | "":
            return
        case Formula():
            sheet.write_formula(*place, f"={cell.text}", None, "" if cell.result is None else cell.result)
        case Fault():
            sheet.write_formula(*place, "=NA()", None, cell.text)
        case Serial():
            sheet.write_number(*place, cell.number, shown_as(cell.number_format))
        case date():
            moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
            sheet.write_datetime(*place, moment, shown_as(DAY))
        case str():
            sheet.write_string(*place, cell)
        case _:
            sheet.write(*place, cell)


def text_of(cell: Cell) -> str:
    """A cell in a file that knows only texts."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case Fault():
            return cell.text
        case Formula():
            return "" if cell.result is None else str(cell.result)
        case Serial():
            return str(cell.number)
        case date():
            return f"{cell.year}/{cell.month}/{cell.day}"
    return str(cell)


def lines(grid: Grid, encoding: str, mark: str = ",", end: str = "\r\n") -> bytes:
    """A text table."""
    stream = io.StringIO(newline="")
    width = max(map(len, grid.rows))
    writer = csv.writer(stream, delimiter=mark, lineterminator=end)
    writer.writerows([*map(text_of, row), *[""] * (width - len(row))] for row in grid.rows)
    return stream.getvalue().encode(encoding)


def page(grids: Sequence[Grid], encoding: str) -> bytes:
    """A web page with a table for each grid, as business systems export under the name of a workbook."""
    parts = [f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>']
    for grid in grids:
        parts.append("<table border=1>")
        parts += [
            f"<col style='{'display:none' if at + 1 in grid.hidden_columns else ''}'>"
            for at in range(max(map(len, grid.rows)))
        ]
        for number, row in enumerate(grid.rows):
            hidden = " style='display:none'" if number + 1 in grid.hidden_rows else ""
            cells = [_page_cell(grid, (number, column), cell) for column, cell in enumerate(row)]
            parts.append(f"<tr{hidden}>{''.join(cells)}</tr>")
        parts.append("</table><br>")
    return "".join([*parts, "</body></html>"]).encode(encoding, "xmlcharrefreplace")


def _page_cell(grid: Grid, place: tuple[int, int], cell: Cell) -> str:
    row, column = place
    spans = ""
    for up, left, down, right in grid.merged:
        if (up, left) == place:
            spans = f" rowspan={down - up + 1} colspan={right - left + 1}"
        elif up <= row <= down and left <= column <= right:
            return ""
    text = escape(text_of(cell)).replace("\n", "<br>")
    return f"<td{spans} style=\"mso-number-format:'\\@'\">{text or '&nbsp;'}</td>"


def xml_2003(grids: Sequence[Grid]) -> bytes:
    """An XML spreadsheet of 2003."""
    parts = [
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">'
    ]
    for grid in grids:
        parts.append(f'<Worksheet ss:Name="{escape(grid.name)}"><Table>')
        parts += [f'<Column ss:Index="{each}" ss:Hidden="1"/>' for each in grid.hidden_columns]
        for number, row in enumerate(grid.rows):
            if any(cell not in (None, "") for cell in row):
                hidden = ' ss:Hidden="1"' if number + 1 in grid.hidden_rows else ""
                parts.append(f'<Row ss:Index="{number + 1}"{hidden}>')
                parts += [_xml_cell(grid, (number, at), cell) for at, cell in enumerate(row) if cell not in (None, "")]
                parts.append("</Row>")
        parts.append("</Table></Worksheet>")
    return "".join([*parts, "</Workbook>"]).encode()


def _xml_cell(grid: Grid, place: tuple[int, int], cell: Cell) -> str:
    spans = next((each for each in grid.merged if each[:2] == place), (*place, *place))
    merged = (
        f' ss:MergeDown="{spans[2] - spans[0]}" ss:MergeAcross="{spans[3] - spans[1]}"'
        if spans[:2] != spans[2:]
        else ""
    )
    formula = f' ss:Formula="={escape(cell.text)}"' if isinstance(cell, Formula) else ""
    kind, text = "String", text_of(cell)
    match cell:
        case bool():
            kind, text = "Boolean", str(int(cell))
        case int() | float() | Serial():
            kind = "Number"
        case date():
            kind, text = "DateTime", f"{cell:%Y-%m-%dT00:00:00.000}"
        case Fault():
            kind = "Error"
    return f'<Cell ss:Index="{place[1] + 1}"{merged}{formula}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return stream.getvalue()


def changed(data: bytes, part: str, *swaps: tuple[str, str]) -> bytes:
    """A zipped workbook with words of one part exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts: dict[str, str | bytes] = {name: book.read(name) for name in book.namelist()}
    text = bytes(parts[part]).decode() if isinstance(parts[part], bytes) else str(parts[part])
    for old, new in swaps:
        if old not in text:
            raise ValueError(old)
        text = text.replace(old, new)
    return zipped({**parts, part: text})


def day_number(day: date) -> int:
    """The number a spreadsheet keeps for a day."""
    return int(serial(day))
