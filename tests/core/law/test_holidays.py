"""Holidays as dated data against an independent list of the same notices."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from app.core.law.holidays import UnknownYear, shipped

CALENDAR = shipped()
YEARS = sorted(CALENDAR.off)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    wrong = [
        str(day) for day in days if day.year == year and CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_a_year_is_plausible(year: int) -> None:
    off, work = CALENDAR.off[year], CALENDAR.work[year]
    assert all(day.year == year and day.weekday() < 5 for day in off)
    assert all(day.year == year and day.weekday() >= 5 for day in work)
    assert date(year, 5, 1) in off or date(year, 5, 1).weekday() >= 5
    assert 14 <= len(off) <= 29


def test_the_years_are_without_a_gap() -> None:
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS


def test_a_year_that_is_not_there_is_not_guessed() -> None:
    with pytest.raises(UnknownYear):
        CALENDAR.is_workday(date(YEARS[-1] + 1, 3, 1))
