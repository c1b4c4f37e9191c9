"""Families T and J, revoked parole: what counts anew afterwards, and that parole is as a rule not granted again."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.reduction.book import RULES, commutation, parole
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import Reading, readings
from app.core.checks.reduction.measure import Answer, full, join
from app.core.checks.reduction.timing import OPINION, exempt, filing
from app.core.checks.reduction.told import REMARKS, delivered, need_remarks, revocation
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict

OMITTED = re.compile(r"漏罪")
CONFESSED = re.compile(r"如实供述|自首|主动交代")
NEW_OR_BREACH = re.compile(r"新罪|又犯罪|再犯罪|重新犯罪|违反|违规|脱管|脱逃")


def returned(case: ReductionCase) -> str:
    """Applies to a first commutation after a revoked parole."""
    if reason := commutation(case):
        return reason
    if case.stage is Stage.SUSPENDED:
        return "死缓尚未减刑"
    told, day = revocation(case)
    if not told:
        return "没有撤销假释的记载" if delivered(case) else "没有撤销假释的记载（未提供备注）"
    if day is not None and any(isinstance(each["ruled_on"], date) and each["ruled_on"] > day for each in case.history):
        return "收监以后已经减过刑，审查间隔时间"
    return ""


@RULES.rule("JX-T12", "撤销假释后的起始时间", "R16-30.2", when=returned, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def after_revocation(case: ReductionCase, why: Why) -> Verdict:
    """After a revoked parole the waiting time runs from recommitment."""
    told, day = revocation(case)
    why.see(case.proposal, REMARKS, "strict_classes", "history", "delivered_on")
    why.step(f"记载：{told}")
    if day is None:
        raise Missing("撤销假释后的收监日期")
    filed = filing(case, why)

    def ask(reading: Reading) -> Answer:
        row = reading.row
        months = row.wait if row.wait is not None else row.interval
        assert months is not None
        why.cite(row.cites["wait" if row.wait is not None else "interval"])
        answer, _ = full(why, "收监日", day, months, filed, "报请日")
        if answer is not Answer.BROKEN:
            return answer
        lifted = exempt(case, why, reading)
        if lifted is None and row.wait is None:
            why.step("由无期徒刑、死缓减下来的，收监后的起始时间条文没有写明多少")
            return Answer.OPEN
        return lifted or Answer.BROKEN

    return join(
        why,
        readings(case, why),
        ask,
        lambda: why.unlawful(f"撤销假释后自收监之日 {day} 起，未满减刑起始时间"),
        "撤销假释收监后的起始时间是否已满须核实",
    )


@RULES.rule(
    "JX-J07", "撤销假释后再假释", "R16-30.1", when=parole, harm=Harm.HELD_TOO_SHORT, document="假释提请检察意见书"
)
def parole_again(case: ReductionCase, why: Why) -> Verdict:
    """Whose parole was revoked is as a rule not paroled again, but for offences confessed and left out before."""
    told, _ = revocation(case)
    why.see(case.proposal, REMARKS, "strict_classes", "history", "proposal_kind")
    if not told:
        need_remarks(case, "有无撤销假释")
        return why.lawful("没有撤销假释的记载")
    why.step(f"记载：{told}")
    if OMITTED.search(told) and CONFESSED.search(told):
        return why.lawful("因漏罪撤销，漏罪曾如实供述或者系自首，可以再假释")
    if NEW_OR_BREACH.search(told) and not OMITTED.search(told):
        return why.unlawful("假释曾因新罪或者违反规定被撤销，一般不得再假释，但被提请假释")
    return why.doubt("假释曾被撤销，能否再假释须核实撤销的原因")
