"""Tables in markup saved under a spreadsheet's name: web pages and XML spreadsheets of 2003."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.core.errors import FileUnreadable
from app.core.intake.cell_text import NO_DAY, cell_text, number_text
from app.core.intake.marks import ERROR, UNSAVED
from app.core.intake.sheet import MOST_COLUMNS, MOST_ROWS, Range, Sheet, sound_ranges, within
from app.core.intake.texts import decode_text

SPREADSHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
MOST_CELLS = 20_000_000
LARGEST_SPAN = 1_000
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_NUMBER = re.compile(r"[-+]?\d{1,330}(?:\.\d+)?(?:[Ee][-+]?\d{1,3})?")
_BEGINNING = re.compile(rb"<[!?A-Za-z]")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NO_DATE = ("1899-12-30", "1899-12-31")  # how a date cell with the number 0 is written


def is_markup(head: bytes) -> bool:
    """Whether a file that is no workbook begins like a page or an XML document."""
    return _BEGINNING.match(head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe")) is not None


def read_markup(data: bytes, name: str) -> list[Sheet]:
    """The tables of a page or the sheets of an XML spreadsheet; FileUnreadable when there are none."""
    from lxml import etree

    fault = FileUnreadable(
        f"网页或者 XML 文件里没有能读懂的表格：{name}", do="请用 WPS 或 Excel 打开后另存为 xlsx，再导入"
    )
    try:
        sheets = _xml_2003(data, name) if SPREADSHEET_2003.encode() in data[:8192] else _page(data, name)
    except (etree.LxmlError, ValueError, RecursionError):
        raise fault from None
    if not sheets:
        raise fault
    return sheets


def _page(data: bytes, name: str) -> list[Sheet]:
    """Every innermost table of a web page."""
    from lxml import html

    text = decode_text(data, name)
    page = html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    sheets = []
    for number, table in enumerate(page.xpath("//table[not(.//table)]"), 1):
        grid = _Grid(name)
        for column in table.xpath(".//col"):
            grid.next_columns(_span(column.get("span")), unseen=_not_shown(column))
        for row in table.xpath(".//tr"):
            grid.next_row(unseen=_not_shown(row))
            for cell in row.xpath("./td|./th"):
                for line_break in cell.xpath(".//br"):
                    line_break.tail = "\n" + (line_break.tail or "")
                spans = (_span(cell.get("colspan")), _span(cell.get("rowspan")))
                grid.put(_BLANKS.sub(" ", cell.text_content()).strip(), *spans)
        if grid.rows:
            sheets.append(grid.sheet(f"表{number}", _not_shown(table)))
    return sheets


def _not_shown(element: Any) -> bool:
    return element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or "") is not None


def _xml_2003(data: bytes, name: str) -> list[Sheet]:
    """The worksheets of an XML spreadsheet; entities are not expanded."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    space = f"{{{SPREADSHEET_2003}}}"
    sheets = []
    for number, sheet in enumerate(root.iter(f"{space}Worksheet"), 1):
        grid = _Grid(name)
        for column in sheet.iter(f"{space}Column"):
            count = _span(column.get(f"{space}Span"), 1)
            grid.next_columns(count, unseen=column.get(f"{space}Hidden") == "1", at=_index(column.get(f"{space}Index")))
        for row in sheet.iter(f"{space}Row"):
            grid.next_row(_index(row.get(f"{space}Index")), unseen=row.get(f"{space}Hidden") == "1")
            for cell in row.iter(f"{space}Cell"):
                spans = (_span(cell.get(f"{space}MergeAcross"), 1), _span(cell.get(f"{space}MergeDown"), 1))
                grid.put(_value(cell, space), *spans, at=_index(cell.get(f"{space}Index")))
            grid.blank_rows(_span(row.get(f"{space}Span"), 1) - 1)
        hidden = any((each.text or "").startswith("SheetHidden") for each in sheet.iter("{*}Visible"))
        sheets.append(grid.sheet(sheet.get(f"{space}Name") or f"表{number}", hidden))
    return sheets


