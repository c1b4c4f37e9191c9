"""Root causes: what merely follows from a finding, or shows the same event, is told as a step of it and not alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import app.core.law
from app.core.findings import Level, Outcome, Verdict

ALWAYS, SHIFTED, SAME_EVENT = "always", "shifted", "same_event"
BESIDE = timedelta(days=1)
DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
APART = re.compile(r"(?:多算|少算|晚|早|相差)\s*(\d+)\s*日")
CLOSED = (Level.UNLAWFUL, Level.DOUBT)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One root cause: the parent's rule, the rules that follow, when they do, and why.

    `when` is one of the three words above; `only`, where given, must stand in the child's message.
    """

    parent: str
    children: tuple[str, ...]
    when: str
    says: str
    only: str = ""


@cache
def shipped() -> tuple[Suppression, ...]:
    """The root causes shipped with the program; ValueError for a condition that is not known."""
    path = Path(app.core.law.__file__).with_name("suppression.toml")
    found = []
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["suppression"]:
        if each["when"] not in (ALWAYS, SHIFTED, SAME_EVENT):
            raise ValueError(f"{path.name}: {each['when']}")
        only = each.get("only", "")
        found.append(Suppression(each["parent"], tuple(each["children"]), each["when"], each["says"], only))
    return tuple(found)


def suppressed(verdicts: Sequence[Verdict], table: Sequence[Suppression] | None = None) -> list[Verdict]:
    """The verdicts of one case without those that only follow; each stands as a step of its parent."""
    kept = list(verdicts)
    found = {each.rule for each in kept if each.level in CLOSED}
    if not found:
        return kept
    for cause in shipped() if table is None else table:
        if cause.parent not in found:
            continue
        for parent in [each for each in kept if each.rule == cause.parent and each.level in CLOSED]:
            children = [each for each in kept if _follows(cause, parent, each)]
            if children:
                steps = [f"由此而来（{cause.says}）：{each.rule_name}，{each.message}" for each in children]
                told = parent._replace(steps=(*parent.steps, *steps))
                kept = [told if each is parent else each for each in kept if each not in children]
    return kept


def _follows(cause: Suppression, parent: Verdict, child: Verdict) -> bool:
    if child.rule not in cause.children or child.outcome is not Outcome.FOUND or cause.only not in child.message:
        return False
    if cause.when == ALWAYS:
        return True
    if cause.when == SAME_EVENT:
        return any(abs(one - other) <= BESIDE for one in _days(parent)[:1] for other in _days(child))
    mine, theirs = APART.search(parent.message), APART.search(child.message)
    return mine is not None and theirs is not None and mine[1] == theirs[1]


def _days(verdict: Verdict) -> list[date]:
    """The days a finding's message names, that of the event before all others."""
    return [date(*map(int, each)) for each in DAY.findall(verdict.message)]
