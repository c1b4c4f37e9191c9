"""One person's rows from many lists, and which lists there are: what the desks of supervision outside prison ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from app.core.checks.places import read_place
from app.core.checks.why import Missing
from app.core.findings import Match, Person
from app.core.people.index import Place, Someone, place_of
from app.core.records import Record


@dataclass(frozen=True, slots=True)
class Lists:
    """Which lists are loaded: table id → the last day it is known for; absent tables are not in it.

    `names` are the tables' names and holders, `districts` the office's own places; without any every place counts.
    `since` is the first day a list tells of, where its rows show one: what was due long before cannot be missed in it.
    `units` tell by file and sheet whose list each is.
    """

    as_of: date
    through: Mapping[str, date]
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    districts: tuple[str, ...] = ()
    since: Mapping[str, date] = field(default_factory=dict)
    units: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def has(self, *tables: str) -> bool:
        """Whether all these lists are loaded."""
        return all(each in self.through for each in tables)

    def known(self, table: str, day: date) -> bool:
        """Whether a list is loaded and tells of a day; what happened later cannot be expected in it."""
        through = self.through.get(table)
        return through is not None and day <= through

    def need(self, table: str, day: date | None = None, *, since: date | None = None) -> None:
        """Missing, under the list's name and holder, when it is not loaded, ends before a day, or begins after one."""
        if table not in self.through:
            raise self.lack(table)
        first = self.since.get(table)
        if since is not None and first is not None and since < first:
            name, holder = self.names.get(table, (table, ""))
            raise Missing(f"《{name}》从{first}开始，不能反映{since}起的情况", holder=holder)
        if day is not None and not self.known(table, day):
            name, holder = self.names.get(table, (table, ""))
            raise Missing(f"《{name}》截至{self.through[table]}，不能反映{day}的情况", holder=holder)

    def whose(self, row: Record) -> str:
        """Whose list a row stands in; "" when the list does not say."""
        return self.units.get((row.file, row.sheet), "")

    def lack(self, *tables: str) -> Missing:
        """What to raise when these lists are not loaded."""
        names = [self.names.get(each, (each, "")) for each in tables]
        return Missing(
            *(f"《{name}》" for name, _ in names), holder="、".join(dict.fromkeys(each for _, each in names))
        )

    def inside(self, place: str) -> bool | None:
        """Whether a place lies in the office's districts; None when that is not said, as by a village's name alone."""
        if not self.districts:
            return True
        if _named(self.districts).search(place):
            return True
        return False if read_place(place).known else None


@cache
def _named(districts: tuple[str, ...]) -> re.Pattern[str]:
    """The districts by their names, in full or without their rank; what another rank follows is another place's.

    A name of one sign stands in too many others, so that only the full one counts.
    """
    short = [each.rstrip("市县区旗") for each in districts]
    bare = [re.escape(each) for each in short if len(each) > 1]
    full = [re.escape(each) for each in districts]
    return re.compile("|".join([*full, *(f"{each}(?![省市县区旗州盟镇乡村街路])" for each in bare)]))


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person with all rows that are theirs, and those that may be."""

    someone: Someone
    lists: Lists

    @property
    def person(self) -> Person:
        """Whom it is about; grade M2 as soon as any row is joined by less than a number or a name beside one."""
        identity = self.someone.identity
        match = Match.LIKELY if self.someone.loose else Match.SURE
        number = identity.number or (identity.id.number if identity.has_number else "")
        return Person(identity.name, number, self.prisoner_no, match)

    @property
    def prisoner_no(self) -> str:
        """The prisoner number of any row."""
        rows = (each for group in self.someone.rows.values() for each in group)
        return next((str(number) for each in rows if (number := each["prisoner_no"])), "")

    def rows(self, table: str) -> list[Record]:
        """The person's rows of one list, in the order of the files."""
        return self.someone.rows.get(table, [])

    def maybe(self, *tables: str) -> list[tuple[Record, str]]:
        """Rows that may be the person's and could not be joined, with why; they forbid to say that there is none."""
        return [each for table in tables for each in self.someone.maybe.get(table, ())]

    @property
    def loose(self) -> frozenset[Place]:
        """The rows joined with grade M2."""
        return frozenset(self.someone.loose)


def noting(records: Iterable[Record], days: Mapping[str, tuple[str, ...]], since: dict[str, date]) -> Iterator[Record]:
    """Pass records on and write the first day each list tells of into `since`; `days` are the day fields of lists."""
    for each in records:
        names = days.get(each.table)
        if names and (day := day_of(each, *names)) is not None and day < since.get(each.table, date.max):
            since[each.table] = day
        yield each


def day_of(record: Record | None, *field_ids: str) -> date | None:
    """The first of these fields that holds a date."""
    if record is None:
        return None
    cells = record.cells
    for each in field_ids:
        cell = cells.get(each)
        if cell is not None and isinstance(cell.value, date):
            return cell.value
    return None


def word_of(record: Record | None, *field_ids: str) -> str:
    """The first of these fields that holds any text, without blanks around it."""
    if record is None:
        return ""
    cells = record.cells
    for each in field_ids:
        cell = cells.get(each)
        if cell is not None and cell.value is not None and (text := str(cell.value).strip()):
            return text
    return ""


def first_day(records: Iterable[Record], *field_ids: str) -> tuple[date, Record] | None:
    """The earliest date in these fields of these rows, with its row."""
    days = [(day, each) for each in records for field_id in field_ids if (day := day_of(each, field_id)) is not None]
    return min(days, key=lambda pair: (pair[0], place_of(pair[1]))) if days else None
