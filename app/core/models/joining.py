"""Rows brought to the subject's rows by the model's ways; the store does the same for long lists by SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.core.models.asking import Bundle, Joined
from app.core.models.parts import Model, ModelTable, Way
from app.core.records import FieldType, Record, encode

Key = tuple[str, ...]


def key_of(record: Record, fields: Sequence[str]) -> Key | None:
    """What a row is joined by; None when any of it is missing."""
    key = tuple(encode(record[each]) for each in fields)
    return key if all(len(each) > 1 for each in key) else None


def keyless(table: ModelTable, subject: Record) -> bool:
    """Whether a subject row has nothing by which rows of a table could be joined to it."""
    return bool(table.ways) and all(key_of(subject, [left for left, _ in way.pairs]) is None for way in table.ways)


def against(table: ModelTable, way: Way, subject: Record, other: Record) -> bool:
    """Whether identity numbers say that rows a weak way would join are of different people."""
    if not way.weak:
        return False
    for left, right in numbers_of(table):
        one, two = encode(subject[left]), encode(other[right])
        if len(one) > 1 and len(two) > 1 and one != two:
            return True
    return False


def numbers_of(table: ModelTable) -> list[tuple[str, str]]:
    """The pairs of identity numbers among a table's ways; another case number does not make another person."""
    pairs = dict.fromkeys(pair for way in table.ways for pair in way.pairs)
    return [each for each in pairs if table.kind.field(each[1]).type is FieldType.ID_NUMBER]


def bundles(model: Model, rows: Mapping[str, Iterable[Record]]) -> Iterator[Bundle]:
    """Every subject row with the rows joined to it; all in memory, for few rows."""
    rows = {**rows, **{each.name: rows.get(model.subject.table, ()) for each in model.tables if each.same}}
    others = [each for each in model.tables if each.name != model.subject.table and each.name in rows]
    indexes = {each.name: [_index(way, rows[each.name]) for way in each.ways] for each in others}
    for subject in rows.get(model.subject.table, ()):
        found = {each.name: _joined(each, subject, indexes[each.name]) for each in others}
        yield Bundle(subject, found, frozenset(each.name for each in others if keyless(each, subject)))


def _index(way: Way, records: Iterable[Record]) -> dict[Key, list[Record]]:
    index: dict[Key, list[Record]] = defaultdict(list)
    for each in records:
        key = key_of(each, [right for _, right in way.pairs])
        if key is not None:
            index[key].append(each)
    return index


def _joined(table: ModelTable, subject: Record, indexes: Sequence[Mapping[Key, list[Record]]]) -> list[Joined]:
    found: dict[tuple[str, str, int], Joined] = {}
    for way, index in zip(table.ways, indexes, strict=True):
        key = key_of(subject, [left for left, _ in way.pairs])
        for each in index.get(key, ()) if key is not None else ():
            if not against(table, way, subject, each):
                found.setdefault((each.file, each.sheet, each.row), Joined(each, way.weak))
    return sorted(found.values(), key=lambda each: (each.record.file, each.record.sheet, each.record.row))
