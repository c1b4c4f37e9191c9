"""The day ledger of one case: from first custody to the end of the last penalty, as far as the lists tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.checks.reduction.arithmetic import chain_start
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.crediting import spells_of
from app.core.checks.reduction.custody import excluded_days, extended
from app.core.checks.reduction.history import CHANGE_TO_LIFE, CHANGE_TO_TERM, HEAVY
from app.core.checks.why import Missing, Why
from app.core.findings import DaySpan
from app.core.sentence.credit import Measure
from app.core.sentence.ledger import Claim, Ledger, Status, ledger
from app.core.sentence.terms import ONE_DAY, end_of_term, move_back
from app.core.values import SentenceKind

STATUSES = {
    Measure.DETENTION: Status.HELD,
    Measure.ARREST: Status.HELD,
    Measure.SUPERVISORY: Status.HELD,
    Measure.ADMINISTRATIVE: Status.HELD,
    Measure.DESIGNATED: Status.DESIGNATED,
    Measure.HOME: Status.WATCHED,
    Measure.BAIL: Status.BAIL,
}
AMONG_ITS_KIND = (Stage.LIFE, Stage.SUSPENDED, Stage.SUSPENDED_LIFE)


@dataclass(frozen=True, slots=True)
class DayLedger:
    """The days of a case, and what is known of without its days and so stands in none of them."""

    days: Ledger
    unplaced: tuple[str, ...] = ()


def day_ledger(case: ReductionCase) -> DayLedger:
    """Every day of the case with its status; an empty ledger where not even the start and the end are known."""
    found = case.memo.get("days")
    if not isinstance(found, DayLedger):
        found = case.memo["days"] = _day_ledger(case)
    return found


def _day_ledger(case: ReductionCase) -> DayLedger:
    claims: list[Claim] = []
    unplaced: list[str] = []
    try:
        heavy = case.original_kind in HEAVY
        if heavy:
            claims += _before_the_term(case)
        if case.stage not in AMONG_ITS_KIND:
            claims += _term(case, not heavy, unplaced)
    except Missing as lack:
        unplaced.append(f"缺少{'、'.join(lack.items)}")
    days = excluded_days(case)
    if days or days is None:
        unplaced.append(f"不计入刑期{days or '若干'}日，起止日期没有提供")
    return DayLedger(ledger(claims, case.day("detained_on")), tuple(unplaced))


def _until(end: date) -> date:
    return end + ONE_DAY


def _some(status: Status, start: date | None, until: date | None) -> list[Claim]:
    """A claim where both its days are known and in order."""
    return [Claim(status, start, until)] if start is not None and until is not None and start < until else []


def _custody(case: ReductionCase, start: date | None, until: date | None) -> list[Claim]:
    """Custody and its like before the penalty: as told, else unbroken from its first day."""
    if spells := spells_of(case):
        return [claim for each in spells for claim in _some(STATUSES[each.measure], each.start, each.until or until)]
    return _some(Status.HELD, start, until)


def _before_the_term(case: ReductionCase) -> list[Claim]:
    """Custody, the suspension and life imprisonment, up to the ruling that put a term in their place."""
    effective, suspended = case.day("effective_on"), case.suspension_end
    claims = _custody(case, case.day("detained_on"), effective)
    begin = effective
    if case.original_kind is SentenceKind.SUSPENDED_DEATH:
        running = case.stage is Stage.SUSPENDED
        claims += _some(Status.SUSPENSION, effective, suspended or (_until(case.as_of) if running else None))
        begin = None if running else suspended
    change = case.changes.get(CHANGE_TO_TERM)
    if change is None:
        return claims + _some(Status.LIFE, begin, _until(case.as_of))
    ruled = change["ruled_on"]
    if case.original_kind is SentenceKind.LIFE or CHANGE_TO_LIFE in case.changes:
        claims += _some(Status.LIFE, begin, ruled if isinstance(ruled, date) else None)
    return claims


def _term(case: ReductionCase, custody: bool, unplaced: list[str]) -> list[Claim]:
    """The fixed term: custody credited, days served, asked for and taken off, and deprivation afterwards."""
    whole, start, _ = chain_start(case, Why("", "", case.law, case.as_of, ""))
    start = case.day("sentence_start") if custody else start
    end = case.day("sentence_end")
    if start is None or end is None:
        raise Missing("刑期起日" if start is None else "刑期止日")
    claims: list[Claim] = []
    served = start
    delivered = case.day("delivered_on") or case.day("effective_on")
    if custody and delivered is not None and (delivered <= end and (start < delivered or spells_of(case))):
        claims += _custody(case, start, delivered)
        served = delivered
    claims += _some(Status.SERVING, served, _until(end))
    claims += _some(Status.REDUCED, _until(end), _until(extended(case, whole)))
    claims += _asked(case, served, end)
    claims += _deprived(case, end, unplaced)
    return claims


def _asked(case: ReductionCase, served: date, end: date) -> list[Claim]:
    """What the proposal asks for, of the days still to be served."""
    if case.parole:
        return _some(Status.ASKED_PAROLE, case.day("ruled_on") or case.filed, _until(end))
    try:
        after = case.day("proposed_end") or move_back(end, case.amount)
    except Missing:
        return []
    return _some(Status.ASKED_REDUCTION, max(served, _until(after)), _until(end))


def _deprived(case: ReductionCase, end: date, unplaced: list[str]) -> list[Claim]:
    deprivation = case.deprivation_now
    if deprivation is None or not deprivation:
        return []
    if deprivation.life or deprivation.unchanged:
        unplaced.append(f"{deprivation}，自主刑执行完毕或者假释之日起算")
        return []
    begin = _until(end)
    return _some(Status.DEPRIVED, begin, _until(end_of_term(begin, deprivation.term)))


def day_spans(found: DayLedger) -> tuple[DaySpan, ...]:
    """The ledger as a review keeps and prints it."""
    return tuple(
        DaySpan(
            each.status.value,
            each.start,
            each.last,
            f"与{'、'.join(other.value for other in each.claimed if other is not each.status)}重叠"
            if each.contradicted
            else "",
        )
        for each in found.days.stretches
    )
