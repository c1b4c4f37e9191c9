"""What the checks are called and how grave a breach is: rules written in code by their own names, the others listed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.checks.reduction import (
    batch_review,  # noqa: F401  importing it enters its rules
    review,  # noqa: F401  importing it enters its rules
)
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.checks.reduction.book import RULES as REDUCTION
from app.core.findings import Gravity


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule's id, its short name, and how grave a breach is; None where it only prompts."""

    id: str
    name: str
    gravity: Gravity | None


@cache
def rule_names() -> Mapping[str, RuleName]:
    """All checks by id; ValueError when one written in code is still listed."""
    names = {each.id: RuleName(each.id, each.name, each.gravity) for each in REDUCTION.all()}
    names |= {each.id: RuleName(each.id, each.name, None) for each in BATCH_RULES.all()}
    listed = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    if twice := names.keys() & listed.keys():
        raise ValueError(f"{', '.join(sorted(twice))}: named in code and in names.toml")
    for rule_id, each in listed.items():
        names[rule_id] = RuleName(rule_id, each["name"], Gravity(each["gravity"]) if "gravity" in each else None)
    return names


def spoken(rule_id: str) -> str:
    """The short name of a rule; its id where it has none."""
    known = rule_names().get(rule_id)
    return known.name if known is not None else rule_id
