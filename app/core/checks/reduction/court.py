"""Family R: what the court does and when, what the ruling says, what is reported upwards, and delivery to prison."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import classes, unsaid
from app.core.checks.reduction.paying import NONE_WORDS, Sure
from app.core.checks.reduction.procedure import allowed, ruled
from app.core.checks.reduction.timing import COURT
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.sentence.terms import due
from app.core.sentence.workdays import deadline
from app.core.values import Sentence, SentenceKind
from app.core.values.term_text import parse_sentence

NOTICE = "纠正违法通知书"
HIGHEST = re.compile(r"[省部]级|省部|厅[局级]|厅局|[正副]厅|[正副]部|[正副]省|地厅|局级")
HIGH = re.compile(r"县处|处[级长]|[正副]处|县级|[正副]县|[正副]团|团级")
AGAINST = re.compile(r"不同意|不予|不宜|不应|不符合|异议|反对|不当")
ADJUST = re.compile(r"调整|减少|降低|从严|改为|扣减")
NOT_ASKED = re.compile(r"^(?:未征求|没有征求|未送|否|没有|未)")
EARLIER = re.compile(r"历次|前次|上次|减刑情况")
SPAN = re.compile(r"起止|刑期[^，；;]*(?:至|止)|考验期")
REASON = re.compile(r"理由|原因")
LEGAL = re.compile(r"法律依据|依照|依据|条")


@RULES.rule("JX-R04", "法院裁定超期", "R14-1", when=ruled, harm=Harm.PROCEDURE, document=NOTICE)
def ruling_in_time(case: ReductionCase, why: Why) -> Verdict:
    """One month from receipt, two when extended; none of the extension for suspended death and short penalties."""
    ruled_on, received, filed = case.day("ruled_on"), case.day("court_received_on"), case.filed
    assert ruled_on is not None
    why.see(case.proposal, "court_received_on", "filed_on", "ruled_on", "trial_extended")
    start = received or filed
    if start is None:
        raise Missing("法院收到日期", holder=COURT)
    months, more = why.number("court_months", ruled_on), why.number("court_months_extended", ruled_on)
    label = "法院收到日期" if received is not None else "报请日期"
    first, last = due(start, months).late, due(start, more).late
    why.step(f"{label} {start}＋{months}个月 → {first}；延长后 → {last}；裁定日期 {ruled_on}")
    if ruled_on < start:
        return why.not_applicable("裁定日期早于收到日期，见 JX-D05")
    if ruled_on <= first:
        return why.lawful()
    if received is None:
        # The court received it some day after the filing, so only what is in time for sure can be told.
        raise Missing("法院收到日期", holder=COURT)
    kind = case.original_kind
    if kind in (SentenceKind.DETENTION, SentenceKind.CONTROL):
        return why.doubt(f"管制、拘役案件裁定超过{months}个月，须核实")
    if kind is SentenceKind.SUSPENDED_DEATH and case.stage is Stage.SUSPENDED:
        return why.doubt(f"死缓减刑案件裁定超过{months}个月，该期限不能延长，须核实")
    if ruled_on > last:
        return why.doubt(f"法院收到后{(ruled_on - received).days}日才裁定，超过延长后的{more}个月，须核实")
    extended = case.flag("trial_extended")
    if extended:
        return why.lawful("已延长审理期限")
    if extended is None:
        raise Missing("延长审理期限", holder=COURT)
    return why.doubt(f"法院收到后{(ruled_on - received).days}日才裁定，超过{months}个月而没有延长，须核实")


@RULES.rule("JX-R05", "法院公示不符合规定", "R14-3", "CPL-105", when=allowed, harm=Harm.PROCEDURE, document=NOTICE)
def court_notice(case: ReductionCase, why: Why) -> Verdict:
    """The court posts a case within five days of entering it, for five days."""
    entered, begin, end = (case.day(key) for key in ("court_filed_on", "court_notice_from", "court_notice_to"))
    why.see(case.proposal, "court_filed_on", "court_notice_from", "court_notice_to")
    names = {"法院立案日期": entered, "法院公示起日": begin, "法院公示止日": end}
    faults: list[str] = []
    first_counts = False
    if entered is not None and begin is not None:
        limit = deadline(entered, why.number("court_notice_within", begin), why.law.calendar)
        last = limit.moved or limit.plain
        why.step(f"立案 {entered}，公示最迟 {last}，实际 {begin}")
        if begin > last:
            faults.append(f"立案后{(begin - entered).days}日才公示")
    if begin is not None and end is not None:
        wanted = why.number("court_notice_days", begin)
        days = (end - begin).days + 1
        why.step(f"公示 {begin} 至 {end}，连首日{max(days, 0)}日，要求{wanted}日")
        if days < wanted:
            faults.append(f"只公示了{days}日" if days > 0 else "公示止日早于起日")
        first_counts = days == wanted
    if faults:
        return why.doubt(f"法院{'，'.join(faults)}，须核实")
    lacking = [name for name, day in names.items() if day is None]
    if lacking:
        raise Missing(*lacking, holder=COURT)
    if first_counts:
        return why.hint("法院公示连首日恰为规定的日数，如首日不计则差一日，请核对")
    return why.lawful()


@RULES.rule("JX-R06", "裁定送达超过七日", "R14-18", "CPL-105", when=ruled, harm=Harm.PROCEDURE, document=NOTICE)
def service_in_time(case: ReductionCase, why: Why) -> Verdict:
    """A ruling is served within seven days."""
    ruled_on, served = case.day("ruled_on"), case.day("ruling_served_on")
    why.see(case.proposal, "ruled_on", "ruling_served_on")
    assert ruled_on is not None
    if served is None:
        raise Missing("裁定送达日期", holder=COURT)
    days = why.number("service_days", ruled_on)
    limit = deadline(ruled_on, days, why.law.calendar)
    last = limit.moved or limit.plain
    why.step(f"裁定日期 {ruled_on}＋{days}日 → {last}；送达 {served}")
    if served < ruled_on:
        return why.not_applicable("送达日早于裁定日，见 JX-D05")
    if served > last:
        return why.doubt(f"裁定后{(served - ruled_on).days}日才送达，超过{days}日，须核实")
    return why.lawful()


@RULES.rule("JX-R09", "职务犯罪案件备案", "PB14-2", "CPL-105", when=ruled)
def report_upwards(case: ReductionCase, why: Why) -> Verdict:
    """Rulings about former officials of rank are reported upwards within ten days of receipt."""
    sure, because = classes(case).get("K1", (Sure.NO, ""))
    why.see(case.proposal, "offence", "strict_classes", "official_rank", "ruling_received_on")
    if sure is Sure.NO:
        return why.not_applicable("不是职务犯罪")
    if sure is Sure.UNSAID:
        raise Missing(*dict(unsaid(case)).values())
    rank = text_of(case.proposal, "official_rank")
    if not rank:
        raise Missing("职务级别")
    why.step(f"{because}；原职务级别：{rank}")
    highest, high = HIGHEST.search(rank), HIGH.search(rank)
    if rank in NONE_WORDS or not (highest or high):
        return why.lawful("不属于应当备案的级别")
    received = case.day("ruling_received_on")
    if received is None:
        raise Missing("检察院收到裁定书日期", holder="本院案件管理")
    limit = deadline(received, why.number("record_days", received), why.law.calendar)
    last = limit.moved or limit.plain
    why.step(f"收到裁定书 {received}，备案期限至 {last}")
    whom = "逐案层报最高人民检察院备案" if highest else "报省级人民检察院备案"
    state = f"，已过{(case.as_of - last).days}日，请核对是否已经备案" if case.as_of > last else ""
    return why.hint(f"原{rank}职务犯罪，应在 {last} 以前{whom}{state}")


@RULES.rule("JX-R11", "征求检察意见缺失或者未回复", "MJ38-2", when=allowed, harm=Harm.PROCEDURE, document=NOTICE)
def opinion_asked(case: ReductionCase, why: Why) -> Verdict:
    """The prison asks for our opinion before it decides, and says why where it does not follow."""
    asked, filed = case.day("opinion_asked_on"), case.filed
    opinion, reply = text_of(case.proposal, "opinion"), text_of(case.proposal, "opinion_reply")
    why.see(case.proposal, "opinion_asked_on", "opinion", "opinion_reply", "filed_on")
    if NOT_ASKED.match(opinion):
        return why.doubt(f"检察意见一栏写“{opinion}”，提请前没有征求检察意见，须核实")
    if asked is not None and filed is not None:
        why.step(f"征求检察意见 {asked}，报请 {filed}")
        if asked > filed:
            return why.doubt("报请以后才征求检察意见，须核实")
    if opinion:
        why.step(f"检察意见：{opinion}")
        if AGAINST.search(opinion) and not reply:
            return why.doubt("检察意见不同意提请，仍然报请而没有说明未采纳的理由，须核实")
        if ADJUST.search(opinion) and not reply:
            raise Missing("检察意见未采纳说明（检察意见建议调整，是否采纳不明）")
        return why.lawful(*([f"未采纳的说明：{reply}"] if reply else ()))
    if asked is None:
        raise Missing("征求检察意见日期")
    return why.lawful()


@RULES.rule("JX-R12", "交付执行迟延", "R16-40.1", harm=Harm.HELD_TOO_LONG)
def delivered_in_time(case: ReductionCase, why: Why) -> Verdict:
    """Papers go out within ten days of effect and the prisoner within a month; what is late delays the start time."""
    effective, delivered = case.day("effective_on"), case.day("delivered_on")
    why.see(case.proposal, "effective_on", "delivered_on")
    lacking = {"判决生效日期": effective, "送交执行日期": delivered}
    if effective is None or delivered is None:
        raise Missing(*(name for name, day in lacking.items() if day is None), holder="人民法院、公安机关")
    if delivered < effective:
        return why.not_applicable("送交执行早于判决生效，见 JX-D05")
    days, months = why.number("papers_days", delivered), why.number("delivery_months", delivered)
    last = due(effective + timedelta(days=days), months).late
    why.step(f"判决生效 {effective}＋{days}日＋{months}个月 → {last}；送交执行 {delivered}")
    if delivered > last:
        late = (delivered - last).days
        return why.hint(f"送交执行晚于法定期限{late}日，减刑起始时间因此推后，交付环节请核对")
    return why.lawful()


@RULES.rule("JX-R13", "裁定书要素不全", "R14-17", when=ruled)
def ruling_is_whole(case: ReductionCase, why: Why) -> Verdict:
    """A ruling states earlier commutations, grounds, law, the days of the term, and why it departs from the request."""
    text = text_of(case.proposal, "ruling_contents")
    why.see(case.proposal, "ruling_contents", "ruling_result", "proposed", "history")
    if not text:
        raise Missing("裁定书载明事项", holder=COURT)
    wanted = {"事实和理由": REASON, "法律依据": LEGAL}
    if case.history:
        wanted["历次减刑情况"] = EARLIER
    if not re.search("不予|驳回|撤回", text_of(case.proposal, "ruling_result")):
        wanted["假释考验期起止" if case.parole else "减刑后的刑期起止"] = SPAN
    lacking = [name for name, words in wanted.items() if not words.search(text)]
    if departs(case) and not re.search("调整|减少|不予|变更", text):
        lacking.append("调整或者不予的理由")
    if lacking:
        return why.hint(f"裁定书没有载明{'、'.join(lacking)}，请核对原件")
    return why.lawful(f"已载明{'、'.join(wanted)}")


def departs(case: ReductionCase) -> bool:
    """Whether the ruling gave something other than what was proposed, as far as its result can be read."""
    result, proposed = text_of(case.proposal, "ruling_result"), case.proposal["proposed"]
    if re.search("不予|驳回", result):
        return True
    given = granted(result)
    return isinstance(proposed, Sentence) and given is not None and given != proposed


def granted(result: str) -> Sentence | None:
    """The amount a ruling's result names: 减去有期徒刑六个月, 减刑6个月, 六个月; None when none can be read."""
    text = re.sub(r"^.*?减(?:去|为|刑)?|[，；。].*$", "", result).strip()
    try:
        return parse_sentence(text).value
    except ValueError:
        return None
