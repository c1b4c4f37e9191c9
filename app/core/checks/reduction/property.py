"""Family F: paying what the judgment ordered."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.measure import Answer, full
from app.core.checks.reduction.paying import (
    PAID_UP,
    Sure,
    need_own_rows,
    nothing_ordered,
    property_settled,
    refusing,
    row_refusal,
    said_refusal,
)
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.offences import shipped as offence_list
from app.core.records import Record

OPINION = "减刑提请检察意见书"
HOLDERS = "监狱、执行法院"


def owes(case: ReductionCase) -> str:
    """Applies where the judgment ordered any payment."""
    if case.property_rows.records:
        return ""
    return "没有财产性判项" if nothing_ordered(case) else ""


@RULES.rule("JX-F02", "确有能力不履行财产性判项", "R24-4", "R24-6.1", "R24-6.2", when=owes, document=OPINION)
def able_but_unwilling(case: ReductionCase, why: Why) -> Verdict:
    """Who can pay and refuses is not taken to repent; with major merit the point needs a look."""
    _look(case, why)
    state = refusing(case)
    if state is Sure.YES:
        if status := text_of(case.proposal, "property_status"):
            why.step(f"履行情况写“{status}”")
        for each in _refusals(case):
            why.step(f"{text_of(each, 'penalty_kind')}：拒不履行情形“{text_of(each, 'refusal')}”，未见消失日期")
        if case.major_merit and not case.parole:
            return why.doubt("有能力不履行财产性判项，以重大立功报请，须核实")
        since = why.law.provision("R24-4").start
        if case.filed is not None and since is not None and case.filed < since:
            why.cite_only("R16-27") if case.parole else why.cite_only("R16-3")
            return why.doubt("报请时有能力不履行财产性判项的认定规则尚未施行，须按当时规定核实")
        return why.unlawful("确有履行能力而不履行财产性判项，不应认定确有悔改表现", harm=Harm.HELD_TOO_SHORT)
    need_own_rows(case, HOLDERS)
    if property_settled(case) and not case.property_rows.records:
        return why.lawful("财产性判项已履行完毕或者没有应履行的判项")
    if state is Sure.OPEN:
        raise Missing("有无拒不履行情形（财产性判项表）", holder=HOLDERS)
    return why.lawful("已履行完毕，或者没有拒不履行情形，或者该情形已消失")


def _look(case: ReductionCase, why: Why) -> None:
    why.see(case.proposal, "property_penalty", "property_status", "amount_due", "amount_paid")
    for each in case.property_rows.records:
        why.see(each, "penalty_kind", "enforcement", "refusal", "refusal_ended_on", "paid_on")


def _refusals(case: ReductionCase) -> list[Record]:
    return [each for each in case.property_rows.records if row_refusal(each) is Sure.YES]


@RULES.rule("JX-F04", "拒不履行情形消失后未满六个月", "R24-6.3", when=owes, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def six_months_after(case: ReductionCase, why: Why) -> Verdict:
    """After refusal has ended, or all was paid, six months must pass before filing."""
    begin = why.law.provision("R24-6.3").start
    if begin is not None:
        why.turn(begin)
    if case.filed is not None and begin is not None and case.filed < begin:
        return why.not_applicable(f"报请时该规定尚未施行（{begin}起施行）")
    _look(case, why)
    need_own_rows(case, HOLDERS)
    if not case.property_rows.records:
        if property_settled(case):
            return why.lawful("财产性判项已履行完毕，未见曾拒不履行")
        raise Missing("有无拒不履行情形及消失日期（财产性判项表）", holder=HOLDERS)
    past = [each for each in case.property_rows.records if said_refusal(text_of(each, "refusal"))]
    if not past:
        return why.lawful("没有拒不履行情形")
    filed = filing(case, why)
    wait = why.number("property_wait", filed)
    worst, undated = Answer.KEPT, False
    for each in past:
        if row_refusal(each) is Sure.YES:
            undated = True
            continue
        # The day of a payment counts only when it was the last one owed.
        keys = ("refusal_ended_on", "paid_on") if text_of(each, "enforcement") == PAID_UP else ("refusal_ended_on",)
        days = [day for key in keys if isinstance(day := each[key], date)]
        if not days:
            raise Missing("拒不履行情形消失日期或者履行完毕日期", holder=HOLDERS)
        answer, _ = full(why, "情形消失（履行完毕）日", min(days), wait, filed, "报请日")
        worst = max(worst, answer)
    if worst is Answer.BROKEN:
        return why.unlawful(f"拒不履行情形消失或者履行完毕后未满{wait}个月即报请")
    if worst is Answer.OPEN:
        return why.doubt(f"{wait}个月是否届满，月末有两种算法，须核实")
    return why.not_applicable("拒不履行情形尚未消失，见 JX-F02") if undated else why.lawful()


TREATED_STRICTLY = re.compile(
    r"(?:因|由于|鉴于)?[^，。；;]*(?:财产|罚金|退赔|退赃|追缴|赔偿|判项)[^，。；;]*(?:未|没有|不)[^。；;]*(?:从严|扣减|少减|减少|降低)"
)
PAUSE_WORDS = re.compile(r"免除|分期.*(?:未到期|未逾期|无逾期|按期)|终结执行")
FREE_ENDS = ("终结执行", "分期未到期")


def excused(case: ReductionCase) -> str:
    """Applies where what is unpaid may not count against the prisoner: ended, remitted, instalments not yet due."""
    if reason := owes(case):
        return reason
    ends = {text_of(each, "enforcement") for each in case.property_rows.records}
    if any(row_refusal(each) is Sure.YES for each in case.property_rows.records):
        return "有拒不履行情形，见 JX-F02"
    if ends & set(FREE_ENDS) or PAUSE_WORDS.search(text_of(case.proposal, "property_status")):
        return ""
    if case.property_rows.records or text_of(case.proposal, "property_status"):
        return "没有终结执行、免除或者分期未到期的判项"
    raise Missing("财产性判项的执行结论", holder=HOLDERS)


@RULES.rule(
    "JX-F06",
    "无履行能力仍被从严",
    "R24-4",
    "R24-8",
    "R24-9",
    "R24-10",
    when=excused,
    harm=Harm.HELD_TOO_LONG,
    document=OPINION,
)
def strict_for_what_is_excused(case: ReductionCase, why: Why) -> Verdict:
    """What lawfully stays unpaid may not cost the prisoner anything."""
    need_own_rows(case, HOLDERS)
    _look(case, why)
    why.see(case.proposal, "strict_classes", "remarks")
    strict, remarks = text_of(case.proposal, "strict_classes"), text_of(case.proposal, "remarks")
    if "K8" in offence_list().flagged(strict):
        why.step(f"从严情形写“{strict}”")
        return why.doubt("判项已终结执行、免除或者分期未到期，仍列为有能力不履行而从严，须核实")
    told = TREATED_STRICTLY.search(remarks)
    if told and "没收" in told[0]:
        return why.not_applicable("因没收财产未执行完毕而减少幅度，见 JX-M11")
    if told:
        why.step(f"备注写“{remarks}”")
        return why.doubt("判项已终结执行、免除或者分期未到期，仍因未履行而减少幅度，须核实")
    if not strict:
        raise Missing("从严情形")
    return why.lawful("没有因此从严")


@RULES.rule("JX-F07", "临近报请缴款", "R24-6.3", when=owes, document=OPINION)
def paid_at_the_last_moment(case: ReductionCase, why: Why) -> Verdict:
    """A payment right before the review, after a time of refusing, is looked into."""
    need_own_rows(case, HOLDERS)
    rows = case.property_rows.records
    if not rows:
        raise Missing("缴纳日期（财产性判项表）", holder=HOLDERS)
    _look(case, why)
    refused = [each for each in rows if said_refusal(text_of(each, "refusal"))]
    if not refused:
        return why.lawful("没有曾拒不履行的记载")
    before = case.day("reviewed_on") or filing(case, why)
    what = "评审日期" if case.day("reviewed_on") else "报请日期"
    why.see(case.proposal, "reviewed_on")
    limit = why.number("late_payment_days", before)
    days = [(each, day) for each in refused if isinstance(day := each["paid_on"], date) and day <= before]
    for each, day in days:
        gap = (before - day).days
        why.step(f"{text_of(each, 'penalty_kind')}缴纳日期 {day}，{what} {before}，相隔{gap}日；界限{limit}日")
        if gap <= limit:
            return why.doubt(f"曾拒不履行，{what}前{gap}日才缴纳，是否真诚悔改须核实")
    if not days:
        raise Missing("缴纳日期", holder=HOLDERS)
    return why.lawful()
