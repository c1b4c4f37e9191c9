"""Family R: notice in the prison, our own time limits, hearings, and what must be investigated."""

from __future__ import annotations

import re
from contextlib import suppress

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import classes, readings, unsaid
from app.core.checks.reduction.general import amount_kept, time_kept
from app.core.checks.reduction.intervals import last_service
from app.core.checks.reduction.measure import Answer, over, relief
from app.core.checks.reduction.paying import Sure
from app.core.checks.reduction.timing import delivery, filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.book import LawGap
from app.core.law.holidays import UnknownYear
from app.core.law.offences import shipped as offence_list
from app.core.sentence.terms import due
from app.core.sentence.workdays import Deadline, deadline, workdays_between

OBJECTION = re.compile("不同意|异议")
HEARD = frozenset({"K1", "K2", "K3"})
LOOKED_INTO = frozenset({"K1", "K2", "K3", "K5", "V8"})


@RULES.rule("JX-R01", "狱内公示不足五个工作日", "PL26-50", harm=Harm.PROCEDURE, document="纠正违法通知书")
def notice(case: ReductionCase, why: Why) -> Verdict:
    """The review committee's decision is posted inside the prison for five workdays."""
    begin, end = case.day("notice_from"), case.day("notice_to")
    why.see(case.proposal, "notice_from", "notice_to")
    if begin is None or end is None:
        raise Missing(*(name for name, value in (("公示起日", begin), ("公示止日", end)) if value is None))
    filed = filing(case, why)
    why.cite_only()
    wanted = why.number("notice_workdays", filed)
    if end < begin:
        why.step(f"公示起日 {begin}，公示止日 {end}")
        return why.data("公示止日早于公示起日，请核对")
    try:
        counted = workdays_between(begin, end, why.law.calendar)
    except UnknownYear:
        # A weekend may be worked in exchange for a holiday, so only too few days of any kind are too few for sure.
        counted = (end - begin).days + 1
        why.step("该年节假日安排未收录，连休息日一起计算")
        if counted >= wanted:
            raise Missing(f"{end.year}年节假日安排", holder="法规库") from None
    why.step(f"公示 {begin} 至 {end}，首尾都计共{counted}个工作日，要求{wanted}个")
    if counted < wanted:
        why.step("未达要求")
        if why.law.parameter("notice_workdays", filed).provision == "PL26-50":
            return why.unlawful(f"狱内公示只有{counted}个工作日，不足{wanted}个工作日")
        return why.doubt(f"狱内公示只有{counted}个工作日，当时规定的公示期条文待核")
    if counted == wanted:
        why.step(f"首日计入恰为{wanted}个工作日；如首日不计则差一日")
        return why.hint(f"狱内公示连首日恰为{wanted}个工作日，请核对实际张贴时间")
    return why.lawful()


def undecided(case: ReductionCase) -> str:
    """Applies while the court has not ruled."""
    return "已经裁定" if case.day("ruled_on") is not None else ""


def ruled(case: ReductionCase) -> str:
    """Applies once the court has ruled."""
    return "" if case.day("ruled_on") is not None else "尚未裁定"


@RULES.rule("JX-R02", "检察意见期限", "PR19-635", "PG14-10", "CPL-105", when=undecided)
def opinion_due(case: ReductionCase, why: Why) -> Verdict:
    """From receipt of the proposal ten days run for our written opinion, once to be extended by ten."""
    received = case.day("received_on")
    why.see(case.proposal, "received_on")
    if received is None:
        raise Missing("检察院收到日期", holder="本院案件管理")
    days, more = why.number("opinion_days"), why.number("opinion_extension_days")
    last = deadline(received, days, why.law.calendar)
    later = deadline(received, days + more, why.law.calendar)
    why.step(f"收到日 {received}＋{days}日 → {_say(last)}")
    why.step(f"经批准延长{more}日 → {_say(later)}")
    if case.as_of > (last.moved or last.plain):
        gone = (case.as_of - (last.moved or last.plain)).days
        return why.hint(f"检察意见期限 {_say(last)}，至审查日已过{gone}日，请核对是否已经提出或者延长")
    left = ((last.moved or last.plain) - case.as_of).days
    return why.hint(f"检察意见期限 {_say(last)}，{f'距审查日还有{left}日' if left else '今日届满'}")


def _say(limit: Deadline) -> str:
    if limit.moved is None:
        return f"{limit.plain}（该年节假日安排未收录，未作顺延）"
    return f"{limit.plain}" if limit.moved == limit.plain else f"{limit.plain}（遇休息日顺延至{limit.moved}）"


@RULES.rule("JX-R03", "纠正意见期限", "CPL-274", "PR19-639", "CPL-105", when=ruled)
def correction_due(case: ReductionCase, why: Why) -> Verdict:
    """From receipt of the ruling twenty days run for a correction opinion."""
    received, served = case.day("ruling_received_on"), case.day("ruling_served_on")
    why.see(case.proposal, "ruled_on", "ruling_received_on", "ruling_served_on")
    start = received or served
    if start is None:
        raise Missing("裁定书送达检察院的日期", holder="人民法院")
    days = why.number("correction_days")
    last = deadline(start, days, why.law.calendar)
    why.step(f"{'收到裁定书' if received else '裁定送达日'} {start}＋{days}日 → {_say(last)}")
    if received is None:
        why.step("以裁定送达日代替检察院收到裁定书副本之日，请核对实际收到日")
    return why.hint(f"如认为裁定不当，纠正意见的提出期限至 {_say(last)}")


