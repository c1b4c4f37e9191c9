"""Whole people under every rule of both desks at once: what the law says of them, and nothing else.

A line of whole_people.json is a data case (see deskcases.py) with the `desk` of its base. Every list it does not give
is loaded without a row about the person, so that nothing is excused by a list that is absent. What `says` does not
name may be neither 违法 nor 存疑, under no rule of either desk, but for the rules in `may`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.findings import Verdict
from tests.core.checks.deskcases import CLOSED, Case, faults, line, spread, verdicts_of

LINES: list[Case] = json.loads(Path(__file__).with_name("whole_people.json").read_text(encoding="utf-8"))
TABLES = {table for desk in PEOPLE_DESKS.values() for table in desk.tables}
LEAST = 40


def whole(told: Case) -> Case:
    """The case with every list of both desks."""
    case = spread(told["desk"], told)
    return {**case, "tables": {**{table: [] for table in sorted(TABLES)}, **case["tables"]}}


def answered(case: Case) -> list[Verdict]:
    """What both desks say of the person."""
    return [each for desk in PEOPLE_DESKS.values() for each in verdicts_of(case, desk.review)]


@pytest.mark.parametrize("told", LINES, ids=[each["id"] for each in LINES])
def test_person(told: Case) -> None:
    case = whole(told)
    verdicts = answered(case)
    named = {*case["says"], *case["may"]}
    more = [line(each) for each in verdicts if each.level in CLOSED and each.rule not in named]
    assert faults({**case, "family": set(named)}, verdicts) + more == []


def test_there_are_enough_and_lawful_ones_among_them() -> None:
    assert len({each["id"] for each in LINES}) == len(LINES) >= LEAST
    lawful = [each for each in LINES if not any(word.startswith("违法") for word in each["says"].values())]
    assert len(LINES) / 3 < len(lawful) < len(LINES)
