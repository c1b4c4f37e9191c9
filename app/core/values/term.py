"""Terms of imprisonment: years, months and days kept apart, months as the unit of every band and cap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.values.numerals import in_chinese

DAYS_IN_HALF_MONTH = 15


class SentenceKind(StrEnum):
    """Kinds of principal penalty, as the judgment names them."""

    CONTROL = "管制"
    DETENTION = "拘役"
    FIXED_TERM = "有期徒刑"
    LIFE = "无期徒刑"
    SUSPENDED_DEATH = "死刑缓期执行"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as a judgment states it: years, months, days; never turned into days."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def of_months(cls, months: int, days: int = 0) -> Term:
        """Build a term from whole months."""
        return cls(months // 12, months % 12, days)

    @property
    def total_months(self) -> int:
        """Whole months in the term; days are left out."""
        return self.years * 12 + self.months

    def __bool__(self) -> bool:
        return bool(self.total_months or self.days)

    def __add__(self, other: Term) -> Term:
        return Term.of_months(self.total_months + other.total_months, self.days + other.days)

    def __lt__(self, other: Term) -> bool:
        return (self.total_months, self.days) < (other.total_months, other.days)

    def __le__(self, other: Term) -> bool:
        return (self.total_months, self.days) <= (other.total_months, other.days)

    def __gt__(self, other: Term) -> bool:
        return not self <= other

    def __ge__(self, other: Term) -> bool:
        return not self < other

    def __str__(self) -> str:
        """Print the way a judgment does: 三年六个月."""
        parts = ((self.years, "年"), (self.months, "个月"), (self.days, "日"))
        return "".join([f"{in_chinese(count)}{unit}" for count, unit in parts if count]) or "零"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A principal penalty: its kind and, where it has one, its term; `term` is None for life and suspended death."""

    kind: SentenceKind
    term: Term | None = None

    def __str__(self) -> str:
        return f"{self.kind}{self.term}" if self.term is not None else str(self.kind)


@dataclass(frozen=True, slots=True)
class Deprivation:
    """Additional deprivation of political rights: a term, for life, none (an empty term) or 期限不变."""

    term: Term = Term()
    life: bool = False
    unchanged: bool = False

    def __bool__(self) -> bool:
        return self.life or self.unchanged or bool(self.term)

    def __str__(self) -> str:
        if self.life:
            return "剥夺政治权利终身"
        if self.unchanged:
            return "剥夺政治权利期限不变"
        return f"剥夺政治权利{self.term}" if self.term else "无"


@dataclass(frozen=True, slots=True)
class OffenceTerm:
    """One offence of a joinder and the sentence imposed for it alone."""

    offence: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.offence}{self.sentence}"
