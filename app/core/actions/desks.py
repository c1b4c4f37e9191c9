"""The desks that ask about people in lists, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.checks.correction import review as correction
from app.core.checks.correction.book import RULES as CORRECTION
from app.core.checks.correction.case import EVENT_DAYS, STRAY
from app.core.checks.deprivation import review as deprivation
from app.core.checks.deprivation.book import RULES as DEPRIVATION
from app.core.checks.desk import Begins, Gathered, Reviewed
from app.core.checks.persons import Dossier
from app.core.checks.rule import Book
from app.core.checks.time_line import DeskDuties
from app.core.law.book import LawBook
from app.core.people.identity import TELLING


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """One desk: its id, the tables its rules ask and those its cases begin with, its rules, its review as a whole and
    the two steps of it, everybody and each one's cases, and what its duties are asked with.

    `holder` is who usually has what is missing; `days` are the fields, by table, that are read of everybody's rows
    beside what tells whose they are.
    """

    id: str
    tables: tuple[str, ...]
    begins: Begins
    holder: str
    rules: Book[Any]
    review: Callable[..., Iterator[Reviewed]]
    gather: Callable[..., Gathered]
    cases: Callable[[Dossier, LawBook, date], Sequence[Any]]
    duties: DeskDuties[Any]
    days: Mapping[str, tuple[str, ...]]

    @property
    def begin(self) -> tuple[str, ...]:
        """The lists its cases begin with."""
        return self.begins.tables

    def telling(self, table: str) -> frozenset[str]:
        """The fields of a table that everybody is gathered by."""
        return frozenset((*TELLING, *self.days.get(table, ())))


PEOPLE_DESKS = {
    each.id: each
    for each in (
        PeopleDesk(
            correction.DESK,
            correction.TABLES,
            Begins(correction.BEGIN, STRAY),
            correction.HOLDER,
            CORRECTION,
            correction.review,
            correction.gather,
            correction.cases,
            correction.DUTIES,
            EVENT_DAYS,
        ),
        PeopleDesk(
            deprivation.DESK,
            deprivation.TABLES,
            Begins(deprivation.BEGIN),
            deprivation.HOLDER,
            DEPRIVATION,
            deprivation.review,
            deprivation.gather,
            deprivation.cases,
            deprivation.DUTIES,
            deprivation.DAYS,
        ),
    )
}
