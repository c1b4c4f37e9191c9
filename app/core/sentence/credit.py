"""Credit for custody before the term: every day counted once, and the end of the term by both lawful methods.

Sources: 刑法 第四十一条、第四十四条、第四十七条; 刑事诉讼法 第七十六条; 法释〔2000〕7号.
Intervals are half open inside: `until` is the first day on which the measure no longer held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from app.core.law.book import LawBook
from app.core.sentence.terms import end_of_term
from app.core.values import SentenceKind, Term

HALVES_IN_DAY = 2


class Measure(StrEnum):
    """What a person was held or watched under before the term."""

    DETENTION = "拘留"
    ARREST = "逮捕"
    SUPERVISORY = "留置"
    ADMINISTRATIVE = "行政拘留"
    DESIGNATED = "指定居所监视居住"
    HOME = "监视居住"
    BAIL = "取保候审"


HELD = (Measure.DETENTION, Measure.ARREST, Measure.SUPERVISORY, Measure.ADMINISTRATIVE)
_RATE_NAMES = {
    Measure.DETENTION: "custody",
    Measure.ARREST: "custody",
    Measure.SUPERVISORY: "supervisory",
    Measure.ADMINISTRATIVE: "administrative",
    Measure.DESIGNATED: "designated",
}
_PENALTY_NAMES = {
    SentenceKind.FIXED_TERM: "fixed",
    SentenceKind.DETENTION: "detention",
    SentenceKind.CONTROL: "control",
}


@dataclass(frozen=True, slots=True)
class Custody:
    """One stretch under one measure, [start, until); ValueError when it ends before it begins.

    `same_act` says whether an administrative detention was for the very act sentenced; without it, it credits nothing.
    """

    measure: Measure
    start: date
    until: date
    same_act: bool = True

    def __post_init__(self) -> None:
        if self.until < self.start:
            raise ValueError("the stretch ends before it begins")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days under the same measures throughout, [start, until), credited at `rate` half days a day."""

    start: date
    until: date
    measures: tuple[Measure, ...]
    rate: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.start).days


@dataclass(frozen=True, slots=True)
class Credit:
    """What custody counts for: disjoint stretches by date, whole days credited, and a half day left over.

    The texts credit two days of designated residence as one and say nothing of an odd one: it is shown, not rounded up.
    """

    stretches: tuple[Stretch, ...] = ()

    @property
    def halves(self) -> int:
        """Half days credited."""
        return sum(each.days * each.rate for each in self.stretches)

    @property
    def days(self) -> int:
        """Whole days credited."""
        return self.halves // HALVES_IN_DAY

    @property
    def odd(self) -> bool:
        """Whether a day of designated residence stands alone, so that half a day is left over."""
        return bool(self.halves % HALVES_IN_DAY)

    @property
    def twice(self) -> tuple[Stretch, ...]:
        """The stretches several measures claim, each counted once."""
        return tuple(each for each in self.stretches if len(each.measures) > 1)

    @property
    def first(self) -> date | None:
        """The first day that is credited; None when none is."""
        return min((each.start for each in self.stretches if each.rate), default=None)


def rates(law: LawBook, kind: SentenceKind, day: date) -> Mapping[Measure, int]:
    """Half days of a penalty each measure credits a day under the law of `day`; none for life and suspended death."""
    penalty = _PENALTY_NAMES.get(kind)
    if penalty is None:
        return {}
    return {measure: law.number(f"credit_{name}_{penalty}", day) for measure, name in _RATE_NAMES.items()}


def credit(custody: Iterable[Custody], rate: Mapping[Measure, int], executed: date) -> Credit:
    """What custody before the day of execution counts for.

    A day claimed by several measures is counted once: as custody where the person was held that day at all, because
    the articles credit every day in custody in full; else at the rate of the measure that credits more.
    """
    cut = [each for each in custody if each.start < min(each.until, executed)]
    borders = sorted({each.start for each in cut} | {min(each.until, executed) for each in cut})
    found: list[Stretch] = []
    for start, until in pairwise(borders):
        held = [each for each in cut if each.start <= start < each.until]
        if not held:
            continue
        measures = tuple(each for each in Measure if any(one.measure is each for one in held))
        found.append(Stretch(start, until, measures, max(_rate(each, rate) for each in held)))
    return Credit(tuple(_joined(found)))


def _rate(custody: Custody, rate: Mapping[Measure, int]) -> int:
    if custody.measure is Measure.ADMINISTRATIVE and not custody.same_act:
        return 0
    return rate.get(custody.measure, 0)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours under the same measures become one, so that the order and cut of the rows leave no trace."""
    found: list[Stretch] = []
    for each in stretches:
        last = found[-1] if found else None
        if last and last.until == each.start and (last.measures, last.rate) == (each.measures, each.rate):
            found[-1] = Stretch(last.start, each.until, each.measures, each.rate)
        else:
            found.append(each)
    return found


@dataclass(frozen=True, slots=True)
class Ends:
    """The last day of a term by both lawful methods.

    `deducted`: the term counted from the day of execution, then the credited days taken off (折抵法, 三步法).
    `extended`: the term counted from the first day of custody, moved on by the days not credited (顺延法).
    They differ because calendar months are not equally long, never by what is credited.
    """

    executed: date
    credited: int
    first: date
    deducted: date
    extended: date

    @property
    def apart(self) -> int:
        """Days by which counting from the first day of custody ends sooner; negative when it ends later."""
        return (self.deducted - self.extended).days

    def beyond(self, stated: date) -> int:
        """Days a stated end lies after both lawful ends (held too long), or before both (negative, too short)."""
        early, late = sorted((self.deducted, self.extended))
        if stated > late:
            return (stated - late).days
        return min((stated - early).days, 0)

    def implied(self, stated: date) -> int:
        """How many days of credit a stated end amounts to when it is reached by deduction."""
        return self.credited + (self.deducted - stated).days


def ends(term: Term, executed: date, found: Credit) -> Ends:
    """The end of a term executed from a day, after credit, by both methods."""
    return ends_of_days(term, executed, found.days, found.first or executed)


def ends_of_days(term: Term, executed: date, credited: int, first: date) -> Ends:
    """The same where only the number of credited days and the first day of custody are known."""
    missed = (executed - first).days - credited
    return Ends(
        executed,
        credited,
        first,
        end_of_term(executed, term) - timedelta(days=credited),
        end_of_term(first, term) + timedelta(days=missed),
    )
