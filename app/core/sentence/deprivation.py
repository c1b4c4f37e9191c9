"""When deprivation of political rights runs: from which day by its ground, how long, and what stops it.

Source: 刑法第五十五条、第五十七条、第五十八条; 法释〔2009〕10号; months and days as in 刑诉法解释第二百零二条.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.core.sentence.terms import ONE_DAY, add_months, end_of_term
from app.core.values import Term


class Ground(StrEnum):
    """What a deprivation hangs on; it decides from which day it runs."""

    ALONE = "单处剥夺政治权利"
    CONTROL = "管制附加剥夺政治权利"
    PROBATION = "缓刑附加剥夺政治权利"
    RELEASE = "主刑执行完毕"
    PAROLE = "假释"
    OUTSIDE = "暂予监外执行期满"
    LIFE = "剥夺政治权利终身"


@dataclass(frozen=True, slots=True)
class Days:
    """The days a deprivation may run from, as far as they are known.

    `effective` the judgment took effect; `freed` the person was released, paroled or had served the sentence outside;
    `control_end` and `probation_end` are the last days of control and of the probation period.
    """

    effective: date | None = None
    freed: date | None = None
    control_start: date | None = None
    control_end: date | None = None
    probation_end: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One lawful reading of a deprivation: from `start`, to one of `ends` (ascending); without ends it is for life."""

    says: str
    start: date
    ends: tuple[date, ...]

    @property
    def first_end(self) -> date:
        """The earliest day on which it may lawfully end."""
        return self.ends[0] if self.ends else date.max

    @property
    def last_end(self) -> date:
        """The latest day on which it may lawfully end."""
        return self.ends[-1] if self.ends else date.max

    def holds(self, day: date) -> bool | None:
        """Whether a day lies in it; None when only one way of counting says so."""
        if day < self.start or day > self.last_end:
            return False
        return True if day <= self.first_end else None


def ends_of(start: date, term: Term) -> tuple[date, date]:
    """The last day of a term by the month-end doctrine and by the same day of the month; both are accepted."""
    plain = add_months(start, term.total_months) + timedelta(days=term.days) - ONE_DAY
    return end_of_term(start, term), plain


def readings(ground: Ground, days: Days, term: Term | None) -> tuple[Period, ...]:
    """The lawful readings of a deprivation; none while a day or the term it needs is not known."""
    match ground:
        case Ground.LIFE:
            return (Period("自裁判生效起终身", days.effective, ()),) if days.effective else ()
        case Ground.CONTROL:
            start = days.control_start or days.effective
            if start is None:
                return ()
            if days.control_end is not None:
                return (Period("与管制同时起止", start, (days.control_end,)),)
            return _from("与管制同时起算", start, term)
        case Ground.ALONE:
            return _from("自判决生效之日起算", days.effective, term)
        case Ground.PROBATION:
            after = days.probation_end + ONE_DAY if days.probation_end else None
            found = _from("自判决确定之日起算", days.effective, term), _from("自考验期满之次日起算", after, term)
            return found[0] + found[1] if all(found) else ()
        case Ground.RELEASE:
            return _from("自主刑执行完毕之日起算", days.freed, term)
        case Ground.PAROLE:
            return _from("自假释之日起算", days.freed, term)
        case Ground.OUTSIDE:
            return _from("自暂予监外执行期满之日起算", days.freed, term)


def _from(says: str, start: date | None, term: Term | None) -> tuple[Period, ...]:
    if start is None or not term:
        return ()
    return (Period(says, start, tuple(sorted(set(ends_of(start, term))))),)


@dataclass(frozen=True, slots=True)
class Stop:
    """A later sentence of imprisonment: from which day it may count as executed, and from which its end frees again.

    `resumes` is empty while that day is not known.
    """

    begins: tuple[date, ...]
    resumes: tuple[date, ...]


def remaining_days(end: date, stop: date) -> int:
    """How many days of a deprivation are left, the day it stops among them; 0 when it had ended before."""
    return max((end - stop).days + 1, 0)


def resumed_end(end: date, stop: date, resume: date) -> date:
    """The last day of a deprivation that stopped on one day and goes on from another (法释〔2009〕10号第二条)."""
    left = remaining_days(end, stop)
    return resume + timedelta(days=left) - ONE_DAY if left else end


def resumed(period: Period, stop: Stop) -> Period:
    """A reading as a later sentence lengthens it; unchanged for life, or where the stop lies outside it."""
    begins = [each for each in stop.begins if period.start <= each <= period.last_end]
    if not period.ends or not begins or not stop.resumes:
        return period
    ends = {resumed_end(end, begin, resume) for end in period.ends for begin in begins for resume in stop.resumes}
    return replace(period, ends=tuple(sorted(ends)))


def off_by(end: date, stops: Iterable[date], stated: Term) -> tuple[int, ...]:
    """By how many days a stated remainder, counted from each day it may have stopped, misses the end; ascending."""
    return tuple(sorted((end_of_term(each, stated) - end).days for each in stops if each <= end))
