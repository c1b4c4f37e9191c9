"""Passing from one hand to the next: to a new place, out of custody after judgment, out at the end of a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.duties import combined
from app.core.checks.persons import day_of, first_day, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.law.duties import shipped
from app.core.records import Record
from app.core.sentence.workdays import deadline


@RULES.rule(
    "SJ-46",
    "变更执行地漏管",
    *("CCM-31", "PR19-643.3"),
    about=("T09",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def lost_between_places(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """Whoever may move reports to the new office; otherwise the old one looks for them."""
    agreed = [each for each in case.rows("T09") if day_of(each, "decided_on") and not _refused(each)]
    if not agreed:
        return why.not_applicable("没有同意变更执行地的决定")
    return combined([_moved(case, each, why.apart()) for each in agreed], (), why)


def _refused(row: Record) -> bool:
    return any(each in word_of(row, "opinion") for each in ("不同意", "不宜"))


def _moved(case: Episode, row: Record, why: Why) -> Verdict:
    why.cite(*RULES["SJ-46"].cites)
    why.see(row, "decided_on", "notice_signed_on", "new_place", "reported_on")
    decided = day_of(row, "decided_on")
    reported = day_of(row, "reported_on") or next(
        (day for each in case.rosters if (day := day_of(each, "reported_on")) and decided and day >= decided), None
    )
    if reported is not None:
        return why.lawful(f"已到新执行地报到（{reported}）")
    if "reported_on" not in row.cells:
        return why.not_evaluated(("新执行地报到日",))
    signed = day_of(row, "notice_signed_on")
    if signed is None:
        return why.not_evaluated(("变更执行地决定的签收日",))
    duty = shipped().duty("report_new_place")
    last = deadline(signed, int(duty.days), why.law.calendar)
    grace = why.number("new_place_grace_days", signed)
    limit = (last.moved or last.plain) + timedelta(days=grace)
    why.step(
        f"签收变更决定 {signed}，＋{duty.days}日（遇节假日顺延）→ {last.moved or last.plain}，再等{grace}日 → {limit}"
    )
    if gone := _gone(case, limit):
        return why.not_applicable(gone)
    if limit >= case.as_of:
        return why.lawful(f"到{case.as_of}尚未届满，不判断")
    try:
        case.lists.need("T09", limit)
        case.lists.need("T06", limit, since=signed + timedelta(days=case.law.number("list_begin_slack_days", signed)))
    except Missing as lack:
        return why.not_evaluated(lack.items, lack.holder)
    sought = first_day(case.rows("T06"), "search_from", "police_notified_on", "procuratorate_notified_on")
    if sought is not None and sought[0] >= signed:
        why.see(sought[1], "search_from", "police_notified_on", "procuratorate_notified_on")
        return why.hint(f"{signed}签收变更决定后没有到新执行地报到，{sought[0]}起已查找，请跟进查找结果")
    why.none_in(case.dossier, "T06", what="新执行地没有报到日，报到查找记录没有查找")
    return why.unlawful(f"{signed}签收变更决定，到{limit}没有到新执行地报到，两地都没有查找", fact=str(signed))


def _gone(case: Episode, day: date) -> str:
    """Why nobody could report by a day: closed, dead or in custody; "" when nothing says so."""
    if case.closed is not None and case.closed[0] <= day:
        return "社区矫正已经解除或者终止"
    death = first_day([*case.rows("T18"), *case.closings], "death_date")
    if death is not None and death[0] <= day:
        return "已经死亡"
    for each in case.rows("T14"):
        came, left = day_of(each, "admitted_on"), day_of(each, "left_on")
        if came is not None and came <= day and (left is None or left >= day):
            return "正在监所羁押"
    return ""


def _tried_here(case: Episode) -> str:
    if case.freeing:
        return ""
    if case.judgment is None:
        case.lists.need("T01")
        return "法院裁判清单中没有该判决"
    return "" if case.kind in (Kind.CONTROL, Kind.PROBATION) else "不是判处管制、宣告缓刑"


@RULES.rule(
    "SJ-68",
    "宣判后未释放",
    *("PR19-626", "CPL-260"),
    when=_tried_here,
    about=("T14",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_LONG,
    document="纠正违法通知书",
)
def not_released(case: Episode, why: Why) -> Verdict:
    """Whoever gets control, probation, a supplementary penalty alone or none and is in custody is released at once."""
    judgment = case.freeing[0] if case.freeing else case.judgment
    changed = "改判" in word_of(judgment, "appeal_result")
    judged = day_of(judgment, "appeal_pronounced_on" if changed else "judged_on")
    if judged is None:
        raise Missing("二审宣告日期" if changed else "宣判日期", holder="人民法院")
    why.see(judgment, "judged_on", "appeal_pronounced_on", "sentence_kind", "probation")
    limit = judged + timedelta(days=why.number("release_after_judgment_days", judged))
    why.step(f"宣判日 {judged}，至迟 {limit} 释放")
    for row in case.dossier.rows("T14"):
        came, left = day_of(row, "admitted_on"), day_of(row, "left_on")
        if came is None or came > judged or word_of(row, "admission_reason") not in ("", "刑事拘留", "逮捕"):
            continue
        if left is not None and left <= limit:
            continue
        why.see(row, "admitted_on", "admission_reason", "left_on", "leaving_reason")
        if left is None:
            case.lists.need("T14", limit)
            if case.reported is not None:
                return why.hint(f"监所没有登记出所日期，但{case.reported}已到矫正机构报到，请核对出所日期")
            return why.doubt(f"{judged}宣判，监所没有登记出所日期，须核对是否已经释放")
        if word_of(row, "leaving_reason") in ("交付执行", "刑满释放"):
            return why.doubt(
                f"{judged}宣判，{left}才出所，出所原因为{word_of(row, 'leaving_reason')}，须核对是否另案羁押"
            )
        what = f"宣判{case.kind}" if case.kind else "宣判后应当立即释放"
        return why.unlawful(f"{judged}{what}，{left}才释放，晚{(left - limit).days}日", fact=str(came))
    return why.lawful("宣判时没有羁押，或者已经释放")


def _outside(case: Episode) -> str:
    return "" if case.kind is Kind.OUTSIDE else "不是暂予监外执行"


@RULES.rule(
    "SJ-69",
    "刑满未办释放",
    "PR19-629.10",
    when=_outside,
    about=("T02", "T11"),
    harm=Harm.HELD_TOO_LONG,
    document="纠正违法通知书",
)
def not_discharged(case: Episode, why: Why) -> Verdict:
    """When the sentence served outside prison is over the person is released by paper."""
    order = case.outside[0] if case.outside else None
    end = day_of(order, "sentence_end") or case.end
    if end is None:
        raise Missing("余刑止日")
    if word_of(order, "excluded_span", "exclusion_ruling_no"):
        raise Missing("扣除不计入刑期后的刑期止日")
    why.see(order, "sentence_end", "release_notified_on")
    why.see(case.roster, "correction_end", "status")
    limit = end + timedelta(days=why.number("release_notice_grace_days", end))
    why.step(f"刑期止日 {end}，宽限后 → {limit}")
    discharged = _discharged(case, limit)
    if discharged is None and (gone := _gone(case, limit)):
        return why.lawful(gone)
    shown = first_day(
        (row for row in (*case.outside, *case.rows("T19"))), "release_notified_on", "released_on", "recommitted_on"
    )
    if shown is not None:
        why.see(shown[1], "release_notified_on", "released_on", "recommitted_on")
        return why.lawful(f"已有释放、收监的记录（{shown[0]}）")
    if limit >= case.as_of:
        return why.lawful(f"到{case.as_of}尚未届满，不判断")
    case.lists.need("T03", limit, since=end + timedelta(days=case.law.number("list_begin_slack_days", end)))
    if discharged is not None:
        return _only_discharged(case, why, end, limit, discharged)
    why.none_in(case.dossier, "T03", what="没有释放通知日，解除、终止名单中没有此人")
    if "剥夺政治权利" in word_of(case.roster, "supplementary"):
        why.see(case.roster, "supplementary")
        why.step("判有附加剥夺政治权利，应同时移交公安机关执行")
    return why.unlawful(f"暂予监外执行人员{end}刑满，到{limit}没有办理释放")


def _discharged(case: Episode, day: date) -> Record | None:
    """The row by which correction was ended as served by a day, and by nothing else: that is no release yet."""
    for each in case.closings:
        ended = day_of(each, "discharged_on")
        if ended is not None and ended <= day and word_of(each, "discharge_kind") != "特赦":
            other = day_of(each, "terminated_on", "recommitted_on", "death_date")
            return each if other is None and case.outside else None
    return None


def _only_discharged(case: Episode, why: Why, end: date, limit: date, row: Record) -> Verdict:
    """The office discharged the person, and nothing shows that the prison or the detention house released them."""
    why.see(row, "discharged_on", "discharge_kind")
    told = f"暂予监外执行人员{end}刑满，矫正机构已于{day_of(row, 'discharged_on')}解除"
    if not case.lists.has("T19"):
        name, holder = case.lists.names.get("T19", ("T19", ""))
        why.step(f"没有导入《{name}》，须向{holder or '监狱、看守所'}核对是否办理了刑满释放")
        return why.doubt(f"{told}，但没有通知监狱、看守所办理释放的记录，须先核对是否已经办理刑满释放")
    why.none_in(case.dossier, "T19", what="没有释放通知日，释放名单中没有此人")
    return why.unlawful(f"{told}，但到{limit}没有通知监狱、看守所办理刑满释放，释放名单中也没有此人")
