"""End of a term, moving back, periods and halves, by calendar months and the month-end doctrine.

Source: 法释〔2021〕1号 第二百零二条 (periods in the first paragraph, terms of imprisonment in the second).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.values import Term
from app.core.values.term import DAYS_IN_HALF_MONTH

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The day on which a period is full, read both ways; they differ only at month ends, by at most three days.

    `early` keeps the day of the month; `late` runs from the last day of a month to the last day of a month.
    """

    early: date
    late: date


@dataclass(frozen=True, slots=True)
class Span:
    """Whole calendar months between two days and the days left over, for people to read."""

    months: int
    days: int

    def __str__(self) -> str:
        if not self.months:
            return f"{self.days}日"
        return f"{self.months}个月" + (f"零{self.days}日" if self.days else "")


def is_month_end(day: date) -> bool:
    """Whether this is the last day of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


def add_months(day: date, months: int) -> date:
    """The same day some months on (or back, when negative); the last day of that month where the day is absent."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due(start: date, months: int) -> Due:
    """The day on which a period of whole months counted from `start` is full (第二百零二条第一款)."""
    early = add_months(start, months)
    if not is_month_end(start):
        return Due(early, early)
    return Due(early, date(early.year, early.month, calendar.monthrange(early.year, early.month)[1]))


def end_of_term(start: date, term: Term) -> date:
    """The last day of a term of imprisonment that begins on `start` (第二百零二条第二款)."""
    day = add_months(start, term.years * 12)
    if term.months:
        day = due(day, term.months).late
    return day + timedelta(days=term.days) - ONE_DAY


def move_back(end: date, term: Term) -> date:
    """The end date moved back by a reduction (逆减法)."""
    return add_months(end, -term.total_months) - timedelta(days=term.days)


def reduced_ends(start: date | None, end: date, original: Term | None, reduced: Term, amount: Term) -> tuple[date, ...]:
    """Every end date courts lawfully arrive at when `amount` is taken off.

    Moving the present `end` back always; counting forward from `start` with what is left of `original`
    after all earlier reductions (`reduced`) where both are known and whole months are concerned (正加法).
    """
    ends = {move_back(end, amount)}
    if start is not None and original is not None and not (reduced.days or amount.days or original.days):
        left = original.total_months - reduced.total_months - amount.total_months
        if left > 0:
            ends.add(end_of_term(start, Term.of_months(left)))
    return tuple(sorted(ends))


def half(term: Term, divisor: int = 2) -> Term:
    """A fraction of a term, half by default; half a month is fifteen days, an odd day is rounded up."""
    months, rest = divmod(term.total_months, divisor)
    days = (rest * 2 * DAYS_IN_HALF_MONTH + term.days + divisor - 1) // divisor
    return Term.of_months(months, days)


def span(start: date, end: date) -> Span:
    """Whole months and days from one day to a later one; ValueError when `end` lies before `start`."""
    if end < start:
        raise ValueError("the span ends before it begins")
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return Span(months, (end - add_months(start, months)).days)


def age_on(birth: date, day: date) -> int:
    """Full years of age; a year is full on the day after the birthday (法释〔2006〕1号第二条)."""
    years = day.year - birth.year
    return years if (day.month, day.day) > (birth.month, birth.day) else years - 1
