"""Families T and M, relief of a third: who may claim it, how far it goes, and that it goes one way only."""

from __future__ import annotations

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, commutation, need_history, reduces_term
from app.core.checks.reduction.case import LATER, ReductionCase, Stage
from app.core.checks.reduction.classes import Reading, readings
from app.core.checks.reduction.general import amount_kept, earliest_full, least_interval, time_kept
from app.core.checks.reduction.measure import Answer, Relief, join, over, relief, shortened, softened, widened
from app.core.checks.reduction.paying import NONE_WORDS
from app.core.checks.reduction.timing import (
    OPINION,
    delivery,
    end_unknown,
    exempt,
    filing,
    first_fixed,
    short_remaining,
)
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.book import LawGap
from app.core.values import Term


def relieved(case: ReductionCase) -> str:
    """Applies where relief of a third is granted to the person."""
    if reason := commutation(case):
        return reason
    if case.stage is Stage.SUSPENDED:
        return "死缓尚未减刑"
    help_ = relief(case)
    return "" if help_.granted else help_.because or "没有从宽情形"


def relieved_amount(case: ReductionCase) -> str:
    """Applies where relief is granted and time is taken off a term."""
    return reduces_term(case) or relieved(case)


def claimed(case: ReductionCase) -> str:
    """Applies where the list claims a ground of relief."""
    if reason := commutation(case):
        return reason
    return "没有填写从宽情形" if text_of(case.proposal, "lenient") in ("", *NONE_WORDS) else ""


def _see(case: ReductionCase, why: Why) -> Relief:
    help_ = relief(case)
    why.see(case.proposal, "lenient", "birth_date", "id_number")
    if help_.cite:
        why.cite_only(help_.cite)
    if help_.because:
        why.step(help_.because)
    return help_


@RULES.rule(
    "JX-T07", "从宽缩短超过三分之一", "R16-19", "R16-20", when=relieved, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def shortened_too_far(case: ReductionCase, why: Why) -> Verdict:
    """Relief shortens a waiting time by a third at most."""
    filed = filing(case, why)
    found = readings(case, why)
    _see(case, why)

    def ask(reading: Reading) -> Answer:
        row = reading.row
        months = least_interval(case, row) if case.last_ruling is not None else row.wait or 0
        least = shortened(case, months)
        day = earliest_full(case, least)
        why.step(f"{Term.of_months(months)}缩短三分之一为{Term.of_months(least)}，最早 {day}；报请日 {filed}")
        if filed >= day:
            return Answer.KEPT
        lifted = exempt(case, why, reading)
        if lifted is not None:
            return lifted
        if case.stage is Stage.FIXED and case.last_ruling is None:
            return short_remaining(case, why, delivery(case, why))
        return softened(case, why, Answer.BROKEN)

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful("从宽以后起始时间或者间隔时间仍不足三分之二"),
        "从宽以后时间是否足够须核实",
    )


def _used(case: ReductionCase) -> tuple[bool, bool]:
    """Whether the proposal needs relief for its time, and for its amount; Missing where that cannot be told."""
    if case.stage is Stage.SUSPENDED:
        return False, False
    time = time_kept(case)[1] is not Answer.KEPT and not case.major_merit
    return time, case.stage in (Stage.FIXED, *LATER) and amount_kept(case) is not Answer.KEPT


