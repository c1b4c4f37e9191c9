"""The day ledger of whole cases: what each stretch is for the kinds of sentences, and the sum for every data case."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from app.core.findings import CaseReview
from tests.core.checks.casefiles import Case, all_cases, review_of, spread


def reviewed(base: str, **line: Any) -> CaseReview:
    return review_of(spread({"id": base, "base": base, "why": "its days", **line}))


def strip(review: CaseReview) -> list[tuple[str, str, str]]:
    return [(each.status, str(each.start), str(each.last)) for each in review.days]


def test_a_fixed_term_with_deprivation() -> None:
    found = reviewed("a3", set={"附加剥夺政治权利": "一年"})
    assert strip(found) == [
        ("先行羁押", "2018-01-10", "2018-07-09"),
        ("服刑", "2018-07-10", "2029-07-09"),
        ("本次拟减去的刑期", "2029-07-10", "2030-01-09"),
        ("执行剥夺政治权利", "2030-01-10", "2031-01-09"),
    ]
    assert found.unplaced == ()


def test_time_taken_off_stands_after_the_end_where_nothing_else_runs() -> None:
    assert strip(reviewed("a3_later"))[-1] == ("减去的刑期", "2029-07-10", "2030-01-09")


def test_a_day_of_custody_the_term_does_not_begin_with_is_a_gap() -> None:
    found = reviewed("a3", set={"羁押起日": "2017-12-01"})
    assert strip(found)[0] == ("没有记载", "2017-12-01", "2018-01-09")


def test_escape_without_its_days_is_named_beside_the_days() -> None:
    assert reviewed("a3", set={"不计入刑期天数": "31"}).unplaced == ("不计入刑期31日，起止日期没有提供",)


def test_life_changed_to_a_term() -> None:
    found = strip(reviewed("d1", set={"羁押起日": "2016-01-05"}))
    assert [each[0] for each in found[:3]] == ["先行羁押", "执行无期徒刑", "服刑"]
    assert found[1][2] == "2018-12-04"
    assert found[2][1] == "2018-12-05"


def test_suspended_death_through_life_to_a_term() -> None:
    found = [each[0] for each in strip(reviewed("d3"))]
    assert found[:3] == ["死刑缓期执行期间", "执行无期徒刑", "服刑"]


def test_parole_asked_for() -> None:
    assert strip(reviewed("parole"))[-1] == ("拟假释考验", "2022-03-20", "2026-01-09")


def test_without_dates_there_is_no_ledger_but_a_reason() -> None:
    found = reviewed("a3", set={"刑期起日": ""})
    assert found.days == ()
    assert found.unplaced == ("缺少刑期起日",)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case["id"])
def test_every_day_stands_once(case: Case) -> None:
    days = review_of(case).days
    assert all(other.start == one.last + timedelta(days=1) for one, other in pairwise(days))
    whole = (days[-1].last - days[0].start).days + 1 if days else 0
    assert sum(each.days for each in days) == whole
    assert all(each.start >= date(1950, 1, 1) for each in days)
