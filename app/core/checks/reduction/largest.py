"""The other side of a refusal: the largest amount that would still be lawful."""

from __future__ import annotations

from datetime import date

from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import readings, row_of
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.history import CHANGE_TO_LIFE
from app.core.checks.reduction.measure import relief, widened
from app.core.checks.why import Missing
from app.core.law.book import LawGap
from app.core.sentence.terms import end_of_term, half, move_back
from app.core.values import Term


def largest_lawful(case: ReductionCase) -> str:
    """The largest lawful amount, or the shortest lawful new term, in words; "" when none follows from what is known."""
    try:
        if case.stage is Stage.SUSPENDED:
            return f"为有期徒刑{Term.of_months(case.law.number('suspension_to_term', case.as_of))}"
        return _shortest_term(case) if case.stage in CHANGES else _largest_amount(case)
    except (Missing, LawGap):
        return ""


def _shortest_term(case: ReductionCase) -> str:
    """Under the severest reading, so that the advice is safe whichever holds; for the strict no less than usual."""
    rows = [each.row for each in readings(case)]
    rows += [row_of(case, each, "ordinary") for each in rows if each.floor is not None]
    return f"不低于有期徒刑{Term.of_months(max(each.ranges[case.merit][0] for each in rows))}"


def _largest_amount(case: ReductionCase) -> str:
    months = min(each.row.caps[case.merit] for each in readings(case))
    help_ = relief(case)
    if help_.granted and help_.sure and all(each.row.group not in ("graft", "restricted") for each in readings(case)):
        months = widened(case, months)
    end, filed = case.day("sentence_end"), case.filed
    if end is None or filed is None:
        return ""
    least = max(filed, earliest_end(case) or filed)
    while months and move_back(end, Term.of_months(months)) < least:
        months -= 1
    return f"不超过{Term.of_months(months)}" if months else "不能再减"


def earliest_end(case: ReductionCase) -> date | None:
    """The day before which the sentence may not end, as far as what must be served is known."""
    day = case.rules_day
    if case.stage is Stage.FIXED:
        term, start = case.term, case.term_start
        if term is None or start is None:
            return None
        return served_until(case, start, half(term, case.law.number("served_divisor", day)))
    if case.stage is Stage.LIFE_TERM:
        effective = case.day("effective_on")
        if effective is None:
            return None
        months = case.law.number("life_minimum", case.day("offence_date") or effective)
        return end_of_term(effective, Term.of_months(months))
    if case.stage is Stage.SUSPENDED_TERM and case.suspension_end is not None:
        name = "death_minimum"
        if case.restricted:
            name = "restricted_minimum_via_life" if CHANGE_TO_LIFE in case.changes else "restricted_minimum_via_term"
        return end_of_term(case.suspension_end, Term.of_months(case.law.number(name, day)))
    return None
