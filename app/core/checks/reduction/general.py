"""Whether a proposal keeps the general rules on time and amount, before any relief or exemption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import Reading, readings
from app.core.checks.reduction.measure import Answer, months_of, over
from app.core.checks.why import Missing
from app.core.law.book import Row
from app.core.sentence.terms import due
from app.core.values import Term

FIRST_PARAGRAPH = "article7_first_paragraph_interval"


def least_interval(case: ReductionCase, row: Row) -> int:
    """The months of a row's interval that no reading goes below: at exactly ten years the first paragraph's."""
    months = months_of(row, row.interval)
    return case.law.number(FIRST_PARAGRAPH, case.as_of) if row.id == "A4x" else months


def time_kept(case: ReductionCase) -> tuple[str, Answer]:
    """起始时间 or 间隔时间, and whether it is kept from every day it may run; Missing without the days."""
    filed, found = case.filed, readings(case)
    if filed is None:
        raise Missing("报请日期")
    ruling = case.last_ruling
    if ruling is not None:
        served = ruling["served_on"]
        if not isinstance(served, date):
            raise Missing("上次裁定送达日")
        return "间隔时间", _all(found, lambda row: _full(served, least_interval(case, row), filed))
    return "起始时间", _all(found, lambda row: min(_full(day, row.wait or 0, filed) for day in _starts(case)))


def time_falls_short(case: ReductionCase) -> bool:
    """Whether the proposal comes before its time by the general rule; False where the days are not known."""
    try:
        return time_kept(case)[1] is not Answer.KEPT
    except Missing:
        return False


def earliest_full(case: ReductionCase, months: int) -> date:
    """The first day on which months have passed since the last service or, without one, the earliest start.

    Missing without the days.
    """
    if case.last_ruling is not None:
        served = case.last_ruling["served_on"]
        if not isinstance(served, date):
            raise Missing("上次裁定送达日")
        return due(served, months).early
    return min(due(day, months).early for day in _starts(case))


def latest_full(case: ReductionCase, months: int) -> date:
    """The day on which months have passed from every day they may run from; Missing without the days."""
    if case.last_ruling is not None:
        served = case.last_ruling["served_on"]
        if not isinstance(served, date):
            raise Missing("上次裁定送达日")
        return due(served, months).late
    return max(due(day, months).late for day in _starts(case))


def amount_kept(case: ReductionCase) -> Answer:
    """Whether the amount, or the term in place of life, is one the general rule knows for the merit claimed."""
    merit, found = case.merit, readings(case)
    if case.stage in CHANGES:
        return _all(found, lambda row: _kept(case.new_term >= Term.of_months(row.ranges[merit][0])))
    return _all(found, lambda row: _kept(not over(case.amount, row.caps[merit])))


def _kept(kept: bool) -> Answer:
    return Answer.KEPT if kept else Answer.BROKEN


def _starts(case: ReductionCase) -> list[date]:
    if case.stage is Stage.FIXED:
        days: list[object] = [case.day("delivered_on")]
    elif case.stage is Stage.LIFE:
        days = [case.day("effective_on"), case.day("delivered_on")]
    else:
        days = [case.suspension_end, *(each["ruled_on"] for each in case.changes.values())]
    known = [day for day in days if isinstance(day, date)]
    if not known:
        raise Missing("送交执行日期")
    return known


def _full(start: date, months: int, filed: date) -> Answer:
    return _kept(filed >= due(start, months).early)


def _all(found: Sequence[Reading], ask: Callable[[Row], Answer]) -> Answer:
    answers = {ask(each.row) for each in found}
    return answers.pop() if len(answers) == 1 else Answer.OPEN
