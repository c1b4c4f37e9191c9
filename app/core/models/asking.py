"""What a model asks: one row with the rows joined to it, the day, the law, and what became of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.core.law.book import LawBook
from app.core.records import Record

Group = tuple[str, tuple[str, ...]]  # which count it is, and what the rows have in common


class Joined(NamedTuple):
    """A row brought to the subject; `weak` when only names agree."""

    record: Record
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """One subject row and the rows of other tables joined to it, by the tables' local names.

    `keyless` are the tables it cannot be joined to, since it has nothing to be joined by.
    """

    subject: Record
    rows: Mapping[str, Sequence[Joined]] = field(default_factory=dict)
    keyless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """The day taken as today, the law, and up to which day each table (by local name) is known; absent ones are not.

    `groups` are the counts of alike leads once all rows were asked; None while they are being counted.
    """

    as_of: date
    law: LawBook
    through: Mapping[str, date]
    groups: Mapping[Group, int] | None = None


class Amount(NamedTuple):
    """A number worked out; money in yuan."""

    value: Decimal
    money: bool = False


class Unknown(Exception):
    """An input is missing: what, and who holds it."""

    def __init__(self, what: str, holder: str) -> None:
        super().__init__(what)
        self.what = what
        self.holder = holder


class Stop(Exception):
    """The row is no lead; `why` in words. `never` when the question does not concern it at all."""

    def __init__(self, why: str, *, never: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.never = never
