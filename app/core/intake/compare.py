"""A list beside the one before it: which rows are new, changed or gone, and which cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.core.intake.pairing import PRINT_BYTES, Line, Pair, Pairing
from app.core.records import Cell, Record, Repeat, TableKind, show

EMPTY = "（空）"
UNREADABLE = "（无法识别）"
Both = tuple[tuple[Line, ...], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every row of both lists in one class; pairs and `Both` have the earlier list first.

    `undecided` may or may not be the same; `outside` are rows the other list does not cover (another time, batch,
    ward, or other people); `period` is the time both lists cover, first and last ISO day.
    """

    unchanged: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    new: tuple[Line, ...]
    vanished: tuple[Line, ...]
    undecided: Both
    outside: Both
    period: tuple[str, str] | None = None

    def pairs(self) -> tuple[Pair, ...]:
        """All rows that came again."""
        return self.unchanged + self.changed


class Change(NamedTuple):
    """One field that is no longer what it was, as people read it."""

    field: str
    before: str
    after: str


def compare(before: Sequence[Line], after: Sequence[Line], repeat: Repeat) -> Comparison:
    """Compare two lists of one kind of table; ValueError when an id stands in both. Time goes with their length."""
    pairing = Pairing(before, after, repeat)
    undecided = pairing.undecided()
    period = _overlap(before, after) if repeat.period else None
    inside: list[tuple[Line, ...]] = []
    outside: list[tuple[Line, ...]] = []
    for rows, unsure, other in zip(pairing.open, undecided, (after, before), strict=True):
        covers = _Cover(other, repeat, period)
        told = [(each, covers.holds(each)) for number, each in rows.items() if number not in unsure]
        inside.append(tuple(each for each, held in told if held))
        outside.append(tuple(each for each, held in told if not held))
    changed = [_differ(*each) for each in pairing.pairs]
    return Comparison(
        tuple(pair for pair, other in zip(pairing.pairs, changed, strict=True) if not other),
        tuple(pair for pair, other in zip(pairing.pairs, changed, strict=True) if other),
        inside[1],
        inside[0],
        (tuple(undecided[0].values()), tuple(undecided[1].values())),
        (outside[0], outside[1]),
        period,
    )


def changes(before: Record, after: Record, table: TableKind) -> tuple[Change, ...]:
    """The fields both rows have a column for whose values differ; how a value is written does not count."""
    found = []
    for each in table.fields:
        old, new = before.cells.get(each.id), after.cells.get(each.id)
        if old is not None and new is not None and old.value != new.value:
            was, now = _written(old), _written(new)
            if was == now:
                was, now = (EMPTY if one.value is None else show(one.value) for one in (old, new))
            found.append(Change(each.name, was, now))
    return tuple(found)


def _written(cell: Cell) -> str:
    """What stands in the cell, the way its sender wrote it."""
    raw = cell.raw.strip() or (EMPTY if cell.value is None else show(cell.value))
    return f"{raw}{UNREADABLE}" if cell.value is None and cell.doubt and raw != EMPTY else raw


def _differ(old: Line, new: Line) -> bool:
    """Whether a field both rows have a column for has another value."""
    if old.columns == new.columns:
        return old.prints != new.prints
    places = {name: place * PRINT_BYTES for place, name in enumerate(new.columns)}
    return any(
        old.prints[place * PRINT_BYTES :][:PRINT_BYTES] != new.prints[places[name] :][:PRINT_BYTES]
        for place, name in enumerate(old.columns)
        if name in places
    )


def _overlap(before: Iterable[Line], after: Iterable[Line]) -> tuple[str, str] | None:
    """The first and last day of the time that both lists cover; None when there is none."""
    days = [sorted(each.period for each in side if each.period) for side in (before, after)]
    if not all(days):
        return None
    first, last = max(each[0] for each in days), min(each[-1] for each in days)
    return (first, last) if first <= last else None


class _Cover:
    """What a list covers: a row outside of it is not gone from it, nor new in the other."""

    def __init__(self, lines: Sequence[Line], repeat: Repeat, period: tuple[str, str] | None) -> None:
        self._repeat = repeat
        self._period = period
        self._scope = [{each.scope[place] for each in lines} - {""} for place in range(len(repeat.scope))]
        self._part = [{each.part[place] for each in lines} - {""} for place in range(len(repeat.part))]
        self._numbers = {number for each in lines for number in (each.number, each.id_number) if number}
        self._names = {each.name for each in lines}
        self._unnumbered = {each.name for each in lines if not each.number and not each.id_number}

    def holds(self, line: Line) -> bool:
        """Whether the list would have the row if the row stood."""
        if any(own and there and own not in there for own, there in zip(line.part, self._part, strict=True)):
            return False
        if self._repeat.scope and not self._in_scope(line):
            return False
        if self._repeat.period and not self._in_period(line):
            return False
        return not self._repeat.by_person or self._has_person(line)

    def _in_scope(self, line: Line) -> bool:
        for own, there in zip(line.scope, self._scope, strict=True):
            if own and there:
                return own in there
        return False

    def _in_period(self, line: Line) -> bool:
        return self._period is not None and self._period[0] <= line.period <= self._period[1]

    def _has_person(self, line: Line) -> bool:
        if line.number in self._numbers or line.id_number in self._numbers:
            return True
        return line.name in (self._unnumbered if line.number or line.id_number else self._names)
