"""A finished .docx as rich text to be looked at on the screen: readable, near to the print, but not its layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from app.core.documents.package import LARGEST, Member, parse_xml, part_names, read_package
from app.core.documents.preview_look import TWIP, Look, Looks, css, indents
from app.core.documents.safety import W
from app.core.errors import FileUnreadable
from app.core.untrusted import read_bytes

MOST_LETTERS = 60_000  # about forty pages; more would hold the window up
A4 = (595.0, 842.0)
MARGINS = (72.0, 72.0, 72.0, 72.0)
ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
EMPTY = "&#160;"
NARROWEST, WIDEST = 200.0, 2000.0
WIDEST_MARGIN = 0.4  # of the paper
PIXELS = 96 / 72  # a point on the screen the rich text is laid out for
FIXED = {"exact": "fixed", "atLeast": "minimum"}
LEAST_LINE, MOST_LINE = 8.0, 100.0  # points
SINGLE = 240  # what the file calls one line
PICTURE = "［图片］"
SKIPPED = frozenset(W + each for each in ("del", "moveFrom", "instrText", "pPr", "rPr", "sectPr", "delText"))


@dataclass(frozen=True, slots=True)
class Shown:
    """Rich text, the paper and its margins (left, top, right, bottom) in points, and whether the end is left out."""

    html: str
    paper: tuple[float, float]
    margins: tuple[float, float, float, float]
    cut: bool


def read_preview(path: Path) -> Shown:
    """A document as it can be shown; FileUnreadable or TemplateFault, in plain words, for what is no sound .docx."""
    return show(read_bytes(path, LARGEST), path.name)


def show(raw: bytes, name: str) -> Shown:
    """The same for bytes."""
    members = read_package(raw, name)
    parts = {each.name: each for each in members}
    body = _first(members, parts, "document.main+xml", name)
    root = body.find(W + "body") if body is not None else None
    if root is None:
        raise FileUnreadable(f"“{name}”里没有正文", do="请在 Word 或 WPS 中打开后另存为 .docx，再试一次")
    looks = Looks(_first(members, parts, "styles+xml", name), _first(members, parts, "numbering+xml", name))
    writer = _Writer(looks)
    html = "".join(writer.blocks(root))
    section = next(root.iter(W + "sectPr"), None)
    return Shown(html, *_page(section), writer.left < 0)


def _first(members: Sequence[Member], parts: dict[str, Member], kind: str, name: str) -> Any:
    found = part_names(members, kind)
    return parse_xml(parts[found[0]].plain(), name) if found else None


class _Writer:
    """Goes along a body and writes rich text until enough letters are written."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.left = MOST_LETTERS
        self._break = False

    def blocks(self, around: Any) -> Iterator[str]:
        """Paragraphs and tables of a body or a cell."""
        for each in around:
            if self.left < 0:
                return
            if each.tag == W + "p":
                yield self._paragraph(each)
            elif each.tag == W + "tbl":
                yield self._table(each)
            elif each.tag == W + "sdt":
                content = each.find(W + "sdtContent")
                yield from self.blocks(content) if content is not None else ()

    def _paragraph(self, paragraph: Any) -> str:
        look = self._looks.of_paragraph(paragraph)
        own = paragraph.find(W + "pPr")
        begins = self._break or look.get("pageBreakBefore") == "1"
        self._break = own is not None and own.find(W + "sectPr") is not None
        number = self._looks.number(look) if "numId" in look else ""
        texts = [f'<span style="{css(look)}">{escape(number)}</span>'] if number else []
        texts += self._runs(paragraph, look)
        inside = "".join(texts) or f'<span style="{css(look)}">{EMPTY}</span>'
        return f'<p style="{_block_css(look, begins)}">{inside}</p>'

    def _runs(self, around: Any, look: Look) -> Iterator[str]:
        for each in around:
            if each.tag in SKIPPED:
                continue
            if each.tag != W + "r":
                yield from self._runs(each, look)  # links, fields, content controls
                continue
            own = self._looks.of_run(each, look)
            text = "".join(self._letters(each))
            if text and own.get("vanish") != "1":
                yield f'<span style="{css(own)}">{text}</span>'

    def _letters(self, run: Any) -> Iterator[str]:
        for each in run:
            if each.tag == W + "t":
                text = each.text or ""
                self.left -= len(text)
                yield escape(text)
            elif each.tag == W + "tab":
                yield "&#8195;&#8195;"
            elif each.tag in (W + "br", W + "cr"):
                if each.get(W + "type") == "page":
                    self._break = True
                else:
                    yield "<br/>"
            elif each.tag in (W + "drawing", W + "pict", W + "object"):
                yield PICTURE

    def _table(self, table: Any) -> str:
        widths = [_number(each.get(W + "w")) for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = [list(_cells(row)) for row in table.iterfind(W + "tr")]
        edge = (
            1
            if table.find(f"{W}tblPr/{W}tblBorders") is not None or table.find(f"{W}tblPr/{W}tblStyle") is not None
            else 0
        )
        lines = []
        for place, cells in enumerate(rows):
            if self.left < 0:
                break
            inside = []
            for cell, start, span, goes_on in cells:
                if goes_on:
                    continue
                down = _rows_down(rows, place, start)
                wide = sum(widths[start : start + span]) / TWIP * PIXELS
                width = f' width="{wide:.0f}"' if wide else ""
                inside.append(
                    f'<td colspan="{span}" rowspan="{down}" valign="middle"{width}>{"".join(self.blocks(cell))}</td>'
                )
            lines.append(f"<tr>{''.join(inside)}</tr>")
        return (
            f'<table border="{edge}" cellspacing="0" cellpadding="4" width="100%"'
            f' style="border-collapse:collapse;border-style:solid">{"".join(lines)}</table>'
        )


def _cells(row: Any) -> Iterator[tuple[Any, int, int, bool]]:
    """Each cell with the column it begins in, how many it spans, and whether it goes on from above."""
    start = 0
    for cell in row.iterfind(W + "tc"):
        span_of = cell.find(f"{W}tcPr/{W}gridSpan")
        span = max(1, min(int(_number(span_of.get(W + "val"))), 60)) if span_of is not None else 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        yield cell, start, span, merged is not None and merged.get(W + "val") != "restart"
        start += span


def _rows_down(rows: Sequence[Sequence[tuple[Any, int, int, bool]]], place: int, start: int) -> int:
    """How many rows the cell at a column takes."""
    count = 1
    for cells in rows[place + 1 :]:
        if not any(at == start and goes_on for _, at, _, goes_on in cells):
            break
        count += 1
    return count


def _block_css(look: Look, begins: bool) -> str:
    edges = indents(look)
    said = [
        f"margin-left:{edges['left'] * PIXELS:.0f}px",
        f"margin-right:{edges['right'] * PIXELS:.0f}px",
        f"text-indent:{edges['first'] * PIXELS:.0f}px",
        f"margin-top:{_gap(look, 'before')}px",
        f"margin-bottom:{_gap(look, 'after')}px",
        _leading(look),
        "white-space:pre-wrap",
    ]
    if look.get("jc") in ALIGNED:
        said.append(f"text-align:{ALIGNED[look['jc']]}")
    if begins:
        said.append("page-break-before:always")
    return ";".join(said)


def _gap(look: Look, name: str) -> int:
    return round(min(max(_number(look.get(name)) / TWIP, 0), 100) * PIXELS)


def _leading(look: Look) -> str:
    """The distance of lines: exact where the file says so, else a share of the usual one."""
    line = _number(look.get("line"))
    if line and look.get("lineRule") in FIXED:
        high = min(max(line / TWIP, LEAST_LINE), MOST_LINE) * PIXELS
        return f"line-height:{high:.1f}px;-qt-line-height-type:{FIXED[look['lineRule']]}"
    share = min(max(line / SINGLE, 0.8), 3.0) if line else 1.0
    return f"line-height:{share * 100:.0f}%"


def _page(section: Any) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    size = section.find(W + "pgSz") if section is not None else None
    edge = section.find(W + "pgMar") if section is not None else None
    paper, margins = A4, MARGINS
    if size is not None:
        wide, high = (_number(size.get(W + each)) / TWIP for each in ("w", "h"))
        if NARROWEST < wide < WIDEST and NARROWEST < high < WIDEST:
            paper = (wide, high)
    if edge is not None:
        sides = zip(("left", "top", "right", "bottom"), (*paper, *paper), strict=True)
        left, top, right, bottom = (
            min(max(_number(edge.get(W + each)) / TWIP, 0), side * WIDEST_MARGIN) for each, side in sides
        )
        margins = (left, top, right, bottom)
    return paper, margins


def _number(text: str | None) -> float:
    """A whole number as the file writes it, 0 for anything else."""
    plain = (text or "").removeprefix("-")
    return float(text or 0) if plain.isdecimal() and plain.isascii() and len(plain) < 8 else 0.0
