"""The view of whole batches: facts of every case gathered while cases are reviewed, then every batch rule asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from app.core.checks.reduction import batch_amounts, batch_people  # noqa: F401  importing a family enters its rules
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.checks.reduction.batch_facts import Facts, batches
from app.core.checks.rule import run_rule
from app.core.findings import Finding, Outcome, Overview, Person
from app.core.law.book import LawBook
from app.core.records import Record

HOLDER = "监狱"
KEY_LENGTH = 20


def review_batches(
    facts: Sequence[Facts], awards: Sequence[Record], months: Sequence[Record], law: LawBook, as_of: date
) -> Iterator[tuple[Overview, tuple[int, ...]]]:
    """What is to be said of each batch, with the record ids of its proposals.

    `awards` and `months` are all rows of R3 and R4, also of people nobody proposed.
    """
    for each in batches(facts, awards, months):
        own = law.noting()
        verdicts = tuple(
            verdict
            for rule in BATCH_RULES.all()
            for verdict in run_rule(rule, each, own, as_of, weak=frozenset(), holder=HOLDER)
        )
        records = tuple(one.proposal.id for one in each.members)
        yield Overview(each.unit, each.label, len(each.members), verdicts, law_read=frozenset(own.read)), records


def batch_findings(overview: Overview, desk: str) -> list[Finding]:
    """The findings about a batch: of no person, each under a key that stays the same from run to run."""
    return [
        Finding(_key(overview, each.rule, each.fact), desk, Person(""), overview.label, overview.unit, each)
        for each in overview.verdicts
        if each.outcome is Outcome.FOUND
    ]


def _key(overview: Overview, rule: str, fact: str) -> str:
    text = "|".join((rule, "batch", overview.unit, overview.label, fact))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]
