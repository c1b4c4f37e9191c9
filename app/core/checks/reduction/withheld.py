"""Families S and B, the other direction: who could be proposed and was not, or was held back for a wrong reason."""

from __future__ import annotations

import re

from app.core.checks.reduction.book import RULES, need_history
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import readings
from app.core.checks.reduction.general import latest_full
from app.core.checks.reduction.told import REMARKS, clauses, delivered, need_remarks
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.sentence.terms import add_months, half
from app.core.values import Term

IN_PRISON_HALF = re.compile(
    r"(?:在狱|在监|狱内|监狱|入监|入狱|服刑|执行)[^,，。；;]{0,12}(?:不足|未满|不满|未到|未过|不到|没有达到|未达到?)[^,，。；;]{0,8}"
    r"(?:二分之一|一半|半数|1/2|过半|半)"
)
APPEALS = re.compile(r"申诉|控告|检举")
AGAINST = re.compile(r"不认罪|不悔罪|未认罪|不认定|不予提请|未提请|不提请|暂缓|不予呈报|未呈报|取消|扣分|否定|不符合")
OPINION = "减刑提请检察意见书"


def _stated(case: ReductionCase, pattern: re.Pattern[str]) -> str:
    return next((part for _, part in clauses(case, REMARKS, "merit_proof") if pattern.search(part)), "")


def fixed(case: ReductionCase) -> str:
    """Applies to original fixed terms."""
    return "" if case.stage is Stage.FIXED else "原判不是有期徒刑、拘役、管制"


@RULES.rule(
    "JX-S06", "误以在狱时间计算二分之一", "CASE25-5", "CL-78.2.1", when=fixed, harm=Harm.HELD_TOO_LONG, document=OPINION
)
def half_by_prison_time(case: ReductionCase, why: Why) -> Verdict:
    """The half that must be served counts custody before the judgment; time in prison alone is no ground to refuse."""
    told = _stated(case, IN_PRISON_HALF)
    why.see(case.proposal, REMARKS, "sentence", "sentence_start", "delivered_on")
    if not told:
        need_remarks(case, "未提请的理由")
        return why.lawful("没有以在监狱执行不足二分之一为由不提请的记载")
    start, term = case.term_start, case.term
    if start is None or term is None:
        raise Missing(*(name for name, value in (("刑期起日", start), ("原判刑期", term)) if value is None))
    need_history(case)
    limit = half(term, why.number("served_divisor"))
    why.step(f"备注：{told}")
    why.step(f"自 {start}（含羁押）起算；{case.term_name}{term}的二分之一为{limit}，历次已减{case.reduced or '零'}")
    if case.reduced >= limit:
        return why.lawful("已减的刑期已达二分之一，确实不能再减")
    return why.doubt("以在监狱执行的时间不足二分之一为由不提请；下限应当连同判决前的羁押计算，尚可减刑，须核实")


@RULES.rule("JX-B07", "以申诉否定悔改", "R16-3.3", harm=Harm.RIGHTS, document=OPINION)
def appeal_held_against(case: ReductionCase, why: Why) -> Verdict:
    """A petition or complaint is no proof that somebody does not repent."""
    day = case.filed or case.as_of
    if day >= (why.law.provision("PL26-43").start or day):
        why.cite("PL26-43")
    why.see(case.proposal, REMARKS, "merit_proof")
    parts = [part for _, part in clauses(case, REMARKS, "merit_proof") if APPEALS.search(part)]
    for each in case.awards.records:
        if each["award"] in ("警告", "记过", "禁闭") and APPEALS.search(str(each["reason"] or "")):
            why.see(each, "awarded_on", "award", "reason")
            parts.append(f"{each['award']}事由“{each['reason']}”，扣分")
    against = [part for part in parts if AGAINST.search(part)]
    if against:
        why.step(against[0])
        return why.doubt("以申诉、控告、检举为由否定悔改表现，须核实")
    need_remarks(case, "未认定悔改的理由")
    return why.lawful("提到申诉、控告或者检举，没有据此否定悔改" if parts else "没有提到申诉、控告、检举")


def unfiled(case: ReductionCase) -> str:
    """Applies to persons on the list for whom nothing was filed."""
    if case.filed is not None or (delivered(case, "filed_on") and case.proposal.cells["filed_on"].raw.strip()):
        return "已经提请"
    if case.day("ruled_on") is not None:
        return "已经裁定"
    if case.no_release:
        return "终身监禁，见 JX-S05"
    return "死缓尚未减刑，见 JX-B02" if case.stage is Stage.SUSPENDED else ""


@RULES.rule("JX-B09", "应提请未提请", "PG14-9", when=unfiled, harm=Harm.HELD_TOO_LONG)
def never_proposed(case: ReductionCase, why: Why) -> Verdict:
    """Who has met the waiting time for years without a proposal is pointed out."""
    if case.proposal["proposed"] is not None:
        raise Missing("报请日期")
    need_history(case)
    why.see(case.proposal, "delivered_on", "effective_on", "sentence", "sentence_end", REMARKS)
    end = case.day("sentence_end")
    if end is not None and end < case.as_of:
        return why.lawful(f"刑期已于 {end} 届满")
    rows = [each.row for each in readings(case, why, on=case.as_of)]
    later = case.last_ruling is not None
    due = max(latest_full(case, (row.interval if later else row.wait) or 0) for row in rows)
    months = why.number("not_proposed_months")
    limit = add_months(due, months)
    why.step(
        f"最迟于 {due} 满足{'间隔' if later else '起始'}时间，再过{Term.of_months(months)}为 {limit}，"
        f"审查日 {case.as_of}"
    )
    if case.as_of < limit:
        return why.lawful("满足时间条件未满约定的提示期限")
    return why.hint(
        f"自 {due} 起时间条件已经具备，{Term.of_months(months)}以上没有提请，请核对考核和财产性判项，符合条件的建议提请"
    )
