"""A sheet of cells with what must be read from it, built row by row from clean truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Formula:
    """A formula with the result that was saved with it, or none."""

    text: str
    result: float | str | None = None


@dataclass(frozen=True)
class Fault:
    """An error value such as #N/A."""

    text: str


@dataclass(frozen=True)
class Serial:
    """A number in a cell that shows it by a number format, as dates are."""

    number: float
    number_format: str


Cell = str | int | float | bool | date | datetime | Formula | Fault | Serial | None
Value = Cell | tuple[Cell, str]  # a cell as a clean list writes it, and how the program shows what it read
Row = Mapping[str, Value]
Range = tuple[int, int, int, int]
COUNT, NOTHING = "#", ""  # columns that are no field: one that counts, a blank one


@dataclass(frozen=True)
class Table:
    """Clean truth: a table, the columns it is written with, its rows by field, what its title says of each row."""

    id: str
    title: str
    labels: Mapping[str, str]
    rows: Sequence[Row]
    titled: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Grid:
    """Cells with what a workbook says beside them; rows and columns count from 0, hidden ones from 1."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


@dataclass
class Expected:
    """What must be read from one table of a sheet."""

    sheet: str
    table: str
    header_row: int = 0
    records: list[dict[str, object]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    hidden: dict[str, object] = field(default_factory=dict)


class Page:
    """Builds one grid and what is expected of it; a row's place is where it is put."""

    def __init__(self, table: Table, fields: str = "", *, name: str = "名册", grid: Grid | None = None) -> None:
        self.table = table
        self.columns = fields.split() if fields else list(table.labels)
        self.columns = [NOTHING if each == "_" else each for each in self.columns]
        self.grid = grid or Grid(name)
        self.expected = Expected(self.grid.name, table.id)
        self._count = 0
        self._titled: Mapping[str, str] = {}

    @property
    def row(self) -> int:
        """The next row's number, from 1."""
        return len(self.grid.rows) + 1

    def label(self, column: str) -> str:
        """A column's label in the clean list."""
        return "序号" if column == COUNT else self.table.labels.get(column, "")

    def put(self, *cells: Cell, merge: bool = False) -> Page:
        """A row that is neither header nor data, above the table or blank."""
        self.grid.rows.append(list(cells))
        if self.table.title in cells:
            self._titled = self.table.titled
        if merge:
            last = len(self.columns) - 1
            self.grid.merged.append((self.row - 2, 0, self.row - 2, last))
        return self

    def header(self, renamed: Mapping[str, str] | None = None) -> Page:
        """The header in one line, some labels written otherwise."""
        renamed = renamed or {}
        return self.header_lines([renamed.get(each, self.label(each)) for each in self.columns])

    def header_lines(self, *lines: Sequence[str], merged: Sequence[Range] = ()) -> Page:
        """A header of several lines; `merged` counts rows from its first."""
        top = len(self.grid.rows)
        self.grid.merged += [(top + up, left, top + down, right) for up, left, down, right in merged]
        self.grid.rows += [list(line) for line in lines]
        self.expected.header_row = len(self.grid.rows)
        return self

    def record(
        self,
        row: Row,
        written: Mapping[str, Cell] | None = None,
        values: Mapping[str, str] | None = None,
        doubts: Sequence[str] = (),
    ) -> Page:
        """A row that must become a record: `written` and `values` say where cells and results differ from the truth."""
        self._count += 1
        number = self.row
        self.grid.rows.append(self._cells(row, written or {}))
        truth = {each: shown(row.get(each)) for each in self.columns if each not in (COUNT, NOTHING)}
        self.expected.records.append(
            {"row": number, "values": {**truth, **self._titled, **(values or {})}, "doubts": sorted(doubts)},
        )
        return self

    def records(self, *rows: Row) -> Page:
        """Clean rows; all of the table's when none are named."""
        for each in rows or self.table.rows:
            self.record(each)
        return self

    def refuse(self, row: Row, written: Mapping[str, Cell], column: str) -> Page:
        """A row that must be refused for a column (by its label)."""
        self._count += 1
        self.expected.rejected.append((self.row, column))
        self.grid.rows.append(self._cells(row, written))
        return self

    def aside(self, why: str, *cells: Cell) -> Page:
        """A row below the header that is no data."""
        self.expected.aside.append((self.row, why))
        self.grid.rows.append(list(cells))
        return self

    def hide(self, *, sheet: bool = False, rows: Sequence[int] = (), columns: Sequence[int] = ()) -> Page:
        """Hide the sheet, rows, columns (from 1)."""
        self.grid.hidden, self.grid.hidden_rows, self.grid.hidden_columns = sheet, list(rows), list(columns)
        return self

    def shifted(self, columns: int) -> Page:
        """So many blank columns in front of all."""
        self.grid.rows = [[*[None] * columns, *row] for row in self.grid.rows]
        self.grid.merged = [(up, left + columns, down, right + columns) for up, left, down, right in self.grid.merged]
        return self

    def _cells(self, row: Row, written: Mapping[str, Cell]) -> list[Cell]:
        special: dict[str, Cell] = {COUNT: self._count, NOTHING: None}
        return [
            written[each] if each in written else special[each] if each in special else clean(row.get(each))
            for each in self.columns
        ]


def clean(value: Value) -> Cell:
    """How a clean list writes a value."""
    cell = value[0] if isinstance(value, tuple) else value
    return ("是" if cell else "否") if isinstance(cell, bool) else cell


def shown(value: Value) -> str:
    """How the program shows what it read of a value."""
    match value:
        case tuple():
            return value[1]
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
    return str(value)
