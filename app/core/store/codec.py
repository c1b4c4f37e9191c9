"""Cells as compact JSON, and back to equal ones. What equals its default is left out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from app.core.records import Cell, Cells, Record, decode, encode

MOST_KEPT = 20_000  # cells a field
MOST_READ = 1_024  # the same where they are read: what many rows share comes soon, and several processes read
ITSELF = ("", "x", "d")  # how a value begins whose raw text may be just what follows: none, texts, days

pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
quote = json.encoder.encode_basestring
parse = json.JSONDecoder().raw_decode  # what was packed here has no blanks around it


class CellWriter:
    """Writes the cells of a batch's records as a list in the order of the batch's `labels` (field → label).

    A cell is [value, raw, doubt, column]; from the end, what the reader can tell is left out: a column that the labels
    give, an empty doubt, a raw text that is the value itself; a value alone needs no list. A field without a cell is 0,
    and the cells of fields the labels do not have stand in an object at the end. Cells that many rows share are written
    out once.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._fields = tuple(labels)
        self._known: tuple[dict[int, str], ...] = tuple({} for _ in labels)  # by identity
        self._get = tuple(each.get for each in self._known)
        self._kept: list[Cell] = []  # so that no other cell gets a known one's identity
        self._same: Mapping[str, int] = {}  # places just in the order of the labels

    def write(self, cells: Mapping[str, Cell]) -> str:
        """One record."""
        if isinstance(cells, Cells):
            if cells.places is not self._same and tuple(cells.places) == self._fields:
                self._same = cells.places
            if (given := cells.in_order(self._same)) is not None:
                texts = [get(id(cell)) for get, cell in zip(self._get, given, strict=True)]
                for place, text in enumerate(texts):
                    if text is None:
                        texts[place] = self._written(place, given[place])
                return f"[{','.join(texts)}]"  # type: ignore[arg-type]
        return self._any(dict(cells.items()))

    def _any(self, given: Mapping[str, Cell]) -> str:
        """One record whose cells stand in any order, or are not those of the labels."""
        parts = [self._text(each, given[each]) if each in given else "0" for each in self._fields]
        others = [(each, cell) for each, cell in given.items() if each not in self._labels]
        if others:
            parts.append(f"{{{','.join(f'{quote(each)}:{self._text(each, cell)}' for each, cell in others)}}}")
        return f"[{','.join(parts)}]"

    def _written(self, place: int, cell: Cell) -> str:
        text = self._text(self._fields[place], cell)
        known = self._known[place]
        if len(known) < MOST_KEPT:
            known[id(cell)] = text
            self._kept.append(cell)
        return text

    def _text(self, field_id: str, cell: Cell) -> str:
        plain = cell.value.__class__ is str and cell.value == cell.raw and not cell.doubt
        if plain and self._labels.get(field_id) == cell.column:
            return quote(f"x{cell.raw}")
        value = encode(cell.value)
        if self._labels.get(field_id) != cell.column:
            parts: tuple[str, ...] = (value, cell.raw, cell.doubt, cell.column)
        elif cell.doubt:
            parts = (value, cell.raw, cell.doubt)
        elif value[1:] == cell.raw and value[:1] in ITSELF:
            return quote(value)
        else:
            parts = (value, cell.raw)
        return f"[{','.join(map(quote, parts))}]"


def read_cells(text: str, labels: Mapping[str, str]) -> dict[str, Cell]:
    """Read back what a `CellWriter` wrote, with the same labels."""
    found, _ = parse(text)
    others = found.pop() if len(found) > len(labels) else {}
    out = {}
    for field_id, parts in (*zip(labels, found, strict=True), *others.items()):
        if parts != 0:
            out[field_id] = _read_cell(parts, labels.get(field_id, ""))
    return out


