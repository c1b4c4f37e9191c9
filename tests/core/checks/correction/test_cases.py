"""Every data case of the correction rules answers as the law's text says."""

from __future__ import annotations

import pytest

from app.core.checks.correction.book import RULES
from app.core.checks.correction.review import review
from app.core.findings import Level, Outcome
from tests.core.checks.deskcases import Case, all_cases, bases, faults, spread, verdicts_of

DESK = "correction"
FOUND = {"违法", "存疑", "提示", "数据"}
CASES = {case["id"]: case for case in all_cases(DESK)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    assert faults(case, verdicts_of(case, review)) == []


def test_ids_are_unique() -> None:
    assert len(CASES) == len(all_cases(DESK))


@pytest.mark.parametrize("base", bases(DESK))
def test_lawful_people_stay_clean(base: str) -> None:
    case = spread(DESK, {"id": base, "base": base, "why": "wholly lawful"})
    assert faults(case, verdicts_of(case, review)) == []


def test_a_case_can_fail() -> None:
    case = spread(DESK, {"id": "x", "base": "probation", "says": {"SJ-20": "违法"}, "why": "wrong on purpose"})
    assert len(faults(case, verdicts_of(case, review))) == 1


@pytest.mark.parametrize("rule", [each.id for each in RULES.all()])
def test_every_rule_is_found_kept_at_its_border_and_not_judged(rule: str) -> None:
    said = {case["says"][rule][0] for case in CASES.values() if rule in case["says"]}
    assert said & set(Level), "no case finds it"
    assert Outcome.LAWFUL in said
    assert Outcome.NOT_EVALUATED in said
    assert any(rule in case["edge"] for case in CASES.values()), "no case stands at its border"
