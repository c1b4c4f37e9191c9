"""Sentence arithmetic: the article's own words, sums published by courts and procurators, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.book import shipped
from app.core.sentence.terms import (
    add_months,
    age_on,
    due,
    end_of_term,
    half,
    is_month_end,
    move_back,
    reduced_ends,
    span,
)
from app.core.values import Term

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 300)
MOST_APART = 3


def day(text: str) -> date:
    return date.fromisoformat(text)


# 刑诉法解释（2021） 第二百零二条第二款, case by case.
@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        ("2021-03-10", Term(3), "2024-03-09"),  # 次年同月同日的前一日
        ("2020-02-29", Term(1), "2021-02-27"),  # no such day: 次年同月最后一日的前一日
        ("2020-02-29", Term(4), "2024-02-28"),
        ("2021-03-10", Term(0, 1), "2021-04-09"),  # 下月同日的前一日
        ("2021-04-30", Term(0, 1), "2021-05-30"),  # from a last day: 下月最后一日的前一日
        ("2021-01-31", Term(0, 1), "2021-02-27"),
        ("2021-01-30", Term(0, 1), "2021-02-27"),  # no such day in February
        ("2021-03-10", Term(0, 0, 15), "2021-03-24"),  # 半月以十五日计
        ("2021-03-10", Term(0, 6, 15), "2021-09-24"),
        ("2021-01-01", Term(1), "2021-12-31"),
    ],
)
def test_end_of_a_term(start: str, term: Term, end: str) -> None:
    assert end_of_term(day(start), term) == day(end)


# 刑诉法解释（2021） 第二百零二条第一款: same day; the last day where it is absent; last day to last day.
@pytest.mark.parametrize(
    ("start", "months", "early", "late"),
    [
        ("2021-03-15", 12, "2022-03-15", "2022-03-15"),
        ("2023-02-28", 12, "2024-02-28", "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
        ("2021-04-30", 1, "2021-05-30", "2021-05-31"),
        ("2021-01-31", 1, "2021-02-28", "2021-02-28"),
        ("2021-01-30", 1, "2021-02-28", "2021-02-28"),
        ("2021-02-28", 6, "2021-08-28", "2021-08-31"),
    ],
)
def test_a_period_is_full(start: str, months: int, early: str, late: str) -> None:
    full = due(day(start), months)
    assert (full.early, full.late) == (day(early), day(late))


def test_tian_life_to_term_and_three_reductions() -> None:
    """最高检典型案例: ruling of 2013-04-25, nineteen years and three months, later 21, 6 and 6 months."""
    end = end_of_term(day("2013-04-25"), Term(19, 3))
    assert end == day("2032-07-24")
    for months in (21, 6, 6):
        end = move_back(end, Term.of_months(months))
    assert end == day("2029-10-24")


def test_lu_ten_and_a_half_years() -> None:
    """最高检典型案例: ten years six months from 2016-05-05, reduced by six months."""
    end = end_of_term(day("2016-05-05"), Term(10, 6))
    assert end == day("2026-11-04")
    ends = reduced_ends(day("2016-05-05"), end, Term(10, 6), Term(), Term(0, 6))
    assert ends == (day("2026-05-04"),)


def test_wang_gang_retrial() -> None:
    """最高检典型案例: five years on retrial, four and a half served less a void reduction: the rest from 2024-02-02."""
    served = Term.of_months(Term(4, 6).total_months - Term(1).total_months)
    rest = Term.of_months(Term(5).total_months - served.total_months)
    assert rest == Term(1, 6)
    assert end_of_term(day("2024-02-02"), rest) == day("2025-08-01")
    # What was truly served comes off the new term as a reduction would, by both methods.
    anew = day("2024-02-02")
    assert reduced_ends(anew, end_of_term(anew, Term(5)), Term(5), Term(), served) == (day("2025-08-01"),)


def test_wang_three_years() -> None:
    assert end_of_term(day("2021-11-06"), Term(3)) == day("2024-11-05")


def test_chengdu_nine_months() -> None:
    """(2015)成刑执字第853号."""
    assert move_back(day("2016-07-19"), Term(0, 9)) == day("2015-10-19")


def test_chen_two_spells_of_detention() -> None:
    """Seven years ten months from 2021-06-01, fifteen days credited: the case arrives a day earlier; only a prompt."""
    ours = end_of_term(day("2021-06-01"), Term(7, 10)) - timedelta(days=15)
    assert ours == day("2029-03-16")
    assert abs((ours - day("2029-03-15")).days) <= shipped().number("tolerance_days", day("2026-11-21"))


@given(DAYS)
def test_eighteen_months_are_never_584_days(start: date) -> None:
    """One old tool counted 1.6 years of 365 days."""
    assert 546 <= (due(start, 18).early - start).days <= 550


@given(DAYS, MONTHS)
def test_both_readings_of_a_period_lie_close(start: date, months: int) -> None:
    full = due(start, months)
    assert full.early <= full.late <= full.early + timedelta(days=MOST_APART)
    assert full.early == full.late or (is_month_end(start) and is_month_end(full.late))


@given(DAYS, MONTHS, st.integers(0, 60))
def test_a_longer_period_is_never_full_sooner(start: date, months: int, more: int) -> None:
    short, long = due(start, months), due(start, months + more)
    assert short.early <= long.early
    assert short.late <= long.late


@given(DAYS, st.integers(0, 40), MONTHS)
def test_a_later_start_is_never_full_sooner(start: date, days: int, months: int) -> None:
    later = start + timedelta(days=days)
    assert due(start, months).early <= due(later, months).early
    assert due(start, months).late <= due(later, months).late


@given(DAYS, MONTHS, MONTHS)
def test_moving_back_and_counting_forward_lie_close(start: date, left: int, taken: int) -> None:
    end = end_of_term(start, Term.of_months(left + taken))
    forward = end_of_term(start, Term.of_months(left))
    assert abs((move_back(end, Term.of_months(taken)) - forward).days) <= MOST_APART


@given(DAYS, MONTHS, MONTHS, MONTHS)
def test_recomputing_by_whole_months_gives_the_same(start: date, left: int, first: int, second: int) -> None:
    """Whether two reductions are counted one after the other or at once, counting forward arrives at one day."""
    original = Term.of_months(left + first + second)
    end = end_of_term(start, original)
    step = end_of_term(start, Term.of_months(left + second))
    ends = reduced_ends(start, step, original, Term.of_months(first), Term.of_months(second))
    at_once = reduced_ends(start, end, original, Term(), Term.of_months(first + second))
    forward = end_of_term(start, Term.of_months(left))
    assert forward in ends
    assert forward in at_once


@given(DAYS, MONTHS, st.integers(1, 29))
def test_odd_days_are_only_moved_back(start: date, months: int, days: int) -> None:
    end = end_of_term(start, Term.of_months(months + 1))
    amount = Term(0, 0, days)
    assert reduced_ends(start, end, Term.of_months(months + 1), Term(), amount) == (end - timedelta(days=days),)


@given(st.integers(1, 360))
def test_half_twice_is_the_whole(months: int) -> None:
    part = half(Term.of_months(months))
    assert 2 * (part.total_months * 30 + part.days) == months * 30


@given(st.integers(0, 300), st.integers(0, 29))
def test_half_is_rounded_up_by_less_than_a_day(months: int, days: int) -> None:
    part = half(Term.of_months(months, days))
    twice = 2 * (part.total_months * 30 + part.days)
    assert 0 <= twice - (months * 30 + days) <= 1


@given(DAYS, DAYS)
def test_a_span_leads_back_to_its_end(one: date, other: date) -> None:
    start, end = sorted((one, other))
    told = span(start, end)
    assert add_months(start, told.months) + timedelta(days=told.days) == end
    assert 0 <= told.days < 31


def test_a_span_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before"):
        span(day("2024-01-02"), day("2024-01-01"))


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [("2000-05-06", "2018-05-06", 17), ("2000-05-06", "2018-05-07", 18), ("2000-02-29", "2018-03-01", 18)],
)
def test_a_year_of_age_is_full_on_the_day_after_the_birthday(birth: str, on: str, age: int) -> None:
    assert age_on(day(birth), day(on)) == age


@given(DAYS, MONTHS)
def test_a_term_ends_on_the_eve_of_the_day_it_is_full(start: date, months: int) -> None:
    end = end_of_term(start, Term.of_months(months)) + timedelta(days=1)
    assert abs((end - due(start, months).early).days) <= MOST_APART
