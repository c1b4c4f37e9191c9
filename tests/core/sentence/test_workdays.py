"""Deadlines: the first day is not counted, a last day off moves on; notices are counted in workdays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.holidays import UnknownYear, shipped
from app.core.sentence.workdays import deadline, nth_workday, workdays_between

CALENDAR = shipped()
KNOWN = st.dates(date(min(shipped().off), 1, 1), date(max(shipped().off), 11, 30))


@pytest.mark.parametrize(
    ("start", "days", "plain", "moved"),
    [
        ("2026-11-05", 10, "2026-11-15", "2026-11-16"),  # a Sunday
        ("2026-11-06", 10, "2026-11-16", "2026-11-16"),
        ("2026-09-21", 10, "2026-10-01", "2026-10-08"),  # the autumn holiday
        ("2025-09-18", 10, "2025-09-28", "2025-09-28"),  # a Sunday worked in exchange
        ("2024-04-27", 1, "2024-04-28", "2024-04-28"),  # a Sunday worked in exchange
    ],
)
def test_the_last_day(start: str, days: int, plain: str, moved: str) -> None:
    last = deadline(date.fromisoformat(start), days, CALENDAR)
    assert (str(last.plain), str(last.moved)) == (plain, moved)


def test_a_year_nobody_knows_is_not_moved() -> None:
    assert deadline(date(max(shipped().off) + 1, 5, 1), 10, CALENDAR).moved is None


@given(KNOWN, st.integers(1, 30))
def test_a_moved_last_day_is_worked_and_never_earlier(start: date, days: int) -> None:
    last = deadline(start, days, CALENDAR)
    assert last.plain == start + timedelta(days=days)
    assert last.moved is not None
    assert last.moved >= last.plain
    assert shipped().is_workday(last.moved)


@given(KNOWN, st.integers(0, 30))
def test_workdays_are_counted_one_by_one(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    whole = workdays_between(first, last, CALENDAR)
    assert 0 <= whole <= days + 1
    assert whole == workdays_between(first, first, CALENDAR) + workdays_between(
        first + timedelta(days=1), last, CALENDAR
    )


def test_workdays_of_a_year_nobody_knows() -> None:
    year = max(shipped().off) + 1
    with pytest.raises(UnknownYear):
        workdays_between(date(year, 3, 1), date(year, 3, 5), CALENDAR)


@given(KNOWN, st.integers(0, 15))
def test_the_nth_workday_closes_as_many_workdays(start: date, count: int) -> None:
    last = nth_workday(start, count, CALENDAR)
    if last is not None and count:
        assert shipped().is_workday(last)
        assert workdays_between(start + timedelta(days=1), last, CALENDAR) == count


def test_no_workday_is_counted_in_an_unknown_year() -> None:
    assert nth_workday(date(max(shipped().off), 12, 31), 1, CALENDAR) is None
    assert nth_workday(date(2026, 3, 2), 0, CALENDAR) == date(2026, 3, 2)
