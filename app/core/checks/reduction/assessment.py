"""Family K: the period assessed, and whether the commendations claimed can have been earned in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.points import COMMENDATION, after_reduction, cycle_end, earned, once
from app.core.checks.reduction.scores import accuse, counted, months_between, months_of, number_of, within
from app.core.checks.reduction.timing import OPINION, filing
from app.core.checks.why import Missing, Why, need
from app.core.findings import Harm, Verdict
from app.core.records import Record

MATERIAL = "物质奖励"
CRIMES = ("故意犯罪", "过失犯罪", "漏罪")


@RULES.rule("JX-K01", "考核期与报请脱节", "OP21-5")
def assessment_up_to_date(case: ReductionCase, why: Why) -> Verdict:
    """The assessment a proposal rests on reaches up to the filing, but for the time the procedure takes."""
    until = need(case.proposal, "assessed_to", "考核止日")
    assert isinstance(until, date)
    why.see(case.proposal, "assessed_to")
    filed = filing(case, why)
    limit = why.number("assessment_stale_days", filed)
    if until > filed:
        return why.not_applicable("考核止日晚于报请日，见 JX-D05")
    days = (filed - until).days
    why.step(f"考核止日 {until}，报请日 {filed}，相隔{days}日；提示界限{limit}日")
    if days > limit:
        return why.hint(f"考核止日距报请日{days}日，其间的改造表现没有纳入考核，请核对")
    return why.lawful()


@RULES.rule("JX-K02", "考核期重叠或者断档", "OP21-5", when=after_reduction)
def assessments_meet(case: ReductionCase, why: Why) -> Verdict:
    """This assessment begins on the day after the last one ended."""
    last = case.history[-1]
    begin, end = case.day("assessed_from"), last["assessed_to"]
    why.see(case.proposal, "assessed_from")
    why.see(last, "assessed_to")
    if begin is None or not isinstance(end, date):
        lacking = {"考核起日": begin, "上次减刑的考核止日": end}
        raise Missing(*(name for name, value in lacking.items() if not isinstance(value, date)))
    why.step(f"上次考核止于 {end}，本次考核起于 {begin}")
    if begin <= end:
        return why.data(f"本次考核起日{begin}不晚于上次考核止日{end}，考核期重叠，请核对")
    gap = (begin - end).days - 1
    if gap:
        return why.data(f"上次考核止日{end}与本次考核起日{begin}之间有{gap}日没有考核，请核对")
    return why.lawful()


def _claimed(case: ReductionCase, why: Why) -> int:
    value = need(case.proposal, "commendations", "表扬次数")
    why.see(case.proposal, "commendations")
    assert isinstance(value, int)
    return value


@RULES.rule("JX-K04", "表扬数与积分不符", "MJ21-4", "MJ21-38", harm=Harm.HELD_TOO_SHORT, document=OPINION)
def points_bear_commendations(case: ReductionCase, why: Why) -> Verdict:
    """Every commendation takes a full cycle of points, with what was carried into the period."""
    claimed = _claimed(case, why)
    begin, end = (
        need(case.proposal, key, name) for key, name in (("assessed_from", "考核起日"), ("assessed_to", "考核止日"))
    )
    assert isinstance(begin, date)
    assert isinstance(end, date)
    why.see(case.proposal, "assessed_from", "assessed_to", "points_carried")
    if claimed <= 0:
        return why.not_applicable("没有填报表扬")
    if not why.law.provision("MJ21-4").holds(begin):
        return why.not_applicable("考核期始于司规〔2021〕3号施行以前")
    cycle = why.number("points_cycle", begin)
    carried = number_of(case.proposal["points_carried"])
    if not case.months_present:
        return _fastest(case, why, claimed, cycle, carried, begin, end)
    rows = within(months_of(case), begin, end)
    cycles = claimed + _material(case, begin, end)
    if cycles > claimed:
        why.step(f"同期另有{MATERIAL}{cycles - claimed}次，也各占一个考核周期")
    total = Decimal(0)
    unread = months_between(begin, end) - len(rows)
    for each in rows:
        why.see(each, "points", "special_points")
        points = counted(each)
        unread += points is None
        total += points or Decimal(0)
    why.step(f"{begin} 至 {end} 有月考核记录{len(rows)}个月，得分合计{total}分")
    if carried is not None:
        why.step(f"期初结转{carried}分")
    why.step(f"{cycles}个周期需要{cycles}×{cycle}＝{cycles * cycle}分")
    if cycles * cycle <= total + (carried or 0):
        return why.lawful()
    if unread > 0:
        raise Missing(f"考核期内{unread}个月的得分（月考核表）")
    # What is carried over never reaches a whole cycle: a full one would have been closed.
    if carried is None and cycles * cycle < total + cycle:
        raise Missing("期初结转分")
    if carried is None:
        why.step(f"即使期初结转将满{cycle}分也不够")
    return accuse(why, end, f"填报表扬{claimed}次，同期考核积分不够")


def _fastest(
    case: ReductionCase, why: Why, claimed: int, cycle: int, carried: Decimal | None, begin: date, end: date
) -> Verdict:
    """Without monthly points only what nobody can reach is seen."""
    base = why.number("points_month_base", begin)
    most = base + base // why.number("points_bonus_divisor", begin)
    months = months_between(begin, end)
    reach = most * months + (carried if carried is not None else cycle - 1)
    why.step(f"{begin} 至 {end} 共{months}个月，每月日常得分至多{most}分，连同期初结转至多{reach}分")
    why.step(f"{claimed}次表扬需要{claimed}×{cycle}＝{claimed * cycle}分")
    if claimed * cycle <= reach:
        raise Missing("月考核表")
    return why.doubt(f"填报表扬{claimed}次，超过{months}个月日常得分所能达到的次数，有无专项加分须核实")


def _material(case: ReductionCase, begin: date, end: date) -> int:
    rewards = [each for each in case.awards.records if each["award"] == MATERIAL]
    return sum(begin <= cycle_end(each) <= end for each in once(rewards))


@RULES.rule("JX-K10", "应清零的奖励仍计入", "MJ21-30", "MJ21-34", harm=Harm.HELD_TOO_SHORT, document=OPINION)
def cancelled_awards(case: ReductionCase, why: Why) -> Verdict:
    """A crime while serving cancels all awards earned before; they may not be counted."""
    if not case.crimes_present:
        raise Missing("狱内再犯罪、漏罪情况")
    if case.crimes.doubt:
        raise Missing(f"再犯罪记录的归属（{case.crimes.doubt}）")
    crimes = [each for each in case.crimes.records if each["crime_kind"] in CRIMES]
    if not crimes:
        return why.not_applicable("没有狱内又犯罪、漏罪的记录")
    for each in crimes:
        why.see(each, "crime_kind", "final_on")
    begin = why.law.provision("MJ21-30").start
    last = max(_finals(crimes))
    if begin is not None and last[0] < begin:
        return why.not_applicable(f"判决确定日 {last[0]} 在清零的规定施行以前")
    return _counted_again(case, why, *last)


def _finals(crimes: list[Record]) -> list[tuple[date, str]]:
    """The days the judgments became final, with the kind of crime; Missing when one is not known."""
    found = [(day, str(each["crime_kind"])) for each in crimes if isinstance(day := each["final_on"], date)]
    if len(found) < len(crimes):
        raise Missing("又犯罪、漏罪的判决确定日期")
    return found


def _counted_again(case: ReductionCase, why: Why, final: date, kind: str) -> Verdict:
    claimed = _claimed(case, why)
    if not case.awards_present:
        raise Missing("奖惩表")
    if case.awards.doubt:
        raise Missing(f"奖惩记录的归属（{case.awards.doubt}）")
    until = case.day("assessed_to") or case.filed
    rows = once(each for each in case.awards.records if each["award"] == COMMENDATION)
    new = [each for each in rows if earned(each) > final and (until is None or cycle_end(each) <= until)]
    old = [each for each in rows if earned(each) <= final]
    why.step(f"{kind}判决确定日 {final}；此后的表扬{len(new)}次，此前的{len(old)}次；本次填报{claimed}次")
    if claimed <= len(new):
        return why.lawful()
    if not old:
        return why.lawful("填报次数多于明细，但明细中没有判决确定以前的表扬可供计入，次数请与奖惩表核对")
    for each in old:
        why.see(each, "awarded_on", "award", "cycle_to")
    message = f"{kind}判决确定以前的表扬本次仍计入"
    if kind == CRIMES[0]:
        return accuse(why, final, message)
    return why.doubt(f"{message}，是否属于应当取消的情形须核实")
