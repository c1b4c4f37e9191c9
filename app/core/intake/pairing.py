"""Rows of two lists that are about the same person and matter; what is not certain is not paired."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from app.core.records import Repeat

NUMBERS = ("prisoner_no", "correction_no")
PRINT_BYTES = 8
WHOLE = -1  # in place of a way: the whole row is the same
_COUNTS = re.compile("[1-9]")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]")


class Line(NamedTuple):
    """What a row is compared by: who it is about, which matter of theirs (one text a way), and a print of each value.

    `id` and `batch` are the store's; `columns` are the fields printed, in order, one object for all rows of a batch.
    """

    id: int
    batch: int
    number: str
    id_number: str
    birth: str
    name: str
    ways: tuple[str, ...]
    scope: tuple[str, ...]
    part: tuple[str, ...]
    period: str
    columns: tuple[str, ...]
    prints: bytes


Pair = tuple[Line, Line]
Group = tuple[list[Line], list[Line]]
Who = Callable[[Line], str]


def line_of(
    row: tuple[int, int],
    values: Mapping[str, str],
    columns: tuple[str, ...],
    repeat: Repeat,
    form: Callable[[str], str],
) -> Line:
    """A row (its id and batch) by its encoded values; `form` brings a name to the form names are compared in."""
    year = next((day[1:5] for name in repeat.year if (day := values.get(name, ""))), "")

    def told(name: str) -> str:
        value = values.get(name, "")
        return f"{value}|{year}" if repeat.year and value[:1] == "x" and not _YEAR.search(value) else value

    return Line(
        *row,
        next((each for name in NUMBERS if (each := _usable(values.get(name, "")))), ""),
        _usable(values.get("id_number", "")),
        values.get("birth_date", "")[1:],
        form(values.get("name", "")[1:]),
        tuple("\n".join(map(told, way)) if all(map(values.get, way)) else "" for way in repeat.key),
        tuple(told(name) if values.get(name) else "" for name in repeat.scope),
        tuple(values.get(name, "") for name in repeat.part),
        next((day[1:] for name in repeat.period if (day := values.get(name, ""))), ""),
        columns,
        array("q", [hash(values.get(name, "")) for name in columns]).tobytes(),
    )


def _usable(value: str) -> str:
    """A number people can be told apart by; empty for zeros and words like 自报."""
    return value[1:] if _COUNTS.search(value) else ""


class Pairing:
    """Pairs the rows of two lists: `pairs`, the rows left `open` on each side, and groups that are `contested`."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line], repeat: Repeat) -> None:
        self.pairs: list[Pair] = []
        self.open = ({each.id: each for each in before}, {each.id: each for each in after})
        if self.open[0].keys() & self.open[1].keys():
            raise ValueError("a row stands in both lists")
        self.contested: list[Group] = []
        every = (*before, *after)
        columns = {each.columns for each in every}
        common = frozenset.intersection(*map(frozenset, columns)) if columns else frozenset()
        self._places = {each: [place for place, name in enumerate(each) if name in common] for each in columns}
        self._shared = _twice(before) | _twice(after) | _many_numbers(every)
        ways = range(len(repeat.key)) if repeat.key else [len(repeat.key)]
        for who in (_by_number, _by_id_number, _by_birth, _by_name):
            for way in (WHOLE, *ways):
                self._pass(who, way)
        if repeat.key:
            for who in (_by_number, _by_id_number):
                self._contest_unknown(who)

    def undecided(self) -> tuple[dict[int, Line], dict[int, Line]]:
        """The open rows that may be the same as one of the other side, by id."""
        found: tuple[dict[int, Line], dict[int, Line]] = {}, {}
        for group in self.contested:
            left = [[each for each in side if each.id in rows] for side, rows in zip(group, self.open, strict=True)]
            if all(left):
                for rows, side in zip(found, left, strict=True):
                    rows.update((each.id, each) for each in side)
        return found

    def _pass(self, who: Who, way: int) -> None:
        for olds, news in _groups(self.open, partial(self._key, who, way)):
            certain = who is not _by_name or olds[0].name not in self._shared
            single = len(olds) == len(news) == 1
            if single and certain and self._agree(olds[0], news[0], way):
                self._take(olds[0], news[0])
            elif way == WHOLE and len(olds) == len(news) and (certain or _nameless(*olds, *news)):
                for old, new in zip(olds, news, strict=True):
                    self._take(old, new)
            elif who is not _by_name or not _apart(olds, news):
                self.contested.append((olds, news))

    def _contest_unknown(self, who: Who) -> None:
        """Rows of one person that tell their matter in different ways, or not at all, may be the same."""
        for olds, news in _groups(self.open, lambda each: who(each) or None):
            told = [{place for each in side for place, way in enumerate(each.ways) if way} for side in (olds, news)]
            unsure = [
                [each for each in side if not any(each.ways[place] for place in other)]
                for side, other in ((olds, told[1]), (news, told[0]))
            ]
            if unsure[0] or unsure[1]:
                self.contested.append((unsure[0] or olds, unsure[1] or news))

    def _key(self, who: Who, way: int, line: Line) -> object:
        """Whom a row is about, and what; None when it does not say."""
        person = who(line)
        if not person:
            return None
        if way == WHOLE:
            return person, tuple(map(bool, line.ways)), self._print(line)
        if not line.ways:
            return person
        return (person, line.ways[way]) if line.ways[way] else None

    def _print(self, line: Line) -> bytes:
        """The values of the fields that both lists have."""
        places = self._places[line.columns]
        if len(places) == len(line.columns):
            return line.prints
        return b"".join(line.prints[place * PRINT_BYTES : (place + 1) * PRINT_BYTES] for place in places)

    def _agree(self, old: Line, new: Line, way: int) -> bool:
        """Whether nothing speaks against the two being one row: two of number, identity number and name agree."""
        surer = slice(0, max(way, 0))
        if any(_equal(*each) is False for each in zip(old.ways[surer], new.ways[surer], strict=True)):
            return False
        number, id_number = _equal(old.number, new.number), _equal(old.id_number, new.id_number)
        if old.name != new.name:
            return bool(number and id_number)
        if number is False:
            return bool(id_number and old.ways)
        return bool(number or id_number) or (id_number is None and _equal(old.birth, new.birth) is not False)

    def _take(self, old: Line, new: Line) -> None:
        self.pairs.append((old, new))
        del self.open[0][old.id], self.open[1][new.id]


