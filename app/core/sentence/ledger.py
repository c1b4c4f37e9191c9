"""The day ledger: every day from first custody to the end of the last penalty has exactly one status.

Days nobody claims are gaps, days claimed by statuses that cannot stand together are overlaps; both stay visible.
Intervals are half open inside: `until` is the first day after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise


class Status(StrEnum):
    """What a person was, is or will be under on a day; of two that conflict the earlier named is kept."""

    AWAY = "脱逃或者不计入刑期"
    OUTSIDE = "暂予监外执行"
    PAROLE = "假释考验"
    ASKED_PAROLE = "拟假释考验"
    ASKED_REDUCTION = "本次拟减去的刑期"
    SUSPENSION = "死刑缓期执行期间"
    LIFE = "执行无期徒刑"
    SERVING = "服刑"
    HELD = "先行羁押"
    DESIGNATED = "指定居所监视居住"
    WATCHED = "监视居住"
    BAIL = "取保候审"
    DEPRIVED = "执行剥夺政治权利"
    REDUCED = "减去的刑期"
    UNKNOWN = "没有记载"


# What may stand within what: a day of escape takes the place of a day served, and is no contradiction.
WITHIN: Mapping[Status, frozenset[Status]] = {
    Status.AWAY: frozenset({Status.SERVING, Status.LIFE, Status.OUTSIDE, Status.PAROLE, Status.SUSPENSION}),
    Status.OUTSIDE: frozenset({Status.SERVING, Status.LIFE}),
    Status.PAROLE: frozenset({Status.SERVING, Status.LIFE}),
    Status.ASKED_PAROLE: frozenset({Status.SERVING}),
    Status.ASKED_REDUCTION: frozenset({Status.SERVING}),
    # Deprivation begins on release, while the time taken off still stands in the calendar.
    Status.DEPRIVED: frozenset({Status.REDUCED}),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a record says of [start, until); ValueError when it ends before it begins."""

    status: Status
    start: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.start:
            raise ValueError("the claim ends before it begins")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one status, [start, until), with all statuses the records claim for them; none for a gap."""

    status: Status
    start: date
    until: date
    claimed: tuple[Status, ...]

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.start).days

    @property
    def last(self) -> date:
        """The last day."""
        return self.until - timedelta(days=1)

    @property
    def contradicted(self) -> bool:
        """Whether other claims cannot stand beside the status."""
        within = WITHIN.get(self.status, frozenset())
        return any(each is not self.status and each not in within for each in self.claimed)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The stretches of a person, in order, without a day left out or named twice."""

    stretches: tuple[Stretch, ...] = ()

    @property
    def days(self) -> int:
        """How many days it spans."""
        return sum(each.days for each in self.stretches)

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Stretches of which no record tells."""
        return tuple(each for each in self.stretches if not each.claimed)

    @property
    def overlaps(self) -> tuple[Stretch, ...]:
        """Stretches of which records tell what cannot both be."""
        return tuple(each for each in self.stretches if each.contradicted)

    def on(self, day: date) -> Status | None:
        """The status of a day; None outside the span."""
        return next((each.status for each in self.stretches if each.start <= day < each.until), None)

    def total(self, status: Status) -> int:
        """How many days have a status."""
        return sum(each.days for each in self.stretches if each.status is status)


def ledger(claims: Iterable[Claim], first: date | None = None) -> Ledger:
    """Give every day from the first (that of the earliest claim unless said) to the end of the last claim a status."""
    told = [each for each in claims if each.start < each.until]
    if not told:
        return Ledger()
    begin = min([each.start for each in told] + ([first] if first is not None else []))
    borders = sorted({begin} | {each.start for each in told} | {each.until for each in told})
    return Ledger(tuple(_joined(_stretch(told, start, until) for start, until in pairwise(borders))))


def _stretch(claims: Iterable[Claim], start: date, until: date) -> Stretch:
    found = {each.status for each in claims if each.start <= start < each.until}
    claimed = tuple(each for each in Status if each in found)
    return Stretch(claimed[0] if claimed else Status.UNKNOWN, start, until, claimed)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for each in stretches:
        if last is not None and last.claimed == each.claimed:
            last = Stretch(last.status, last.start, each.until, last.claimed)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
