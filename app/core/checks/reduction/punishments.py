"""Family K: punishments in prison against awards, grades and the finding of repentance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.points import COMMENDATION, earned, once
from app.core.checks.reduction.scores import (
    accuse,
    counted,
    each_month,
    governed,
    label,
    months_between,
    number_of,
    within,
    without_labour,
)
from app.core.checks.reduction.timing import OPINION
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record

CONFINEMENT = "禁闭"
PUNISHMENTS = {
    "警告": "points_off_warning",
    "记过": "points_off_demerit",
    CONFINEMENT: "points_off_confinement",
}
UNFIT, FIT, ACTIVE = "不合格", "合格", "积极"
REASONED = re.compile("处罚|处分|警告|记过|禁闭|违规|违纪")


def _awards(case: ReductionCase, why: Why) -> list[Record]:
    """What was awarded and imposed since the rules of 2021 hold; Missing when the list or its owner is not known."""
    if not case.awards_present:
        raise Missing("奖惩表")
    if case.awards.doubt:
        raise Missing(f"奖惩记录的归属（{case.awards.doubt}）")
    provision = why.law.provision("MJ21-38")
    rows = [each for each in case.awards.records if provision.holds(earned(each))]
    return sorted(rows, key=lambda each: (earned(each), each.row))


def _punishments(rows: Sequence[Record]) -> list[Record]:
    kinds: dict[tuple[object, object], Record] = {}
    for each in rows:
        if each["award"] in PUNISHMENTS:
            kinds.setdefault((each["award"], each["awarded_on"]), each)
    return list(kinds.values())


def _commendations(case: ReductionCase, rows: Sequence[Record]) -> list[Record]:
    """The commendations of the period assessed now; those an earlier ruling has used are not judged again."""
    begin = case.day("assessed_from")
    given = once(each for each in rows if each["award"] == COMMENDATION)
    return [each for each in given if begin is None or earned(each) >= begin]


@RULES.rule("JX-K07", "处罚与奖励冲突", "MJ21-15", "MJ21-23", "MJ21-38", harm=Harm.HELD_TOO_SHORT, document=OPINION)
def punished_and_commended(case: ReductionCase, why: Why) -> Verdict:
    """Punishments cost fixed points, and a cycle with confinement or two punishments earns no commendation."""
    rows = _awards(case, why)
    given = _punishments(rows)
    if not given:
        return why.lawful("没有警告、记过、禁闭记录")
    broken: list[str] = []
    perhaps: list[str] = []
    latest = max(earned(each) for each in given)
    for each in given:
        why.see(each, "awarded_on", "award", "points")
        told, off = number_of(each["points"]), why.number(PUNISHMENTS[text_of(each, "award")], earned(each))
        if told and abs(told) != off:
            broken.append(f"{each['awarded_on']}{each['award']}扣{abs(told)}分，应扣{off}分")
    undated = 0
    for award in _commendations(case, rows):
        begin, end = award["cycle_from"], award["cycle_to"]
        if not isinstance(begin, date) or not isinstance(end, date):
            undated += 1
            continue
        inside = [each for each in given if begin <= earned(each) <= end]
        if not inside:
            continue
        why.see(award, "awarded_on", "award", "cycle_from", "cycle_to")
        kinds = "、".join(f"{each['awarded_on']}{each['award']}" for each in inside)
        told_of = f"{begin}至{end}的周期内有{kinds}，仍给予表扬"
        enough = len(inside) >= why.number("punishments_unfit", end)
        sure = enough or any(each["award"] == CONFINEMENT for each in inside)
        (broken if sure else perhaps).append(told_of)
    for fault in broken + perhaps:
        why.step(fault)
    if broken:
        return accuse(why, latest, f"处罚与考核、奖励不符：{'；'.join(broken)}")
    if perhaps:
        why.step("一次警告、记过的扣分使当月低于基础分，通常不再符合给予表扬的条件")
        return why.doubt(f"受到处罚的周期仍给予表扬，须核实：{'；'.join(perhaps)}")
    if undated:
        raise Missing("表扬的考核周期起止")
    return why.lawful(f"有处罚{len(given)}次，扣分相符，其周期没有表扬")


@RULES.rule("JX-K08", "等级与奖励不符", "MJ21-38", harm=Harm.HELD_TOO_SHORT, document=OPINION)
def grade_bears_award(case: ReductionCase, why: Why) -> Verdict:
    """A commendation needs a grade, and no month below its base points."""
    given = _commendations(case, _awards(case, why))
    if not given:
        return why.not_applicable("本次考核期内没有表扬记录")
    broken: list[str] = []
    perhaps: list[str] = []
    missing: dict[str, None] = {}
    months = governed(each_month(case), why) if not case.months.doubt else []
    for award in given:
        why.see(award, "awarded_on", "award", "grade", "cycle_from", "cycle_to")
        grade = text_of(award, "grade")
        if grade == UNFIT:
            broken.append(f"{award['awarded_on']}的表扬，周期等级为{UNFIT}")
            continue
        lower, unsure, whole = _low_months(case, why, award, months)
        cycle = f"{award['awarded_on']}的表扬，周期内"
        if lower:
            broken.append(f"{cycle}{'、'.join(lower)}")
        elif unsure:
            perhaps.append(f"{cycle}{'、'.join(unsure)}，当月有无不计劳动分的情形须核实")
        elif not grade:
            missing["等级评定"] = None
        elif grade == FIT and not whole:
            missing["考核周期内各月得分"] = None
    for each in broken + perhaps:
        why.step(each)
    last = max(earned(each) for each in given)
    if broken:
        return accuse(why, last, "不符合给予表扬的条件而给予表扬")
    if perhaps:
        return why.doubt("有月份低于基础分而给予表扬，须核实")
    if missing:
        raise Missing(*missing)
    return why.lawful(f"{len(given)}次表扬与等级、各月得分相符")


def _low_months(
    case: ReductionCase, why: Why, award: Record, months: Sequence[Record]
) -> tuple[list[str], list[str], bool]:
    """The cycle's months below the base: surely, perhaps; and whether every month of the cycle is known."""
    begin, end = award["cycle_from"], award["cycle_to"]
    if not isinstance(begin, date) or not isinstance(end, date) or case.months.doubt:
        return [], [], False
    lower: list[str] = []
    unsure: list[str] = []
    unread = False
    rows = within(months, begin, end)
    for row in rows:
        month, points = row["month"], counted(row)
        assert isinstance(month, date)
        if points is None:
            unread = True
            continue
        base = why.number("points_month_base", month)
        # A cycle that begins within a month takes only that month's later days.
        if points >= base or month < begin:
            continue
        why.see(row, "month", "points", "labour_points")
        idle = number_of(row["labour_points"]) == 0 and not without_labour(case)
        told = f"{label(row)}{points}分，低于{base}分"
        (unsure if idle else lower).append(told)
    return lower, unsure, len(rows) == months_between(begin, end) and not unread


