"""The facts of one story: days, months and texts, worked out from one another when they are asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from installer.samples.shared.days import AS_OF, Months, later, month_end

HERE = Path(__file__).parent
SATURDAY = 5
YEAR = 12
TODAY = "today"
Value = date | int | str | Months | None

_DAY = re.compile(r"([a-z_][a-z_0-9]*)([+-]\d+)?(~?)")
_TERM = re.compile(r"term\(([a-z_0-9]+),([a-z_]+|\d+)\)([+-]\d+)?")
_MONTHS = re.compile(r"months:([a-z_]+|\d+)")
_SPAN = re.compile(r"([a-z_0-9+-]+~?)至([a-z_0-9+-]+~?)")
_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True)
class Span:
    """First and last day, in one cell."""

    first: date
    last: date


class Facts:
    """Facts by name; a fact may be said by others: `reported+3~`, `term(start,probation)`, `{court}`.

    `~` moves a day on to the next workday. What rests on an empty fact is None. KeyError for a fact nobody states,
    RecursionError for one that rests on itself.
    """

    def __init__(self, stated: Mapping[str, Any]) -> None:
        self._stated = {TODAY: AS_OF, **stated}
        self._found: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._found:
            limit = limits().get(name)
            stated = self._limit(limit) if limit is not None and name not in self._stated else self._stated[name]
            found = self.value(stated)
            if isinstance(found, Span):
                raise TypeError(f"{name} 是一段时间")
            self._found[name] = found
        return self._found[name]

    def value(self, said: Any) -> Value | Span:
        """What a cell or fact of the story says: a day, a term, a span of days, or its text with {facts} filled in."""
        if not isinstance(said, str):
            return said
        if not said:
            return None
        if match := _MONTHS.fullmatch(said):
            return Months(int(match[1]) if match[1].isdecimal() else self._number(match[1]))
        if match := _SPAN.fullmatch(said):
            first, last = self._day(match[1]), self._day(match[2])
            return Span(first, last) if first and last else None
        if _DAY.fullmatch(said) or _TERM.fullmatch(said):
            return self._day(said)
        return _PLACE.sub(lambda place: self._text(place[1]), said)

    def _day(self, said: str) -> date | None:
        if match := _TERM.fullmatch(said):
            start = self._date(match[1])
            count = int(match[2]) if match[2].isdecimal() else self._number(match[2])
            return None if start is None else term_end(start, count) + timedelta(days=int(match[3] or 0))
        match = _DAY.fullmatch(said)
        if match is None:
            raise ValueError(f"不是日期：{said}")
        day = self._date(match[1])
        if day is None:
            return None
        day += timedelta(days=int(match[2] or 0))
        return roll(day) if match[3] else day

    def _limit(self, limit: Mapping[str, Any]) -> date | None:
        start = self._date(limit["after"])
        if start is None:
            return None
        if "months" in limit:
            return same_day(start, limit["months"])
        end = start + timedelta(days=limit["days"])
        return roll(end) if limit.get("roll", True) else end

    def _date(self, name: str) -> date | None:
        found = self[name]
        if found is not None and not isinstance(found, date):
            raise TypeError(f"{name} 不是日期：{found}")
        return found

    def _number(self, name: str) -> int:
        found = self[name]
        if not isinstance(found, int):
            raise TypeError(f"{name} 不是月数：{found}")
        return found

    def _text(self, name: str) -> str:
        found = self[name]
        return "" if found is None else str(found)


@cache
def limits() -> Mapping[str, Mapping[str, Any]]:
    """The time limits by name."""
    with (HERE / "limits.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def _workdays() -> tuple[frozenset[date], frozenset[date]]:
    with (HERE / "workdays.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return frozenset(data["off"]), frozenset(data["work"])


def is_workday(day: date) -> bool:
    """Whether offices work on a day of 2024 (from October) to 2026; before, only weekends are known to be off."""
    off, work = _workdays()
    return day in work if day.weekday() >= SATURDAY else day not in off


def roll(day: date) -> date:
    """The day itself, or the next on which offices work."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def same_day(start: date, months: int) -> date:
    """The same day some months on or back; from a month's last day to a month's last day unless whole years pass."""
    day = later(start, months)
    return month_end(day) if months > 0 and months % YEAR and start == month_end(start) else day


def term_end(start: date, months: int) -> date:
    """The last day of a term: the eve of the same day, where from a month's last day to a month's last day counts."""
    return same_day(start, months) - timedelta(days=1)
