"""Reviews in portions: what can be done with some cases wherever they are, since it needs the law and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from app.core.actions.tally import Tally
from app.core.checks.desk import findings_of
from app.core.checks.reduction.batch_facts import Facts, facts_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import DESK, review_case
from app.core.checks.reduction.travel import Travelling
from app.core.law.book import LawBook
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
