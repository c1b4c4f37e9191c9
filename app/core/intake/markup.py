"""Tables in markup saved under a spreadsheet's name: web pages and XML spreadsheets of 2003."""

from __future__ import annotations

import re
from typing import Any

from app.core.errors import FileUnreadable
from app.core.intake.sheet import Sheet
from app.core.intake.texts import decode_text

SPREADSHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
LARGEST_GAP = 10_000
LARGEST_SPAN = 1_000
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
Range = tuple[int, int, int, int]


def is_markup(head: bytes) -> bool:
    """Whether a file that is no workbook begins like a page or an XML document."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\x00")
    return start.startswith(b"<")


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
        grid = _Grid()
        for row in table.xpath(".//tr"):
            grid.next_row()
            for cell in row.xpath("./td|./th"):
                for line_break in cell.xpath(".//br"):
                    line_break.tail = "\n" + (line_break.tail or "")
                spans = (_span(cell.get("colspan")), _span(cell.get("rowspan")))
                grid.put(_BLANKS.sub(" ", cell.text_content()).strip(), *spans)
        if grid.rows:
            sheets.append(Sheet(name, f"表{number}", grid.rows, merged=tuple(grid.merged)))
    return sheets


def _xml_2003(data: bytes, name: str) -> list[Sheet]:
    """The worksheets of an XML spreadsheet; entities are not expanded."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    space = f"{{{SPREADSHEET_2003}}}"
    sheets = []
    for number, sheet in enumerate(root.iter(f"{space}Worksheet"), 1):
        grid = _Grid()
        for row in sheet.iter(f"{space}Row"):
            grid.next_row(_index(row.get(f"{space}Index")))
            for cell in row.iter(f"{space}Cell"):
                spans = (_span(cell.get(f"{space}MergeAcross"), 1), _span(cell.get(f"{space}MergeDown"), 1))
                grid.put(_value(cell.find(f"{space}Data"), space), *spans, at=_index(cell.get(f"{space}Index")))
        hidden = any((each.text or "").startswith("SheetHidden") for each in sheet.iter("{*}Visible"))
        sheets.append(Sheet(name, sheet.get(f"{space}Name") or f"表{number}", grid.rows, hidden, tuple(grid.merged)))
    return sheets


def _value(data: Any, space: str) -> str:
    if data is None:
        return ""
    text = "".join(each for each in data.itertext() if each)
    if data.get(f"{space}Type") == "DateTime":
        return text.split(".")[0].replace("T", " ").removesuffix(" 00:00:00")
    return text


def _index(text: str | None) -> int | None:
    return int(text) - 1 if text and text.isdigit() else None


def _span(text: str | None, more: int = 0) -> int:
    """How many cells a merged cell covers; nonsense counts as one."""
    return min(max(int(text) + more, 1), LARGEST_SPAN) if text and text.isdigit() else 1


class _Grid:
    """Rows being filled cell by cell, with room kept for merged cells; only the first cell of a merge has the text."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.merged: list[Range] = []
        self._taken: set[tuple[int, int]] = set()

    def next_row(self, at: int | None = None) -> None:
        """Begin the next row, or the row at an index further down."""
        if at is not None:
            self.rows += [()] * (min(at, len(self.rows) + LARGEST_GAP) - len(self.rows))
        self.rows.append(())

    def put(self, text: str, across: int, down: int, at: int | None = None) -> None:
        """Add a cell at the next free place, or at an index further right."""
        row = len(self.rows) - 1
        column = len(self.rows[row])
        if at is not None:
            column = max(column, min(at, column + LARGEST_GAP))
        while (row, column) in self._taken:
            column += 1
        cells = list(self.rows[row]) + [""] * (column - len(self.rows[row]))
        self.rows[row] = (*cells, text, *[""] * (across - 1))
        if across > 1 or down > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
            below = range(row + 1, row + down)
            self._taken |= {(each, column + shift) for each in below for shift in range(across)}
