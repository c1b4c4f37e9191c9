"""The desk's work: rows become people, people have episodes, every episode is asked every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.core.checks.correction import terms  # noqa: F401  importing a family enters its rules
from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode
from app.core.checks.correction.episodes import episodes
from app.core.checks.desk import Reviewed, review_case
from app.core.checks.persons import Dossier, Lists
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.index import Judged, find_people
from app.core.records import Record

DESK = "correction"
HOLDER = "社区矫正机构"
TABLES = (
    *("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13", "T14", "T15"),
    *("T16", "T17", "T18", "T19", "T20", "T22", "T23", "T24", "T26", "T27", "T28"),
)
BEGIN = ("T01", "T02", "T11", "T22")  # what a matter of this desk begins with


def build_cases(
    records: Iterable[Record], law: LawBook, lists: Lists, judged: Judged | None = None
) -> Iterator[Episode]:
    """Every episode of every person in the rows."""
    for someone in find_people(records, judged).all:
        yield from episodes(Dossier(someone, lists), law)


def review(
    records: Iterable[Record], law: LawBook, lists: Lists, ticket: Ticket, judged: Judged | None = None
) -> Iterator[Reviewed]:
    """Review the episodes one by one; the ticket is asked before each person."""
    people = list(find_people(records, judged).all)
    total = len(people)
    people.reverse()
    while people:
        someone = people.pop()
        ticket.step(total - len(people) - 1, total, f"核查 {someone.identity.name}")
        for episode in episodes(Dossier(someone, lists), law):
            yield review_case(RULES, episode, HOLDER)
