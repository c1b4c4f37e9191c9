"""Losing contact: how long somebody was gone, and whether the office answered by degrees."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.conduct import (
    REVOCATION,
    WARNING,
    answered,
    for_each,
    last_day,
    stays,
    window,
    within,
)
from app.core.checks.correction.guards import died
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import due

RULE = ("CCL-30", "CPI-543", "PR19-643.3")
EXCUSED = re.compile(r"住院|隔离|不可抗力|抢救|昏迷|车祸|疫情|自然灾害|洪水|地震")
TOLD = re.compile(r"通报|失联|脱管|脱离监管|查找|下落不明")


@RULES.rule(
    "SJ-36",
    "脱管未分级处置",
    *RULE,
    when=on_roster,
    about=("T06",),
    gravity=Gravity.GRAVE,
    harm=Harm.PROCEDURE,
    document="纠正违法通知书",
)
def lost_and_unanswered(case: Episode, why: Why) -> Verdict | list[Verdict]:
    """Over ten days out of contact call for a warning, over a month for a proposal to revoke; the office reports it."""
    rows = [row for row in case.rows("T06") if row["lost_from"] is not None]
    if not rows:
        return why.not_applicable("没有失联的记录")
    return for_each(why, RULE, rows, lambda row, proof: _lost(case, proof, row))


def _lost(case: Episode, why: Why, row: Record) -> Verdict:
    lost = day_of(row, "lost_from")
    if lost is None:
        raise Missing("失联起日")
    why.see(row, "lost_from", "found_on", "search_from", "procuratorate_notified_on", "result")
    if not within(case, lost):
        return why.lawful(f"失联 {lost} 不在矫正期间")
    found, words = _found(case, why, row, lost)
    if found <= lost:
        return why.lawful(f"{lost} {words}")
    days = (found - lost).days
    ten = why.number("correction_warning_over_days", lost)
    month = due(lost, why.number("correction_revoke_over_months", lost)).late
    why.step(f"失联 {lost}，{words} {found}：{days} 日（最后联系之日不算）；满一个月为 {month}")
    over = found > month
    if days <= ten:
        return _short(case, why, row, lost, days, ten)
    text = f"{lost} 起失联 {days} 日"
    if EXCUSED.search(word_of(row, "result")):
        return why.hint(f"{text}，记录写有正当理由（{word_of(row, 'result')}），须核实", fact=str(lost))
    limit = window(case, why, found)
    case.lists.need("T07")
    lacks = _lacking(case, why, lost, over=over)
    told = _told(case, why, row, lost)
    if not lacks and told is not False:
        return why.lawful("已按失联时间处置")
    if not lacks:
        why.cite_only("CCM-38")
        why.step("没有向检察院通报的记录")
        return why.unlawful(f"{text}，查找情况没有通报检察院", gravity=Gravity.SLIGHT, fact=str(lost))
    if limit > case.as_of:
        return why.lawful(f"处置记录查到 {limit}，尚未到")
    case.lists.need("T07", limit)
    last = last_day(case)
    if last is not None and last < limit:
        return why.hint(f"{text}，矫正在 {last} 结束，没有{lacks}的记录，请了解原因", fact=str(lost))
    why.none_in(case.dossier, "T07", what=f"失联以后没有{lacks}的记录")
    untold = "，也没有通报检察院" if told is False else ""
    return why.unlawful(f"{text}，没有{lacks}{untold}", fact=str(lost))


def _found(case: Episode, why: Why, row: Record, lost: date) -> tuple[date, str]:
    """The day somebody was found, or was in custody or dead, or still was not, and in what way."""
    ends: list[tuple[date, str]] = []
    found = day_of(row, "found_on")
    if found is not None:
        ends.append((found, "找到"))
    for each in stays(case):
        if (each.last is None or each.last >= lost) and (found is None or each.first < found):
            why.see(each.row, *each.fields)
            ends.append((max(each.first, lost), f"已在押（{each.words}）"))
    death = died(case)
    if death is not None:
        ends.append((max(death[0], lost), "已死亡"))
    last = last_day(case)
    if last is not None and (found is None or last < found):
        ends.append((last, "矫正结束"))
    if found is None and "found_on" not in row.cells:
        raise Missing("找到日期", holder="社区矫正机构")
    ends.append((min(case.as_of, case.lists.through.get("T06", case.as_of)), "仍未找到，到"))
    return min(ends, key=lambda pair: pair[0])


def _lacking(case: Episode, why: Why, lost: date, *, over: bool) -> str:
    """What the office should have done and did not; "" when it did."""
    if over and case.kind is not Kind.CONTROL:
        name = {Kind.PAROLE: "提请撤销假释", Kind.OUTSIDE: "提请收监"}.get(case.kind or Kind.PROBATION, "提请撤销缓刑")
        found = answered(case, why, lost, REVOCATION)
        why.cite("CPI-516" if case.kind is Kind.OUTSIDE else "CCM-46")
    else:
        name, found = "警告", answered(case, why, lost, WARNING)
    if found is None:
        return name
    why.step(f"{found.day} 已{found.words}")
    return ""


def _told(case: Episode, why: Why, row: Record, lost: date) -> bool | None:
    """Whether the procuratorate was told of the search; None when no list would show it."""
    if row["procuratorate_notified_on"] is not None:
        return True
    for each in case.rows("T05"):
        day = day_of(each, "received_on")
        if day is not None and day >= lost and TOLD.search(word_of(each, "reason") + word_of(each, "documents")):
            why.see(each, "received_on", "reason", "documents")
            return True
    return False if "procuratorate_notified_on" in row.cells or case.lists.has("T05") else None


def _short(case: Episode, why: Why, row: Record, lost: date, days: int, ten: int) -> Verdict:
    if _told(case, why, row, lost) is False and days > 1:
        return why.hint(f"{lost} 起失联 {days} 日，没有超过 {ten} 日；没有通报检察院的记录", fact=str(lost))
    return why.lawful(f"没有超过 {ten} 日")
