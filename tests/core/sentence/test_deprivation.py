"""Deprivation runs from the day of its ground, keeps its length, and stops for a later sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentence.deprivation import (
    Days,
    Ground,
    Period,
    Stop,
    ends_of,
    off_by,
    readings,
    remaining_days,
    resumed,
    resumed_end,
)
from app.core.values import Term

DAYS = st.dates(date(1998, 1, 1), date(2060, 12, 31))
TERMS = st.builds(Term.of_months, st.integers(1, 120), st.integers(0, 29))
ONE = timedelta(days=1)


def test_official_case() -> None:
    (period,) = readings(Ground.RELEASE, Days(freed=date(2016, 1, 31)), Term(2))
    assert (period.start, period.ends) == (date(2016, 1, 31), (date(2018, 1, 30),))


@pytest.mark.parametrize("ground", [Ground.RELEASE, Ground.PAROLE, Ground.OUTSIDE])
def test_it_runs_from_the_day_of_freedom(ground: Ground) -> None:
    (period,) = readings(ground, Days(effective=date(2020, 1, 1), freed=date(2026, 4, 1)), Term(2))
    assert period.start == date(2026, 4, 1)
    assert readings(ground, Days(effective=date(2020, 1, 1)), Term(2)) == ()


def test_with_control_it_runs_with_control() -> None:
    days = Days(date(2026, 3, 13), control_start=date(2026, 3, 16), control_end=date(2027, 9, 15))
    assert readings(Ground.CONTROL, days, Term(1, 6)) == (
        Period("与管制同时起止", date(2026, 3, 16), (date(2027, 9, 15),)),
    )
    (counted,) = readings(Ground.CONTROL, Days(date(2026, 3, 13)), Term(1, 6))
    assert counted.ends == (date(2027, 9, 12),)


def test_with_probation_there_are_two_readings() -> None:
    days = Days(date(2026, 3, 13), probation_end=date(2028, 3, 12))
    found = readings(Ground.PROBATION, days, Term(1))
    assert [each.start for each in found] == [date(2026, 3, 13), date(2028, 3, 13)]
    assert readings(Ground.PROBATION, Days(date(2026, 3, 13)), Term(1)) == ()


def test_life_has_no_end() -> None:
    (period,) = readings(Ground.LIFE, Days(date(2026, 3, 13)), None)
    assert period.holds(date(2090, 1, 1)) is True
    assert period.holds(date(2026, 3, 12)) is False
    assert resumed(period, Stop((date(2030, 1, 1),), (date(2031, 1, 1),))) == period


def test_official_remainder() -> None:
    end, _ = ends_of(date(2002, 5, 20), Term(4))
    assert off_by(end, [date(2003, 9, 22)], Term(2, 7, 28)) == (0,)


def test_a_later_sentence_stops_and_resumes() -> None:
    end, _ = ends_of(date(2023, 5, 10), Term(3))
    assert remaining_days(end, date(2025, 1, 15)) == 480
    assert resumed_end(end, date(2025, 1, 15), date(2025, 12, 14)) == date(2027, 4, 7)


@given(DAYS, TERMS)
def test_the_two_ways_of_counting_differ_by_at_most_three_days(start: date, term: Term) -> None:
    right, plain = ends_of(start, term)
    assert 0 <= (right - plain).days <= 3


@given(DAYS, TERMS, st.integers(0, 4000), st.integers(0, 4000))
def test_no_day_is_lost_or_won(start: date, term: Term, offset: int, served: int) -> None:
    (period,) = readings(Ground.RELEASE, Days(freed=start), term)
    stop = start + timedelta(days=offset)
    resume = stop + timedelta(days=served)
    lengthened = resumed(period, Stop((stop,), (resume,)))
    if stop > period.last_end:
        assert lengthened == period
        return
    before = (stop - start).days
    after = (lengthened.last_end - resume).days + 1
    assert before + after == (period.last_end - start).days + 1 or len(period.ends) > 1
    assert lengthened.last_end >= period.last_end


@given(DAYS, TERMS, DAYS)
def test_a_day_is_in_it_or_not(start: date, term: Term, day: date) -> None:
    (period,) = readings(Ground.ALONE, Days(effective=start), term)
    held = period.holds(day)
    if held is None:
        assert period.first_end < day <= period.last_end
    else:
        assert held == (start <= day <= period.first_end)
    assert period.holds(start) is True or period.first_end < start
    assert period.holds(period.last_end + ONE) is False
