"""Every data case of the deprivation rules answers as the law's text says."""

from __future__ import annotations

import pytest

from app.core.checks.deprivation.book import RULES
from app.core.checks.deprivation.review import review
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.checks.deskcases import Case, all_cases, bases, faults, lists_of, records_of, spread, verdicts_of

DESK = "deprivation"
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
    case = spread(DESK, {"id": "x", "base": "release", "says": {"BQ-12": "违法"}, "why": "wrong on purpose"})
    assert len(faults(case, verdicts_of(case, review))) == 1


def _says(rule: str) -> set[str]:
    return {case["says"][rule][0] for case in CASES.values() if rule in case["says"]}


@pytest.mark.parametrize("rule", [each.id for each in RULES.all()])
def test_every_rule_is_shown_from_all_sides(rule: str) -> None:
    said = _says(rule)
    assert said & ({"提示"} if rule == "BQ-32" else {"违法"})
    assert said >= {"不能判断"}
    assert said & ({"提示"} if rule == "BQ-05" else {"合规"})
    assert any(rule in case["edge"] for case in CASES.values())


def test_all_rules_of_the_catalogue_are_there() -> None:
    assert [each.id for each in RULES.all()] == [f"BQ-{number:02}" for number in range(1, 34)]


def test_a_person_with_two_deprivations_has_two_matters() -> None:
    case = spread(DESK, {"id": "two", "base": "expired", "T19+": [LATER_RELEASE], "T20+": [LATER], "why": "two"})
    reviewed = list(review(records_of(case), shipped(), lists_of(case), Ticket()))
    assert [each.review.case for each in reviewed] == ["（2021）样0101刑初1号", "（2024）样0101刑初8号"]
    assert faults(case, [each for one in reviewed for each in one.review.verdicts]) == []


LATER_RELEASE = {
    "案号": "（2024）样0101刑初8号",
    "原判主刑": "有期徒刑二年",
    "附加剥权年限": "一年",
    "释放日期": "2026-03-10",
    "释放类型": "刑满释放",
}
LATER = {
    "文书号": "（2024）样0101刑初8号",
    "剥权期限": "一年",
    "剥权起始日期": "2026-03-10",
    "剥权截止日期": "2027-03-09",
    "列管日期": "2026-03-12",
    "宣布日期": "2026-03-13",
    "告知书签收": "是",
    "责任民警": "样本警一",
    "状态": "在管",
}
