"""Which days offices work: holidays and shifted workdays by year, as dated data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SATURDAY = 5


class UnknownYear(LookupError):
    """The holidays of this year are not in the data."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off on weekdays and days worked on weekends, by year."""

    off: Mapping[int, frozenset[date]]
    work: Mapping[int, frozenset[date]]

    def is_workday(self, day: date) -> bool:
        """Whether offices work on a day; UnknownYear when that year is not in the data."""
        if day.year not in self.off:
            raise UnknownYear(str(day.year))
        if day.weekday() >= SATURDAY:
            return day in self.work[day.year]
        return day not in self.off[day.year]


@cache
def shipped() -> Calendar:
    """The calendar shipped with the program."""
    with (Path(__file__).parent / "holidays.toml").open("rb") as stream:
        years = tomllib.load(stream)["year"]
    return Calendar(
        {each["year"]: frozenset(each["off"]) for each in years},
        {each["year"]: frozenset(each["work"]) for each in years},
    )