def allowed(case: ReductionCase) -> str:
    """Applies to every proposal a court may grant at all."""
    return "终身监禁，见 JX-S05" if case.barred else ""


@RULES.rule("JX-R07", "应开庭未开庭", "R14-6", when=allowed, harm=Harm.PROCEDURE, document="纠正违法通知书")
def hearing(case: ReductionCase, why: Why) -> Verdict:
    """Major merit, office, finance and organised crime, and exceptions from the general rules are heard in court."""
    mode = text_of(case.proposal, "hearing_mode")
    why.see(case.proposal, "hearing_mode", "merit", "strict_classes", "offence")
    reasons, open_reasons = _to_be_heard(case)
    for each in reasons + open_reasons:
        why.step(each)
    if not reasons and not open_reasons:
        lacking = [column for group, column in unsaid(case) if group in HEARD]
        if "书面" in mode and lacking:
            raise Missing(*lacking)
        return why.lawful("未见依规定应当开庭的情形（社会影响、公示异议须另行核对）")
    if "书面" in mode:
        if reasons:
            return why.unlawful("属于应当开庭审理的案件，法院采用书面审理")
        return why.doubt("可能属于应当开庭审理的案件，法院采用书面审理，须核实")
    if "开庭" in mode:
        return why.lawful("法院开庭审理")
    if case.day("ruled_on") is None:
        return why.not_applicable("法院尚未确定审理方式；本案属于或者可能属于应当开庭审理的案件")
    raise Missing("审理方式", holder="人民法院")


def _to_be_heard(case: ReductionCase) -> tuple[list[str], list[str]]:
    """Why the case must be heard in court: what is certain, and what is open."""
    certain = ["以重大立功报请"] if case.major_merit else []
    # A hearing is due where we objected to the court; what is listed here was said to the prison.
    perhaps = ["检察机关对提请有不同意见"] if OBJECTION.search(text_of(case.proposal, "opinion")) else []
    for group, (sure, because) in classes(case).items():
        if group in HEARD and sure >= Sure.OPEN:
            (certain if sure is Sure.YES else perhaps).append(because)
    for what, answer in [] if case.parole else _general_rules(case):
        if answer is not Answer.KEPT:
            (certain if answer is Answer.BROKEN else perhaps).append(f"{what}不符合一般规定")
    return certain, perhaps


def _general_rules(case: ReductionCase) -> list[tuple[str, Answer]]:
    """How time and amount stand to the general rules, as far as they can be measured."""
    found: list[tuple[str, Answer]] = []
    with suppress(Missing, LawGap):
        found.append(time_kept(case))
    with suppress(Missing, LawGap):
        found.append(("减刑幅度", amount_kept(case)))
    return found


@RULES.rule("JX-R08", "应调查核实", "PG14-6", when=allowed)
def must_investigate(case: ReductionCase, why: Why) -> Verdict:
    """Six groups of cases are investigated, not only read (classes, merit, large or early proposals, high points)."""
    reasons = _by_class(case)
    try:
        reasons += [] if case.parole or case.stage is Stage.SUSPENDED else _by_size(case, why)
    except (Missing, LawGap):
        # What is known is enough to look into the case; without it the question stays open.
        if not reasons:
            raise
    why.see(case.proposal, "offence", "strict_classes", "merit", "proposed", "filed_on")
    if not reasons:
        return why.lawful("未见应当调查核实的情形")
    for each in reasons:
        why.step(each)
    return why.hint(f"{'；'.join(reasons)}，应当调查核实")


def _by_class(case: ReductionCase) -> list[str]:
    held = {group: each for group, each in classes(case).items() if group in LOOKED_INTO and each[0] >= Sure.OPEN}
    reasons = [because for _, (_, because) in sorted(held.items())]
    if reasons:
        reasons = [f"{offence_list().name_all(held)}（{'、'.join(reasons)}）"]
    if text_of(case.proposal, "merit") not in ("", "确有悔改表现"):
        reasons.append(f"以{text_of(case.proposal, 'merit')}报请")
    return reasons


def _by_size(case: ReductionCase, why: Why) -> list[str]:
    """Amounts at the cap, filing soon after the due date or before it, and relief; Missing without the days."""
    rows = [each.row for each in readings(case)]
    reasons = []
    if case.stage not in CHANGES and any(case.amount.total_months >= row.caps[case.merit] for row in rows):
        beyond = all(over(case.amount, row.caps[case.merit]) for row in rows)
        reasons.append(f"提请减去{case.amount}，{'超过' if beyond else '达到'}{case.proposal['merit']}的上限")
    if relief(case).granted:
        reasons.append("适用从宽放宽规定")
    filed = filing(case, why)
    limit = why.law.number("close_to_limit_days", why.day)
    try:
        if case.last_ruling is not None:
            start, months, what = last_service(case, why)[1], max(row.interval or 0 for row in rows), "间隔短"
        elif case.stage is Stage.FIXED:
            start, months, what = delivery(case, why), max(row.wait or 0 for row in rows), "起始早"
        else:
            return reasons
    except Missing:
        if reasons:
            return reasons
        raise
    surplus = (filed - due(start, months).early).days
    if surplus < limit:
        reasons.append(f"{what}：{_against(surplus, months)}")
    return reasons


def _against(surplus: int, months: int) -> str:
    """How the filing day stands to the day the months are full."""
    if surplus < 0:
        return f"报请日早于{months}个月的届满日{-surplus}日"
    return f"报请日在{months}个月届满后{surplus}日" if surplus else f"报请日就是{months}个月的届满日"
