"""What must hold for every date and every order of rows: later is never worse, and nothing depends on chance."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.review import HOLDER, build_cases, review_case
from app.core.checks.rule import run_rule
from app.core.findings import Gravity, Level, Outcome, Verdict
from app.core.law.book import shipped
from app.core.records import Record
from app.core.values import Term
from tests.core.checks.casefiles import TABLES, Case, all_cases, bases, records_of, spread

LAW = shipped()
# How bad an answer is; a rule that has nothing to say is as good as kept.
WORSE = {None: 0, Level.HINT: 0, Level.DATA: 0, Level.DOUBT: 1, Level.UNLAWFUL: 2}


def ask(case: Case, rule: str) -> list[Verdict]:
    """One rule's answer to the first proposal of a case."""
    day = date.fromisoformat(case["as_of"])
    reduction = build_cases(records_of(case), LAW, day)[0]
    return run_rule(RULES[rule], reduction, LAW, day, weak=reduction.loose, holder=HOLDER)


def badness(case: Case, rule: str) -> int:
    """How bad the worst answer is."""
    return max(WORSE[each.level] for each in ask(case, rule))


# Base, rule, first day tried: the filing date is all that changes.
CLOCKS = [
    ("a1", "JX-T01", "2021-07-10"),
    ("a4", "JX-T01", "2018-07-10"),
    ("a5v_ten", "JX-T01", "2018-07-10"),
    ("a7", "JX-T01", "2019-06-01"),
    ("short", "JX-T01", "2021-07-10"),
    ("b1", "JX-T02", "2017-01-01"),
    ("c1", "JX-T02", "2018-01-01"),
    ("c4", "JX-T02", "2018-01-01"),
    ("death", "JX-T02", "2015-01-01"),
    ("a2_later", "JX-T03", "2020-09-10"),
    ("a4x_later", "JX-T03", "2021-01-10"),
    ("a4x_later", "JX-T10", "2022-01-10"),
    ("d5", "JX-T03", "2019-12-10"),
    ("old", "JX-T03", "2021-01-10"),
    ("a2_later", "JX-T04", "2020-09-10"),
    ("old", "JX-T07", "2021-01-10"),
    ("short", "JX-T09", "2021-07-10"),
    ("parole", "JX-J01", "2018-07-10"),
    ("parole_life", "JX-J02", "2018-07-10"),
    ("parole_death", "JX-J03", "2018-07-10"),
    ("parole_later", "JX-J05", "2020-09-10"),
    ("unserved", "JX-T05", "2021-01-10"),
    ("offended", "JX-T11", "2020-05-10"),
    ("omitted", "JX-T03", "2021-01-10"),
    ("refused", "JX-F04", "2024-05-01"),
]
RULED = {"裁定日期": "2021-01-05", "减刑幅度": "六个月", "减后刑期止日": "2029-07-09", "裁定类型": "减刑"}
JOINED = {"判决确定日期": "2020-05-10", "新罪刑种": "有期徒刑", "新罪刑期": "二年"}
REFUSED = {"判项种类": "罚金", "执行结论": "未履行", "有无拒不履行情形": "曾虚假申报", "情形消失日期": "2024-08-31"}
# Those of a base with something more in their tables.
WITH_MORE: dict[str, dict[str, Any]] = {
    "unserved": {"base": "a3_later", "R2": [RULED]},
    "offended": {"base": "a3", "R7": [{**JOINED, "类型": "故意犯罪", "并罚后刑期": "十年"}]},
    "omitted": {"base": "a2_later", "R7": [{**JOINED, "类型": "漏罪", "并罚后刑期": "十一年"}]},
    "refused": {"base": "pays", "R6": [REFUSED]},
}


@pytest.mark.parametrize(("who", "rule", "first"), CLOCKS)
@settings(max_examples=20)
@given(days=st.integers(0, 2500), more=st.integers(0, 800))
def test_later_filing_is_never_worse(who: str, rule: str, first: str, days: int, more: int) -> None:
    start = date.fromisoformat(first) + timedelta(days=days)
    line = {"id": who, "base": who, **WITH_MORE.get(who, {}), "why": "a day"}
    early, late = (spread({**line, "set": {"报请日期": str(day)}}) for day in (start, start + timedelta(days=more)))
    assert badness(late, rule) <= badness(early, rule)


@pytest.mark.parametrize(("who", "rule", "first"), CLOCKS)
def test_a_clock_tells_early_from_late(who: str, rule: str, first: str) -> None:
    """What is never worse could also be what never says anything."""
    line = {"id": who, "base": who, **WITH_MORE.get(who, {}), "why": "a day"}
    days = [date.fromisoformat(first) + timedelta(days=each) for each in range(0, 6000, 100)]
    assert len({badness(spread({**line, "set": {"报请日期": str(day)}}), rule) for day in days}) > 1


AMOUNTS = [
    ("a1", "JX-M01"), ("a3", "JX-M01"), ("a5", "JX-M01"), ("a5", "JX-M02"), ("a7", "JX-M01"), ("d2", "JX-M01"),
    ("d5", "JX-M06"), ("d6", "JX-M01"), ("a1", "JX-S01"), ("short", "JX-S01"), ("short", "JX-M10"), ("d3", "JX-S03"),
    ("old", "JX-M04"), ("old", "JX-M05"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "rule"), AMOUNTS)
