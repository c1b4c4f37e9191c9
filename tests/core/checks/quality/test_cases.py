"""Every check of quality finds what is wrong, leaves alone what is right, and says when it cannot look."""

from __future__ import annotations

from collections import Counter

import pytest

from app.core.checks.quality.check import CHECKS
from app.core.checks.quality.report import Health
from tests.core.checks.quality.sheets import KINDS, Case, all_cases, answer

WITHOUT_COLUMNS = {"DQ-02", "DQ-13", "DQ-14", "DQ-18"}  # these look at a sheet whatever its columns are
FOUND = (Health.FAULTY, Health.TOLD)


def name(case: Case) -> str:
    return f"{case['check']}-{case['kind']}-{case['why']}"


def test_the_checks_are_those_of_the_catalogue() -> None:
    assert [each.id for each in CHECKS.all()] == [f"DQ-{number:02}" for number in range(1, 21)]


def test_every_check_has_a_case_of_each_kind() -> None:
    known = Counter((case["check"], case["kind"]) for case in all_cases())
    wanted = {(check.id, kind) for check in CHECKS.all() for kind in KINDS}
    assert set(known) == wanted


@pytest.mark.parametrize("case", all_cases(), ids=name)
def test_a_case_gets_its_answer(case: Case) -> None:
    said = answer(case)
    spots = [[each.row, each.column] for each in said.spots]
    assert (said.health, spots) == (case["result"], case.get("at", [])), said.says
    told = "".join((said.says, *(each.why for each in said.spots)))
    assert [each for each in case.get("words", []) if each not in told] == [], told
    assert said.count == len(spots)


@pytest.mark.parametrize("case", all_cases(), ids=name)
def test_a_case_is_of_the_kind_it_says(case: Case) -> None:
    health = Health(case["result"])
    match case["kind"]:
        case "defective":
            assert health in FOUND
        case "clean":
            assert health is Health.SOUND
        case "absent":
            assert health not in FOUND
            assert health is not Health.SOUND or case["check"] in WITHOUT_COLUMNS


@pytest.mark.parametrize("case", [each for each in all_cases() if each["kind"] == "defective"], ids=name)
def test_what_is_found_is_said_with_its_row_and_what_to_do(case: Case) -> None:
    said = answer(case)
    assert said.says
    assert said.do.startswith(("请", "以后"))
    assert said.rows == len({each.row for each in said.spots})
    assert said.first_rows == tuple(sorted({each.row for each in said.spots}))