def _value(cell: Any, space: str) -> str:
    data = cell.find(f"{space}Data")
    text = "" if data is None else "".join(each for each in data.itertext() if each)
    if not text:
        formula = cell.get(f"{space}Formula") is not None
        return UNSAVED if formula and (data is None or data.get(f"{space}Type") != "String") else ""
    match data.get(f"{space}Type"):
        case "DateTime":
            day = text.split(".")[0].replace("T", " ").removesuffix(" 00:00:00")
            return NO_DAY if day in _NO_DATE else day
        case "Number" if _NUMBER.fullmatch(text):
            return number_text(float(text))
        case "Boolean" if text in ("0", "1"):
            return cell_text(text == "1")
        case "Error":
            return ERROR + text
    return text


def _index(text: str | None) -> int | None:
    return int(text) - 1 if text and text.isdigit() else None


def _span(text: str | None, more: int = 0) -> int:
    """How many cells a merged cell covers; nonsense counts as one."""
    return min(max(int(text) + more, 1), LARGEST_SPAN) if text and text.isdigit() else 1


class _Grid:
    """Rows being filled cell by cell, with room kept for merged cells; only the first cell of a merge has the text."""

    def __init__(self, file: str) -> None:
        self.rows: list[Sequence[str]] = []
        self._file = file
        self._merged: list[Range] = []
        self._taken: dict[int, int] = {}  # column → the last row in which a cell from above covers it
        self._cells: list[str] = []
        self._size = self._column = 0
        self._unseen_rows: list[int] = []
        self._unseen_columns: list[int] = []

    def sheet(self, title: str, hidden: bool) -> Sheet:
        """The rows as a sheet."""
        return Sheet(
            self._file,
            title,
            [tuple(each) for each in self.rows],
            hidden,
            sound_ranges(self._merged, len(self.rows)),
            within(self._unseen_rows, len(self.rows)),
            within(self._unseen_columns, max(map(len, self.rows), default=0)),
        )

    def next_columns(self, count: int, *, unseen: bool, at: int | None = None) -> None:
        """Columns are described in order, or from an index on."""
        first = min(self._column if at is None else at, MOST_COLUMNS)
        self._column = min(first + count, MOST_COLUMNS)
        self._unseen_columns += range(first + 1, self._column + 1) if unseen else ()

    def next_row(self, at: int | None = None, *, unseen: bool = False) -> None:
        """Begin the next row, or the row at an index further down."""
        if at is not None:
            self.blank_rows(at - len(self.rows))
        if len(self.rows) >= MOST_ROWS:
            raise self._too_large()
        self._cells = []
        self.rows.append(self._cells)
        if unseen:
            self._unseen_rows.append(len(self.rows))

    def blank_rows(self, count: int) -> None:
        """Leave so many rows blank."""
        if len(self.rows) + count > MOST_ROWS:
            raise self._too_large()
        self.rows += [()] * count

    def put(self, text: str, across: int, down: int, at: int | None = None) -> None:
        """Add a cell at the next free place, or at an index further right."""
        row, cells = len(self.rows) - 1, self._cells
        column = max(len(cells), at or 0)
        while self._taken.get(column, -1) >= row:
            column += 1
        self._size += column + across - len(cells)
        if column + across > MOST_COLUMNS or self._size > MOST_CELLS:
            raise self._too_large()
        cells += [*[""] * (column - len(cells)), text, *[""] * (across - 1)]
        if across > 1 or down > 1:
            self._merged.append((row, column, row + down - 1, column + across - 1))
            self._taken |= dict.fromkeys(range(column, column + across), row + down - 1)

    def _too_large(self) -> FileUnreadable:
        return FileUnreadable(f"表格太大：{self._file}", do="请让报送单位分成几个文件重新导出")