def repents(case: ReductionCase) -> str:
    """Applies where repentance is claimed."""
    return "" if "悔改" in text_of(case.proposal, "merit") else "没有以确有悔改表现报请"


@RULES.rule("JX-K11", "考核期内受处罚仍认定悔改", "OP21-5", when=repents, document=OPINION)
def punished_and_repentant(case: ReductionCase, why: Why) -> Verdict:
    """After a punishment in the period, repentance has to be reasoned."""
    if not case.awards_present:
        raise Missing("奖惩表")
    if case.awards.doubt:
        raise Missing(f"奖惩记录的归属（{case.awards.doubt}）")
    begin, filed = case.day("assessed_from"), case.filed
    if begin is None or filed is None:
        raise Missing("考核起日" if begin is None else "报请日期")
    since = why.law.provision("OP21-5").start
    if since is not None and filed < since:
        return why.not_applicable(f"报请时该规定尚未施行（{since}起施行）")
    why.see(case.proposal, "merit", "assessed_from", "filed_on", "remarks")
    hits = [each for each in _punishments(case.awards.records) if begin <= earned(each) <= filed]
    why.step(f"{begin} 至 {filed} 受警告、记过、禁闭{len(hits)}次")
    if not hits:
        return why.lawful()
    for each in hits:
        why.see(each, "awarded_on", "award", "reason")
        why.step(f"{each['awarded_on']}{each['award']}")
    if REASONED.search(text_of(case.proposal, "remarks")):
        return why.hint(f"考核期内受处罚{len(hits)}次，备注已作说明，请核对认定悔改的理由")
    return why.doubt(f"考核期内受处罚{len(hits)}次而认定确有悔改表现，没有说明理由，须核实")
