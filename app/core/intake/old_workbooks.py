"""Workbooks in the binary format of Excel 97 to 2003 (.xls, many .et): values, dates, errors, merges, hidden rows."""

from __future__ import annotations

import io
import struct
from datetime import datetime
from typing import Any

from app.core.errors import FileUnreadable
from app.core.intake.cell_text import NO_DAY, cell_text, number_text
from app.core.intake.marks import ERROR
from app.core.intake.ole import SIGNATURE, OleFile
from app.core.intake.sheet import Sheet, sound_ranges, within
from app.core.intake.workbooks import damaged, locked
from app.core.jobs import Ticket

ROWS_A_STEP = 500
NAMES = ("Workbook", "Book")  # Excel 97 and later, Excel 5 and 95
# The reader says "damaged" in many ways.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def read_old_workbook(data: bytes, name: str, ticket: Ticket) -> list[Sheet]:
    """All worksheets of a binary workbook, in its container or bare.

    The fast reader of the newer formats is kept away from these: it has misread first columns of some of them, and a
    damaged one makes it cry out on standard error. The container is opened here, since damaged ones make the careful
    reader run in circles.
    """
    import xlrd

    stream = _workbook_stream(data, name) if data.startswith(SIGNATURE) else data
    try:
        book = _open(stream)
        return [_sheet(book, book.sheet_by_index(at), name, ticket) for at in range(book.nsheets)]
    except xlrd.XLRDError as fault:
        raise (locked if "encrypted" in str(fault).lower() else damaged)(name) from None
    except FAULTS:
        raise damaged(name) from None


def _workbook_stream(data: bytes, name: str) -> bytes:
    try:
        container = OleFile(data)
        names = container.names()
        found = next((each for each in names if each in NAMES), None)
        if found is not None:
            return container.stream(found)
    except (ValueError, struct.error):
        names = frozenset()
    if "EncryptedPackage" in names or "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name)
    if "WordDocument" in names:
        raise FileUnreadable(f"这是 Word 文档，不是表格：{name}", do="请报送电子表格")
    raise damaged(name)


def _open(stream: bytes) -> Any:
    import xlrd

    words: dict[str, Any] = {"file_contents": stream, "logfile": io.StringIO(), "ragged_rows": True}
    try:
        return xlrd.open_workbook(formatting_info=True, **words)
    except (AssertionError, LookupError, NotImplementedError):
        # Odd styles; without them only merged cells and what is hidden are lost.
        return xlrd.open_workbook(**words)


def _sheet(book: Any, sheet: Any, name: str, ticket: Ticket) -> Sheet:
    rows = []
    for number in range(sheet.nrows):
        if number % ROWS_A_STEP == 0:
            ticket.step(number, sheet.nrows, f"读取《{sheet.name}》")
        rows.append(tuple(_text(book, cell) for cell in sheet.row(number)))
    merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return Sheet(
        name,
        sheet.name,
        rows,
        bool(sheet.visibility),
        sound_ranges(merged, len(rows)),
        within([index + 1 for index, each in sheet.rowinfo_map.items() if each.hidden], len(rows)),
        within([index + 1 for index, each in sheet.colinfo_map.items() if each.hidden], max(map(len, rows), default=0)),
    )


def _text(book: Any, cell: Any) -> str:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER:
            return number_text(cell.value)
        case xlrd.XL_CELL_DATE:
            return _date(book, cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return cell_text(bool(cell.value))
        case xlrd.XL_CELL_ERROR:
            return ERROR + str(xlrd.error_text_from_code.get(cell.value, "#?"))
    return ""


def _date(book: Any, value: float) -> str:
    """A date cell; what is no day in the spreadsheet's own calendar stays a number."""
    import xlrd

    if value < 1:
        return NO_DAY if value == 0 else number_text(value)
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, book.datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return number_text(value)
    return cell_text(moment)
