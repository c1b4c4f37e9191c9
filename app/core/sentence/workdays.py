"""Deadlines in days and workdays: the first day is not counted, a last day off moves to the next workday.

Source: 刑事诉讼法（2018） 第一百零五条.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from app.core.law.holidays import Calendar, UnknownYear
from app.core.sentence.terms import ONE_DAY


class Deadline(NamedTuple):
    """The last day of a time limit: by plain counting, and moved to the next workday.

    `moved` equals `plain` when the plain day is worked; it is None when that year's holidays are not known.
    """

    plain: date
    moved: date | None


def deadline(start: date, days: int, calendar: Calendar) -> Deadline:
    """The last day of a limit of calendar days that begins to run on the day after `start`."""
    plain = start + timedelta(days=days)
    return Deadline(plain, calendar.workday_from(plain))


def workdays_between(first: date, last: date, calendar: Calendar) -> int:
    """How many workdays lie between two days, both counted; UnknownYear where holidays are not known."""
    span = (last - first).days + 1
    return sum(calendar.is_workday(first + timedelta(days=each)) for each in range(max(span, 0)))


def nth_workday(start: date, count: int, calendar: Calendar) -> date | None:
    """The workday on which a limit of workdays that begins on the day after `start` ends; None in an unknown year."""
    day = start
    try:
        while count:
            day += ONE_DAY
            count -= calendar.is_workday(day)
    except UnknownYear:
        return None
    return day
