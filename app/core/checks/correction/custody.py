"""Somebody in custody whom the office still supervises on paper, and endings that were not entered."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.correction.conduct import Stay, stays, within
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record

NOT_NORMAL = re.compile(r"未|没|无|失联|缺|逾期|不正常|异常|羁押|拘留|在押|请假|失败|超时")
AT_THE_PLACE = re.compile(r"看守所|拘留所|戒毒所|监狱|会见|提审|在押|羁押")
REFUSED = re.compile(r"不予|驳回|不同意|不批准|不符合|撤回")


def normal_contacts(case: Episode, first: date, last: date) -> list[Record]:
    """The contacts between two days, both excluded, that the office noted as usual and that were not in custody."""
    found = []
    for row in case.dossier.rows("T06"):
        day = day_of(row, "contact_on")
        texts = word_of(row, "result"), word_of(row, "contact_mode") + word_of(row, "place")
        if day is None or not first < day < last:
            continue
        if not NOT_NORMAL.search(texts[0]) and not AT_THE_PLACE.search(texts[0] + texts[1]):
            found.append(row)
    return found


@RULES.rule(
    "SJ-32",
    "矫正机构不知情（双库差）",
    "PR19-643.3",
    when=on_roster,
    about=("T12", "T13", "T14"),
    gravity=Gravity.GRAVE,
    harm=Harm.PROCEDURE,
    document="纠正违法通知书",
)
def signed_in_while_held(case: Episode, why: Why) -> Verdict:
    """Nobody in custody signs in at the office: a usual contact in those days is not true."""
    least = timedelta(days=why.law.number("custody_unnoticed_days", case.as_of))
    open_ended: list[Stay] = []
    asked = False
    for each in stays(case):
        last = each.last or case.as_of + timedelta(days=1)
        if last - each.first < least or not within(case, each.first):
            continue
        if not each.certain:
            open_ended.append(each)
            continue
        asked = True
        case.lists.need("T06", min(each.first + timedelta(days=1), case.as_of))
        why.step(f"{each.first} 至 {each.last or '现在'} 在押（{each.words}）")
        rows = normal_contacts(case, each.first, last)
        if rows:
            return _contradicted(why, each, rows)
    if not asked and not open_ended:
        return why.not_applicable(f"矫正期间没有 {least.days} 日以上的羁押")
    if not asked or any(normal_contacts(case, each.first, each.last or case.as_of) for each in open_ended):
        raise Missing("出所日期", holder="看守所、拘留所")
    return why.lawful("在押期间没有正常报到的记录")


def _contradicted(why: Why, stay: Stay, rows: list[Record]) -> Verdict:
    why.see(stay.row, *stay.fields)
    for row in rows:
        why.see(row, "contact_on", "contact_mode", "place", "result")
    days = "、".join(str(day_of(row, "contact_on")) for row in rows)
    why.step(f"签到记录：{days}，结果写正常或者没有写")
    return why.unlawful(f"{stay.first} 起因{stay.words}在押，签到记录 {days} 仍写正常报到，与事实不符")


@RULES.rule(
    "SJ-53",
    "在押仍按在矫或者未终止",
    "CCL-45",
    when=on_roster,
    about=("T07", "T11", "T14", "T15"),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def not_terminated(case: Episode, why: Why) -> Verdict:
    """Once correction is revoked or recommittal decided, the roster shows it as ended."""
    ended = _revoked(case)
    if ended is None:
        return why.not_applicable("没有撤销缓刑、假释或者收监的裁定、决定")
    day, row, fields, words = ended
    why.see(row, *fields)
    why.see(case.roster, "status")
    why.step(f"{day} {words}，社区矫正终止")
    status = word_of(case.roster, "status")
    if not status:
        raise Missing("状态", holder="社区矫正机构")
    if status != "在矫":
        return why.lawful(f"名册已写{status}")
    due = day + timedelta(days=why.number("correction_roster_grace_days"))
    if due > case.as_of:
        return why.lawful(f"{due} 以后名册仍写在矫的才作线索")
    case.lists.need("T02", due)
    return why.unlawful(f"{day} {words}，名册到 {case.lists.through['T02']} 仍写在矫，没有终止")


def _revoked(case: Episode) -> tuple[date, Record, tuple[str, ...], str] | None:
    """The day correction ended by a ruling or by recommittal, the row and cells that say so, and what happened."""
    for row in case.rows("T07"):
        words = word_of(row, "proposal_kind") + word_of(row, "award")
        day, result = day_of(row, "ruled_on"), word_of(row, "result")
        if day is None or not re.search("撤销|收监", words) or not result or REFUSED.search(result):
            continue
        return day, row, ("proposal_kind", "award", "ruled_on", "result"), f"裁定、决定：{result}"
    for row in case.outside:
        day = day_of(row, "recommitted_on", "recommittal_decided_on")
        if day is not None:
            return day, row, ("recommittal_decided_on", "recommitted_on"), "决定收监执行"
    for row in case.rows("T15"):
        day, word = day_of(row, "effective_on"), word_of(row, "revocation")
        if day is not None and word in ("撤销缓刑", "撤销假释"):
            return day, row, ("revocation", "effective_on"), f"新判决{word}生效"
    for row in case.rows("T14"):
        day = day_of(row, "admitted_on")
        if day is not None and word_of(row, "admission_reason") == "收监执行" and within(case, day):
            return day, row, ("admitted_on", "admission_reason"), "收监执行"
    return None
