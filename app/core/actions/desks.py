"""The desks that ask about people in lists, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.core.checks.correction import review as correction
from app.core.checks.correction.book import RULES as CORRECTION
from app.core.checks.deprivation import review as deprivation
from app.core.checks.deprivation.book import RULES as DEPRIVATION
from app.core.checks.desk import Reviewed
from app.core.checks.rule import Book
from app.core.checks.time_line import DeskDuties


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """One desk: its id, the tables its rules ask and those its cases begin with, its rules, its review
    and what its duties are asked with.

    `holder` is who usually has what is missing.
    """

    id: str
    tables: tuple[str, ...]
    begin: tuple[str, ...]
    holder: str
    rules: Book[Any]
    review: Callable[..., Iterator[Reviewed]]
    duties: DeskDuties[Any]


PEOPLE_DESKS = {
    each.id: each
    for each in (
        PeopleDesk(
            correction.DESK,
            correction.TABLES,
            correction.BEGIN,
            correction.HOLDER,
            CORRECTION,
            correction.review,
            correction.DUTIES,
        ),
        PeopleDesk(
            deprivation.DESK,
            deprivation.TABLES,
            deprivation.BEGIN,
            deprivation.HOLDER,
            DEPRIVATION,
            deprivation.review,
            deprivation.DUTIES,
        ),
    )
}
