"""When something falls due: a time limit counted from the day of its event, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.law.book import LawBook, Parameter, Provision
from app.core.law.limits import Limit
from app.core.sentence.terms import due as month_due
from app.core.sentence.workdays import deadline

SOON = timedelta(days=3)


class Urgency(StrEnum):
    """How a limit stands on a day."""

    OVERDUE = "已逾期"
    TODAY = "今天到期"
    SOON = "三日内到期"
    LATER = "未到期"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit that began on `start`.

    `plain` is the last day by counting alone, `last` that day moved over holidays (equal where holidays of that year
    are not known, then `sure` is false), `latest` the last day when it is lengthened, None where that cannot be.
    """

    limit: Limit
    start: date
    plain: date
    last: date
    sure: bool
    latest: date | None
    length: str
    basis: Provision

    def urgency(self, as_of: date) -> Urgency:
        """How it stands on a day."""
        if self.last < as_of:
            return Urgency.OVERDUE
        if self.last == as_of:
            return Urgency.TODAY
        return Urgency.SOON if self.last <= as_of + SOON else Urgency.LATER

    def left(self, as_of: date) -> int:
        """Days left on a day, below 0 when overdue."""
        return (self.last - as_of).days


def due(limit: Limit, start: date, law: LawBook, *, days: int = 0, months: int = 0) -> Due:
    """When a limit that begins on `start` ends; `days` or `months` are those a document grants itself, if any.

    The day of the event is not counted. LawGap when the book holds no such number for that day.
    """
    number = law.parameter(limit.length, start)
    granted = limit.reply and bool(days or months)
    amount = (days or months) if granted else int(number.value)
    counting = ("days" if days else "months") if granted else limit.counting
    plain, last, sure = _end(start, amount, counting, limit, law)
    latest = None
    if limit.longer:
        latest = _end(start, amount + law.number(limit.longer, start), counting, limit, law)[1]
    length = f"{amount} 日" if counting == "days" else f"{amount} 个月"
    return Due(limit, start, plain, last, sure, latest, length, _basis(number, law))


def _end(start: date, amount: int, counting: str, limit: Limit, law: LawBook) -> tuple[date, date, bool]:
    """The last day by counting, that day moved over holidays, and whether the holidays are known."""
    plain = start + timedelta(days=amount) if counting == "days" else month_due(start, amount).late
    if not limit.roll:
        return plain, plain, True
    moved = deadline(plain, 0, law.calendar).moved
    return plain, moved or plain, moved is not None


def _basis(number: Parameter, law: LawBook) -> Provision:
    return law.provision(number.provision)