class CellReader:
    """Reads what a `CellWriter` wrote with the same `labels`; cells that many rows share are made once."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._columns: tuple[tuple[str, str, dict[str, Cell]], ...] = tuple((*each, {}) for each in labels.items())
        self._empty = {each: Cell(None, "", label) for each, label in labels.items()}

    def read(self, text: str) -> dict[str, Cell]:
        """One record."""
        found, _ = parse(text)
        others = found.pop() if len(found) > len(self._columns) else {}
        out = self._empty.copy()  # an empty text is an empty cell
        if 0 in found:
            for field_id in [each for each, parts in zip(self._labels, found, strict=True) if parts == 0]:
                del out[field_id]
        for (field_id, label, known), parts in compress(zip(self._columns, found, strict=True), found):
            key = parts if parts.__class__ is str else "\0".join(parts)
            cell = known.get(key)
            if cell is None:
                cell = _read_cell(parts, label)
                if len(known) < MOST_READ:
                    known[key] = cell
            out[field_id] = cell
        for field_id, parts in others.items():
            out[field_id] = _read_cell(parts, self._labels.get(field_id, ""))
        return out


Sheets = Mapping[int, tuple[str, str, str, Mapping[str, str]]]


class SlimReader:
    """Reads of records no more than the filled cells of some fields, by table, without their columns' names.

    Cells of one value are one, whatever their columns are called, and rows with the same fields share the list of them.
    """

    def __init__(self, batches: Sheets, fields: Mapping[str, Collection[str]]) -> None:
        self._fields = fields
        self._batches = {
            number: (table, file, sheet, len(labels), *_places(labels, fields[table]))
            for number, (table, file, sheet, labels) in batches.items()
        }
        self._known = _Slim()
        self._places: dict[tuple[str, ...], Mapping[str, int]] = {}

    def read(self, rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
        """The records of these rows, in their order."""
        known, shapes = self._known, self._places
        for record_id, batch_id, row, text in rows:
            table, file, sheet, width, names, places = self._batches[batch_id]
            found, _ = parse(text)
            parts = [found[each] for each in places]
            if len(found) > width:
                others = {each: said for each, said in found[width].items() if each in self._fields[table]}
                names, parts = (*names, *others), [*parts, *others.values()]
            cells = [known[each if each.__class__ is str else (each[0], each[1])] for each in parts if each]
            fields = tuple(compress(names, parts))
            if NOT_FILLED in cells:
                filled = [each is not NOT_FILLED for each in cells]
                fields, cells = tuple(compress(fields, filled)), [*compress(cells, filled)]
            shape = shapes.get(fields)
            if shape is None:
                shape = shapes[fields] = {field_id: place for place, field_id in enumerate(fields)}
            yield Record(table, file, sheet, row, Cells(shape, tuple(cells)), record_id)


NOT_FILLED = Cell(None, "", "")


def _places(labels: Iterable[str], wanted: Collection[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Those of a sheet's fields that are wanted, and where in a written record each stands."""
    found = [(each, place) for place, each in enumerate(labels) if each in wanted]
    return tuple(each for each, _ in found), tuple(place for _, place in found)


class _Slim(dict[str | tuple[str, str], Cell]):
    """Cells by what is written of value and raw text; made when first asked for."""

    def __missing__(self, written: str | tuple[str, str]) -> Cell:
        made = _read_cell(written if isinstance(written, str) else list(written), "")
        cell = self[written] = made if made.raw else NOT_FILLED
        return cell


class RecordReader:
    """Reads records as their rows lie in the store (id, batch, row in the sheet, cells), wherever the rows came to.

    `batches` gives table, file, sheet and labels of each batch; rows of other batches are passed over.
    """

    def __init__(self, batches: Sheets) -> None:
        self._batches = batches
        self._cells: dict[int, CellReader] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return RecordReader, (self._batches,)

    def read(self, rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
        """The records of these rows, in their order."""
        for record_id, batch_id, row, cells in rows:
            batch = self._batches.get(batch_id)
            if batch is None:
                continue
            table, file, sheet, labels = batch
            reader = self._cells.get(batch_id)
            if reader is None:
                reader = self._cells[batch_id] = CellReader(labels)
            yield Record(table, file, sheet, row, reader.read(cells), record_id)


def read_values(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Of what a `CellWriter` wrote only the values, by field id, as `records.encode` writes them."""
    found, _ = parse(text)
    others = found.pop() if len(found) > len(labels) else {}
    given = (*zip(labels, found, strict=True), *others.items())
    return {field_id: parts if isinstance(parts, str) else parts[0] for field_id, parts in given if parts != 0}


def _read_cell(parts: str | list[str], label: str) -> Cell:
    match parts:
        case str(value):
            return Cell(decode(value), value[1:], label)
        case [value, raw]:
            return Cell(decode(value), raw, label)
        case [value, raw, doubt]:
            return Cell(decode(value), raw, label, doubt)
    value, raw, doubt, column = parts
    return Cell(decode(value), raw, column, doubt)