@RULES.rule(
    "JX-T08", "从宽身份不符", "R16-19", "R16-20", "R16-39", when=claimed, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def relief_not_due(case: ReductionCase, why: Why) -> Verdict:
    """Who claims relief must be young, or old, ill or disabled and unable to care for himself."""
    help_ = relief(case)
    why.see(case.proposal, "lenient", "birth_date", "id_number", "filed_on", "delivered_on", "offence")
    why.step(help_.because)
    try:
        time, amount = _used(case)
    except LawGap:
        time = amount = True
    if help_.granted and (help_.sure or not (time or amount)):
        return why.lawful("从宽的条件具备" if help_.sure else "从宽的条件须核实，本次提请没有用到从宽")
    if help_.granted:
        return why.doubt(f"提请用到了从宽，条件是否具备须核实：{help_.because}")
    if time:
        return why.unlawful(f"从宽的条件不具备而缩短了时间：{help_.because}")
    if amount:
        return why.doubt(f"从宽的条件不具备而放宽了幅度，见 JX-M01：{help_.because}")
    return why.hint(f"从宽情形不成立，本次提请没有用到，请核对：{help_.because}")


@RULES.rule("JX-T09", "余刑不满二年从宽", "R16-16", "R14-6", when=first_fixed)
def short_remainder(case: ReductionCase, why: Why) -> Verdict:
    """Where less than two years were left the wait may be shortened: the reason must be told and the case heard."""
    need_history(case)
    filed = filing(case, why)
    found = readings(case)
    delivered = delivery(case, why)
    waits = [each.row.wait or 0 for each in found]
    if filed >= max(earliest_full(case, each) for each in waits):
        return why.lawful(f"送交执行至报请已满{Term.of_months(max(waits))}，不需要缩短")
    if case.major_merit:
        return why.not_applicable("有重大立功表现，不受起始时间限制，见 JX-T13")
    if end_unknown(case):
        raise Missing("刑期起日、刑期止日（判决生效后的余刑）")
    if short_remaining(case, why, delivered) is Answer.BROKEN:
        return why.not_applicable("判决生效后余刑满二年，见 JX-T01")
    why.step("缩短的幅度没有规定，须核对缩短的理由；不符合一般规定的应当开庭")
    short = "起始时间不足，"
    if filed >= min(earliest_full(case, each) for each in waits):
        short = "适用类别不明，起始时间是否已满须先核实；未满的，"
    return why.doubt(f"{short}只能依判决生效后余刑不满二年（或者管制、拘役）适当缩短，须核实理由并开庭审理")


@RULES.rule(
    "JX-M04", "放宽超过三分之一", "R16-19", "R16-20", when=relieved_amount, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def widened_too_far(case: ReductionCase, why: Why) -> Verdict:
    """Relief raises a cap by a third at most."""
    amount, merit = case.amount, case.merit
    why.see(case.proposal, "proposed", "merit")
    found = readings(case, why)
    _see(case, why)

    def ask(reading: Reading) -> Answer:
        cap = reading.row.caps[merit]
        most = widened(case, cap)
        why.step(f"上限{Term.of_months(cap)}放宽三分之一为{Term.of_months(most)}；提请{amount}")
        return softened(case, why, Answer.BROKEN) if over(amount, most) else Answer.KEPT

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(f"提请减去{amount}，超过放宽三分之一以后的上限"),
        f"提请减去{amount}，是否超过放宽以后的上限须核实",
    )


@RULES.rule("JX-M05", "幅度与时间同时放宽", "R16-19", "R16-20", when=relieved_amount, document=OPINION)
def both_relaxed(case: ReductionCase, why: Why) -> Verdict:
    """The text relaxes the amount or the time; who needs both must be looked at."""
    _see(case, why)
    why.see(case.proposal, "proposed", "merit", "filed_on", "delivered_on")
    what, time = time_kept(case)
    amount = amount_kept(case)
    if case.last_ruling is not None:
        why.see(case.last_ruling, "served_on")
    why.step(f"{what}{_needs(time)}；幅度{_needs(amount)}")
    if Answer.KEPT in (time, amount) or case.major_merit:
        return why.lawful("没有同时用到两种放宽")
    return why.doubt("幅度和时间都用到了放宽；条文写的是幅度可以放宽或者时间可以缩短，须核实")


def _needs(answer: Answer) -> str:
    return "符合一般规定" if answer is Answer.KEPT else "超出一般规定"
