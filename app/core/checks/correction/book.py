"""The rule book of this desk and the conditions many of its rules share."""

from __future__ import annotations

from app.core.checks.correction.case import Episode, Kind
from app.core.checks.rule import Book

RULES: Book[Episode] = Book()


def on_roster(case: Episode) -> str:
    """Applies to people who are on the roster; Missing while there is no roster to look in."""
    if case.roster is None:
        case.lists.need("T02")
        return "不在社区矫正对象名册"
    return ""


def on_probation(case: Episode) -> str:
    """Applies to a suspended sentence."""
    return "" if case.kind is Kind.PROBATION else "不是缓刑"
