"""Family F: paying what the judgment ordered."""

from __future__ import annotations

from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.measure import Answer, full
from app.core.checks.reduction.paying import (
    NONE_WORDS,
    PAID_UP,
    Sure,
    need_own_rows,
    property_settled,
    refusing,
    row_refusal,
    said_refusal,
)
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record

OPINION = "减刑提请检察意见书"
HOLDERS = "监狱、执行法院"


def owes(case: ReductionCase) -> str:
    """Applies where the judgment ordered any payment."""
    if case.property_rows.records:
        return ""
    penalty = text_of(case.proposal, "property_penalty")
    return "没有财产性判项" if penalty in NONE_WORDS else ""


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
