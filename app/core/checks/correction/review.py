"""The desk's work: rows become people, people have episodes, every episode is asked every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.core.checks.classes import with_classes
from app.core.checks.correction import (  # noqa: F401  importing a family enters its rules
    absconding,
    custody,
    custody_notices,
    deaths,
    deliveries,
    discharge,
    endings,
    exits,
    handovers,
    judgment,
    leave,
    medical,
    monitoring,
    offices,
    papers,
    reception,
    recommittal,
    register,
    reporting,
    revocation,
    sanctions,
    terms,
    trajectory,
)
from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import EVENT_DAYS, Episode
from app.core.checks.correction.episodes import episodes
from app.core.checks.desk import Fetch, Gathered, Reviewed, review_people
from app.core.checks.disagreement import with_disagreements
from app.core.checks.persons import Dossier, Lists, noting
from app.core.checks.time_line import DeskDuties
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.by_hand import Judged
from app.core.people.index import find_people
from app.core.records import Record

DESK = "correction"
HOLDER = "社区矫正机构"
TABLES = (
    *("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13", "T14", "T15"),
    *("T16", "T17", "T18", "T19", "T20", "T22", "T23", "T24", "T26", "T27", "T28"),
)
BEGIN = ("T01", "T02", "T11", "T22")  # what a matter of this desk begins with
DUTIES = DeskDuties(
    RULES,
    "SJ-",
    deliveries.TERMS,
    HOLDER,
    lambda person, law: episodes(person, law.noting()),
    {custody_notices.RULE.id: lambda case: [(each.day, each.row) for each in custody_notices.detained(case)]},
    EVENT_DAYS,
)


def review(
    records: Iterable[Record],
    law: LawBook,
    lists: Lists,
    ticket: Ticket,
    judged: Judged | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Reviewed]:
    """Review the episodes one by one, then the units; the ticket is asked before each person.

    With `fetch`, which gives whole records by their ids, these may hold no more than tells whose they are.
    """
    people, lists, _ = gather(records, lists, judged)
    reviewed = review_people(RULES, lambda each: cases(each, law), HOLDER, people, lists, ticket, fetch)
    return with_classes(with_disagreements(reviewed, lists), law.number("class_least_people", lists.as_of))


def gather(records: Iterable[Record], lists: Lists, judged: Judged | None = None) -> Gathered:
    """Everybody in the lists, of whose rows no more is asked than what tells whose they are and the desk's `days`."""
    since: dict[str, date] = {}
    rows = noting(records, EVENT_DAYS, since)
    people = find_people(rows, judged).all
    return Gathered(list(people), replace(lists, since=since))


def cases(dossier: Dossier, law: LawBook, _: date = date.max) -> list[Episode]:
    """The episodes of a person, each with a notebook of the law of its own."""
    return episodes(dossier, law.noting())
