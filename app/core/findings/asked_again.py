"""What the rules say of the past and of what is to come: rulings asked again, and when somebody may be proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.findings import Basis, Conclusion, Person, Verdict


class Ruling(StrEnum):
    """What the court did."""

    GRANTED = "照准"
    ADJUSTED = "调整幅度"
    REFUSED = "不予减刑、假释"
    WITHDRAWN = "撤回"
    UNREAD = "裁定结果不明"


class Agreement(StrEnum):
    """How our answer stands to the ruling."""

    SAME = "一致"
    DIFFERENT = "不一致"
    OPEN = "不能对照"


@dataclass(frozen=True, slots=True)
class Backtested:
    """One past ruling asked again: whose and where it stands, what was ruled, what we would have said, and why.

    `grounds` are the verdicts our answer rests on, kept only where it differs from the ruling.
    """

    person: Person
    unit: str
    court: str
    file: str
    sheet: str
    row: int
    ruled_on: date
    asked_for: str
    ruling: Ruling
    conclusion: Conclusion
    agreement: Agreement
    reasons: tuple[str, ...]
    law_edition: str
    grounds: tuple[Verdict, ...] = ()


class Chance(StrEnum):
    """Whether somebody could be proposed now, as far as the waiting times and bars go."""

    NOW = "时间条件已具备"
    OPEN = "须核实"
    LATER = "时间未到"
    UNKNOWN = "不能判断"
    PENDING = "已在提请"
    NEVER = "不得提请"
    OVER = "不再服刑"


@dataclass(frozen=True, slots=True)
class Forecast:
    """When one prisoner may be proposed for commutation or parole (`kind`).

    `since` is the first day no reading forbids, `certain` the first day every reading allows, both None when there is
    none; `lacking` is what stands in the way, `missing` what was not delivered and who holds it, `to_check` what a
    person must look at, `most` the largest lawful amount. `urgent` tells why he may be held too long, and `rank`
    orders by it: 0 first. `end` is the last day of the sentence; file, sheet and row are where he is listed.
    """

    person: Person
    unit: str
    ward: str
    kind: str
    chance: Chance
    since: date | None = None
    certain: date | None = None
    lacking: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    to_check: tuple[str, ...] = ()
    most: str = ""
    end: date | None = None
    urgent: str = ""
    rank: int = 9
    steps: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    file: str = ""
    sheet: str = ""
    row: int = 0
