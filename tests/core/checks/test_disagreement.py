"""What lists say differently of one person is a finding about the data, told once a person and accusing nobody."""

from __future__ import annotations

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.disagreement import NAMES
from app.core.findings import Level, Standing, Verdict
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.checks.deskcases import lists_of, records_of, spread, verdicts_of


def told(desk: str = "correction", base: str = "probation", **changes: object) -> list[Verdict]:
    case = spread(desk, {"id": "x", "base": base, "why": "", **changes})
    return [each for each in verdicts_of(case, PEOPLE_DESKS[desk].review) if each.rule in NAMES]


@pytest.mark.parametrize(
    ("cells", "rule", "says"),
    [
        ({"T01.姓名": "测试假"}, "I-02", ["《法院裁判", "测试假", "测试甲", "人民法院", "社区矫正机构"]),
        ({"T02.性别": "女"}, "I-12", ["性别", "女", "男"]),
        ({"T01.出生日期": "1990-01-01", "T02.出生日期": "1990-01-10"}, "I-12", ["1990-01-10"]),
    ],
)
def test_both_cells_and_both_holders_are_named(cells: dict[str, str], rule: str, says: list[str]) -> None:
    (found,) = told(set=cells)
    assert (found.rule, found.level, found.gravity, found.document) == (rule, Level.DATA, None, None)
    assert all(each in found.message for each in says), found.message
    assert len(found.evidence) == len(found.steps) == 2
    assert {each.file for each in found.evidence} == {"T01.xlsx", "T02.xlsx"}


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"T01.姓名": "测 试 甲"},
        {"T01.姓名": "测试甲（曾用名测试丁）", "T02.姓名": "测试甲"},
        {"T02.姓名": "测试丁", "T02.曾用名": "测试甲"},
        {"T01.性别": ""},
        {"T01.身份证号": "110101900101001"},  # the same number of fifteen digits
    ],
)
def test_what_only_looks_different_is_none(cells: dict[str, str]) -> None:
    assert told(set=cells) == []


def test_rows_under_one_number_that_are_somebody_elses_are_told() -> None:
    found = told(**{"T02+": [{"姓名": "欧阳样", "性别": "女", "出生日期": "1970-05-05"}]})
    assert [each.rule for each in found] == ["I-14"]
    assert "欧阳样" in found[0].message


def test_two_episodes_of_a_person_tell_it_once() -> None:
    second = {"判决书编号": "（2020）样0101刑初9号", "社区矫正开始日期": "2020-03-13", "社区矫正结束日期": "2021-03-12"}
    case = spread("correction", {"id": "x", "base": "probation", "why": "", "set": {"T01.性别": "女"}})
    case["tables"]["T02"].append({**case["tables"]["T02"][0], **second})
    reviewed = list(PEOPLE_DESKS["correction"].review(records_of(case), shipped(), lists_of(case), Ticket()))
    assert len(reviewed) == 2
    assert sum(each.rule in NAMES for one in reviewed for each in one.review.verdicts) == 1


def test_it_decides_how_a_clean_case_stands() -> None:
    case = spread("correction", {"id": "x", "base": "probation", "why": "", "set": {"T01.性别": "女"}})
    (one,) = PEOPLE_DESKS["correction"].review(records_of(case), shipped(), lists_of(case), Ticket())
    assert one.review.conclusion == Standing.DATA
