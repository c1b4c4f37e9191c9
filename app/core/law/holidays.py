"""Which days offices work: holidays and shifted workdays by year, as dated data, and a second source beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SATURDAY = 5


class UnknownYear(LookupError):
    """The holidays of this year are not in the data."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off on weekdays and days worked on weekends, by year; `read` notes which years were asked for.

    `known` are the workdays found so far, each with the years looked at, whoever keeps the notebook.
    """

    off: Mapping[int, frozenset[date]]
    work: Mapping[int, frozenset[date]]
    read: set[str] = field(default_factory=set, compare=False, repr=False)
    known: dict[date, tuple[date | None, tuple[str, ...]]] = field(default_factory=dict, compare=False, repr=False)

    def noting(self, read: set[str]) -> Calendar:
        """The same days with another notebook."""
        return Calendar(self.off, self.work, read, self.known)

    def workday_from(self, day: date) -> date | None:
        """The first workday not before a day; None when that cannot be told for want of a year."""
        found = self.known.get(day)
        if found is None:
            found = self.known[day] = self._workday_from(day)
        self.read.update(found[1])
        return found[0]

    def _workday_from(self, day: date) -> tuple[date | None, tuple[str, ...]]:
        asked: set[str] = set()
        own = self.noting(asked)
        try:
            while not own.is_workday(day):
                day += timedelta(days=1)
        except UnknownYear:
            return None, tuple(asked)
        return day, tuple(asked)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on a day; UnknownYear when that year is not in the data."""
        self.read.add(year_key(day.year))
        if day.year not in self.off:
            raise UnknownYear(str(day.year))
        if day.weekday() >= SATURDAY:
            return day in self.work[day.year]
        return day not in self.off[day.year]


def year_key(year: int) -> str:
    """What a year's days are noted under when they are read."""
    return f"holidays@{year}"


@cache
def shipped() -> Calendar:
    """The calendar shipped with the program."""
    with (Path(__file__).parent / "holidays.toml").open("rb") as stream:
        years = tomllib.load(stream)["year"]
    return Calendar(
        {each["year"]: frozenset(each["off"]) for each in years},
        {each["year"]: frozenset(each["work"]) for each in years},
    )


def second_source(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    """Weekdays off and weekends worked of a year, as the package chinesecalendar has them; None for other years."""
    import chinese_calendar

    days = [date(year, 1, 1) + timedelta(days=each) for each in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    try:
        worked = {day for day in days if chinese_calendar.is_workday(day)}
    except NotImplementedError:
        return None
    off = frozenset(day for day in days if day.weekday() < SATURDAY and day not in worked)
    return off, frozenset(day for day in worked if day.weekday() >= SATURDAY)
