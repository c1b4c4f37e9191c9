"""Lists that are not loaded: what a row of theirs could explain is to be verified, and often no breach yet."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import app.core.law
from app.core.checks.persons import Lists
from app.core.findings import Gravity, Harm, Level, Verdict


@dataclass(frozen=True, slots=True)
class Unless:
    """One list that may explain what some rules find: the list, for which harm only (None for any), what to check.

    `told`: the catalogue lets the rule accuse without this list, so that it is only told as a step; `told_slight`: the
    same for what is slight.
    """

    rules: tuple[str, ...]
    table: str
    harm: Harm | None
    says: str
    told: bool = False
    told_slight: bool = False


@cache
def shipped() -> tuple[Unless, ...]:
    """The lists shipped with the program; ValueError for a harm that is not known."""
    text = Path(app.core.law.__file__).with_name("absent_lists.toml").read_text(encoding="utf-8")
    return tuple(
        Unless(
            tuple(each["rules"]),
            each["list"],
            Harm(each["harm"]) if "harm" in each else None,
            each["says"],
            each.get("told", False),
            each.get("told_slight", False),
        )
        for each in tomllib.loads(text)["unless"]
    )


def verified(verdicts: Sequence[Verdict], lists: Lists) -> list[Verdict]:
    """The verdicts, a breach that an absent list could explain lowered to a doubt that says what to ask whom."""
    return [_lowered(each, lists) if each.level is Level.UNLAWFUL else each for each in verdicts]


def _lowered(verdict: Verdict, lists: Lists) -> Verdict:
    open_ = [
        each
        for each in shipped()
        if verdict.rule in each.rules and each.harm in (None, verdict.harm) and not lists.has(each.table)
    ]
    if not open_:
        return verdict
    steps = []
    for each in open_:
        name, holder = lists.names.get(each.table, (each.table, ""))
        steps.append(f"没有导入《{name}》，须向{holder or '有关机关'}核对{each.says}")
    slight = verdict.gravity is Gravity.SLIGHT
    lowering = [each for each in open_ if not each.told and not (each.told_slight and slight)]
    if not lowering:
        return verdict._replace(steps=(*verdict.steps, *steps))
    message = f"{verdict.message}；须先核对{'、'.join(each.says for each in lowering)}"
    return verdict._replace(level=Level.DOUBT, gravity=None, message=message, steps=(*verdict.steps, *steps))
