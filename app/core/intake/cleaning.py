"""Rows become records: each column read by its field, the raw text kept, a row refused only when it is no record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from app.core.intake.cells import reader_of
from app.core.intake.choices import Reader
from app.core.intake.mapping import ColumnMap
from app.core.intake.marks import CARRIED, CUT, ERROR, GARBLED, LOSSY, MARKS, UNSAVED, WHY, marks_of, shown
from app.core.intake.sheet import Sheet
from app.core.intake.split import Split, joined, parts_reader
from app.core.intake.stated import sources_of, spread
from app.core.records import CARRIED_FROM, Cell, Cells, Field, FieldType, Record, Reject
from app.core.values.dates import is_last_day, parse_date, parse_range
from app.core.values.reading import Read, plain

K = TypeVar("K")
T = TypeVar("T")

MOST_KEPT = 20_000  # cells kept a column; a column of names or numbers would fill the memory for nothing
UNUSUAL = MARKS | {"#"}
ERROR_WORDS = frozenset(
    ("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!")
)  # as a text file keeps them
SWAPPED = "姓名、证件号码两栏填反，已对调"
CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,}")
NUMBERS_ARE_TEXT = (FieldType.ID_NUMBER, FieldType.NUMBER_TEXT)


class Column:
    """One mapped column: reads its texts into cells, one a field, and knows the ones it has read.

    With a `split` it is several columns, and a text of it is that of all its parts; `index` is then the first of them.
    """

    def __init__(
        self,
        index: int,
        label: str,
        fields: Sequence[Field],
        *,
        coded: bool = False,
        money_unit: str = "",
        split: Split | None = None,
    ) -> None:
        self.index = index
        self.label = label
        self.fields = tuple(fields)
        self.split = split
        self._readers = tuple(
            reader_of(each, label, money_unit) if split is None else parts_reader(each) for each in fields
        )
        self._coded = coded
        self._known = _Known(self._read)
        self._known_one = _Known(self._read_single)
        self._joined = _Known(self._join)

    def texts(self, columns: Sequence[Sequence[str]]) -> Sequence[str]:
        """The column's texts, one a row, among those of all columns of the sheet."""
        if self.split is None:
            return columns[self.index]
        return [self._joined[each] for each in zip(*(columns[part] for part in self.split.columns), strict=True)]

    def _join(self, parts: tuple[str, ...]) -> str:
        return "" if self.split is None else joined(self.split, parts, dated=self.fields[0].type is FieldType.DATE)

    def cells(self, text: str) -> tuple[Cell, ...]:
        """The cells of a text as it stands in the sheet, marks included, one for each of the column's fields."""
        return tuple(cells[0] for cells in self.many([text]))

    def many(self, texts: Sequence[str]) -> list[tuple[Cell, ...]]:
        """The cells of many texts: one tuple a field, as long as `texts`."""
        if len(self.fields) == 1:
            return [tuple(map(self._known_one.__getitem__, texts))]
        return list(zip(*map(self._known.__getitem__, texts), strict=True))

    def _read_single(self, text: str) -> Cell:
        if text[:1] in UNUSUAL or self._coded or GARBLED in text:
            return self._read(text)[0]
        each = _read_one(self._readers[0], text)
        return Cell(each.value, text, self.label, each.doubt)

    def _read(self, text: str) -> tuple[Cell, ...]:
        marks, raw = marks_of(text), shown(text)
        fault = self._fault(marks, raw)
        if fault:
            return tuple(Cell(None, raw, self.label, fault) for _ in self.fields)
        reads = _read_both(raw) if len(self.fields) > 1 else (_read_one(self._readers[0], raw),)
        notes = [CARRIED_FROM] if CARRIED in marks else []
        notes += [WHY[LOSSY]] if LOSSY in marks else []
        notes += [WHY[GARBLED]] if GARBLED in raw else []
        return tuple(Cell(each.value, raw, self.label, "；".join(filter(None, (each.doubt, *notes)))) for each in reads)

    def _fault(self, marks: str, raw: str) -> str:
        """Why the text must not be read at all; empty when it may."""
        kind = self.fields[0].type
        if ERROR in marks or raw.strip() in ERROR_WORDS:
            return f"“{raw}”{WHY[ERROR]}"
        if UNSAVED in marks:
            return WHY[UNSAVED]
        if GARBLED in raw and kind is not FieldType.TEXT:
            return f"“{raw}”{WHY[GARBLED]}"
        if LOSSY in marks and kind in NUMBERS_ARE_TEXT:
            return f"{self.fields[0].name}{WHY[LOSSY]}"
        if CUT in marks and kind is FieldType.MONTH:
            return f"“{raw}”以数字存放，可能是1月，也可能是10月"
        if self._coded and plain(raw) in ("1", "2"):
            return f"“{raw.strip()}”可能是代码（01否、02是），也可能是数字，不能推定"
        return ""


