"""What the checks are called: every rule by its own name, wherever a window speaks of it by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from app.core.checks.correction import review as correction  # noqa: F401  importing it enters its rules
from app.core.checks.correction.book import RULES as CORRECTION
from app.core.checks.deprivation import review as deprivation  # noqa: F401  importing it enters its rules
from app.core.checks.deprivation.book import RULES as DEPRIVATION
from app.core.checks.disagreement import NAMES as IDENTITY
from app.core.checks.reduction import (
    batch_review,  # noqa: F401  importing it enters its rules
    review,  # noqa: F401  importing it enters its rules
)
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.checks.reduction.book import RULES as REDUCTION
from app.core.checks.rule import Book, Rule

BOOKS: tuple[Book[Any], ...] = (REDUCTION, BATCH_RULES, CORRECTION, DEPRIVATION)


def all_rules() -> Iterator[Rule[Any]]:
    """Every rule that is written in code, desk by desk."""
    return (each for book in BOOKS for each in book.all())


@cache
def rule_names() -> Mapping[str, str]:
    """The short names of all checks by id."""
    return {each.id: each.name for each in all_rules()} | IDENTITY


def spoken(rule_id: str) -> str:
    """The short name of a rule; its id where it has none."""
    return rule_names().get(rule_id, rule_id)
