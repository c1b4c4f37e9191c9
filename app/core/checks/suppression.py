"""Root causes: what merely follows from a finding is told as a step of it and is no finding of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import app.core.law
from app.core.findings import Level, Outcome, Verdict

APART = re.compile(r"(?:多算|少算|晚|早|相差)\s*(\d+)\s*日")
CLOSED = (Level.UNLAWFUL, Level.DOUBT)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One root cause: the parent's rule, the rules that follow, whether only when off by the same days, and why."""

    parent: str
    children: tuple[str, ...]
    shifted: bool
    says: str


@cache
def shipped() -> tuple[Suppression, ...]:
    """The root causes shipped with the program; ValueError for a condition that is not known."""
    path = Path(app.core.law.__file__).with_name("suppression.toml")
    found = []
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["suppression"]:
        if each["when"] not in ("always", "shifted"):
            raise ValueError(f"{path.name}: {each['when']}")
        found.append(Suppression(each["parent"], tuple(each["children"]), each["when"] == "shifted", each["says"]))
    return tuple(found)


def suppressed(verdicts: Sequence[Verdict], table: Sequence[Suppression] | None = None) -> list[Verdict]:
    """The verdicts of one case without those that only follow; each stands as a step of its parent."""
    kept = list(verdicts)
    for cause in shipped() if table is None else table:
        parent = next((each for each in kept if each.rule == cause.parent and each.level in CLOSED), None)
        if parent is None:
            continue
        children = [each for each in kept if _follows(cause, parent, each)]
        if children:
            steps = [f"由此而来（{cause.says}）：{each.rule_name}，{each.message}" for each in children]
            told = replace(parent, steps=(*parent.steps, *steps))
            kept = [told if each is parent else each for each in kept if each not in children]
    return kept


def _follows(cause: Suppression, parent: Verdict, child: Verdict) -> bool:
    if child.rule not in cause.children or child.outcome is not Outcome.FOUND:
        return False
    if not cause.shifted:
        return True
    mine, theirs = APART.search(parent.message), APART.search(child.message)
    return mine is not None and theirs is not None and mine[1] == theirs[1]
