"""Reviews in portions: what can be done with some cases wherever they are, since it needs the law and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.tally import Tally
from app.core.checks.classes import counts
from app.core.checks.desk import Reviewed, findings_of
from app.core.checks.desk import review_case as review_matter
from app.core.checks.disagreement import with_disagreements
from app.core.checks.persons import Dossier, Lists
from app.core.checks.reduction.batch_facts import Facts, facts_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import DESK, review_case
from app.core.checks.reduction.travel import Travelling
from app.core.law.book import LawBook
from app.core.people.index import Someone
from app.core.records import Cell, Record
from app.core.store.codec import RecordReader
from app.core.store.written import Written, write

Thing = TypeVar("Thing")

NO_CELLS: Mapping[str, Cell] = {}
NOWHERE = Record("", "", "", 0, NO_CELLS)
LOOKED_AT = 3  # cases of which one gives the phrases all are written by
PORTION = 50  # cases that take some tenths of a second together


class Reduced(NamedTuple):
    """What came of some cases, in their order; the facts lack their proposals."""

    written: list[Written]
    facts: list[Facts]
    tally: Tally


class Sent(NamedTuple):
    """Some proposals on their way, and the phrases their reviews are written by."""

    cases: Travelling
    phrases: bytes


def reduce(law: LawBook, portion: Sent) -> Reduced:
    """Review some proposals."""
    done = Reduced([], [], Tally())
    for case in portion.cases.cases(law):
        done.facts.append(replace(facts_of(case), proposal=NOWHERE))
        review = review_case(case)
        done.tally.see(review.verdicts)
        done.written.append(write(review, findings_of(DESK, review), portion.phrases))
    return done


class Shared(NamedTuple):
    """What all people of a desk are reviewed with.

    `since` is the first day its own list tells of, `phrases` are what their reviews are written by.
    """

    desk: str
    law: LawBook
    lists: Lists
    since: date
    reader: RecordReader
    phrases: bytes


class Parcel(NamedTuple):
    """Some people without their rows, the ids of each one's rows by table, and these rows as they lie in the store."""

    people: list[Someone]
    ids: list[dict[str, list[int]]]
    rows: list[Sequence[Any]]


class Looked(NamedTuple):
    """One reviewed case: its key, its line in the list of cases, what is kept of it, and its breaches, if it has any.

    `place` is that of its person in the portion.
    """

    place: int
    key: str
    row: dict[str, str | int]
    written: Written
    breaches: Reviewed | None


def parcel(people: Sequence[Someone], rows_under: Callable[[Iterable[int]], Iterator[Sequence[Any]]]) -> Parcel:
    """People on their way to another process."""
    ids = [{table: [each.id for each in rows] for table, rows in one.rows.items()} for one in people]
    bare = [replace(one, rows={}) for one in people]
    return Parcel(bare, ids, list(rows_under(each for own in ids for rows in own.values() for each in rows)))


def look(shared: Shared, given: Parcel) -> tuple[list[Looked], Tally]:
    """Review what concerns some people."""
    found: list[Looked] = []
    tally = Tally()
    records = {each.id: each for each in shared.reader.read(given.rows)}
    for place, (someone, ids) in enumerate(zip(given.people, given.ids, strict=True)):
        someone.rows = {table: [records[each] for each in rows] for table, rows in ids.items()}
        for each in reviews_of(shared, someone):
            tally.see(each.review.verdicts)
            found.append(looked(shared.desk, each, shared.phrases, place))
    return found, tally


def reviews_of(shared: Shared, someone: Someone) -> Iterator[Reviewed]:
    """The cases of one person, reviewed."""
    desk = PEOPLE_DESKS[shared.desk]
    cases = desk.cases(Dossier(someone, shared.lists), shared.law, shared.since)
    reviewed = (review_matter(desk.rules, each, desk.holder) for each in cases)
    return with_disagreements(reviewed, shared.lists)


def looked(desk: str, each: Reviewed, phrases: bytes, place: int = 0) -> Looked:
    """What is kept of a reviewed case."""
    review = each.review
    row: dict[str, str | int] = {
        "key": each.key,
        "record_id": each.anchor.id,
        "name": review.person.name,
        "prisoner_no": review.person.prisoner_no,
        "id_number": review.person.id_number,
        "unit": review.unit,
        "batch": review.case,
        **each.words,
    }
    breaches = tuple(one for one in review.verdicts if counts(one))
    told = Reviewed(each.anchor, each.key, replace(review, verdicts=breaches), each.words) if breaches else None
    return Looked(place, each.key, row, write(review, findings_of(desk, review), phrases), told)


def some_of(things: Sequence[Thing]) -> Sequence[Thing]:
    """A few of these from all along the list."""
    return things[:: max(1, len(things) // LOOKED_AT)][:LOOKED_AT]


def sending(cases: list[ReductionCase], sent: deque[list[Record]], size: int, phrases: bytes) -> Iterator[Sent]:
    """The cases in portions of a size, the proposals of each noted in `sent`.

    A case is let go of when it is sent, so that the list is empty in the end: thousands freed at one stroke would hold
    up the window.
    """
    cases.reverse()
    while cases:
        portion = [cases.pop() for _ in range(min(size, len(cases)))]
        sent.append([each.proposal for each in portion])
        yield Sent(Travelling(portion), phrases)
