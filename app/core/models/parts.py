"""What a supervision model is made of, as read from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.core.findings import Gravity, Harm, Level
from app.core.records import TableKind

FORMAT = 1
Scalar = str | int | Decimal | date


class Do(StrEnum):
    """The closed set of steps."""

    MATCH = "match"
    DIFFERENCE = "difference"
    DEADLINE = "deadline"
    OVERLAP = "overlap"
    THRESHOLD = "threshold"
    COUNT = "count"
    EXCLUDE = "exclude"


class CaseKind(StrEnum):
    """What one of a model's own test cases shows."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    BOUNDARY = "boundary"
    EXCLUSION = "exclusion"
    NOT_EVALUATED = "not_evaluated"


class Expect(StrEnum):
    """What a case must come to."""

    LEAD = "lead"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Way:
    """How rows of a table are brought to the subject: pairs (subject field, table field) that must all agree.

    `weak` when only names agree, so that somebody else may be meant.
    """

    pairs: tuple[tuple[str, str], ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class ModelTable:
    """A table a model reads: its local name, its declaration, whether it is the model's own, and how rows are joined.

    Without an `optional` table the model still runs; what rests on it is then a doubt. `same` is the subject's table
    once more, so that its rows can be held against each other.
    """

    name: str
    kind: TableKind
    own: bool
    ways: tuple[Way, ...] = ()
    optional: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """One threshold as dated data: value, unit, days it holds for, and the basis (by id) it comes from.

    A `local` one differs from province to province: nothing holds until the office fills it in, and the value in the
    file only serves the model's own cases.
    """

    id: str
    value: int | Decimal
    unit: str
    start: date | None
    end: date | None
    basis: str
    says: str
    local: bool = False

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Ground:
    """A basis of the model: an article of the law book (`cite`), or one told here with its certainty."""

    id: str
    cite: str = ""
    law: str = ""
    article: str = ""
    start: date | None = None
    end: date | None = None
    certainty: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: a reference or a plain number, times and divided by others; `minus` takes it away."""

    of: str | int | Decimal
    times: tuple[str | int | Decimal, ...] = ()
    by: tuple[str | int | Decimal, ...] = ()
    minus: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about a value: what it is compared with by which comparison, days moved by an offset.

    With the comparison `any` the value is a tuple of conditions of which one must hold.
    """

    of: str
    op: str
    value: Any
    plus: int = 0
    counting: str = "days"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; which of the fields a kind uses stands in the description of the format.

    `says` is said when the step ends the question, `at` is its line in the file's order, from 1.
    """

    do: Do
    at: int
    id: str = ""
    table: str = ""
    where: tuple[Condition, ...] = ()
    says: str = ""
    least: int = 1
    until: str = ""
    start: str = ""
    length: str | int = 0
    counting: str = "days"
    roll: bool = False
    done: str = ""
    within: bool = False
    first: tuple[str, str] = ("", "")
    second: tuple[str, str] = ("", "")
    value: tuple[Term, ...] = ()
    op: str = ""
    limit: tuple[Term, ...] = ()
    by: tuple[str, ...] = ()
    only: bool = True
    day: str = ""
    span: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """What is said when all steps went through: level, gravity, harm, sentence with slots, grounds, document."""

    id: str
    name: str
    level: Level
    gravity: Gravity | None
    harm: Harm | None
    message: str
    basis: tuple[str, ...]
    document: str | None
    disputed: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One of the model's own test cases: rows by table, the day, and what must come of the subject's first row."""

    name: str
    kind: CaseKind
    as_of: date
    expect: Expect
    lead: str
    says: str
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the model asks about: a table and which of its fields name the person or unit, the case, the unit, the day.

    `day` is the day of the act judged, by which law and numbers are picked; "" for the run's day. `once` names the
    `same` table whose joined rows are the same person's: of these rows only the first is asked.
    """

    table: str
    name: str
    number: str
    label: str
    unit: str
    day: str
    once: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What people read of a model before they use it."""

    point: str
    about: str
    published: str
    advice: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """One supervision model; `text` is the file it was read from.

    With `least` above one a row is a lead only when that many of its leads are found together. `given` are the local
    numbers the office filled in, by their ids; None while the model's own cases are tried, which take the file's.
    """

    id: str
    name: str
    version: int
    author: str
    changed: date
    reason: str
    card: Card
    tables: tuple[ModelTable, ...]
    subject: Subject
    grounds: Mapping[str, Ground]
    numbers: Mapping[str, tuple[Number, ...]]
    steps: tuple[Step, ...]
    leads: tuple[Lead, ...]
    one: bool
    least: int
    cases: tuple[OwnCase, ...]
    text: str = field(default="", repr=False, compare=False)
    given: Mapping[str, Decimal] | None = field(default=None, repr=False, compare=False)

    def table(self, name: str) -> ModelTable:
        """One of its tables by its local name; KeyError when there is none such."""
        for each in self.tables:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def subject_table(self) -> ModelTable:
        """The table whose rows are asked about."""
        return self.table(self.subject.table)

    def local_numbers(self) -> list[Number]:
        """The numbers an office fills in itself, each once."""
        return [group[-1] for group in self.numbers.values() if group[-1].local]

    def all_steps(self) -> tuple[Step, ...]:
        """The common steps and those of every lead."""
        return (*self.steps, *(step for lead in self.leads for step in lead.steps))
