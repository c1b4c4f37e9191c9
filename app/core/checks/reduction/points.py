"""Family K: awards counted for a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.checks.reduction.book import RULES, need_history
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record

COMMENDATION = "表扬"


def after_reduction(case: ReductionCase) -> str:
    """Applies where an earlier ruling has used awards before; Missing when that is not known."""
    need_history(case)
    return "" if case.history else "没有历次减刑，不存在重复使用"


@RULES.rule(
    "JX-K03", "表扬重复使用", "OP21-5", when=after_reduction, harm=Harm.HELD_TOO_SHORT, document="减刑提请检察意见书"
)
def awards_used_twice(case: ReductionCase, why: Why) -> Verdict:
    """A commendation earned before the last commutation's assessment ended may not be counted again."""
    if not case.awards_present:
        raise Missing("奖惩表")
    claimed = case.proposal["commendations"]
    if not isinstance(claimed, int):
        raise Missing("表扬次数")
    cutoff = _cutoff(case, why)
    why.see(case.proposal, "commendations", "assessed_from", "assessed_to")
    if case.awards.doubt:
        raise Missing(f"奖惩记录的归属（{case.awards.doubt}）")
    rows = once(each for each in case.awards.records if each["award"] == COMMENDATION)
    last = case.day("assessed_to") or case.filed
    new = [each for each in rows if earned(each) > cutoff and (last is None or cycle_end(each) <= last)]
    old = [each for each in rows if earned(each) <= cutoff]
    border = [each for each in rows if earned(each) > cutoff >= cycle_end(each)]
    why.step(f"上次考核截止 {cutoff}；此后的表扬{len(new)}次，此前的{len(old)}次；本次填报{claimed}次")
    sure = len(new) - len(border)
    if claimed <= sure:
        return why.lawful()
    for each in old + border:
        why.see(each, "awarded_on", "award", "cycle_from", "cycle_to")
    if not old and not border:
        return why.lawful("填报次数多于明细，但明细中没有此前的表扬可供重复，次数请与奖惩表核对")
    if claimed > len(new):
        why.step(f"填报{claimed}次中至少有{min(claimed - len(new), len(old))}次是此前的表扬")
        return why.unlawful("上次减刑考核截止以前的表扬本次又计入")
    return why.doubt("有表扬的考核周期在上次考核截止以前、批准在以后，是否重复使用须核实")


def once(rows: Iterable[Record]) -> list[Record]:
    """Each award once, though several lists tell of it."""
    return list({(each["awarded_on"], each["cycle_to"]): each for each in rows}.values())


def _cutoff(case: ReductionCase, why: Why) -> date:
    """The day the last commutation's assessment ended: as recorded, else the eve of this assessment."""
    last = case.history[-1]
    recorded = last["assessed_to"]
    if isinstance(recorded, date):
        why.see(last, "assessed_to")
        return recorded
    start = case.day("assessed_from")
    if start is None:
        raise Missing("上次减刑的考核止日", "本次考核起日")
    why.step(f"未提供上次考核止日，以本次考核起日 {start} 的前一日为准")
    return start - timedelta(days=1)


def earned(award: Record) -> date:
    """The later of the cycle's end and the approval: what the award was certainly not available before."""
    end, given = award["cycle_to"], award["awarded_on"]
    if isinstance(end, date) and isinstance(given, date):
        return max(end, given)
    only = end if isinstance(end, date) else given
    assert isinstance(only, date)  # a row of awards without a day is rejected
    return only


def cycle_end(award: Record) -> date:
    """The end of the cycle an award was earned in; its approval where the cycle is not given."""
    end = award["cycle_to"]
    return end if isinstance(end, date) else earned(award)
