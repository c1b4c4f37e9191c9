"""Grids as a workbook of Excel 97 to 2003: its records, and the container around them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tests.core.intake.dirt.page import Cell, Fault, Formula, Grid, Serial

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SMALLEST_STREAM = 4096
FAULTS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
GENERAL, DAY = 0, 14  # number formats


def xls(grids: Sequence[Grid]) -> bytes:
    """The workbook's bytes."""
    return container("Workbook", workbook(grids))


def workbook(grids: Sequence[Grid]) -> bytes:
    """The stream of records."""
    head = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x0042, struct.pack("<H", 1200)),
        _record(0x0022, struct.pack("<H", 0)),
        *[_record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")] * 4,
        *[_record(0x00E0, struct.pack("<HHH14x", 0, number, 1)) for number in (GENERAL, DAY)],
    ]
    sheets = [_sheet(each) for each in grids]
    titles = [each.name.encode("utf-16-le") for each in grids]
    lengths = [4 + 8 + len(title) for title in titles]
    end = _record(0x000A, b"")
    at = sum(map(len, head)) + sum(lengths) + len(end)
    listed = []
    for grid, title, sheet in zip(grids, titles, sheets, strict=True):
        listed.append(_record(0x0085, struct.pack("<IBBBB", at, grid.hidden, 0, len(title) // 2, 1) + title))
        at += len(sheet)
    return b"".join([*head, *listed, end, *sheets])


def _sheet(grid: Grid) -> bytes:
    width = max(map(len, grid.rows), default=0)
    parts = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0x0DBB, 0x07CC, 0, 6)),
        *[_record(0x007D, struct.pack("<HHHHHH", at - 1, at - 1, 2560, 0, 1, 0)) for at in grid.hidden_columns],
        _record(0x0200, struct.pack("<IIHHH", 0, len(grid.rows), 0, width, 0)),
    ]
    for number, row in enumerate(grid.rows):
        hidden = 0x20 if number + 1 in grid.hidden_rows else 0
        parts.append(_record(0x0208, struct.pack("<HHHHHHI", number, 0, len(row), 255, 0, 0, 0x100 | hidden)))
        parts += [_cell(number, column, cell) for column, cell in enumerate(row) if cell not in (None, "")]
    ranges = b"".join(struct.pack("<HHHH", up, down, left, right) for up, left, down, right in grid.merged)
    parts.append(_record(0x00E5, struct.pack("<H", len(grid.merged)) + ranges))
    return b"".join([*parts, _record(0x000A, b"")])


def _cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, int(isinstance(cell, date | Serial)))
    match cell:
        case bool():
            return _record(0x0205, place + struct.pack("<BB", cell, 0))
        case int() | float():
            return _record(0x0203, place + struct.pack("<d", cell))
        case Serial():
            return _record(0x0203, place + struct.pack("<d", cell.number))
        case date():
            return _record(0x0203, place + struct.pack("<d", serial(cell)))
        case Fault():
            return _record(0x0205, place + struct.pack("<BB", FAULTS[cell.text], 1))
        case Formula():
            result = cell.result if isinstance(cell.result, int | float) else 0.0
            return _record(0x0006, place + struct.pack("<dHIH", result, 0, 0, 3) + b"\x1e\x01\x00")
    text = str(cell).encode("utf-16-le")
    return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)


def serial(day: date) -> float:
    """The number a spreadsheet keeps for a day or a moment."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment - datetime(1899, 12, 30)).total_seconds() / 86400


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def container(name: str, stream: bytes) -> bytes:
    """An old Office file with one stream: a table of sectors, a directory, the stream."""
    stream = stream.ljust(SMALLEST_STREAM, b"\0")
    content = _sectors(stream)
    tables = 1 + (len(content) + 1) * 4 // SECTOR
    first = tables + 1
    numbers = [*[TABLE] * tables, END, *range(first + 1, first + len(content)), END]
    table = b"".join(struct.pack("<I", each) for each in numbers).ljust(tables * SECTOR, b"\xff")
    directory = (
        _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, first, len(stream)) + _entry("", 0, FREE, 0, 0) * 2
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, tables, tables, 0, SMALLEST_STREAM, END, 0, END, 0, 0)[:40]
    places = [*range(tables), *[FREE] * (109 - tables)]
    return head[:76] + struct.pack("<109I", *places) + table + directory + b"".join(content)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<III", start, size, 0)


def _sectors(data: bytes) -> list[bytes]:
    parts: Iterable[int] = range(0, len(data), SECTOR)
    return [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in parts]
