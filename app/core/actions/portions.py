"""Reviews in portions: what can be done with some cases wherever they are, since it needs the law and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

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
from app.core.records import Record
from app.core.store.written import Written, write

NOWHERE = Record("", "", "", 0, {})
PORTION = 50  # cases that take some tenths of a second together


class Reduced(NamedTuple):
    """What came of some cases, in their order; the facts lack their proposals."""

    written: list[Written]
    facts: list[Facts]
    tally: Tally


def reduce(law: LawBook, portion: Travelling) -> Reduced:
    """Review some proposals."""
    done = Reduced([], [], Tally())
    for case in portion.cases(law):
        done.facts.append(replace(facts_of(case), proposal=NOWHERE))
        review = review_case(case)
        done.tally.see(review.verdicts)
        done.written.append(write(review, findings_of(DESK, review)))
    return done


class Shared(NamedTuple):
    """What all people of a desk are reviewed with; `since` is the first day its own list tells of."""

    desk: str
    law: LawBook
    lists: Lists
    since: date


class Looked(NamedTuple):
    """One reviewed case: its key, its line in the list of cases, what is kept of it, and its breaches, if it has any.

    `place` is that of its person in the portion.
    """

    place: int
    key: str
    row: dict[str, str | int]
    written: Written
    breaches: Reviewed | None


def look(shared: Shared, people: list[Someone]) -> tuple[list[Looked], Tally]:
    """Review what concerns some people."""
    found: list[Looked] = []
    tally = Tally()
    for place, someone in enumerate(people):
        for each in reviews_of(shared, someone):
            tally.see(each.review.verdicts)
            found.append(looked(shared.desk, each, place))
    return found, tally


def reviews_of(shared: Shared, someone: Someone) -> Iterator[Reviewed]:
    """The cases of one person, reviewed."""
    desk = PEOPLE_DESKS[shared.desk]
    cases = desk.cases(Dossier(someone, shared.lists), shared.law, shared.since)
    reviewed = (review_matter(desk.rules, each, desk.holder) for each in cases)
    return with_disagreements(reviewed, shared.lists)


def looked(desk: str, each: Reviewed, place: int = 0) -> Looked:
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
    return Looked(place, each.key, row, write(review, findings_of(desk, review)), told)


def sending(cases: list[ReductionCase], sent: deque[list[Record]], size: int) -> Iterator[Travelling]:
    """The cases in portions of a size, the proposals of each noted in `sent`.

    A case is let go of when it is sent, so that the list is empty in the end: thousands freed at one stroke would hold
    up the window.
    """
    cases.reverse()
    while cases:
        portion = [cases.pop() for _ in range(min(size, len(cases)))]
        sent.append([each.proposal for each in portion])
        yield Travelling(portion)
