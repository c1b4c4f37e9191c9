"""Family B, judgments after a commutation: retrial and omitted crimes void it, a new crime gives its time back."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.reduction.arithmetic import chain_start
from app.core.checks.reduction.book import RULES, need_history
from app.core.checks.reduction.case import NEW, OMITTED, ReductionCase, Stage
from app.core.checks.reduction.custody import extended
from app.core.checks.reduction.joinder import outside, tell_heavy
from app.core.checks.reduction.timing import OPINION
from app.core.checks.reduction.told import REMARKS, days_in, said
from app.core.checks.why import Missing, Why, need
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import move_back
from app.core.values import Sentence, Term

RETRIED = re.compile(r"再审(?:改判|判决|裁定)?")
KEPT_BY_RETRIAL = re.compile(r"再审[^,，。；;]{0,6}维持|驳回[^,，。；;]{0,4}再审|申请再审")


def _final_days(case: ReductionCase, why: Why, kind: str) -> list[date]:
    days = []
    for each in case.crimes.records:
        if each["crime_kind"] == kind:
            why.see(each, "crime_kind", "final_on", "new_kind", "new_term")
            final = need(each, "final_on", f"{kind}的判决确定日期")
            assert isinstance(final, date)
            days.append(final)
    return days


def _amount(ruling: Record) -> Term:
    reduced = ruling["reduced"]
    if not isinstance(reduced, Sentence) or reduced.term is None:
        raise Missing(f"历次减刑第{ruling.row}行的减刑幅度")
    return reduced.term


def _still_counted(case: ReductionCase, why: Why, final: date, what: str) -> tuple[bool, Verdict | None]:
    """Whether the present end still rests on what was taken off before a later judgment; else the verdict there is."""
    old = _before(case, final)
    if fault := _joined_wrongly(case, why, old):
        return False, why.doubt(f"{fault}，须核对裁判文书")
    if not old:
        return False, why.lawful(f"{what} {final} 以前没有减去刑期的裁定")
    for each in old:
        why.see(each, "ruled_on", "reduced")
    end = case.day("sentence_end")
    why.see(case.proposal, "sentence_start", "sentence_end", "sentence")
    if end is None:
        raise Missing("刑期止日")
    start_end, _, _ = chain_start(case, why)
    whole = extended(case, start_end)
    later = Term()
    for each in case.reductions:
        if each not in old:
            later += _amount(each)
    taken = Term()
    for each in old:
        taken += _amount(each)
    bound, counted = move_back(whole, later), move_back(whole, later + taken)
    why.step(f"{what} {final}；此前已减{taken}；不计这些减刑的止日 {bound}，仍计的止日 {counted}，填报 {end}")
    slack = why.law.number("tolerance_days", why.day)
    if end >= bound or abs((end - bound).days) <= slack:
        return False, why.lawful("此前的减刑没有再计入")
    if abs((end - counted).days) <= slack:
        return True, None
    return False, why.doubt(f"{what}以后的刑期止日只扣回了一部分减刑，须核对裁判文书")


def _before(case: ReductionCase, final: date) -> list[Record]:
    return [each for each in case.reductions if isinstance(each["ruled_on"], date) and each["ruled_on"] < final]


def _joined_wrongly(case: ReductionCase, why: Why, old: list[Record]) -> str:
    """What is wrong with a joined term by articles 69 to 71 of the code; "" when nothing can be said against it."""
    taken = sum((_amount(each) for each in old), Term())
    faults = (outside(case, why, each, taken) for each in case.crimes.records)
    return "；".join(fault for fault in faults if fault)


def crimes_known(case: ReductionCase) -> None:
    """Raise Missing when it is not known whether there were later judgments."""
    if not case.crimes_present:
        raise Missing("狱内再犯罪/漏罪表")
    if case.crimes.doubt:
        raise Missing(f"狱内再犯罪、漏罪记录的归属（{case.crimes.doubt}）")


@RULES.rule(
    "JX-B03",
    "再审、漏罪后未重新报请",
    "R16-32",
    "R16-34",
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.SERIOUS,
)
def voided(case: ReductionCase, why: Why) -> Verdict:
    """Retrial and omitted crimes void earlier commutations; they must be ruled on again, for no more than before."""
    why.see(case.proposal, REMARKS)
    days = _final_days(case, why, OMITTED)
    told = said(case, RETRIED, REMARKS)
    if told and not KEPT_BY_RETRIAL.search(told):
        found = days_in(told)
        if not found:
            raise Missing("再审改判的日期")
        days.append(found[-1])
        why.step(f"备注：{told}")
    if not days:
        crimes_known(case)
        return why.lawful("没有再审改判，也没有漏罪")
    need_history(case)
    if case.stage is not Stage.FIXED:
        tell_heavy(case, why, max(days))
        return why.doubt("原判死缓、无期徒刑发现漏罪或者再审改判，原减刑裁定的效力和刑期须核实")
    final = max(days)
    counted, verdict = _still_counted(case, why, final, "再审改判或者漏罪判决")
    if verdict is not None and not counted:
        again = [each for each in case.reductions if isinstance(each["ruled_on"], date) and each["ruled_on"] >= final]
        before = sum((_amount(each) for each in case.reductions if each not in again), Term())
        confessed = any(each["crime_kind"] == OMITTED and each["confessed"] is True for each in case.crimes.records)
        if again and before and confessed and _amount(again[0]) < before:
            why.step(f"罪犯主动交代漏罪；原来共减{before}，重新裁定减去{_amount(again[0])}")
            return why.doubt("主动交代漏罪的，原来减去的刑期应当重新裁定确认，重新裁定减去的较少（多关），须核实")
        if again and before and _amount(again[0]) > before:
            why.step(f"重新裁定减去{_amount(again[0])}，原来共减{before}")
            return why.doubt("再审或者漏罪后首次裁定减去的刑期超过原来各次之和，如系重新确认则超限，须核实")
        return verdict
    return why.unlawful("再审改判或者漏罪并罚后，原减刑裁定自动失效，没有重新裁定而仍计入减去的刑期")


@RULES.rule(
    "JX-B04", "新罪并罚后减刑未剔除", "R16-33", harm=Harm.HELD_TOO_SHORT, document=OPINION, gravity=Gravity.SERIOUS
)
def time_given_back(case: ReductionCase, why: Why) -> Verdict:
    """After a new intentional crime, time taken off before does not count as served."""
    days = _final_days(case, why, NEW)
    crimes_known(case)
    if not days:
        return why.lawful("狱内再犯罪表中没有故意犯罪记录")
    need_history(case)
    if case.stage not in (Stage.FIXED, Stage.LIFE_TERM, Stage.SUSPENDED_TERM):
        return why.not_applicable("尚未减为有期徒刑；减为无期、有期徒刑的裁定继续有效")
    counted, verdict = _still_counted(case, why, max(days), "新罪判决")
    if verdict is not None and not counted:
        return verdict
    return why.unlawful("狱内故意犯罪数罪并罚后，此前减去的刑期仍按已执行计算")
