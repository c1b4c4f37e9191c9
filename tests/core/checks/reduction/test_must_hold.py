"""What must hold for every prisoner: strictness, end dates from their parts, every day once, no chance in the order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.checks.reduction.review import build_cases, review_case
from app.core.findings import CaseReview, Level, Outcome
from app.core.law.book import shipped
from app.core.sentence.terms import end_of_term
from app.core.values import Term
from tests.core.checks.casefiles import answers, records_of, review_of, spread

LAW = shipped()
MERITS = ("确有悔改表现", "立功", "确有悔改表现并立功", "重大立功", "确有悔改表现并重大立功")
DAY = date(2026, 11, 21)
WORSE = {None: 0, Level.HINT: 0, Level.DATA: 0, Level.DOUBT: 1, Level.UNLAWFUL: 2}
STRICT: list[dict[str, str]] = [
    {"累犯": "是"},
    {"罪名": "贩卖毒品罪", "毒品再犯": "是"},
    {"罪名": "集资诈骗罪"},
    {"罪名": "抢劫罪"},
    {"罪名": "参加黑社会性质组织罪"},
    {"罪名": "受贿罪", "国家工作人员": "是", "职务级别": "正处级"},
]


def line(base: str, **changed: Any) -> CaseReview:
    return review_of(spread({"id": base, "base": base, "why": "any", **changed}))


def worst(review: CaseReview, *rules: str) -> int:
    return max(WORSE[each.level] for rule in rules for each in answers(review, rule))


@pytest.mark.parametrize("strict", STRICT, ids=lambda each: "".join(each.values()))
@pytest.mark.parametrize(
    ("base", "rules"), [("a2", ("JX-M01", "JX-M02", "JX-T01")), ("a3_later", ("JX-M01", "JX-T03"))]
)
@settings(max_examples=8)
@given(months=st.integers(1, 26), merit=st.sampled_from(MERITS), days=st.integers(-500, 500))
def test_a_strict_class_is_never_treated_more_mildly(
    base: str, rules: tuple[str, ...], strict: dict[str, str], months: int, merit: str, days: int
) -> None:
    filed = date(2021, 6, 1) + timedelta(days=days)
    same = {"提请减刑幅度": str(Term.of_months(months)), "悔改立功情形": merit, "报请日期": str(filed)}
    ordinary, held = line(base, set=same), line(base, set={**same, **strict})
    assert all(worst(held, rule) >= worst(ordinary, rule) for rule in rules if rule != "JX-M02")
    assert worst(held, *rules) >= worst(ordinary, *rules)


def back(day: date, months: int) -> date:
    """The same day some months before, or the last of that month; without the program's own arithmetic."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31))


@settings(max_examples=40)
@given(
    start=DAYS,
    months=st.integers(120, 300),
    taken=st.lists(st.integers(1, 9), min_size=1, max_size=3),
    forward=st.booleans(),
)
def test_an_end_reckoned_from_its_parts_is_the_end(start: date, months: int, taken: list[int], forward: bool) -> None:
    """By moving back step by step or by counting forward again, no end so reached is called wrong; a month off is."""
    end, sum_taken, rows = end_of_term(start, Term.of_months(months)), 0, []
    for number, each in enumerate(taken):
        sum_taken += each
        end = end_of_term(start, Term.of_months(months - sum_taken)) if forward else back(end, each)
        ruled = date(2021 + number, 9, 5)
        rows.append(
            {
                "裁定日期": str(ruled),
                "送达日期": str(ruled + timedelta(days=5)),
                "减刑幅度": str(Term.of_months(each)),
                "减后刑期止日": str(end),
                "裁定类型": "减刑",
            }
        )
    own = {
        "刑期起日": str(start),
        "原判刑期": str(Term.of_months(months)),
        "刑期止日": str(end),
        "报请日期": "2025-09-20",
    }
    after = {"减后刑期止日": str(back(end, 6))}
    kept = line("a3", set={**own, **after}, R2=rows)
    assert [each.level for rule in ("JX-D08", "JX-D09") for each in answers(kept, rule)] in (
        [None, None],
        [Level.HINT, None],
    )
    wrong = line("a3", set={**own, "刑期止日": str(end + timedelta(days=31))}, R2=rows)
    assert [each.level for each in answers(wrong, "JX-D08")] == [Level.DATA]


@st.composite
def custody(draw: st.DrawFn) -> str:
    """Measures one after the other before delivery on 2018-07-10, with days between them or none."""
    day, parts = date(2018, 1, 10), []
    for _ in range(draw(st.integers(1, 5))):
        day += timedelta(days=draw(st.integers(0, 20)))
        last = day + timedelta(days=draw(st.integers(0, 60)))
        measure = draw(
            st.sampled_from(["刑事拘留", "逮捕", "留置", "指定居所监视居住", "监视居住", "取保候审", "行政拘留"])
        )
        parts.append(f"{day}至{last}{measure}")
        day = last + timedelta(days=1)
    return "；".join(parts)


@settings(max_examples=60)
@given(text=custody(), detained=st.integers(-40, 40))
def test_every_day_from_custody_to_the_end_stands_once_and_what_is_wrong_with_it_is_found(
    text: str, detained: int
) -> None:
    first = date(2018, 1, 10) + timedelta(days=detained)
    found = line("a3", set={"强制措施情况": text, "羁押起日": str(first), "附加剥夺政治权利": "二年"})
    days = found.days
    assert all(other.start == one.last + timedelta(days=1) for one, other in pairwise(days))
    assert sum(each.days for each in days) == (days[-1].last - days[0].start).days + 1
    told = "".join(each.message for rule in ("JX-D15", "JX-D10") for each in answers(found, rule))
    for each in days:
        faulty = each.status == "没有记载" or each.note
        assert (f"{each.start} 至 {each.last}" in told) == bool(faulty)
    assert all(each.level is not Level.UNLAWFUL for each in answers(found, "JX-D15"))


@settings(max_examples=15)
@given(chance=st.randoms(use_true_random=False))
def test_no_verdict_depends_on_the_order_of_rows(chance: Any) -> None:
    """Several prisoners in one list, all tables mixed: each is told the same, wherever the rows stand."""
    records = []
    for number, base in enumerate(("a3_later", "d3", "b1", "a5", "parole", "control")):
        who = {"罪犯编号": f"99000010{number:02d}", "姓名": f"样例{'甲乙丙丁戊己'[number]}", "身份证号码": ""}
        records += records_of(spread({"id": base, "base": base, "set": who, "why": "one of many"}), base)
    mixed = records[:]
    chance.shuffle(mixed)
    assert told(mixed) == told(records)


def told(records: list[Any]) -> dict[str, list[tuple[str, Outcome, Level | None, str]]]:
    reviews = map(review_case, build_cases(records, LAW, DAY))
    return {
        each.person.prisoner_no: [(one.rule, one.outcome, one.level, one.message) for one in each.verdicts]
        for each in reviews
    }
