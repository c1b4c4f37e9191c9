"""OpenDocument spreadsheets (.ods): values, dates, errors, merged cells, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from app.core.errors import FileUnreadable
from app.core.intake.cell_text import NO_DAY, number_text
from app.core.intake.marks import ERROR, UNSAVED
from app.core.intake.sheet import MOST_COLUMNS, MOST_MERGED, MOST_ROWS, Range, Sheet, sound_ranges, within
from app.core.intake.workbooks import damaged, locked
from app.core.intake.zipped import Archive
from app.core.jobs import Ticket

ROWS_A_STEP = 500
MOST_CELLS = 20_000_000
LONGEST_BLANKS = 1_000
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
# Names as the parser gives them: the last part of the namespace, a blank, the element.
_NAMESPACE = re.compile(r"^.*?(\w+):\d[\d.]* (?=[\w-]+$)")
UNSEEN = ("collapse", "filter")
NOT_THE_CELL = ("annotation", "drawing", "shapes")
_MONTH_SHOWN = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}\s*月?")
_NUMBER = re.compile(r"-?\d{1,330}(?:\.\d+)?(?:[Ee][-+]?\d{1,3})?")
_DAY_ONE = re.compile(r"\d{4}-\d{2}-01(?:T00:00:00.*)?")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def read_opendocument(archive: Archive, ticket: Ticket) -> list[Sheet]:
    """All sheets, hidden and empty ones too; FileUnreadable when the document is damaged, locked or too large."""
    if MANIFEST in archive.names() and b"encryption-data" in archive.read(MANIFEST):
        raise locked(archive.name)
    content = archive.find(CONTENT)
    reader = _Reader(archive.name, ticket)
    try:
        reader.read(archive.pieces(content) if content is not None else ())
    except (expat.ExpatError, ValueError):
        raise damaged(archive.name) from None
    return reader.sheets


class _Reader:
    """Takes the document's XML piece by piece; entities are never expanded, since a doctype is refused."""

    def __init__(self, name: str, ticket: Ticket) -> None:
        self.sheets: list[Sheet] = []
        self._file, self._ticket = name, ticket
        self._short: dict[str, str] = {}
        self._unseen_styles: set[str] = set()
        self._style = ""
        self._table: _Table | None = None
        self._inner = 0  # tables within a cell
        self._cell: Mapping[str, str] | None = None
        self._covered = False
        self._text: list[str] | None = None
        self._paragraphs: list[str] = []
        self._beside = 0  # notes and drawings in a cell
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse

    def read(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise damaged(self._file)

    def _name(self, name: str) -> str:
        short = self._short.get(name)
        if short is None:
            short = self._short[name] = _NAMESPACE.sub(r"\1 ", name)
        return short

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._beside:
            self._beside += 1
            return
        kind = self._name(name)
        if self._cell is not None:
            self._start_in_cell(kind, attributes)
        elif kind == "table table-cell" or kind == "table covered-table-cell":
            self._cell = {self._name(key): value for key, value in attributes.items()}
            self._covered = kind == "table covered-table-cell"
            self._paragraphs = []
        else:
            self._start_around(kind, {self._name(key): value for key, value in attributes.items()})

    def _start_in_cell(self, kind: str, attributes: Mapping[str, str]) -> None:
        space, _, element = kind.partition(" ")
        if space == "drawing" or element in NOT_THE_CELL or element == "table":
            self._beside = 1
        elif kind == "text p" or kind == "text h":
            self._text = []
        elif self._text is not None and space == "text":
            if element == "s":
                count = next((value for key, value in attributes.items() if key.endswith(" c")), "1")
                self._text.append(" " * (min(int(count), LONGEST_BLANKS) if count.isdigit() else 1))
            elif element in ("tab", "line-break"):
                self._text.append("\t" if element == "tab" else "\n")

    def _start_around(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind == "style style":
            self._style = attributes.get("style name", "")
        elif kind == "style table-properties" and attributes.get("table display") == "false":
            self._unseen_styles.add(self._style)
        elif kind == "table shapes":
            self._beside = 1
        elif kind == "table table":
            hidden = attributes.get("table style-name") in self._unseen_styles
            self._table = _Table(attributes.get("table name") or f"表{len(self.sheets) + 1}", hidden)
        elif self._table is not None:
            unseen = attributes.get("table visibility") in UNSEEN
            if kind == "table table-column":
                self._table.columns(_count(attributes, "table number-columns-repeated"), unseen)
            elif kind == "table table-row":
                self._table.row(_count(attributes, "table number-rows-repeated"), unseen)

    def _end(self, name: str) -> None:
        if self._beside:
            self._beside -= 1
            return
        kind = self._name(name)
        if self._cell is not None:
            if kind == "text p" or kind == "text h":
                self._paragraphs.append("".join(self._text or ()))
                self._text = None
            elif kind == "table table-cell" or kind == "table covered-table-cell":
                self._end_cell(self._cell)
        elif self._table is not None and kind == "table table-row":
            self._table.end_row()
            if self._table.size > MOST_CELLS:
                raise FileUnreadable(f"表格太大：{self._file}", do="请让报送单位分成几个文件重新导出")
            if len(self._table.rows) % ROWS_A_STEP == 0:
                self._ticket.step(len(self._table.rows), 0, f"读取《{self._table.title}》")
        elif self._table is not None and kind == "table table":
            self.sheets.append(self._table.sheet(self._file))
            self._table = None

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        self._cell = None
        if self._table is None:
            return
        text = "" if self._covered else cell_of(cell, "\n".join(self._paragraphs))
        down, across = _count(cell, "table number-rows-spanned"), _count(cell, "table number-columns-spanned")
        self._table.cell(text, _count(cell, "table number-columns-repeated"), down, across)

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._beside:
            self._text.append(text)


class _Table:
    """One sheet being filled; blank cells and rows are held back until something stands behind them."""

    def __init__(self, title: str, hidden: bool) -> None:
        self.title, self.hidden = title, hidden
        self.rows: list[tuple[str, ...]] = []
        self.size = 0
        self._merged: list[Range] = []
        self._unseen_rows: list[int] = []
        self._unseen_columns: list[int] = []
        self._column = self._blank_rows = self._blanks = 0
        self._cells: list[str] = []
        self._repeat, self._unseen = 1, False

    def columns(self, count: int, unseen: bool) -> None:
        first, self._column = self._column + 1, min(self._column + count, MOST_COLUMNS)
        self._unseen_columns += range(first, self._column + 1) if unseen else ()

    def row(self, repeat: int, unseen: bool) -> None:
        self._cells, self._blanks = [], 0
        self._repeat, self._unseen = repeat, unseen

    def cell(self, text: str, repeat: int, down: int, across: int) -> None:
        if down > 1 or across > 1:
            row, column = len(self.rows) + self._blank_rows, len(self._cells) + self._blanks
            if len(self._merged) < MOST_MERGED:
                self._merged.append((row, column, row + down - 1, column + across - 1))
        if not text:
            self._blanks += repeat
        elif len(self._cells) + self._blanks + repeat <= MOST_COLUMNS:
            self._cells += [*[""] * self._blanks, *[text] * repeat]
            self._blanks = 0

    def end_row(self) -> None:
        if not self._cells:
            self._blank_rows += self._repeat
            return
        above = min(self._blank_rows, MOST_ROWS - len(self.rows))
        self.rows += [()] * above
        self._blank_rows = 0
        repeat = min(self._repeat, MOST_ROWS - len(self.rows))
        if self._unseen:
            self._unseen_rows += range(len(self.rows) + 1, len(self.rows) + repeat + 1)
        self.rows += [tuple(self._cells)] * repeat
        self.size += len(self._cells) * repeat

    def sheet(self, file: str) -> Sheet:
        width = max(map(len, self.rows), default=0)
        return Sheet(
            file,
            self.title,
            self.rows,
            self.hidden,
            sound_ranges(self._merged, len(self.rows)),
            within(self._unseen_rows, len(self.rows)),
            within(self._unseen_columns, width),
        )


def cell_of(cell: Mapping[str, str], shown: str) -> str:
    """A cell's text from its attributes and from what it shows."""
    formula = "table formula" in cell
    kind = cell.get("office value-type", "")
    if cell.get("calcext value-type") == "error" or (formula and shown.startswith(("#", "Err:"))):
        return ERROR + shown
    if kind in ("float", "percentage", "currency") and _NUMBER.fullmatch(cell.get("office value", "")):
        return number_text(float(cell["office value"]))
    if kind == "date" and (day := cell.get("office date-value")):
        if _DAY_ONE.fullmatch(day) and _MONTH_SHOWN.fullmatch(shown.strip()):
            return shown
        return re.sub(r"[.,]\d+$", "", day.replace("T", " ")).removesuffix(" 00:00:00")
    if kind == "time" and (found := _DURATION.fullmatch(cell.get("office time-value", ""))):
        text = ":".join(f"{int(each):02}" for each in found.groups())
        return NO_DAY if text == "00:00:00" else text
    if kind == "boolean" and "office boolean-value" in cell:
        return "是" if cell["office boolean-value"].lower() == "true" else "否"
    text = cell.get("office string-value") or shown
    return UNSAVED if formula and not text and kind != "string" else text


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(max(int(text), 1), 10 * MOST_ROWS) if text.isdecimal() and len(text) < LONGEST_BLANKS else 1
