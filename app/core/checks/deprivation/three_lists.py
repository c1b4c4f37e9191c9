"""The three lists side by side: who stands in which of them, since when, until when, and what differs.

Nothing here accuses: a list that is not loaded, ends too early or begins too late says nothing, and neither does a row
that may be the person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import matters
from app.core.checks.deprivation.review import LIST, kept_since
from app.core.checks.deprivation.rolls import TABLES, Entry, Presence, Roll, entries_of, roster_entries, rosters
from app.core.checks.deprivation.rolls_apart import Difference, differences
from app.core.checks.persons import Dossier, Lists, noting
from app.core.findings import Match, Person
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.by_hand import Judged
from app.core.people.index import find_people
from app.core.records import Record

# The first day a list tells of.
DAYS = {"T19": ("released_on",), "T01": ("effective_on", "judged_on")}
FOR_LIFE = "终身"


class Running(StrEnum):
    """Whether the deprivation runs on the day taken as today, by every lawful reading."""

    NOW = "应在执行"
    OVER = "已期满"
    LATER = "尚未开始"
    DEAD = "已死亡"
    UNKNOWN = "不能确定"


@dataclass(frozen=True, slots=True)
class Line:
    """One deprivation of one person: what each list says, what the law says, what differs, how sure the rows are his.

    `since` and `until` are the lawful days in words, "" while they are not known; `region` are the lists that have the
    person, None where that cannot be said of a loaded list.
    """

    person: Person
    label: str
    entries: tuple[Entry, ...]
    since: str
    until: str
    running: Running
    differs: tuple[Difference, ...]
    match: Match
    why: str

    @property
    def region(self) -> frozenset[Roll] | None:
        """The lists that have the person."""
        if any(each.presence in (Presence.MAYBE, Presence.BEYOND) for each in self.entries):
            return None
        return frozenset(each.roll for each in self.entries if each.presence is Presence.YES)


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that stand in the same lists (None: it cannot be said in which): how many, and how many run today."""

    rolls: frozenset[Roll] | None
    lines: int
    running: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines, which lists are loaded, and of those that are not: the tables, and who has them."""

    as_of: date
    loaded: tuple[Roll, ...]
    absent: tuple[tuple[Roll, str, str], ...]
    lines: tuple[Line, ...]

    def regions(self) -> list[Region]:
        """Every way to stand in the loaded lists, those in fewest first, and at last what cannot be said."""
        ways: list[frozenset[Roll] | None] = [
            frozenset(each) for count in range(1, len(self.loaded) + 1) for each in combinations(self.loaded, count)
        ]
        found = []
        for way in (*ways, None):
            own = [each for each in self.lines if each.region == way]
            found.append(Region(way, len(own), sum(each.running is Running.NOW for each in own)))
        return found

    def size(self, roll: Roll) -> int:
        """How many lines stand in a list."""
        return sum(
            entry.presence is Presence.YES for line in self.lines for entry in line.entries if entry.roll is roll
        )


def compare_lists(
    records: Iterable[Record], law: LawBook, lists: Lists, ticket: Ticket, judged: Judged | None = None
) -> Comparison:
    """Bring the rows to people and their deprivations, and say of each in which list it stands.

    The ticket is asked before each person; the order of the rows does not matter.
    """
    since: dict[str, date] = {}
    people = list(find_people(noting(records, DAYS, since), judged).all)
    lists = replace(lists, since=since)
    kept = kept_since((row for each in people for row in each.rows.get(LIST, ())), lists)
    lines: list[Line] = []
    for number, someone in enumerate(people):
        ticket.step(number, len(people), f"比对 {someone.identity.name}")
        lines += _lines(Dossier(someone, lists), law, kept)
    lines.sort(key=lambda each: (each.person.name, each.person.id_number, each.person.prisoner_no, each.label))
    loaded = tuple(roll for roll in Roll if any(lists.has(table) for table in TABLES[roll]))
    return Comparison(lists.as_of, loaded, tuple(_absent(lists, loaded)), tuple(lines))


def _absent(lists: Lists, loaded: Sequence[Roll]) -> Iterator[tuple[Roll, str, str]]:
    for roll in Roll:
        if roll not in loaded:
            lack = lists.lack(*TABLES[roll])
            yield roll, "、".join(lack.items), lack.holder


def _lines(dossier: Dossier, law: LawBook, kept: date) -> Iterator[Line]:
    cases = matters(dossier, law, kept)
    given, rest = rosters(dossier, cases)
    for case, own in zip(cases, given, strict=True):
        entries = entries_of(case, own)
        if any(each.presence is Presence.YES for each in entries):
            since, until = _lawful(case)
            yield _line(dossier, case.label, entries, since, until, _running(case), differences(case, entries, own))
    for row in rest:
        entries = roster_entries(dossier, row)
        label = str(row["case_no"] or f"《{row.sheet}》第{row.row}行")
        yield _line(dossier, label, entries, "", "", Running.UNKNOWN, ())


def _line(
    dossier: Dossier,
    label: str,
    entries: tuple[Entry, ...],
    since: str,
    until: str,
    running: Running,
    differs: tuple[Difference, ...],
) -> Line:
    match, why = _sure(dossier, entries)
    return Line(dossier.person, label, entries, since, until, running, differs, match, why)


def _sure(dossier: Dossier, entries: Sequence[Entry]) -> tuple[Match, str]:
    """How sure it is that the rows of this line are one person's, by the least sure of them."""
    maybe = next((each.note for each in entries if each.presence is Presence.MAYBE), "")
    if maybe:
        return Match.WEAK, maybe
    places = {(cell.file, cell.sheet, cell.row) for each in entries for cell in each.cells}
    loose = sorted(why for place, why in dossier.someone.loose.items() if place in places)
    return (Match.LIKELY, loose[0]) if loose else (Match.SURE, "")


def _lawful(case: Matter) -> tuple[str, str]:
    """The lawful first and last days in words, every reading."""
    starts = list(dict.fromkeys(str(each.start) for each in case.periods))
    ends = list(dict.fromkeys(str(end) for each in case.periods for end in each.ends))
    if case.open_stop:
        return " 或 ".join(starts), "又犯罪中止，恢复日不明"
    lifelong = any(not each.ends for each in case.periods)
    return " 或 ".join(starts), FOR_LIFE if lifelong else " 或 ".join(ends)


def _running(case: Matter) -> Running:
    if case.dead_by(case.as_of):
        return Running.DEAD
    deprived = case.deprived(case.as_of)
    if deprived is None or case.open_stop:
        return Running.UNKNOWN
    if deprived:
        return Running.NOW
    return Running.OVER if case.last_end is not None and case.last_end < case.as_of else Running.LATER
