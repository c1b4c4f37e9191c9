"""Every data case of the desks of people answers as the law's text says, and every rule is shown from all sides."""

from __future__ import annotations

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.findings import Level, Outcome
from tests.core.checks.deskcases import all_cases, bases, faults, spread, verdicts_of

CASES = {(desk, case["id"]): case for desk in PEOPLE_DESKS for case in all_cases(desk)}
BASES = [(desk, base) for desk in PEOPLE_DESKS for base in bases(desk)]
ALWAYS_ASKED = {"BQ-05"}  # the law is silent on the start, so that every start is at least a prompt
RULES = [(desk.id, rule.id) for desk in PEOPLE_DESKS.values() for rule in desk.rules.all()]


def named(pairs: list[tuple[str, str]]) -> list[str]:
    return [" ".join(each) for each in pairs]


@pytest.mark.parametrize(("desk", "case"), CASES, ids=named([*CASES]))
def test_case(desk: str, case: str) -> None:
    found = CASES[desk, case]
    assert faults(found, verdicts_of(found, PEOPLE_DESKS[desk].review)) == []


@pytest.mark.parametrize("desk", PEOPLE_DESKS)
def test_ids_are_unique(desk: str) -> None:
    assert len({case["id"] for case in all_cases(desk)}) == len(all_cases(desk))


@pytest.mark.parametrize(("desk", "base"), BASES, ids=named(BASES))
def test_lawful_people_stay_clean(desk: str, base: str) -> None:
    case = spread(desk, {"id": base, "base": base, "why": "wholly lawful"})
    assert faults(case, verdicts_of(case, PEOPLE_DESKS[desk].review)) == []


@pytest.mark.parametrize(
    ("desk", "base", "rule"), [("correction", "probation", "SJ-20"), ("deprivation", "release", "BQ-12")]
)
def test_a_case_can_fail(desk: str, base: str, rule: str) -> None:
    case = spread(desk, {"id": "x", "base": base, "says": {rule: "违法"}, "why": "wrong on purpose"})
    assert len(faults(case, verdicts_of(case, PEOPLE_DESKS[desk].review))) == 1


@pytest.mark.parametrize(("desk", "rule"), RULES, ids=named(RULES))
def test_every_rule_is_found_kept_at_its_border_and_not_judged(desk: str, rule: str) -> None:
    mine = [case for case in all_cases(desk) if rule in case["says"]]
    said = {case["says"][rule][0] for case in mine}
    assert said & set(Level), "no case finds it"
    assert Outcome.LAWFUL in said or rule in ALWAYS_ASKED
    assert Outcome.NOT_EVALUATED in said
    assert any(rule in case["edge"] for case in mine), "no case stands at its border"


def test_all_rules_of_the_catalogue_are_there() -> None:
    expected = [f"SJ-{number:02}" for number in range(1, 70)] + [f"BQ-{number:02}" for number in range(1, 34)]
    assert sorted(rule for _, rule in RULES) == sorted(expected)
