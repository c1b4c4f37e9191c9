"""Leave to go away: for how long, who may give it, coming back, and leave for going away often."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import IntEnum

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.correction.conduct import for_each, span_of, stays, within
from app.core.checks.persons import day_of, word_of
from app.core.checks.places import Place, read_place, same_place
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY, add_months, due

RULE_40 = ("PR19-643.2", "CCM-27")
NOT_GRANTED = re.compile(r"不同意|未批准|不批准|不予|驳回|撤回|取消|未外出")
OFTEN = "经常性"


class Rank(IntEnum):
    """Who gave leave: the office of a township, of the county, or the one above."""

    TOWNSHIP = 0
    COUNTY = 1
    ABOVE = 2


def homes(case: Episode) -> list[Place]:
    """Where somebody's correction is executed, by every list that says so, and the office's own districts."""
    texts = [word_of(row, "execution_place") for row in case.judgments]
    texts += [word_of(row, "residence") for row in case.rosters]
    for row in case.dossier.rows("T09"):
        if day_of(row, "decided_on", "reported_on") is not None:
            texts += [word_of(row, "original_place"), word_of(row, "new_place")]
    if not any(texts):
        texts = [word_of(row, "correction_office") for row in case.rosters]
    found: list[Place] = []
    for each in sorted((read_place(text) for text in (*texts, *case.lists.districts) if text), key=_vague):
        if each.known and not any(same_place(place, each) for place in found):
            found.append(each)
    return found


def _vague(place: Place) -> int:
    return [place.province, place.city, place.county].count("")


def leaves(case: Episode) -> list[Record]:
    """The rows of leave that were not refused."""
    return [
        row
        for row in case.rows("T08")
        if not NOT_GRANTED.search("".join(word_of(row, each) for each in ("approval_unit", "approver", "reason")))
    ]


TOWNSHIP = re.compile(r"所(?:长)?$|所级|司法所|街道|[镇乡](?:人民政府|政府|$)|^0$")
ABOVE = re.compile(r"上一级|上级|地市级|[市州省]级|司法厅|^2$")
COUNTY = re.compile(r"[县区旗]级|^1$|^(?:本)?[县区]?(?:司法局|社区矫正(?:管理)?局|社区矫正机构|社区矫正中心)$")


def rank_of(case: Episode, row: Record) -> Rank | None:
    """Who gave leave, by the unit's name; None when the name does not tell."""
    unit = word_of(row, "approval_unit")
    if TOWNSHIP.search(unit):
        return Rank.TOWNSHIP
    if COUNTY.search(unit):
        return Rank.COUNTY
    if ABOVE.search(unit):
        return Rank.ABOVE
    place = read_place(unit)
    if place.county:
        return Rank.COUNTY
    if place.city or place.province:
        return Rank.ABOVE
    if not place.either:
        return None
    # A city of which the name alone does not tell: the county itself, or what stands above it.
    own = any(home.county.endswith("市") and same_place(place, home) for home in homes(case))
    return Rank.COUNTY if own else Rank.ABOVE


@RULES.rule(
    "SJ-40",
    "请假审批越权",
    *RULE_40,
    when=on_roster,
    about=("T08",),
    harm=Harm.PROCEDURE,
    document="纠正违法通知书",
)
def wrong_approval(case: Episode, why: Why) -> Verdict | list[Verdict]:
    """Over seven days the county gives leave, over thirty days at once or within two months the office above."""
    rows = [row for row in leaves(case) if word_of(row, "leave_kind") != OFTEN]
    if not rows:
        return why.not_applicable("没有一次性外出的记录")
    return for_each(why, RULE_40, rows, lambda row, proof: _approval(case, proof, row, rows))


def _approval(case: Episode, why: Why, row: Record, rows: list[Record]) -> Verdict:
    first, last = _span(row)
    why.see(row, "leave_from", "leave_to", "approval_unit", "approver", "approved_on")
    if not within(case, first):
        return why.lawful(f"外出 {first} 不在矫正期间")
    days = (last - first).days
    seven, thirty = why.number("leave_office_days", first), why.number("leave_county_days", first)
    why.step(f"外出 {first} 至 {last}：期间不计首日 {days} 日，连首日 {days + 1} 日")
    total, since = _sum(case, why, row, rows)
    if days + 1 <= seven and total <= thirty:
        return why.lawful(f"不超过 {seven} 日")
    rank = rank_of(case, row)
    if rank is None:
        raise Missing("审批单位" if not word_of(row, "approval_unit") else "审批单位的级别", holder="社区矫正机构")
    unit = word_of(row, "approval_unit")
    why.step(f"审批单位：{unit}")
    if rank is Rank.TOWNSHIP and days > seven:
        return why.unlawful(f"外出 {days} 日，超过 {seven} 日，由{unit}批准", fact=str(first))
    if rank < Rank.ABOVE and days > thirty:
        return why.unlawful(f"外出 {days} 日，超过 {thirty} 日，没有报上一级批准", fact=str(first))
    if rank < Rank.ABOVE and total > thirty:
        return why.unlawful(
            f"{since} 起两个月内累计外出 {total} 日，超过 {thirty} 日，没有报上一级批准", fact=str(first)
        )
    if (rank is Rank.TOWNSHIP and days + 1 > seven) or (rank < Rank.ABOVE and days + 1 > thirty):
        limit = seven if rank is Rank.TOWNSHIP and days <= seven else thirty
        return why.hint(
            f"外出不计首日 {days} 日，没有超过 {limit} 日；连首日 {days + 1} 日则超过，两种算法并存", fact=str(first)
        )
    return why.lawful("审批权限相符")


