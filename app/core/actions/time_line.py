"""The time line of whoever a case is about, from the rows that may be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from app.core.actions.desks import PEOPLE_DESKS, PeopleDesk
from app.core.actions.lists import lists_of
from app.core.actions.people import judged_of
from app.core.actions.settings import read_office
from app.core.checks.entries import TimeLine
from app.core.checks.persons import Dossier, Lists
from app.core.checks.time_line import time_line
from app.core.errors import UserError
from app.core.findings import State
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.by_hand import UNDER
from app.core.people.id_number import read_id_number
from app.core.people.identity import SOUND
from app.core.people.index import SEVERAL, Someone, find_people
from app.core.people.names import compare_form, read_name
from app.core.records import Record, decode
from app.core.store.database import Rooms

ROWS_A_STEP = 2000
MOST_KEPT = 200_000  # names


def line_of_case(store: Rooms, law: LawBook, case_id: int, *, ticket: Ticket) -> TimeLine:
    """Everything the lists tell about a case's person and every duty, on the day of the last review.

    UserError when the case is about a unit, or its person is not in the lists any more.
    """
    rows = store.views.case_rows([case_id])
    if not rows or rows[0].desk not in PEOPLE_DESKS:
        raise UserError("这件案件没有时间线", do="请在社区矫正、剥夺政治权利的列表里选一个人")
    row, desk = rows[0], PEOPLE_DESKS[rows[0].desk]
    key = store.casebook.key_of(case_id).removesuffix(f"|{row.batch}")
    as_of = date.fromisoformat(row.reviewed_as_of)
    lists = lists_of(store, as_of, read_office(store).places)
    judged = judged_of(store)
    records, since = _about(store, desk, lists, judged.one_with(key), ticket)
    ticket.step(0, 0, f"整理 {row.name} 的时间线")
    someone = _who(find_people(records, judged).all, key, row.record_id)
    if someone is None:
        raise UserError("名单里没有这个人的记录", do="类案没有时间线；如果名单有变化，请重新运行审查")
    findings = [
        each
        for number in store.casebook.keyed(desk.id, f"{key}|")
        for each in store.casebook.findings(number, current=True)
        if each.state is not State.EXCLUDED
    ]
    return time_line(desk.duties, Dossier(someone, replace(lists, since=since)), law, desk.tables, findings)


def _who(people: Iterable[Someone], key: str, record_id: int) -> Someone | None:
    """The person a case is known by; rows that were joined another way since are found by the case's own row."""
    found = list(people)
    same = next((each for each in found if each.key == key), None)
    holds = (each for each in found if any(row.id == record_id for rows in each.rows.values() for row in rows))
    return same or next(holds, None)


@dataclass(slots=True)
class _Marks:
    """By what a row may be a person's: sound numbers, and names in their form of comparison."""

    numbers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Iterable[str]) -> _Marks:
        """Those the keys of people hold."""
        marks = cls()
        for key in keys:
            first, _, rest = key.partition("|" if "|" in key else UNDER)
            (marks.names if "|" in key else marks.numbers).add(first)
            if rest and "|" not in key:
                marks.names.add(rest)
        return marks

    def meet(self, number: str, names: frozenset[str]) -> bool:
        """Whether a row with this number and these names may be the person's."""
        return number in self.numbers or not names.isdisjoint(self.names)

    def widen(self, number: str, names: frozenset[str]) -> bool:
        """Take in what else such a row is known by; whether anything was new."""
        new = {number} - {""} - self.numbers, names - self.names
        self.numbers |= new[0]
        self.names |= new[1]
        return any(new)


def _about(
    store: Rooms, desk: PeopleDesk, lists: Lists, keys: Iterable[str], ticket: Ticket
) -> tuple[list[Record], dict[str, date]]:
    """The rows that may be the person's, with those of namesakes, and the first day each list tells of.

    Everybody who shares a name or a number with them is taken along, so that people are told apart as in a review.
    """
    marks = _Marks.of(keys)
    known: list[tuple[int, str, frozenset[str]]] = []
    since: dict[str, date] = {}
    for batch in store.batches.all():
        if batch.table not in desk.tables:
            continue
        days = desk.duties.days.get(batch.table, ())
        text = f"读取《{tables()[batch.table].name}》"
        for number, (record_id, values) in enumerate(store.repeats.values(batch)):
            if number % ROWS_A_STEP == 0:
                ticket.step(number, batch.accepted, text)
            if (day := _first(values, days)) is not None and day < since.get(batch.table, date.max):
                since[batch.table] = day
            known.append((record_id, *_known_by(values)))
    ids: set[int] = set()
    wider = True
    while wider:
        met = [each for each in known if each[0] not in ids and marks.meet(*each[1:])]
        wider = sum(marks.widen(*each[1:]) for each in met) > 0
        ids |= {each[0] for each in met}
    return list(store.batches.records(ids=ids)), since


def _first(values: Mapping[str, str], names: Iterable[str]) -> date | None:
    found = (value for name in names if isinstance(value := decode(values.get(name, "")), date))
    return next(found, None)


def _known_by(values: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """The sound number and every name of a row."""
    number = read_id_number(_text(values, "id_number"))
    return number.number if number.state in SOUND else "", _names(_text(values, "name"), _text(values, "former_name"))


def _text(values: Mapping[str, str], field_id: str) -> str:
    value = decode(values.get(field_id, ""))
    return value if isinstance(value, str) else ""


@lru_cache(MOST_KEPT)
def _names(name: str, former: str) -> frozenset[str]:
    names = {name, former, *read_name(name).aliases, *SEVERAL.split(name)}
    return frozenset(map(compare_form, names)) - {""}
