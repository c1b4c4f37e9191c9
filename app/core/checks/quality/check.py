"""The checks of data quality: how one is entered, what it is given, and what it watches for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.core.checks.quality.knowledge import Knowledge
from app.core.checks.quality.report import Health
from app.core.law.book import LawBook
from app.core.records import CARRIED_FROM, Aside, Cell, Field, Record, Reject, TableKind


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of a sheet besides its records: its header's lines (from 1), its columns, what was put aside.

    `fields` goes from field id to column label; `number` tells the sheets of one report apart.
    """

    number: int
    file: str
    sheet: str
    table: TableKind
    header_first: int
    header_row: int
    fields: Mapping[str, str]
    hidden: bool = False
    unmapped: tuple[str, ...] = ()
    rejects: Sequence[Reject] = ()
    aside: Sequence[Aside] = ()

    def any_of(self, wanted: Iterable[str], what: str) -> tuple[str, ...]:
        """Those of some fields the sheet has a column for; Absent, with the reason, when it has none of them."""
        names = {each.id: each.name for each in self.table.fields}
        declared = [each for each in wanted if each in names]
        if not declared:
            raise Absent(Health.NOT_APPLICABLE, f"这种表不含{what}")
        given = tuple(each for each in declared if each in self.fields)
        if not given:
            raise Absent(Health.LACKING, f"表中没有{what}列", (what,))
        return given

    def all_of(self, *wanted: str) -> None:
        """Ask for a column of each of these fields; Absent, with the reason, when one is not there."""
        names = {each.id: each.name for each in self.table.fields}
        if not all(each in names for each in wanted):
            raise Absent(Health.NOT_APPLICABLE, "这种表不含本项所需的列")
        lacking = tuple(names[each] for each in wanted if each not in self.fields)
        if lacking:
            raise Absent(Health.LACKING, f"表中没有{'、'.join(f'“{each}”' for each in lacking)}列", lacking)


class Absent(Exception):
    """A check cannot be made of a sheet: the answer it gets, why, and the columns that are missing."""

    def __init__(self, health: Health, why: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.health = health
        self.why = why
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Hit:
    """One place a check stops at: its row, field and cell (None for a whole row), why, and the kind it counts as."""

    row: int
    field: str
    cell: Cell | None
    why: str
    kind: str = ""


Doubtful = Sequence[tuple[str, Cell]]
Hits = Iterable[Hit]


def no_hits(*_: object) -> Hits:
    """The answer of a watch that does not look."""
    return ()


@dataclass(frozen=True, slots=True)
class Watch:
    """What a check does with a sheet: sees each record, each row's doubtful cells, and speaks at the end.

    The doubtful cells come of refused rows too. The end comes when all sheets were seen.
    """

    see: Callable[[Record], Hits] = no_hits
    doubt: Callable[[int, Doubtful], Hits] = no_hits
    end: Callable[[], Hits] = no_hits


class Said(NamedTuple):
    """What one row of one sheet says of something that other rows speak of too."""

    number: int
    row: int
    text: str
    field: str
    cell: Cell


@dataclass(slots=True)
class Setting:
    """What all sheets of one report share: the day, the law, the data, and what is compared between sheets.

    `courts` are by case number, `people` by what a person is known by; `names` say where a sheet stands.
    """

    day: date
    law: LawBook
    knowledge: Knowledge
    names: Mapping[int, str]
    courts: dict[str, list[Said]] = field(default_factory=dict)
    people: dict[tuple[str, ...], list[Said]] = field(default_factory=dict)
    compared: dict[str, Mapping[int, Sequence[Hit]]] = field(default_factory=dict)

    def once(self, check_id: str, compare: Callable[[], Iterable[tuple[int, Hit]]]) -> Mapping[int, Sequence[Hit]]:
        """What a comparison of all sheets found, by the number of the sheet; it is made once, when all were seen."""
        if check_id not in self.compared:
            found: dict[int, list[Hit]] = {}
            for number, hit in compare():
                found.setdefault(number, []).append(hit)
            self.compared[check_id] = found
        return self.compared[check_id]


Make = Callable[[SheetFacts, Setting], Watch]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id, name, what it asks, what is asked of the sender, and how it watches a sheet.

    `health` is its answer when something was found; `cites` the provision it rests on.
    """

    id: str
    name: str
    asks: str
    do: str
    make: Make
    health: Health
    cites: str


class Checks:
    """The checks by id."""

    def __init__(self) -> None:
        self._known: dict[str, Check] = {}

    def check(
        self, check_id: str, name: str, *, asks: str, do: str, health: Health = Health.FAULTY, cites: str = ""
    ) -> Callable[[Make], Make]:
        """Enter a check; ValueError when its id is taken."""

        def enter(make: Make) -> Make:
            if check_id in self._known:
                raise ValueError(f"{check_id} stands twice")
            self._known[check_id] = Check(check_id, name, asks, do, make, health, cites)
            return make

        return enter

    def all(self) -> tuple[Check, ...]:
        """All checks in the order of their ids."""
        return tuple(self._known[each] for each in sorted(self._known))


CHECKS = Checks()


def unread(cell: Cell) -> bool:
    """Whether a cell holds something that could not be read."""
    return cell.value is None and bool(cell.doubt) and cell.doubt != CARRIED_FROM


def fields_of(table: TableKind, wanted: Callable[[Field], bool]) -> tuple[str, ...]:
    """The ids of the fields of a table that are as wanted."""
    return tuple(each.id for each in table.fields if wanted(each))
