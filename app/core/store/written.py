"""A review in the very form the store keeps, so that it can be made where the store is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.core.findings import CaseReview, Finding, Level, Outcome
from app.core.store.phrases import NONE, deflate
from app.core.store.verdicts import write_finding

COUNTED = (Level.UNLAWFUL, Level.DOUBT, Level.HINT, Level.DATA, Outcome.NOT_EVALUATED)


class Written(NamedTuple):
    """What is kept of a reviewed case: its conclusion, how many verdicts of each kind, the keys of the law it read.

    `content` is the whole review, `findings` are key, desk, rule and words of each finding, in their order.
    """

    conclusion: str
    counts: tuple[int, ...]
    law_read: frozenset[str]
    content: bytes
    findings: tuple[tuple[str, str, str, str], ...]


def write(review: CaseReview, findings: Iterable[Finding], phrases: bytes = NONE) -> Written:
    """Write a review, by the phrases of its desk if there are any, and the findings made of it."""
    seen: Counter[Level | Outcome | None] = Counter(
        each.level if each.outcome is Outcome.FOUND else each.outcome for each in review.verdicts
    )
    return Written(
        review.conclusion.value,
        tuple(seen[each] for each in COUNTED),
        review.law_read,
        deflate(review, phrases),
        tuple((key, each.desk, each.verdict.rule, write_finding(each)) for _, key, each in numbered(findings)),
    )


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[int, str, Finding]]:
    """Place, key and finding; should a rule say two things under one key, the second one gets a key of its own."""
    seen: Counter[str] = Counter()
    for place, each in enumerate(findings):
        seen[each.key] += 1
        times = seen[each.key]
        yield place, each.key if times == 1 else f"{each.key}-{times}", each
