"""What the office owes somebody who reported: the announcement, a group, a woman in a woman's group."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Outcome, Verdict
from app.core.records import Record

OFFICE = "社区矫正机构"
WOMAN = re.compile(r"女|妇联|母亲|妈妈|妻|姐|妹|奶奶|外婆|姑|姨|婶|嫂|媳")
NO_WOMAN = re.compile(r"(?:无|没有|缺少?)女")
MAN = re.compile(r"[（(]男[）)]|男性")


def _reported(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    return "" if case.reported is not None else "尚未报到，或者没有报到时间"


@RULES.rule(
    "SJ-18",
    "入矫宣告、矫正小组不符合规定",
    "CCL-22",
    "CCL-25",
    when=_reported,
    about=("T02",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def reception(case: Episode, why: Why) -> list[Verdict]:
    """Soon after the report the terms are announced and a group stands; a woman's group has a woman in it."""
    assert case.roster is not None
    assert case.reported is not None
    days = why.number("correction_pronounce_days", case.reported)
    last = case.reported + timedelta(days=days)
    why.step(f"{case.reported} 报到，{days} 日内宣告的期限 {last}")
    why.see(case.roster, "reported_on", "pronounced_on", "has_group", "group_members", "sex")
    due = last <= case.as_of and case.lists.known("T02", last)
    asked = (_pronounced(case, why, case.roster, due), _group(why, case.roster, due), _woman(why, case.roster))
    found = [each for each in asked if isinstance(each, Verdict)]
    if any(each.outcome is Outcome.FOUND for each in found):
        return found
    missing = [each for each in asked if isinstance(each, str) and each]
    if missing:
        raise Missing(*missing, holder=OFFICE)
    return found or [why.lawful("宣告和矫正小组均有记录")]


def _pronounced(case: Episode, why: Why, row: Record, due: bool) -> Verdict | str:
    day, reported = day_of(row, "pronounced_on"), case.reported
    assert reported is not None
    if "pronounced_on" not in row.cells:
        return "宣告日期"
    if day is None:
        if not due or (case.closed is not None and case.closed[0] <= case.as_of):
            return ""
        return why.unlawful("报到后没有入矫宣告的日期", fact="宣告")
    late, limit = (day - reported).days, why.number("correction_pronounce_days", reported)
    if late <= limit:
        return ""
    return why.unlawful(f"报到后 {late} 日才入矫宣告，超过 {limit} 日", fact="宣告")


def _group(why: Why, row: Record, due: bool) -> Verdict | str:
    if row["has_group"] is False and due:
        return why.unlawful("名册写明没有建立矫正小组", fact="小组")
    if row["has_group"] is None and not word_of(row, "group_members"):
        return "是否建立矫正小组"
    return ""


def _woman(why: Why, row: Record) -> Verdict | str:
    members = word_of(row, "group_members")
    if word_of(row, "sex") != "女" or row["has_group"] is False:
        return ""
    if not members:
        return "矫正小组组成"
    if NO_WOMAN.search(members) or (MAN.search(members) and not WOMAN.search(members)):
        return why.unlawful(f"女性对象的矫正小组没有女性成员（{members}）", fact="女性成员")
    if WOMAN.search(members):
        return ""
    return why.doubt(f"女性对象的矫正小组看不出有女性成员（{members}），请核实", fact="女性成员")
