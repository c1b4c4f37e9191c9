"""Family T, the rest: edge days, bans after new crimes, and what major merit must prove."""

from __future__ import annotations

from datetime import date

from app.core.checks.reduction.book import RULES, commutation
from app.core.checks.reduction.case import CHANGES, LATER, ReductionCase, Stage
from app.core.checks.reduction.classes import ANY, readings
from app.core.checks.reduction.general import time_falls_short
from app.core.checks.reduction.history import CHANGE_TO_LIFE
from app.core.checks.reduction.intervals import last_service
from app.core.checks.reduction.measure import FORMER, Answer, full, months_of
from app.core.checks.reduction.timing import OPINION, anchors, delivery, filing, silence
from app.core.checks.why import Missing, Why, need
from app.core.findings import Harm, Level, Outcome, Verdict
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.values import Sentence, SentenceKind

BANS = {str(SentenceKind.FIXED_TERM): "ban_new_crime_fixed", str(SentenceKind.LIFE): "ban_new_crime_life"}


def any_commutation_period(case: ReductionCase) -> str:
    """Applies where a waiting time or an interval is counted."""
    return commutation(case) or ("死缓尚未减刑" if case.stage is Stage.SUSPENDED else "")


@RULES.rule("JX-T06", "报请日贴近期满日", "CPI-202.1", when=any_commutation_period)
def edge_day(case: ReductionCase, why: Why) -> Verdict:
    """Within days of the due date, or where month ends can be read two ways, the day deserves a second look."""
    filed = filing(case, why)
    if case.last_ruling is not None:
        _, start = last_service(case, why)
        label = "上次裁定送达日"
        months = [months_of(each.row, each.row.interval) for each in readings(case)]
    elif case.stage in LATER:
        raise Missing("减为有期徒刑的裁定")
    else:
        label, start = _first(case, why) if case.stage in CHANGES else ("送交执行日", delivery(case, why))
        months = [months_of(each.row, each.row.wait) for each in readings(case)]
    edge = why.number("edge_days")
    for each in dict.fromkeys(months):
        day = due(start, each)
        near = min(abs((filed - day.early).days), abs((filed - day.late).days))
        if near <= edge or day.early <= filed <= day.late:
            full(why, label, start, each, filed, "报请日")
            told = f"距{each}个月届满日只有{near}日" if near else f"就是{each}个月的届满日"
            return why.hint(f"报请日{told}，请核对起算日和报请日")
    return why.lawful(f"报请日距期满日超过{edge}日")


def _first(case: ReductionCase, why: Why) -> tuple[str, date]:
    return next((label, day) for label, day in anchors(case, why) if day is not None)


@RULES.rule("JX-T11", "狱内新罪禁减期", "R16-21.1", when=commutation, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def ban_after_new_crime(case: ReductionCase, why: Why) -> list[Verdict] | Verdict:
    """After a new intentional crime in prison no commutation for three or four years from the final judgment."""
    if not case.crimes_present:
        raise Missing("狱内再犯罪/漏罪表")
    crimes = [each for each in case.crimes.records if each["crime_kind"] == "故意犯罪"]
    if not crimes:
        if case.crimes.doubt:
            raise Missing(f"狱内再犯罪记录的归属（{case.crimes.doubt}）")
        return why.lawful("狱内再犯罪表中没有故意犯罪记录")
    filed = filing(case, why)
    verdicts: list[Verdict] = []
    lacking: list[str] = []
    for each in crimes:
        try:
            verdicts.append(_ban(case, why, each, filed))
        except Missing as lack:
            lacking += lack.items
    broken = [each for each in verdicts if each.outcome is not Outcome.LAWFUL]
    unlawful = [each for each in broken if each.level is Level.UNLAWFUL]
    if lacking and not unlawful:
        raise Missing(*dict.fromkeys(lacking))
    return unlawful[:1] or broken[:1] or verdicts[-1]


def _ban(case: ReductionCase, why: Why, crime: Record, filed: date) -> Verdict:
    why.see(crime, "crime_kind", "final_on", "new_kind", "new_term")
    final = need(crime, "final_on", "新罪判决确定日期")
    assert isinstance(final, date)
    if case.stage is Stage.SUSPENDED:
        why.cite("R16-21.2")
        why.step("死缓期间又故意犯罪未执行死刑的，死缓期间重新计算")
        return why.doubt("死缓期间又故意犯罪，死缓期间应重新计算，须核实期满日")
    change = case.changes.get(CHANGE_TO_LIFE)
    ruled = change["ruled_on"] if change is not None else None
    if case.original_kind is SentenceKind.SUSPENDED_DEATH and isinstance(ruled, date) and final <= ruled:
        why.cite("R16-21.2")
        length = "ban_in_suspension"
        start, label = ruled, "减为无期徒刑裁定日"
    else:
        length = _ban_length(crime)
        if not length:
            why.step("第二十一条只规定了新罪判处有期徒刑、无期徒刑的禁减期")
            return why.doubt("狱内又故意犯罪，所判刑种没有规定禁减期，须核实能否减刑")
        start, label = final, "新罪判决确定日"
    answer, _ = full(why, label, start, why.number(length), filed, "报请日")
    if answer is Answer.KEPT:
        return why.lawful()
    if answer is Answer.OPEN:
        return why.doubt("狱内新罪后的禁减期是否届满，月末有两种算法，须核实")
    if case.law.parameter(length, case.rules_day).end is not None:
        return why.hint(f"狱内又故意犯罪，当时规定的禁止减刑期间未满{FORMER}")
    if case.major_merit:
        why.step("有重大立功表现，刑法第七十八条规定应当减刑，与禁减期的关系有不同理解")
        return why.doubt("禁减期内以重大立功报请减刑，须核实")
    return why.unlawful("狱内又故意犯罪，禁止减刑的期间未满")


def _ban_length(crime: Record) -> str:
    """The parameter that holds the ban for the new penalty; "" when the text names none for it."""
    kind, term = crime["new_kind"], crime["new_term"]
    if kind is None and isinstance(term, Sentence):
        kind = str(term.kind)
    if kind is None:
        raise Missing("新罪刑种")
    return BANS.get(str(kind), "")


@RULES.rule("JX-T13", "重大立功豁免须核验", "R16-5", "R14-6", when=commutation)
def major_merit_check(case: ReductionCase, why: Why) -> Verdict:
    """Where major merit lifts a waiting time, its proof and level must be seen, and the case heard in court."""
    if "major" not in case.merit:
        return why.not_applicable("没有以重大立功报请")
    why.see(case.proposal, "merit", "hearing_mode")
    found = readings(case) if case.stage is not Stage.SUSPENDED else []
    silent = [each.row for each in found if each.row.exempt is not True]
    for row in silent:
        why.step(f"{row.says}：{silence(row)}")
    why.step("须核对：立功线索来源、证明材料、确认机关的级别，并应开庭审理")
    if any(row.exempt is False and row.group != ANY for row in silent) and time_falls_short(case):
        return why.doubt("时间未满而以重大立功报请，所适用的条款没有写明重大立功可以不受限制，须核实")
    return why.hint("以重大立功报请，须核验证明材料并应开庭审理")
