"""Trying other facts: the answers are those of a review of a list that had them so, and nothing else changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.actions.what_if import Typed, read_typed, try_case
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import build_cases, review_case
from app.core.checks.reduction.what_if import Fact, changed, facts, what_if
from app.core.errors import UserError
from app.core.findings import Level, Outcome
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.checks.casefiles import bases, records_of, spread

LAW, DAY = shipped(), date(2026, 11, 21)


def case_of(base: str, **changes: str) -> ReductionCase:
    """The case of a base with some columns otherwise."""
    told = spread({"id": base, "base": base, "set": changes, "why": ""})
    return build_cases(records_of(told), LAW, DAY)[0]


def fact(case: ReductionCase, field: str, table: str = "R1") -> Fact:
    return next(each for each in facts(case) if each.field == field and each.table == table)


def typed(case: ReductionCase, field: str, text: str, table: str = "R1") -> dict[tuple[object, str], Typed]:
    one = fact(case, field, table)
    return {one.key: read_typed(one, text)}


def answers(case: ReductionCase) -> list[tuple[object, ...]]:
    review = review_case(case)
    return [(each.rule, each.outcome, each.level, each.message, each.missing) for each in review.verdicts]


@pytest.mark.parametrize("base", ["a1", "a2_later", "a4x_later", "b1", "d3", "parole_later"])
@settings(max_examples=10)
@given(days=st.integers(-700, 700))
def test_a_trial_is_the_review_of_the_changed_list(base: str, days: int) -> None:
    moved = str(date.fromisoformat(bases()[base]["R1"]["报请日期"]) + timedelta(days=days))
    plain = case_of(base)
    told = spread({"id": base, "base": base, "why": ""})
    told["tables"]["R1"][0]["报请日期"] = moved
    other = build_cases(records_of(told), LAW, DAY)[0]
    tried = changed(plain, {key: each.cell for key, each in typed(plain, "filed_on", moved).items()})
    assert answers(tried) == answers(other)


def test_one_day_earlier_breaks_the_interval() -> None:
    case = case_of("a2_later", 报请日期="2021-09-10")
    done = try_case(case, typed(case, "filed_on", "2021.9.9"), ticket=Ticket())
    [broken] = [each for each in done.value.differences if each.rule == "JX-T03"]
    assert broken.before is not None
    assert broken.after is not None
    assert (broken.before.outcome, broken.after.level) == (Outcome.LAWFUL, Level.UNLAWFUL)
    assert any("早1日" in step for step in broken.after.steps)
    assert "JX-M01" not in [each.rule for each in done.value.differences]


def test_a_ruling_of_the_history_can_be_tried() -> None:
    case = case_of("a2_later", 报请日期="2021-09-10")
    done = try_case(case, typed(case, "served_on", "二〇二〇年九月十一日", "R2"), ticket=Ticket())
    assert "JX-T03" in [each.rule for each in done.value.differences]
    assert done.says.startswith("改动 1 处")


def test_money_and_terms_are_read_as_cells_are() -> None:
    case = case_of("pays")
    assert read_typed(fact(case, "amount_paid"), "三千元").read_as == "3000元"
    assert read_typed(fact(case, "proposed"), "半年").read_as == read_typed(fact(case, "proposed"), "6个月").read_as
    assert read_typed(fact(case, "filed_on"), "2024.5.1").cell.value == date(2024, 5, 1)


@pytest.mark.parametrize(("field", "text"), [("filed_on", "2024.2.30"), ("proposed", "很多"), ("amount_paid", "若干")])
def test_what_cannot_be_read_is_said_and_stops_the_trial(field: str, text: str) -> None:
    case = case_of("pays")
    told = typed(case, field, text)
    assert next(iter(told.values())).fault
    with pytest.raises(UserError, match="不能使用"):
        try_case(case, told, ticket=Ticket())


def test_an_emptied_cell_is_missing() -> None:
    case = case_of("a1")
    tried = what_if(case, {key: each.cell for key, each in typed(case, "delivered_on", "").items()})
    [lost] = [each for each in tried.differences if each.rule == "JX-T01"]
    assert lost.after is not None
    assert lost.after.outcome is Outcome.NOT_EVALUATED


def test_nothing_changed_changes_nothing() -> None:
    assert what_if(case_of("a3_later"), {}).differences == ()
