"""The innocent explanations to be excluded before anything is written about a finding, as questions."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("excluding.toml")


def questions(rule_id: str) -> tuple[str, ...]:
    """What to ask about findings of a rule, those of this rule first, those of its whole desk last; () for others."""
    return _table().get(rule_id, ()) + _table().get(rule_id.partition("-")[0], ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in tomllib.loads(PATH.read_text(encoding="utf-8"))["question"]:
        for rule in each["rules"]:
            found[rule] = (*found.get(rule, ()), each["ask"])
    return found
