"""Families T and M, patterns: commutations right at the limit again and again, and amounts apart from their like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from app.core.checks.reduction.book import RULES, later_commutation, reduces_term
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.classes import readings
from app.core.checks.reduction.general import least_interval
from app.core.checks.reduction.history import CHANGE_TO_LIFE
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.law.book import LawGap
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.values import Term


@RULES.rule("JX-T14", "减刑节奏过快", "PG14-6", "OP21-10", when=later_commutation)
def pace(case: ReductionCase, why: Why) -> Verdict:
    """Intervals that exceed their least by days only, twice running, or that shrink each time, call for a look."""
    filed = filing(case, why)
    rulings = [each for kind, each in case.rulings if kind != CHANGE_TO_LIFE]
    steps = list(zip(rulings, [*rulings[1:], None], strict=True))
    months = least_interval(case, readings(case)[0].row)
    limit, wanted = why.number("pace_surplus_days"), why.number("pace_in_a_row")
    begin = readings(case)[0].row.start
    if len(steps) < wanted:
        return why.lawful("只减过一次刑，没有节奏可看")
    tight: list[bool] = []
    lengths: list[int] = []
    for one, other in steps:
        served, end = _interval(one, other, filed)
        why.see(one, "ruled_on", "served_on")
        over = (end - due(served, months).early).days
        why.step(f"{served} 送达至 {end}，{'超出' if over >= 0 else '不足'}{Term.of_months(months)}{abs(over)}日")
        # What was filed before this law was measured by another interval.
        tight.append(end >= begin and over < limit)
        lengths.append((end - served).days)
    run = max((len(each) for each in "".join("x" if each else " " for each in tight).split()), default=0)
    if run >= wanted:
        return why.hint(f"连续{run}次间隔只超出最低限不足{limit}日，减刑节奏过快，请核对")
    if len(lengths) > wanted and all(one > other for one, other in pairwise(lengths)):
        return why.hint(f"{len(lengths)}次间隔一次比一次短，请核对")
    return why.lawful("没有连续压线，也没有逐次缩短")


def _interval(one: Record, other: Record | None, filed: date) -> tuple[date, date]:
    """From the service of one ruling to the filing of the next; its ruling where the filing is not known."""
    served = one["served_on"]
    if not isinstance(served, date):
        raise Missing("历次裁定送达日")
    if other is None:
        return served, filed
    end = other["filed_on"] or other["ruled_on"]
    assert isinstance(end, date)
    return served, end


def cohort_key(case: ReductionCase) -> tuple[str, str, int] | None:
    """Row, merit and commendations that make cases alike; None for a case that cannot be placed."""
    try:
        if reduces_term(case):
            return None
        count = case.proposal["commendations"]
        row = readings(case)[0].row
        return (row.id, case.merit, count) if isinstance(count, int) and case.amount else None
    except (Missing, LawGap):
        return None


def alike(cases: Sequence[ReductionCase]) -> list[ReductionCase]:
    """The cases, each knowing the months proposed in all cases like it."""
    keys = [cohort_key(each) for each in cases]
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for case, key in zip(cases, keys, strict=True):
        if key is not None:
            groups[key].append(case.amount.total_months)
    known = {key: tuple(sorted(months)) for key, months in groups.items() if len(months) > 1}
    return [
        _among(case, known[key]) if key is not None and key in known else case
        for case, key in zip(cases, keys, strict=True)
    ]


def _among(case: ReductionCase, like: tuple[int, ...]) -> ReductionCase:
    """The case beside others like it; what was worked out on it holds as before."""
    made = replace(case, like=like)
    made.memo.update(case.memo)
    return made


@RULES.rule("JX-M13", "同类案件幅度偏离", "PG14-6", when=reduces_term)
def apart_from_its_like(case: ReductionCase, why: Why) -> Verdict:
    """An amount months away from the median of cases with the same row, merit and commendations is pointed out."""
    amount = case.amount
    why.see(case.proposal, "proposed", "merit", "commendations")
    if not isinstance(case.proposal["commendations"], int):
        raise Missing("表扬次数")
    assert case.merit  # Missing where none is claimed
    why.step(f"以{case.proposal['merit']}报请，表扬{case.proposal['commendations']}次")
    like = case.like
    least, far = why.number("cohort_least"), why.number("cohort_apart")
    if len(like) < least:
        return why.not_applicable(f"同一条款、同样表现、同样表扬次数的案件不足{least}件，不作比较")
    middle = like[len(like) // 2] if len(like) % 2 else (like[len(like) // 2 - 1] + like[len(like) // 2]) / 2
    why.step(f"同类{len(like)}件，中位数{middle:g}个月；本件{amount}")
    if abs(amount.total_months - middle) > far:
        return why.hint(f"提请减去{amount}，与同类{len(like)}件的中位数{middle:g}个月相差超过{far}个月，请核对理由")
    return why.lawful()