class _Known(dict[K, T]):
    """Texts already read; asking for another one reads it."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: K) -> T:
        found = self._read(text)
        if len(self) < MOST_KEPT:
            self[text] = found
        return found


class Plan:
    """How the rows of one sheet are read: its columns, each with its reader, and what holds for every row."""

    def __init__(self, mapping: ColumnMap, sheet: Sheet, rows: Sequence[Sequence[str]] = ()) -> None:
        self.mapping = mapping
        self.table = mapping.table
        self.place = (sheet.file, sheet.name)
        self.columns = tuple(_columns(mapping, rows))
        said = {
            field_id: Column(-1, said.where, [mapping.table.field(field_id)]).cells(said.text)[0]
            for field_id, said in mapping.said.items()
        }
        self._said = tuple(said.values())
        fields = [field.id for column in self.columns for field in column.fields]
        self._places = {field_id: place for place, field_id in enumerate((*fields, *said))}
        alone = {field_id: place for field_id, place in self._places.items() if field_id not in mapping.split}
        self._sources = sources_of(mapping.table, alone)
        self._more: dict[tuple[str, ...], dict[str, int]] = {}
        self._required = [
            (self._places[field.id], column, field)
            for column in self.columns
            for field in column.fields
            if field.required
        ]
        names, numbers = (
            [(self._places[each.fields[0].id], each) for each in self.columns if each.fields[0].type is wanted]
            for wanted in (FieldType.NAME, FieldType.ID_NUMBER)
        )
        self._person = (names[0], numbers[0]) if len(names) == len(numbers) == 1 else None
        self._lacking = mapping.lacking()
        self._width = 1 + max(mapping.columns, default=0)

    def read(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> list[Record | Reject]:
        """Rows with their numbers (counted from 1): a record each, or a reject when a required field is empty or
        unreadable.

        An optional value that cannot be read stays in the record as None with its raw text and the reason as its
        doubt.
        """
        if self._lacking:
            reason = f"缺少{'、'.join(self._lacking)}列"
            return [self._reject(number, row, "", "", reason) for number, row in zip(numbers, rows, strict=True)]
        texts = list(zip_longest(*rows, [""] * self._width, fillvalue=""))
        cells: list[Sequence[Cell]] = []
        for column in self.columns:
            cells += column.many(column.texts(texts)[:-1])
        cells += [(each,) * len(rows) for each in self._said]
        self._swap_back(cells)
        extra = spread(self._sources, self._places, cells, len(rows))
        file, sheet = self.place
        read: list[Record | Reject] = [
            Record(self.table.id, file, sheet, number, Cells(self._places, each))
            for number, each in zip(numbers, zip(*cells, strict=True) if cells else [()] * len(rows), strict=True)
        ]
        for row, more in extra.items():
            places = self._places_with(tuple(more))
            all_cells = (*(column[row] for column in cells), *more.values())
            read[row] = Record(self.table.id, file, sheet, numbers[row], Cells(places, all_cells))
        for row, (column, cell, reason) in self._refused(cells).items():
            read[row] = self._reject(numbers[row], rows[row], self.mapping.labels[column.index], cell.raw, reason)
        return read

    def _swap_back(self, cells: list[Sequence[Cell]]) -> None:
        """Put name and identity number in their places where a row has each in the other's column, and say so."""
        if self._person is None:
            return
        (name_at, name_column), (number_at, number_column) = self._person
        for row, held in enumerate(cells[number_at]):
            if held.value is not None or not CHINESE_NAME.search(held.raw):
                continue
            number, name = number_column.cells(cells[name_at][row].raw)[0], name_column.cells(held.raw)[0]
            if number.value is None or number.doubt or name.value is None or not CHINESE_NAME.match(str(name.value)):
                continue
            for at, cell, label in ((name_at, name, number_column.label), (number_at, number, name_column.label)):
                mended = list(cells[at])
                mended[row] = cell._replace(column=label, doubt=SWAPPED)
                cells[at] = mended

    def _places_with(self, fields: tuple[str, ...]) -> dict[str, int]:
        """The places of a row's cells when fields without a column follow."""
        if fields not in self._more:
            self._more[fields] = {name: place for place, name in enumerate((*self._places, *fields))}
        return self._more[fields]

    def _refused(self, cells: Sequence[Sequence[Cell]]) -> dict[int, tuple[Column, Cell, str]]:
        """The rows that lack a required value: the column, the cell and the reason."""
        refused: dict[int, tuple[Column, Cell, str]] = {}
        for place, column, field in self._required:
            for row, cell in enumerate(cells[place]):
                if cell.value is None:
                    refused.setdefault(row, (column, cell, cell.doubt or f"{field.name}为空"))
        return refused

    def _reject(self, number: int, texts: Sequence[str], label: str, raw: str, reason: str) -> Reject:
        return Reject(*self.place, number, label, raw, reason, tuple(map(shown, texts)))


def _columns(mapping: ColumnMap, rows: Sequence[Sequence[str]]) -> Iterator[Column]:
    """The columns to read, those of one value as one."""
    coded = _coded_columns(mapping, rows)
    unit = mapping.money_unit
    for index, field in mapping.columns.items():
        split = mapping.split.get(field.id)
        if split is None:
            fields = [each for each in (field, mapping.until.get(index)) if each is not None]
            yield Column(index, mapping.labels[index], fields, coded=index in coded, money_unit=unit)
        elif index == min(split.columns):
            yield Column(index, split.label, [field], split=split)


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
        return _read_half(raw, str(fault))
    first, last = read.value or (None, None)
    return Read(first, read.doubt), Read(last, read.doubt)


def _read_half(raw: str, fault: str) -> tuple[Read[Any], Read[Any]]:
    """A single day in such a column: the first one, told, or the last where it says so (至2025年8月20日止)."""
    try:
        day = parse_date(raw)
    except ValueError:
        return Read(None, fault), Read(None, fault)
    told = "；".join(filter(None, (day.doubt, f"“{raw.strip()}”只有一个日期")))
    absent = Read[Any](None, told)
    if is_last_day(raw):
        return absent, Read(day.value, f"{told}，按止日读取")
    return Read(day.value, f"{told}，按起日读取"), absent


def _coded_columns(mapping: ColumnMap, rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Yes-or-no columns with a 2 or a 01: codes 01 (no) and 02 (yes) may have lost their zero, so 1 may be a no."""
    watched = {index for index, field in mapping.columns.items() if field.type is FieldType.BOOLEAN}
    held = {index: {row[index] for row in rows if index < len(row)} for index in watched} if watched else {}
    return frozenset(index for index, texts in held.items() if texts & {"2", "01", "02", "2.0"})
