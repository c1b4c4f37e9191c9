"""The rules of the desks of people, tried on the first rows of a sheet: what each answers to everybody in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.desk import Reviewed, unasked
from app.core.checks.persons import Lists
from app.core.findings import Verdict
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Record

Answers = Mapping[str, Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is tried: the records of all sheets of an import about the same people, and which tables these are."""

    records: Sequence[Record]
    tables: Collection[str]
    as_of: date


def asked_of_people(table: str, place: tuple[str, str], sheets: Sheets, law: LawBook, ticket: Ticket) -> list[Answers]:
    """What each desk that draws on a table answers to every case with a row of the sheet at `place` (file, name).

    Rules that could not be asked because all the lists they begin with are absent answer that to every case.
    """
    names = {key: (kind.name, kind.holder) for key, kind in tables().items()}
    lists = Lists(sheets.as_of, dict.fromkeys(sheets.tables, sheets.as_of), names)
    found: list[Answers] = []
    for desk in PEOPLE_DESKS.values():
        if table not in desk.tables or not any(map(lists.has, desk.begin)):
            continue
        records = [each for each in sheets.records if each.table in desk.tables]
        absent = list(unasked(desk.rules, lists, desk.begins, desk.holder))
        for case in _of_sheet(desk.review(records, law, lists, ticket), table, place):
            answers: dict[str, list[Verdict]] = defaultdict(list)
            for each in (*case.review.verdicts, *absent):
                answers[each.rule].append(each)
            found.append(answers)
    return found


def _of_sheet(reviewed: Iterator[Reviewed], table: str, place: tuple[str, str]) -> Iterator[Reviewed]:
    for each in reviewed:
        rows = each.someone.rows.get(table, ()) if each.someone is not None else ()
        if any((row.file, row.sheet) == place for row in rows):
            yield each
