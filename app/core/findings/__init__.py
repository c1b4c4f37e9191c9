"""The vocabulary of what was found: verdicts, findings with their proof, conclusions, and a finding's states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How far a finding goes (contract §3)."""

    UNLAWFUL = "违法"
    DOUBT = "存疑"
    HINT = "提示"
    DATA = "数据"


class Outcome(StrEnum):
    """What a rule answers to one case besides a finding."""

    LAWFUL = "合规"
    FOUND = "有问题"
    NOT_EVALUATED = "不能判断"
    NOT_APPLICABLE = "不适用"


class Gravity(StrEnum):
    """How grave an unlawful finding is."""

    GRAVE = "重大"
    SERIOUS = "较重"
    SLIGHT = "轻微"


class Harm(StrEnum):
    """Whom a breach hurts: held too long, held too short, rights, procedure."""

    HELD_TOO_LONG = "多关"
    HELD_TOO_SHORT = "少关"
    RIGHTS = "权利"
    PROCEDURE = "程序"


class Match(StrEnum):
    """How sure it is that all records belong to this person."""

    SURE = "M1"
    LIKELY = "M2"
    WEAK = "M3"


class Evidence(NamedTuple):
    """The cell a fact came from."""

    file: str
    sheet: str
    row: int
    column: str
    field: str
    raw: str
    value: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision relied on: law, article, in force from/to (None = still), certainty V/S/M/D, one-line paraphrase."""

    law: str
    article: str
    in_force: tuple[date | None, date | None]
    certainty: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a finding is about."""

    name: str
    id_number: str = ""
    prisoner_no: str = ""
    match: Match = Match.SURE


class Verdict(NamedTuple):
    """One rule's answer to one case, with its steps and evidence.

    `level`, `gravity`, `harm`, `message` and `document` are set when `outcome` is FOUND;
    `missing` and `holder` when it is NOT_EVALUATED. `fact` tells two findings of one rule about one case apart.
    `role` is the kind of office that answers for what was found, where that is known apart from the case, `office` its
    name as far as the lists say it.
    """

    rule: str
    rule_name: str
    outcome: Outcome
    steps: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    basis: tuple[Basis, ...] = ()
    level: Level | None = None
    gravity: Gravity | None = None
    harm: Harm | None = None
    message: str = ""
    document: str | None = None
    missing: tuple[str, ...] = ()
    holder: str = ""
    fact: str = ""
    role: str = ""
    office: str = ""

    def unit(self, whose: str) -> str:
        """Whose work the finding is about: the office that answers for it, by name or kind, else that of the case."""
        return self.office or self.role or whose


@dataclass(frozen=True, slots=True)
class Finding:
    """A FOUND verdict about a person in a case, with a key that stays the same from run to run.

    `unit` is the office whose work it is about.
    """

    key: str
    desk: str
    person: Person
    case: str
    unit: str
    verdict: Verdict


class Conclusion(StrEnum):
    """What the office is advised to answer to one proposal (contract §2)."""

    AGREE = "同意提请"
    REFUSE = "建议不予提请"
    ADJUST = "建议调整幅度"
    INVESTIGATE = "需调查核实"
    UNDECIDED = "不能判断"


class Standing(StrEnum):
    """How a matter outside prison stands after its review: the gravest thing found."""

    BREACH = "有违法线索"
    DOUBT = "需核实"
    HINT = "有提示"
    DATA = "数据有问题"
    UNJUDGED = "部分不能判断"
    CLEAR = "未发现问题"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days of one status in a person's penalty, both ends inclusive; `note` tells what contradicts it."""

    status: str
    start: date
    last: date
    note: str = ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.start).days + 1

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Its parts as texts, dates in ISO form."""
        return self.status, self.start.isoformat(), self.last.isoformat(), self.note

    @classmethod
    def of(cls, status: str, start: str, last: str, note: str) -> DaySpan:
        """What `texts` gave, back again."""
        return cls(status, date.fromisoformat(start), date.fromisoformat(last), note)


@dataclass(frozen=True, slots=True)
class CaseReview:
    """Everything one review said about one case: conclusion, why, every verdict.

    `largest_lawful` is the largest lawful amount, where one follows; `days` are the person's days from first custody
    to the last penalty's end, `unplaced` what is known without its days, `law_read` the keys of the law judged by.
    """

    person: Person
    case: str
    unit: str
    conclusion: Conclusion | Standing
    reasons: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    largest_lawful: str = ""
    facts: Mapping[str, str] | None = None
    days: tuple[DaySpan, ...] = ()
    unplaced: tuple[str, ...] = ()
    law_read: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the rules say of a whole batch: its unit, what it is called, how many cases it has, every verdict."""

    unit: str
    label: str
    cases: int
    verdicts: tuple[Verdict, ...]
    law_read: frozenset[str] = field(default=frozenset(), compare=False, repr=False, kw_only=True)


class State(StrEnum):
    """A finding's life in the hands of people; which state may follow which stands in life.toml."""

    OPEN = "待核查"
    CHECKING = "核查中"
    WATCHED = "持续关注"
    CONFIRMED = "属实"
    EXCLUDED = "排除"
    ISSUED = "已制发"
    REPLIED = "已回复"
    RECTIFIED = "已整改"
    UNRECTIFIED = "未整改"
    LOOKED_BACK = "回头看"
    CLOSED = "办结"