def _by_number(line: Line) -> str:
    return line.number


def _by_id_number(line: Line) -> str:
    return line.id_number


def _by_birth(line: Line) -> str:
    return line.name and line.birth and f"{line.name}\n{line.birth}"


def _by_name(line: Line) -> str:
    return line.name


def _groups(rows: tuple[dict[int, Line], dict[int, Line]], key: Callable[[Line], object]) -> list[Group]:
    """The rows of both sides that have a key in common."""
    found: dict[object, Group] = {}
    for each in rows[0].values():
        if (told := key(each)) is not None:
            found.setdefault(told, ([], []))[0].append(each)
    for each in rows[1].values():
        if (group := found.get(key(each))) is not None:
            group[1].append(each)
    return [group for group in found.values() if group[1]]


def _equal(one: str, other: str) -> bool | None:
    """Whether two texts are the same; None when one is missing."""
    return one == other if one and other else None


def _nameless(*lines: Line) -> bool:
    """Whether the rows say nothing but a name of who they are about: rows wholly alike stand for one another."""
    return not any(each.number or each.id_number or each.birth for each in lines)


def _apart(olds: Sequence[Line], news: Sequence[Line]) -> bool:
    """Whether rows that share a name are surely about different people."""
    every = (*olds, *news)
    return (
        all(each.number for each in every)
        or all(each.id_number for each in every)
        or not {each.birth for each in olds} & {each.birth for each in news} | {""} & {each.birth for each in every}
    )


def _twice(lines: Iterable[Line]) -> set[str]:
    """Names that two rows of a list bear for one and the same matter, or in a list of persons."""
    counted = Counter((each.name, place, way) for each in lines for place, way in enumerate(each.ways or ("",)))
    return {name for (name, place, way), times in counted.items() if times > 1 and (way or not place)}


def _many_numbers(lines: Iterable[Line]) -> set[str]:
    """Names that people of different numbers bear."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    id_numbers: defaultdict[str, set[str]] = defaultdict(set)
    for each in lines:
        if each.number:
            numbers[each.name].add(each.number)
        if each.id_number:
            id_numbers[each.name].add(each.id_number)
    return {name for told in (numbers, id_numbers) for name, found in told.items() if len(found) > 1}
