"""Whether somebody reported in time, and what the office did when not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.deliveries import moved_in
from app.core.checks.correction.effect import COURT, Effect, effect_of, show_effect
from app.core.checks.correction.guards import absent, excused
from app.core.checks.correction.late import REPORT_DAYS, lateness, report_limit, sanctions, show_lateness
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record

NEVER = "未报到且下落不明"


def _must_report(case: Episode) -> str:
    if case.kind is Kind.OUTSIDE:
        return "暂予监外执行的由监管机关移送，不适用自行报到的期限"
    if reason := on_roster(case):
        return reason
    return "由外地变更执行地迁入，名册的报到日是到新执行地的日子" if moved_in(case) else ""


def _reported(case: Episode) -> str:
    if (reason := _must_report(case)) or case.reported is not None:
        return reason
    return "尚未报到" if word_of(case.roster, "report_status") == NEVER else ""


def _not_reported(case: Episode) -> str:
    if reason := _must_report(case):
        return reason
    return f"{case.reported} 已报到" if case.reported is not None else ""


@RULES.rule("SJ-15", "逾期报到", "CCL-21.1", when=_reported, about=("T02",), harm=Harm.HELD_TOO_SHORT)
def late_report(case: Episode, why: Why) -> Verdict:
    """Everybody reports within ten days of the day the decision took effect."""
    late = lateness(case)
    if late is None:
        return why.not_applicable(effect_of(case).pending or "在押期间不能报到")
    show_lateness(case, why, late)
    if not late.days:
        return why.lawful(f"{late.reported} 报到，未超过期限")
    if late.doubtful:
        return why.hint(f"{late.reported} 报到，按{late.doubtful}已逾期，按另一算法未逾期，请核对")
    words = f"{late.reported} 报到，期限 {late.deadline}，逾期 {late.days} 日"
    if reason := excused(case):
        why.see(case.roster, "late_report_reason", "remarks")
        return why.hint(f"{words}；名册写明“{reason}”，是否有正当理由须核实")
    over = why.number("correction_warning_over_days", late.deadline)
    if late.over_a_month:
        return why.unlawful(f"{words}，超过一个月", gravity=Gravity.GRAVE)
    return why.unlawful(words, gravity=Gravity.SERIOUS if late.days > over else Gravity.SLIGHT)


@RULES.rule(
    "SJ-16",
    "逾期报到未处分",
    "CCL-28",
    "PR19-643.4",
    when=_reported,
    about=("T02",),
    harm=Harm.PROCEDURE,
    document="纠正违法通知书",
)
def late_without_sanction(case: Episode, why: Why) -> Verdict:
    """A late report is answered by admonition, warning or a proposal to revoke, as late as it was."""
    late = lateness(case)
    if late is None or not late.days or late.doubtful:
        return why.not_applicable("没有逾期报到")
    show_lateness(case, why, late)
    if reason := excused(case):
        why.see(case.roster, "late_report_reason", "remarks")
        return why.not_applicable(f"名册写明“{reason}”，是否有正当理由须先核实")
    over = why.number("correction_warning_over_days", late.deadline)
    revoke = late.over_a_month and case.kind in (Kind.PROBATION, Kind.PAROLE)
    needed = _REVOKE if revoke else _WARN if late.days > over else _ADMONISH
    why.cite({_REVOKE: "CPI-543", _WARN: "CCM-35", _ADMONISH: "CCM-34"}[needed])
    if revoke:
        why.cite("CCM-46")
    window = why.number("correction_sanction_window_days")
    last = late.reported + timedelta(days=window)
    why.step(f"逾期 {late.days} 日，应当{_NEEDED[needed]}；{window} 日内至 {last}")
    taken = [each for each in sanctions(case) if each.rank >= needed and each.day >= late.deadline]
    if taken:
        first = min(taken, key=lambda each: each.day)
        why.see(first.row, "awarded_on", "award", "proposal_kind", "filed_on")
        if first.day <= last:
            return why.lawful(f"{first.day} 已{first.words}")
        return why.hint(f"逾期报到 {late.days} 日，{first.day} 才{first.words}，距报到超过 {window} 日，请核实")
    if last > case.as_of:
        return why.lawful(f"处置期间至 {last}，尚未届满")
    case.lists.need("T07", last)
    if case.closed is not None and case.closed[0] <= last:
        return why.not_applicable(f"{case.closed[0]} 已解除或者终止社区矫正")
    why.none_in(case.dossier, "T07", what=f"奖惩、提请记录中没有{_NEEDED[needed]}")
    message = f"逾期报到 {late.days} 日，矫正机构没有{_NEEDED[needed]}"
    return why.unlawful(message, gravity=Gravity.GRAVE if revoke else Gravity.SERIOUS)


_ADMONISH, _WARN, _REVOKE = 1, 2, 3
_NEEDED = {_ADMONISH: "训诫或者警告", _WARN: "警告", _REVOKE: "提请撤销缓刑或者假释"}


@RULES.rule(
    "SJ-17",
    "未报到，未组织查找或者未通报",
    "CCL-30",
    "PR19-643.3",
    when=_not_reported,
    about=("T02",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def not_searched(case: Episode, why: Why) -> Verdict:
    """Whoever does not report is searched for at once, and the procuratorate is told."""
    if word_of(case.roster, "report_status") != NEVER:
        raise Missing("报到时间", holder="社区矫正机构")
    effect = effect_of(case)
    if effect.pending:
        return why.not_applicable(effect.pending)
    if effect.day is None or effect.latest is None:
        raise Missing("生效日期", holder=COURT)
    why.see(case.roster, "report_status", "reported_on")
    show_effect(case, why, effect)
    limit = _limit(effect, case, why)
    last = limit + timedelta(days=why.number("correction_search_grace_days"))
    why.step(f"报到期限 {limit}，名册写明未报到且下落不明")
    if last > case.as_of:
        return why.lawful(f"{last} 尚未到")
    if reason := absent(case, why, last):
        return why.not_applicable(reason)
    case.lists.need("T06", last)
    rows = case.rows("T06")
    seen = [row for row in rows if (day := day_of(row, "contact_on")) is not None and day >= effect.day]
    if seen:
        why.see(seen[0], "contact_on", "contact_mode")
        return why.hint("名册写明未报到，但有此后的报到、签到记录，请核对名册")
    searched = [row for row in rows if day_of(row, "search_from") is not None]
    if not searched:
        why.none_in(case.dossier, "T06", what=f"报到签到查找记录中没有查找日期（截至 {case.lists.through['T06']}）")
        return why.unlawful(f"报到期限 {limit} 已过，未报到且下落不明，没有组织查找的记录")
    why.see(searched[0], "search_from", "search_mode", "procuratorate_notified_on", "found_on")
    why.step(f"{day_of(searched[0], 'search_from')} 开始查找")
    return _told(case, why, searched)


def _limit(effect: Effect, case: Episode, why: Why) -> date:
    """The last day to report by any reading; where holidays are not known, as many days later again."""
    day = effect.latest or case.as_of
    days = why.number(REPORT_DAYS, day)
    plain, moved = report_limit(case.law, day)
    return moved or plain + timedelta(days=days)


def _told(case: Episode, why: Why, searched: Sequence[Record]) -> Verdict:
    """A search without success is told to the procuratorate; that duty stands in the measures, not in the law."""
    first = min(day for row in searched if (day := day_of(row, "search_from")) is not None)
    if any(day_of(row, "procuratorate_notified_on", "found_on") is not None for row in searched):
        return why.lawful("查找情况已通报检察院，或者已经找到")
    last = first + timedelta(days=why.number("correction_search_grace_days"))
    if last > case.as_of:
        return why.lawful(f"通报的宽限期至 {last}，尚未届满")
    case.lists.need("T05", last)
    for row in case.rows("T05"):
        day = day_of(row, "received_on")
        if day is not None and day >= first:
            why.see(row, "received_on", "documents", "reason")
            return why.lawful(f"{day} 检察院收到来文")
    why.cite_only("CCM-38")
    why.none_in(case.dossier, "T05", what="没有通报检察院的日期，检察院收文登记中也没有")
    return why.unlawful(f"{first} 开始查找，未找到，没有将查找情况通报检察院", gravity=Gravity.SLIGHT)