@settings(max_examples=15)
@given(months=st.integers(1, 40), more=st.integers(0, 20))
def test_smaller_amount_is_never_worse(base: str, rule: str, months: int, more: int) -> None:
    small, large = (
        spread({"id": base, "base": base, "set": {"提请减刑幅度": str(Term.of_months(each))}, "why": "an amount"})
        for each in (months, months + more)
    )
    assert badness(small, rule) <= badness(large, rule)


@pytest.mark.parametrize("base", ["a1", "a3", "a5", "a7", "d1", "d2", "d4", "d6"])
@pytest.mark.parametrize(
    ("less", "more"),
    [("确有悔改表现", "确有悔改表现并立功"), ("立功", "重大立功"), ("重大立功", "确有悔改表现并重大立功")],
)
@settings(max_examples=10)
@given(months=st.integers(1, 30))
def test_more_merit_is_never_worse(base: str, less: str, more: str, months: int) -> None:
    amount = str(Term.of_months(months))
    cases = [
        spread({"id": base, "base": base, "set": {"提请减刑幅度": amount, "悔改立功情形": merit}, "why": "a merit"})
        for merit in (less, more)
    ]
    assert badness(cases[1], "JX-M01") <= badness(cases[0], "JX-M01")


def told(case: Case, records: list[Record]) -> list[tuple[str, str, object, str, tuple[str, ...]]]:
    """What the review of the first row of the list says, whatever the order of the records."""
    reduction = build_cases(records, LAW, date.fromisoformat(case["as_of"]))
    [first] = [each for each in reduction if each.proposal.row == 2 and "other" not in each.proposal.file]
    review = review_case(first)
    verdicts = [(each.rule, str(each.outcome), each.level, each.message, each.missing) for each in review.verdicts]
    return [*verdicts, ("", str(review.conclusion), None, review.largest_lawful, review.reasons)]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case["id"])
def test_order_of_rows_does_not_matter(case: Case) -> None:
    records = records_of(case)
    mixed = records[:]
    random.Random(case["id"]).shuffle(mixed)
    assert told(case, mixed) == told(case, records)
    assert told(case, records[::-1]) == told(case, records)


@pytest.mark.parametrize("base", [name for name in bases() if name != "common"])
def test_strangers_do_not_matter(base: str) -> None:
    case = spread({"id": base, "base": base, "why": "alone"})
    somebody = {"罪犯编号": "9900000555", "姓名": "旁人丁", "出生日期": "1990-01-02"}
    others = records_of(spread({"id": base, "base": base, "set": somebody, "why": "another"}), "other")
    assert told(case, [*others, *records_of(case)]) == told(case, records_of(case))


# Without its kind a proposal counts as commutation; without a name it is no record; other days hang on the filing.
COLUMNS = sorted(set(bases()["a3"]["R1"]) - {"姓名", "提请类型", "报请日期"})


@pytest.mark.parametrize("base", [name for name in bases() if name != "common"])
@settings(max_examples=25)
@given(gone=st.sets(st.sampled_from(COLUMNS), min_size=1, max_size=12), tables=st.sets(st.sampled_from(TABLES)))
def test_what_is_missing_never_makes_a_breach(base: str, gone: set[str], tables: set[str]) -> None:
    """Columns and tables taken away may make a rule silent or doubtful, never accusing, and are said to be missing."""
    if base == "young":
        gone = gone - {"从宽情形"}  # what nobody claims is not missing
    line = {"id": base, "base": base, "set": dict.fromkeys(gone, ""), **dict.fromkeys(tables), "why": "less"}
    case = spread(line)
    review = review_case(build_cases(records_of(case), LAW, date.fromisoformat(case["as_of"]))[0])
    assert [(each.rule, each.message) for each in review.verdicts if each.level is Level.UNLAWFUL] == []


@pytest.mark.parametrize("base", [name for name in bases() if name != "common"])
def test_each_column_alone(base: str) -> None:
    for column in sorted({*bases()[base]["R1"]} - {"姓名", "提请类型", "报请日期"}):
        case = spread({"id": base, "base": base, "set": {column: ""}, "why": "a column less"})
        review = review_case(build_cases(records_of(case), LAW, date.fromisoformat(case["as_of"]))[0])
        assert [each.rule for each in review.verdicts if each.level is Level.UNLAWFUL] == [], column


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case["id"])
def test_nothing_is_unlawful_without_proof(case: Case) -> None:
    review = review_case(build_cases(records_of(case), LAW, date.fromisoformat(case["as_of"]))[0])
    for each in review.verdicts:
        if each.outcome is Outcome.FOUND:
            assert each.message
            assert each.evidence, each.rule
            assert each.basis or each.rule == "JX-R01", each.rule
        if "假释" in (each.document or ""):
            assert case["tables"]["R1"][0]["提请类型"] == "假释", each.rule
        if "减刑提请" in (each.document or ""):
            assert case["tables"]["R1"][0]["提请类型"] == "减刑", each.rule
        if each.level is Level.UNLAWFUL:
            assert each.gravity is not None
            read = any(one.certainty == "V" for one in each.basis)
            assert read or (each.gravity is Gravity.SLIGHT and "依据待核" in each.message), each.rule
            assert each.steps, each.rule
        if each.outcome is Outcome.NOT_EVALUATED:
            assert all(each.missing), each.rule
            assert each.holder, each.rule
