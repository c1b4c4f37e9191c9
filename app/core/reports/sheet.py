"""One sheet of a workbook as offices read and print it: nothing cut off, legible on A4, who it is about in sight."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

NAME = "姓名"
A4 = 9
PAPER = 1047  # pixels between the margins of A4 landscape: 277 mm
MARGIN = 0.4  # inch
SMALLEST = 80  # per cent: smaller print is not read any more
HELD = 40  # characters: wider first columns would take the page from the others
PIXELS, PADDING = 7, 5  # of a character and of a cell's edges, as Excel reckons widths
LINE, TALLEST = 16, 409  # points of one line; Excel knows no taller row
ROOMY = 1.1  # a line of words breaks before its last character


def write_sheet(
    book: Any,
    title: str,
    columns: Mapping[str, int],
    rows: Iterable[Sequence[str]],
    figures: Collection[str] = (),
) -> None:
    """One sheet of texts under a head that stays; `columns` are label → width in characters, `figures` hold numbers.

    Rows are as tall as their words need, whichever program opens the file. Columns up to the name stay in sight and
    stand on each printed page; what does not fit legibly on one page's width goes on beside it, page after page.
    """
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E6EEF7", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "0", "align": "right", "valign": "top", "border": 1})
    widths = tuple(columns.values())
    for index, (label, width) in enumerate(columns.items()):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, label, head)
    _heighten(sheet, 0, tuple(columns), widths)
    counted = {index for index, label in enumerate(columns) if label in figures}
    last = 0
    for last, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            if index in counted and value.isdecimal():
                sheet.write_number(last, index, int(value), number)
            else:
                sheet.write_string(last, index, value, text)
        _heighten(sheet, last, row, widths)
    held = _held(columns)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.freeze_panes(1, held)
    _set_pages(sheet, widths, held)


def _heighten(sheet: Any, place: int, row: Sequence[str], widths: Sequence[int]) -> None:
    lines = max(map(_lines, row, widths), default=1)
    if lines > 1:
        sheet.set_row(place, min(lines * LINE, TALLEST))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two others."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    sizes = (len(each.encode("gb18030", "replace")) for each in text.split("\n"))
    return sum(max(1, -int(-size * ROOMY // width)) for size in sizes)


def _held(columns: Mapping[str, int]) -> int:
    """How many columns stay at the left: up to the name where that is near, else the first."""
    labels = list(columns)
    count = labels.index(NAME) + 1 if NAME in columns else 1
    return count if sum(list(columns.values())[:count]) <= HELD else 1


def _set_pages(sheet: Any, widths: Sequence[int], held: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.9, bottom=0.8)
    sheet.set_header("&C&12&A")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.repeat_rows(0)
    sheet.print_across()
    sheet.repeat_columns(0, held - 1)
    sheet.fit_to_pages(_pages_wide(widths, held), 0)


def _pages_wide(widths: Sequence[int], held: int) -> int:
    """How many pages side by side hold the columns in print that can be read, the held columns on each of them."""
    pixels = [width * PIXELS + PADDING for width in widths]
    room = PAPER * 100 // SMALLEST
    pages, used = 1, 0
    for width in pixels:
        if used + width > room and used:
            pages, used = pages + 1, sum(pixels[:held])
        used += width
    return pages
