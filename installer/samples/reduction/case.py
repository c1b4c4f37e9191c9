"""One sample proposal as its file states it: the facts, what is proposed, and the answer decided from the statute."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from installer.samples.shared.days import last_day, later, month_end

CASES = Path(__file__).parent / "cases"
# Prisoner numbers follow this order: add new files, and new cases in a file, at the end.
FILES = ("ordinary", "strict", "heavy_and_parole", "faults", "amounts", "doubts")
FIXED, DEATH = "有期徒刑", "死刑缓期执行"
TO_TERM, TO_LIFE, CUT = "减为有期徒刑", "减为无期徒刑", "减刑"
NONE = "无"
ASSESSED_TO, ASSESSED_TO_EARLY = date(2026, 9, 30), date(2026, 8, 31)
CYCLE = 6  # months a commendation takes
# filing → review by the committee, notice in the prison from, to
SCHEDULE = {
    date(2026, 10, 15): (date(2026, 9, 22), date(2026, 9, 23), date(2026, 10, 9)),
    date(2026, 10, 28): (date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 21)),
    date(2026, 11, 5): (date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 29)),
    date(2026, 11, 12): (date(2026, 10, 27), date(2026, 10, 28), date(2026, 11, 5)),
}
FIRST_FILING = min(SCHEDULE)


@dataclass(frozen=True)
class Ruling:
    """An earlier ruling: its day, the day it was served (None: not delivered), months off or of the new term."""

    ruled: date
    served: date | None = None
    months: int = 0
    kind: str = CUT
    deprivation: str = ""

    @property
    def assessed_to(self) -> date:
        """The day the assessment behind it ended: the end of the fourth month before."""
        return month_end(later(self.ruled.replace(day=1), -4))


@dataclass(frozen=True)
class Debt:
    """One property item of the judgment, in whole yuan, and how it stands."""

    kind: str
    state: str
    due: int | None = None
    paid: int | None = None
    refusal: str = NONE
    ended: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True)
class NewCrime:
    """A crime in prison, or one found out later: its kind, final judgment, penalty and months."""

    kind: str
    final: date
    penalty: str
    months: int


@dataclass(frozen=True)
class Case:
    """A proposal and its answer.

    `conclusion` holds the right ones, `findings` rule → level, `unlawful` all rules that are 违法, `must_not` rules
    that must be silent. `began` is the first day of the term (of detention); `proposed` the months to take off, or of
    the new term. `cells` replaces finished cells by what a clerk wrote: column → text.
    """

    why: str
    conclusion: tuple[str, ...]
    offence: str
    began: date
    effective: date
    filed: date
    delivered: date | None = None
    findings: Mapping[str, str] = field(default_factory=dict)
    unlawful: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    kind: str = FIXED
    months: int = 0
    proposed: int = 0
    parole: bool = False
    merit: str = "确有悔改表现"
    crime: date | None = None
    born: date | None = None
    history: tuple[Ruling, ...] = ()
    annex: bool = True  # whether the earlier rulings stand in the list of rulings
    written_history: str = ""
    deprivation: str = NONE
    deprivation_after: str = ""
    debts: tuple[Debt, ...] = ()
    new_crimes: tuple[NewCrime, ...] = ()
    suspension_ended: date | None = None
    offence_terms: str = ""
    flags: tuple[str, ...] = ()
    strict: str = NONE
    rank: str = NONE
    lenient: str = NONE
    counted_twice: int = 0  # commendations an earlier reduction had used up
    ruled: tuple[date, ...] = ()  # ruling and service of this proposal
    schedule: tuple[date, ...] = ()
    again: bool = False  # the person of the case before, sent in a second time under an old number
    wrong_digit: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def to_term(self) -> Ruling | None:
        """The ruling that turned life or suspended death into a term."""
        return next((each for each in self.history if each.kind == TO_TERM), None)

    @cached_property
    def first_day(self) -> date | None:
        """The first day of the term: of detention, of the ruling that changed life, of the end of the suspension."""
        if self.kind == FIXED:
            return self.began
        if self.to_term is None:
            return None
        at_once = self.kind == DEATH and not any(each.kind == TO_LIFE for each in self.history)
        return self.suspension_ended if at_once else self.to_term.ruled

    @cached_property
    def ends(self) -> list[date]:
        """The last day of the term at first, then after each reduction; empty while there is no term."""
        if self.first_day is None:
            return []
        ends = [last_day(self.first_day, self.to_term.months if self.to_term is not None else self.months)]
        for each in self.history:
            if each.kind == CUT:
                ends.append(later(ends[-1], -each.months))
        return ends

    def end_after(self, ruling: Ruling) -> date | None:
        """The last day of the term after an earlier ruling; None after a change to life imprisonment."""
        if ruling.kind == TO_LIFE:
            return None
        reductions = [each for each in self.history if each.kind == CUT]
        return self.ends[reductions.index(ruling) + 1 if ruling.kind == CUT else 0]

    @cached_property
    def new_end(self) -> date | None:
        """The last day after the proposed reduction; None for parole and for a change of the kind of penalty."""
        return later(self.ends[-1], -self.proposed) if self.ends and not self.parole else None

    @cached_property
    def assessed(self) -> tuple[date, date]:
        """The assessment this proposal rests on: from the end of the last one, or from the third month in prison."""
        until = ASSESSED_TO_EARLY if self.filed == FIRST_FILING else ASSESSED_TO
        if self.history:
            return self.history[-1].assessed_to + timedelta(days=1), until
        return later((self.delivered or self.effective).replace(day=1), 2), until

    @cached_property
    def cycles(self) -> list[tuple[date, date]]:
        """Half-year cycles that ended within the assessment; each earned a commendation."""
        start, until = self.assessed
        cycles = []
        while (end := last_day(start, CYCLE)) <= until:
            cycles.append((start, end))
            start = end + timedelta(days=1)
        return cycles


def all_cases() -> list[Case]:
    """Every case, in the order the prisoner numbers follow."""
    return [case for name in FILES for case in read_cases(CASES / f"{name}.toml")]


def read_cases(file: Path) -> list[Case]:
    """The cases of one file; TypeError when a case has a key there is not."""
    with file.open("rb") as stream:
        return [_case(each) for each in tomllib.load(stream)["case"]]


def _case(data: Mapping[str, Any]) -> Case:
    found: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    for key, kind in (("history", Ruling), ("debts", Debt), ("new_crimes", NewCrime)):
        found[key] = tuple(kind(**each) for each in found.get(key, ()))
    return Case(**found)
