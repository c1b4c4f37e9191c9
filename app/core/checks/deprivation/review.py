"""The desk's work: rows become people, people have deprivations, each is asked every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.core.checks.classes import with_classes
from app.core.checks.deprivation import (  # noqa: F401  importing a family enters its rules
    again,
    begin,
    changes,
    conduct,
    delivery,
    listing,
    orders,
    posts,
    running,
    votes,
)
from app.core.checks.deprivation.book import RULES
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import matters
from app.core.checks.desk import Fetch, Gathered, Reviewed, review_people
from app.core.checks.disagreement import with_disagreements
from app.core.checks.persons import Dossier, Lists, day_of
from app.core.checks.time_line import DeskDuties
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.by_hand import Judged
from app.core.people.index import find_people
from app.core.records import Record

DESK, LIST = "deprivation", "T20"
DAYS = {LIST: ("deprivation_end",)}
HOLDER = "公安机关"
TABLES = (
    *("T01", "T02", "T03", "T05", "T11", "T12", "T14", "T15", "T18", "T19", "T20", "T21", "T22"),
    *("T23", "T24", "T25", "T27", "T28"),
)
BEGIN = ("T01", "T11", "T19", "T20", "T22")  # what a matter of this desk begins with
DUTIES = DeskDuties(RULES, "BQ-", delivery.TERMS, HOLDER, lambda person, law: matters(person, law.noting()))


def review(
    records: Iterable[Record],
    law: LawBook,
    lists: Lists,
    ticket: Ticket,
    judged: Judged | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Reviewed]:
    """Review the deprivations one by one, then the units; the ticket is asked before each person.

    With `fetch`, which gives whole records by their ids, these may hold no more than tells whose they are.
    """
    people, lists, since = gather(records, lists, judged)
    reviewed = review_people(RULES, lambda each: cases(each, law, since), HOLDER, people, lists, ticket, fetch)
    return with_classes(with_disagreements(reviewed, lists), law.number("class_least_people", lists.as_of))


def gather(records: Iterable[Record], lists: Lists, judged: Judged | None = None) -> Gathered:
    """Everybody in the lists, of whose rows no more is asked than what tells whose they are and the desk's `days`."""
    people = list(find_people(records, judged).all)
    return Gathered(people, lists, kept_since((row for each in people for row in each.rows.get(LIST, ())), lists))


def cases(dossier: Dossier, law: LawBook, since: date) -> list[Matter]:
    """The deprivations of a person, each with a notebook of the law of its own; `since` as `kept_since` tells it."""
    return matters(dossier, law.noting(), since)


def kept_since(listings: Iterable[Record], lists: Lists) -> date:
    """The earliest end of a deprivation that the police's list still shows though it is over; date.max for none."""
    ends = (day_of(each, "deprivation_end") for each in listings)
    return min((each for each in ends if each is not None and each < lists.as_of), default=date.max)
