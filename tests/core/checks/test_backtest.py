"""Past rulings are asked again under the law of their own days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.checks.reduction.backtest import agreement, backtest
from app.core.findings import Conclusion
from app.core.findings.asked_again import Agreement, Backtested, Ruling
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.checks.casefiles import records_of, spread

RULED = {"裁定日期": "@报请日期+30", "裁定送达日期": "@报请日期+35", "裁定结果": "减去有期徒刑六个月"}


def asked(base: str, changed: dict[str, str] | None = None, **more: Any) -> list[Backtested]:
    """What a back-test says of one data case."""
    case = spread({"id": base, "base": base, "set": changed or {}, "why": "past", **more})
    return list(backtest(records_of(case), shipped(), date(2026, 11, 21), Ticket()))


def test_a_lawful_ruling_agrees() -> None:
    [one] = asked("a3", RULED)
    assert (one.ruling, one.conclusion, one.agreement) == (Ruling.GRANTED, Conclusion.AGREE, Agreement.SAME)
    assert (one.ruled_on, one.asked_for, one.person.name) == (date(2020, 10, 20), "有期徒刑六个月", "样例甲")


def test_a_ruling_that_came_too_early_is_told_with_its_reason() -> None:
    [one] = asked("a3", {**RULED, "报请日期": "2020-07-09"})
    assert (one.conclusion, one.agreement) == (Conclusion.REFUSE, Agreement.DIFFERENT)
    assert one.reasons[0].startswith("JX-T01 ")


@pytest.mark.parametrize(
    ("result", "ruling"),
    [
        ("减去有期徒刑六个月", Ruling.GRANTED),
        ("准予减刑", Ruling.GRANTED),
        ("减刑五个月", Ruling.ADJUSTED),
        ("不予减刑", Ruling.REFUSED),
        ("准许撤回", Ruling.WITHDRAWN),
        ("", Ruling.UNREAD),
    ],
)
def test_results_are_read(result: str, ruling: Ruling) -> None:
    [one] = asked("a3", {**RULED, "裁定结果": result})
    assert one.ruling is ruling


def test_earlier_rulings_are_asked_by_the_law_of_their_day() -> None:
    short = {
        "裁定日期": "2020-06-05",
        "送达日期": "2020-06-10",
        "减刑幅度": "六个月",
        "减后刑期止日": "2029-07-09",
        "减后剥夺政治权利": "无",
        "裁定类型": "减刑",
    }
    [early] = asked("a3_later", R2=[short])
    assert (early.ruled_on, early.conclusion, early.agreement) == (
        date(2020, 6, 5),
        Conclusion.REFUSE,
        Agreement.DIFFERENT,
    )
    [open_] = asked("a3_later")
    # Nobody told what merit the earlier ruling rested on, so its cap cannot be judged.
    assert (open_.conclusion, open_.agreement) == (Conclusion.UNDECIDED, Agreement.OPEN)
    assert open_.file == "R2.xlsx"


def test_before_the_law_held_nothing_is_judged() -> None:
    old = {
        "犯罪时间": "1995-01-05",
        "刑期起日": "1995-01-10",
        "刑期止日": "2007-01-09",
        "判决日期": "1995-05-20",
        "判决生效日期": "1995-06-01",
        "送交执行日期": "1995-07-10",
        "报请日期": "1997-03-20",
    }
    [one] = asked("a3", {**RULED, **old})
    assert one.agreement is Agreement.OPEN


@pytest.mark.parametrize(
    ("base", "changed"),
    [
        ("former12", {}),
        ("former12", {"提请减刑幅度": "一年六个月", "裁定结果": "减去有期徒刑一年六个月"}),
        ("former12", {"报请日期": "2014-09-20"}),
        ("former97_ten", {"提请减刑幅度": "二年", "裁定结果": "减去有期徒刑二年"}),
    ],
)
def test_a_ruling_before_2017_is_held_to_its_own_rules_which_never_accuse(base: str, changed: dict[str, str]) -> None:
    [one] = asked(base, {**RULED, **changed})
    assert one.conclusion in (Conclusion.AGREE, Conclusion.INVESTIGATE)
    assert one.agreement is Agreement.SAME


def test_where_the_old_rules_name_no_number_nothing_is_judged() -> None:
    [one] = asked("former12_low", RULED)
    assert one.agreement is Agreement.OPEN
    assert any("法规库未收录" in each for each in one.reasons)


def test_a_pending_proposal_is_no_ruling() -> None:
    assert asked("a3") == []


@pytest.mark.parametrize(
    ("conclusion", "ruling", "expected"),
    [
        (Conclusion.AGREE, Ruling.GRANTED, Agreement.SAME),
        (Conclusion.INVESTIGATE, Ruling.GRANTED, Agreement.SAME),
        (Conclusion.AGREE, Ruling.ADJUSTED, Agreement.DIFFERENT),
        (Conclusion.AGREE, Ruling.REFUSED, Agreement.DIFFERENT),
        (Conclusion.ADJUST, Ruling.ADJUSTED, Agreement.SAME),
        (Conclusion.ADJUST, Ruling.GRANTED, Agreement.DIFFERENT),
        (Conclusion.REFUSE, Ruling.REFUSED, Agreement.SAME),
        (Conclusion.REFUSE, Ruling.GRANTED, Agreement.DIFFERENT),
        (Conclusion.UNDECIDED, Ruling.GRANTED, Agreement.OPEN),
        (Conclusion.REFUSE, Ruling.WITHDRAWN, Agreement.OPEN),
        (Conclusion.REFUSE, Ruling.UNREAD, Agreement.OPEN),
    ],
)
def test_agreement(conclusion: Conclusion, ruling: Ruling, expected: Agreement) -> None:
    assert agreement(conclusion, ruling) is expected