def _span(row: Record) -> tuple[date, date]:
    first, last = day_of(row, "leave_from"), day_of(row, "leave_to")
    lacking = [name for name, value in (("开始时间", first), ("结束时间", last)) if value is None]
    if first is None or last is None:
        raise Missing(*lacking, holder="社区矫正机构")
    return first, last


def _sum(case: Episode, why: Why, row: Record, rows: list[Record]) -> tuple[int, date]:
    """Days away, first days not counted, of all leave that lies in the two months that end with this one."""
    first, last = _span(row)
    begin = add_months(last, -why.law.number("leave_sum_months", first))
    total, since, parts = 0, first, []
    for each in rows:
        came, went = day_of(each, "leave_from"), day_of(each, "returned_on", "leave_to")
        stated = day_of(each, "leave_to")
        if came is None or went is None or stated is None or came < begin or stated > last:
            continue
        days = max((min(went, stated) - came).days, 0) if each is not row else (last - first).days
        total, since = total + days, min(since, came)
        parts.append(f"{came} 至 {stated} {days} 日")
        why.see(each, "leave_from", "leave_to", "returned_on")
    if len(parts) > 1:
        why.step(f"两个月内（{begin} 至 {last}）外出：{'，'.join(parts)}，共 {total} 日")
    return total, since


@RULES.rule(
    "SJ-42",
    "逾期不归或者未销假",
    "CCM-28",
    when=on_roster,
    about=("T08",),
    gravity=Gravity.SLIGHT,
    document="口头纠正",
)
def not_back(case: Episode, why: Why) -> Verdict | list[Verdict]:
    """Somebody on leave is back, and says so, before it ends."""
    rows = [row for row in leaves(case) if word_of(row, "leave_kind") != OFTEN]
    if not rows:
        return why.not_applicable("没有一次性外出的记录")
    return for_each(why, ("CCM-28",), rows, lambda row, proof: _back(case, proof, row, rows))


def _back(case: Episode, why: Why, row: Record, rows: list[Record]) -> Verdict:
    first, last = _span(row)
    why.see(row, "leave_from", "leave_to", "returned_on")
    if last >= case.as_of or not within(case, last):
        return why.lawful(f"外出到 {last}，没有届满或者届满时已不在矫正期间")
    if any((day_of(each, "leave_from") or last) in (last, last + ONE_DAY) for each in rows if each is not row):
        return why.lawful("期满时续假")
    if any(each.first <= last and (each.last is None or each.last >= first) for each in stays(case)):
        return why.lawful("外出期间被羁押")
    returned = day_of(row, "returned_on")
    if returned is None and "returned_on" not in row.cells:
        raise Missing("销假日期", holder="社区矫正机构")
    until = returned or min(case.as_of, case.lists.through.get("T08", case.as_of))
    late = (until - last).days
    why.step(f"外出到 {last}，{f'{returned} 销假' if returned else f'到 {until} 没有销假记录'}，晚 {max(late, 0)} 日")
    if late <= why.number("leave_return_grace_days"):
        return why.lawful("按期销假")
    seen = next((x for x in case.dossier.rows("T06") if (day_of(x, "contact_on") or date.min) > last), None)
    if returned is None and seen is not None:
        why.see(seen, "contact_on", "contact_mode")
        return why.hint(f"外出到 {last}，没有销假记录，但 {day_of(seen, 'contact_on')} 有报到记录", fact=str(first))
    text = f"外出到 {last}，{f'{returned} 才销假' if returned else '没有销假'}，晚 {late} 日"
    if late <= why.number("leave_return_hint_days"):
        return why.hint(text, fact=str(first))
    serious = late > why.number("leave_return_serious_days")
    return why.unlawful(text, gravity=Gravity.SERIOUS if serious else Gravity.SLIGHT, fact=str(first))


@RULES.rule(
    "SJ-44",
    "经常性跨市县超6个月",
    "CCM-29",
    when=on_roster,
    about=("T08",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def often_away_too_long(case: Episode, why: Why) -> Verdict | list[Verdict]:
    """Leave for going away often lasts six months at most."""
    rows = [row for row in leaves(case) if word_of(row, "leave_kind") == OFTEN]
    if not rows:
        if any("leave_kind" not in row.cells for row in leaves(case)):
            raise Missing("外出类型", holder="社区矫正机构")
        return why.not_applicable("没有经常性跨市县活动的批准")
    return for_each(why, ("CCM-29",), rows, lambda row, proof: _often(case, proof, row))


def often_span(row: Record) -> tuple[date, date]:
    """From when to when leave for going away often holds; Missing when it is not said."""
    return span_of(word_of(row, "validity")) or _span(row)


def _often(case: Episode, why: Why, row: Record) -> Verdict:
    first, last = often_span(row)
    why.see(row, "leave_kind", "leave_from", "leave_to", "validity")
    if not within(case, first):
        return why.lawful(f"批准 {first} 不在矫正期间")
    limit = due(first, why.number("frequent_leave_months", first)).late
    why.step(f"批准自 {first}，满六个月为 {limit}，批准到 {last}")
    if last <= limit:
        return why.lawful("没有超过六个月")
    return why.unlawful(f"经常性跨市县活动自 {first} 批准到 {last}，超过六个月", fact=str(first))


def covering(case: Episode, day: date, slack: int = 0) -> Record | None:
    """The leave whose days hold a day, `slack` days before and after it included."""
    for row in leaves(case):
        span = span_of(word_of(row, "validity")) if word_of(row, "leave_kind") == OFTEN else None
        first, last = span or (day_of(row, "leave_from"), day_of(row, "leave_to"))
        if first is None:
            continue
        last = last or day_of(row, "returned_on") or first
        if first - timedelta(days=slack) <= day <= last + timedelta(days=slack):
            return row
    return None
