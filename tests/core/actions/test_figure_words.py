"""The sentence beside each chart says what its figures say, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.actions import figure_words
from app.core.actions.figure_words import answers
from app.core.actions.statistics import Figures, MonthLine, RuleLine, UnitLine, figure_sheets
from app.core.reports.shares import NEARLY_ALL, funnel, share

EMPTY = Figures(30, 0, 0.0, (), (), (), (), ())


def unit(name: str, cases: int, flagged: int, mean: float) -> UnitLine:
    return UnitLine(name, cases, flagged, (), share(flagged, cases), funnel(mean, cases, NEARLY_ALL))


def rule(name: str, found: int, confirmed: int, excluded: int, number: str = "MX-03") -> RuleLine:
    decided = confirmed + excluded
    known = share(confirmed, decided) if decided >= 30 else None
    return RuleLine(number, name, "版本", 0, 0, found, confirmed, excluded, found - decided, known)


def test_every_table_has_its_sentence_even_without_figures() -> None:
    said = answers(EMPTY)
    assert set(said) == {each.title for each in figure_sheets(EMPTY)}
    assert all(each.endswith("。") for each in said.values())


@pytest.mark.parametrize(
    ("units", "there", "not_there"),
    [
        (((300, 90), (400, 40), (40, 7)), ["“甲”（30.0%）", "确实偏高"], ["“丙”看上去最高"]),
        (((300, 30), (400, 42), (40, 7)), ["看不出哪个单位特别", "“丙”看上去最高（17.5%）", "偶然"], ["确实偏高"]),
        (((300, 2), (400, 80), (400, 70)), ["“甲”（0.7%）确实偏低", "不全"], []),
        (((300, 2),), ["不足两个"], ["确实"]),
    ],
)
def test_a_unit_that_differs_is_told_from_one_that_is_only_small(
    units: tuple[tuple[int, int], ...], there: list[str], not_there: list[str]
) -> None:
    mean = sum(flagged for _, flagged in units) / sum(cases for cases, _ in units)
    lines = tuple(unit(name, *each, mean) for name, each in zip("甲乙丙", units, strict=False))
    said = answers(replace(EMPTY, mean=mean, units=lines))["按单位"]
    for word in there:
        assert word in said
    for word in not_there:
        assert word not in said


def test_kinds_and_states_count_what_was_checked() -> None:
    shown = replace(
        EMPTY, kinds=(("违法·一般", 10, 3, 1, 6), ("提示", 4, 0, 0, 4)), states=(("待核查", 10), ("属实", 4))
    )
    said = answers(shown)
    assert said["按种类"] == "最多的是“违法·一般”，10 条；已有核查结果的 4 条中，属实 3 条（75%）。"
    assert said["办理状态"] == "共 14 条线索，10 条（71%）还没有核查结果。"
    assert "都还没有" in answers(replace(shown, kinds=(("提示", 4, 0, 0, 4),)))["按种类"]


@pytest.mark.parametrize(("before", "word"), [(5, "比2026年10月多 3 条"), (8, "与2026年10月相同"), (9, "少 1 条")])
def test_a_month_is_compared_with_the_one_before(before: int, word: str) -> None:
    shown = replace(
        EMPTY, months=(MonthLine("2026-10", (before,), 0, 0, before), MonthLine("2026-11", (6, 2), 1, 0, 7))
    )
    said = answers(shown)["按月份"]
    assert said.startswith("2026年11月首次发现 8 条，其中 7 条还没有核查结果")
    assert word in said
    assert "看不出变化" in answers(replace(shown, months=shown.months[1:]))["按月份"]


def test_rules_are_called_by_their_names() -> None:
    few = replace(EMPTY, rules=(rule("财产刑执行", 9, 1, 1), rule("", 2, 0, 0, "MX-99")))
    assert "“财产刑执行”，9 条" in answers(few)["规则成效"]
    assert "不能计算" in answers(few)["规则成效"]
    assert figure_words.rule_words(few.rules[1]) == "MX-99"
    many = replace(EMPTY, rules=(rule("甲规则", 50, 30, 10), rule("乙规则", 60, 6, 34)))
    said = answers(many)["规则成效"]
    assert "最高的是“甲规则”（75%）" in said
    assert "最低的是“乙规则”（15%）" in said


def test_what_presses_is_counted_by_whose_it_is() -> None:
    shown = replace(EMPTY, ahead=(("已经过期", 1, 2), ("7 天内", 0, 1), ("8—15 天", 4, 0)))
    assert answers(shown)["待办期限"] == "已经过期 3 项（应由本院办的 1 项），7 天内到期 1 项（应由本院办的 0 项）。"
    calm = replace(EMPTY, ahead=(("已经过期", 0, 0), ("7 天内", 0, 0), ("8—15 天", 4, 0)))
    assert "没有过期的" in answers(calm)["待办期限"]


def test_the_unit_that_rose_most_is_named() -> None:
    shown = replace(EMPTY, trend_months=("2026-10", "2026-11"), trend=(("甲监狱", (9, 9)), ("乙监狱", (1, 4))))
    assert answers(shown)["各单位逐月"].endswith("“乙监狱”：4 条，比2026年10月多 3 条。")
    fell = replace(shown, trend=(("甲监狱", (9, 2)),))
    assert "没有一个单位比2026年10月多" in answers(fell)["各单位逐月"]
    one = replace(shown, trend_months=("2026-11",), trend=(("甲监狱", (9,)),))
    assert "看不出变化" in answers(one)["各单位逐月"]
