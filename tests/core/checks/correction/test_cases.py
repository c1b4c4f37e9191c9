"""Every data case of the correction rules answers as the law's text says."""

from __future__ import annotations

import pytest

from app.core.checks.correction.review import review
from tests.core.checks.deskcases import Case, all_cases, bases, faults, spread, verdicts_of

DESK = "correction"
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
