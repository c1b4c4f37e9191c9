"""A spreadsheet being written as offices make them: title, one- or two-line header, cells by their kinds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MADE = datetime(2026, 11, 18)  # stamped into the files, so that they come out the same every time


@dataclass(frozen=True)
class Written:
    """A sheet as it was written: its rows of data, and which of them (from 1) must be rejected for which column."""

    file: str
    sheet: str
    table: str
    rows: int
    refused: Mapping[int, str] = field(default_factory=dict)


class Page:
    """A sheet being written from the top: its cells' look and the next free row."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, formats: Mapping[str, Format]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.formats = formats
        self.next = 0

    def line(self, cells: Sequence[object], look: str = "text") -> None:
        """Write one row of cells by their kinds; what is None or empty stays empty."""
        for column, value in enumerate(cells):
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                self.sheet.write_datetime(self.next, column, moment, self.formats["day"])
            elif isinstance(value, int):
                self.sheet.write_number(self.next, column, value, self.formats["number"])
            elif value:
                self.sheet.write_string(self.next, column, str(value), self.formats[look])
        self.next += 1

    def title(self, text: str, width: int) -> None:
        """A merged title row."""
        self.sheet.merge_range(self.next, 0, self.next, width - 1, text, self.formats["title"])
        self.next += 1

    def merge_down(self, first: int, column: int, text: str) -> None:
        """One text for a column from a row down to the last one written."""
        if self.next - first > 1:
            self.sheet.merge_range(first, column, self.next - 1, column, text, self.formats["text"])
        else:
            self.sheet.write_string(first, column, text, self.formats["text"])

    def two_line_head(self, labels: Sequence[tuple[str, str]]) -> None:
        """Two header lines: upper and lower label of each column; no lower one means the upper fills both."""
        top, head = self.next, self.formats["head"]
        for column, (upper, lower) in enumerate(labels):
            if not lower:
                self.sheet.merge_range(top, column, top + 1, column, upper, head)
                continue
            group = [place for place, (other, below) in enumerate(labels) if other == upper and below]
            if group[0] == column and len(group) > 1:
                self.sheet.merge_range(top, column, top, group[-1], upper, head)
            elif group[0] == column:
                self.sheet.write_string(top, column, upper, head)
            self.sheet.write_string(top + 1, column, lower, head)
        self.next += 2


def open_book(path: Path, author: str) -> xlsxwriter.Workbook:
    """A workbook that comes out the same every time; to be used in a with statement."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": path.stem, "author": author, "created": MADE})
    return book


def formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """The looks of title, head and cells."""
    middle = {"valign": "vcenter"}
    return {
        "title": book.add_format({**middle, "bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format({**middle, "bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "text": book.add_format({**middle, "num_format": "@"}),
        "number": book.add_format(middle),
        "day": book.add_format({**middle, "num_format": "yyyy-mm-dd"}),
    }


def write_csv(lines: Iterable[Sequence[object]]) -> str:
    """Lines as systems export them."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(lines)
    return stream.getvalue()


def write_page(title: str, lines: Iterable[Sequence[object]]) -> str:
    """A table in a web page, which many systems save under the name of a spreadsheet."""
    rows = [f"<tr><td colspan=99>{title}</td></tr>"]
    rows += ["<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in line) + "</tr>" for line in lines]
    return (
        '<html><head><meta charset="gb18030"></head><body><table border=1>\n'
        + "\n".join(rows)
        + "\n</table></body></html>\n"
    )


def expected_import(sheet: Written) -> dict[str, object]:
    """What the import must say of a sheet, in the shape of import.json."""
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "table": sheet.table,
        "rows": sheet.rows,
        "accepted": sheet.rows - len(sheet.refused),
        "rejected": [{"row": row, "column": label} for row, label in sheet.refused.items()],
    }


def write_answers(head: Mapping[str, str], lists: Mapping[str, Iterable[object]]) -> str:
    """The text of answers.json: what holds for the whole folder, then each list one entry a line."""
    text = json.dumps(head, ensure_ascii=False).removesuffix("}")
    for name, entries in lists.items():
        text += f', "{name}": [\n' + ",\n".join(json.dumps(each, ensure_ascii=False) for each in entries) + "\n]"
    return text + "}\n"
