"""Past rulings asked again under the law of their own days, and how the answer agrees with what was ruled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.batch_facts import REFUSED, WITHDRAWN, identity
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.court import granted
from app.core.checks.reduction.history import REDUCTION
from app.core.checks.reduction.review import build_cases, review_case
from app.core.findings import CaseReview, Conclusion, Level, Outcome, Verdict
from app.core.findings.asked_again import Agreement, Backtested, Ruling
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Cell, Record, show
from app.core.values import Sentence

TOLD_LEVELS = (Level.UNLAWFUL, Level.DOUBT, Level.HINT)
GIVEN = re.compile("同意|准许|准予|予以|照准")
# What an earlier ruling keeps of the proposal that follows it: the person, the sentence and its days.
KEPT = (
    "prisoner_no", "name", "id_number", "birth_date", "sex", "prison", "ward", "offence", "sentence_kind", "sentence",
    "offence_terms", "joinder", "sentence_start", "judged_on", "effective_on", "offence_date", "delivered_on",
    "suspension_ended_on", "deprivation", "recidivist", "drug_recidivist", "strict_classes", "restricted", "no_release",
    "official", "official_rank",
)  # fmt: skip
TOLD = {
    "filed_on": "filed_on",
    "proposed": "reduced",
    "proposed_end": "end_after",
    "proposed_deprivation": "deprivation_after",
    "ruled_on": "ruled_on",
    "ruling_served_on": "served_on",
    "court": "court",
}


def backtest(records: Iterable[Record], law: LawBook, as_of: date, ticket: Ticket) -> Iterator[Backtested]:
    """Ask every past ruling again, proposals that were ruled and the earlier rulings of each person, in their order."""
    cases = build_cases(records, law, as_of)
    seen: set[tuple[str, date, str]] = set()
    for number, case in enumerate(cases):
        ticket.step(number, len(cases), f"回测 {case.person.name}")
        for past, ruling in _past(case):
            ruled = past.day("ruled_on")
            assert ruled is not None
            # The same ruling stands in the list of its batch and in the history of the next.
            key = (identity(case.proposal), ruled, show(past.proposal["proposed"]))
            if key not in seen:
                seen.add(key)
                yield _tested(past, ruling, ruled, law)


def _past(case: ReductionCase) -> Iterator[tuple[ReductionCase, Ruling]]:
    """The rulings of a case that can be asked again: its own, then those before it."""
    ruled = case.day("ruled_on")
    if ruled is not None:
        yield replace(case, as_of=ruled), ruling_of(case)
    for place, (kind, earlier) in enumerate(case.rulings):
        day = earlier["ruled_on"]
        if kind == REDUCTION and isinstance(day, date):
            yield _as_proposed(case, place, earlier, day), Ruling.GRANTED


def ruling_of(case: ReductionCase) -> Ruling:
    """What the court did with a proposal, as its result is written."""
    result, proposed = text_of(case.proposal, "ruling_result"), case.proposal["proposed"]
    if WITHDRAWN.search(result):
        return Ruling.WITHDRAWN
    if REFUSED.search(result):
        return Ruling.REFUSED
    amount = granted(result)
    if isinstance(proposed, Sentence) and amount is not None:
        return Ruling.GRANTED if amount == proposed else Ruling.ADJUSTED
    return Ruling.GRANTED if GIVEN.search(result) else Ruling.UNREAD


def _as_proposed(case: ReductionCase, place: int, earlier: Record, ruled: date) -> ReductionCase:
    """An earlier ruling as the proposal it must have been.

    Without its filing date the day of the ruling stands for it: whatever is too early even then was too early.
    """
    own = case.proposal.cells
    cells = {key: own[key] for key in KEPT if key in own}
    cells |= {key: earlier.cells[told] for key, told in TOLD.items() if told in earlier.cells}
    cells.setdefault("filed_on", Cell(ruled, str(ruled), "裁定日期"))
    if cells["filed_on"].value is None:
        cells["filed_on"] = Cell(ruled, str(ruled), "裁定日期")
    before = case.history[:place]
    if before and "end_after" in before[-1].cells:
        cells["sentence_end"] = before[-1].cells["end_after"]
    row = Record(case.proposal.table, earlier.file, earlier.sheet, earlier.row, cells)
    return replace(case, proposal=row, history=before, as_of=ruled, twins=())


def _tested(past: ReductionCase, ruling: Ruling, ruled: date, law: LawBook) -> Backtested:
    review = review_case(past)
    conclusion = Conclusion(review.conclusion)
    row, agreed, grounds = past.proposal, agreement(conclusion, ruling), _grounds(review)
    return Backtested(
        past.person,
        past.unit,
        text_of(row, "court"),
        row.file,
        row.sheet,
        row.row,
        ruled,
        "假释" if past.parole else show(row["proposed"]),
        ruling,
        conclusion,
        agreed,
        tuple(map(_words, grounds)),
        law.edition,
        grounds if agreed is Agreement.DIFFERENT else (),
    )


def agreement(conclusion: Conclusion, ruling: Ruling) -> Agreement:
    """How a conclusion stands to a ruling; what nobody decided cannot be compared."""
    if conclusion is Conclusion.UNDECIDED or ruling in (Ruling.WITHDRAWN, Ruling.UNREAD):
        return Agreement.OPEN
    expected = {Conclusion.REFUSE: Ruling.REFUSED, Conclusion.ADJUST: Ruling.ADJUSTED}.get(conclusion, Ruling.GRANTED)
    return Agreement.SAME if ruling is expected else Agreement.DIFFERENT


def _grounds(review: CaseReview) -> tuple[Verdict, ...]:
    """The findings the conclusion rests on, and what could not be judged where it rests on that."""
    return tuple(
        each
        for each in review.verdicts
        if each.rule in review.reasons
        and (each.outcome is Outcome.NOT_EVALUATED or (each.outcome is Outcome.FOUND and each.level in TOLD_LEVELS))
    )


def _words(verdict: Verdict) -> str:
    """A ground in words."""
    if verdict.outcome is Outcome.FOUND:
        return f"{verdict.rule} {verdict.message}"
    return f"{verdict.rule} 缺少{'、'.join(verdict.missing)}"
