"""Rows become records: each column read by its field, the raw text kept, a row refused only when it is no record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.core.intake.cells import Reader, reader_of
from app.core.intake.mapping import ColumnMap
from app.core.intake.marks import CARRIED, CUT, ERROR, LOSSY, UNSAVED, WHY, marks_of, shown
from app.core.intake.sheet import Sheet
from app.core.records import CARRIED_FROM, Cell, Field, FieldType, Record, Reject
from app.core.values.dates import parse_range
from app.core.values.reading import Read, plain

MOST_KEPT = 20_000  # cells kept a column; a column of names or numbers would fill the memory for nothing
NUMBERS_ARE_TEXT = (FieldType.ID_NUMBER, FieldType.NUMBER_TEXT)


class Column:
    """One mapped column: reads its texts into cells, one a field, and knows the ones it has read."""

    def __init__(self, index: int, label: str, fields: Sequence[Field], *, coded: bool = False) -> None:
        self.index = index
        self.label = label
        self.fields = tuple(fields)
        self._readers = tuple(reader_of(each, label) for each in fields)
        self._coded = coded
        self._known: dict[str, tuple[Cell, ...]] = {}

    def cells(self, text: str) -> tuple[Cell, ...]:
        """The cells of a text as it stands in the sheet, marks included, one for each of the column's fields."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            if len(self._known) < MOST_KEPT:
                self._known[text] = found
        return found

    def _read(self, text: str) -> tuple[Cell, ...]:
        marks, raw = marks_of(text), shown(text)
        fault = self._fault(marks, raw)
        if fault:
            return tuple(Cell(None, raw, self.label, fault) for _ in self.fields)
        reads = _read_both(raw) if len(self.fields) > 1 else (_read_one(self._readers[0], raw),)
        notes = [CARRIED_FROM] if CARRIED in marks else []
        if LOSSY in marks:
            notes.append(WHY[LOSSY])
        return tuple(Cell(each.value, raw, self.label, "；".join(filter(None, (each.doubt, *notes)))) for each in reads)

    def _fault(self, marks: str, raw: str) -> str:
        """Why the text must not be read at all; empty when it may."""
        kind = self.fields[0].type
        if ERROR in marks or UNSAVED in marks:
            return f"“{raw}”{WHY[ERROR]}" if ERROR in marks else WHY[UNSAVED]
        if LOSSY in marks and kind in NUMBERS_ARE_TEXT:
            return f"{self.fields[0].name}{WHY[LOSSY]}"
        if CUT in marks and kind is FieldType.MONTH:
            return f"“{raw}”以数字存放，可能是1月，也可能是10月"
        if self._coded and plain(raw) in ("1", "2"):
            return f"“{raw.strip()}”可能是代码（01否、02是），也可能是数字，不能推定"
        return ""


class Plan:
    """How the rows of one sheet are read: its columns, each with its reader, and what holds for every row."""

    def __init__(self, mapping: ColumnMap, sheet: Sheet, rows: Iterable[Sequence[str]] = ()) -> None:
        self.mapping = mapping
        self.table = mapping.table
        self.place = (sheet.file, sheet.name)
        coded = _coded_columns(mapping, rows)
        self.columns = tuple(
            Column(
                index,
                mapping.labels[index],
                [each for each in (field, mapping.until.get(index)) if each is not None],
                coded=index in coded,
            )
            for index, field in mapping.columns.items()
        )
        self.said = {
            field_id: Column(-1, said.where, [mapping.table.field(field_id)]).cells(said.text)[0]
            for field_id, said in mapping.said.items()
        }
        self.lacking = mapping.lacking()


def clean_row(texts: Sequence[str], plan: Plan, row: int) -> Record | Reject:
    """One row (counted from 1): a record, or a reject when a required field is empty or unreadable.

    An optional value that cannot be read stays in the record as None with its raw text and the reason as its doubt.
    """
    cells: dict[str, Cell] = dict(plan.said)
    width = len(texts)
    for column in plan.columns:
        read = column.cells(texts[column.index] if column.index < width else "")
        for field, cell in zip(column.fields, read, strict=True):
            if cell.value is None and field.required:
                reason = cell.doubt or f"{field.name}为空"
                return Reject(*plan.place, row, column.label, cell.raw, reason, tuple(map(shown, texts)))
            cells[field.id] = cell
    if plan.lacking:
        return Reject(*plan.place, row, "", "", f"缺少{'、'.join(plan.lacking)}列", tuple(map(shown, texts)))
    return Record(plan.table.id, *plan.place, row, cells)


def _read_one(reader: Reader, raw: str) -> Read[Any]:
    try:
        return reader(raw)
    except ValueError as fault:
        return Read(None, str(fault))


def _read_both(raw: str) -> tuple[Read[Any], Read[Any]]:
    """First and last day of a column that holds both."""
    try:
        read = parse_range(raw)
    except ValueError as fault:
        return Read(None, str(fault)), Read(None, str(fault))
    first, last = read.value or (None, None)
    return Read(first, read.doubt), Read(last, read.doubt)


def _coded_columns(mapping: ColumnMap, rows: Iterable[Sequence[str]]) -> frozenset[int]:
    """Yes-or-no columns that hold a 2: the codes 01 (no) and 02 (yes) with their zeros lost, so 1 may be a no."""
    watched = {index for index, field in mapping.columns.items() if field.type is FieldType.BOOLEAN}
    if not watched:
        return frozenset()
    return frozenset(
        index for row in rows for index in watched if index < len(row) and row[index] in ("2", "02", "2.0")
    )
