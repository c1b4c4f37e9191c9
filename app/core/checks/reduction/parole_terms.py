"""Family J, the rest: paying, the community's assessment, the probation, and who should be thought of for parole."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, parole
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import barring, graft
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.general import earliest_full
from app.core.checks.reduction.measure import relief
from app.core.checks.reduction.paying import Sure, need_own_rows, property_settled, refusing
from app.core.checks.reduction.property import HOLDERS
from app.core.checks.reduction.timing import filing
from app.core.checks.reduction.told import REMARKS, delivered, said
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.offences import plain
from app.core.sentence.terms import end_of_term, half
from app.core.values import Term

OPINION = "假释提请检察意见书"
ASSESSED = re.compile(r"评估|调查意见|社区影响|接收意见|同意接收")
NOT_ASSESSED = re.compile(r"^(?:无|否|没有|缺|缺失|未评估|未委托|未调查|未提供|未收到)")
NEGATIVE = re.compile(r"不同意|不宜|不适宜|不适合|有再犯|有(?:重大)?不良影响|不予接收")
MILD = (
    ("过失犯罪", "offence", re.compile(r"过失|交通肇事|重大责任事故|失火|重大劳动安全事故|玩忽职守|失职")),
    ("防卫过当或者避险过当", REMARKS, re.compile(r"防卫过当|避险过当")),
    ("胁从", REMARKS, re.compile(r"胁从|被胁迫")),
    ("中止犯", REMARKS, re.compile(r"犯罪中止|中止犯")),
    ("有未成年子女需要抚养", REMARKS, re.compile(r"未成年子女|独自抚养|唯一抚养")),
)


@RULES.rule("JX-J06", "财产履行障碍", "R16-27", when=parole, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def unpaid(case: ReductionCase, why: Why) -> Verdict:
    """Who can pay what the judgment ordered and does not is not paroled."""
    why.see(case.proposal, "property_penalty", "property_status", "amount_due", "amount_paid", "offence")
    for each in case.property_rows.records:
        why.see(each, "penalty_kind", "enforcement", "refusal", "refusal_ended_on")
    state = refusing(case)
    if graft(case)[0] is Sure.YES:
        why.cite("R19-1")
    if state is Sure.YES:
        why.step("有能力履行而不履行的情形尚未消失")
        return why.unlawful("确有履行能力而不履行财产性判项，不予假释，但被提请假释")
    need_own_rows(case, HOLDERS)
    if state is Sure.OPEN and not property_settled(case):
        raise Missing("有无拒不履行情形（财产性判项表）", holder=HOLDERS)
    return why.lawful("没有有能力而不履行的情形")


@RULES.rule("JX-J08", "社区影响评估缺失", "R14-2", "OP21-8", when=parole)
def assessment_missing(case: ReductionCase, why: Why) -> Verdict:
    """A parole file holds the assessment of the community the prisoner will live in."""
    text = plain(text_of(case.proposal, "community_assessment"))
    told = said(case, ASSESSED, REMARKS)
    why.see(case.proposal, "community_assessment", REMARKS)
    if (text and not NOT_ASSESSED.search(text)) or (told and not text):
        opinion = text or told
        if NEGATIVE.search(opinion):
            why.step(f"评估意见：{opinion}")
            return why.doubt("社区影响评估的意见不利于假释，须核实")
        return why.lawful(f"评估意见：{opinion}")
    if text or delivered(case, "community_assessment") or "评估" in text_of(case.proposal, REMARKS):
        why.step(f"社区影响评估栏：{text or '空'}")
        return why.data("没有社区影响评估材料，请监狱补正")
    raise Missing("社区影响评估")


@RULES.rule("JX-J09", "假释考验期计算错误", "CL-83", when=parole, document=OPINION)
def probation(case: ReductionCase, why: Why) -> Verdict:
    """Probation is what is left of the term; for life imprisonment ten years from the day of parole."""
    declared, end = case.day("probation_to"), case.day("sentence_end")
    declared = declared or case.day("proposed_end")
    why.see(case.proposal, "probation_to", "proposed_end", "sentence_end", "ruled_on")
    if declared is None:
        raise Missing("假释考验期止日")
    if case.stage in (Stage.LIFE, Stage.SUSPENDED_LIFE, Stage.SUSPENDED):
        start = case.day("ruled_on")
        if start is None:
            raise Missing("假释的日期（裁定日期）", holder="人民法院")
        right = end_of_term(start, Term.of_months(why.number("parole_probation_life")))
        why.step(f"无期徒刑：自假释之日 {start} 起十年至 {right}；填报 {declared}")
    else:
        if end is None:
            raise Missing("刑期止日")
        right = end
        why.step(f"有期徒刑：没有执行完毕的刑期，至 {right}；填报 {declared}")
    days = abs((declared - right).days)
    if not days:
        return why.lawful()
    if days <= why.law.number("tolerance_days", why.day):
        return why.hint(f"考验期止日与推算相差{days}日，请核对")
    harm = Harm.HELD_TOO_LONG if declared > right else Harm.HELD_TOO_SHORT
    return why.unlawful(f"假释考验期止日 {declared} 与应为的 {right} 相差{days}日", harm=harm)


def may_be_paroled(case: ReductionCase) -> str:
    """Applies to whom parole is not barred for."""
    if case.barred or case.no_release:
        return "终身监禁，见 JX-S05"
    if case.flag("recidivist"):
        return "累犯不得假释"
    return "不得或者可能不得假释的暴力犯罪" if barring(case)[0] is not Sure.NO else ""


@RULES.rule("JX-J10", "可以优先适用假释", "R16-26.2", "R16-26.1", when=may_be_paroled)
def parole_first(case: ReductionCase, why: Why) -> Verdict:
    """Who meets the conditions of both, or belongs to the groups of article 26, should be thought of for parole."""
    reasons = [name for name, field_id, pattern in MILD if said(case, pattern, field_id)]
    why.see(case.proposal, "offence", "lenient", "sentence", "sentence_start", "filed_on", REMARKS)
    if relief(case).granted:
        reasons.append(f"从宽情形：{text_of(case.proposal, 'lenient') or '未成年'}")
    if not case.parole and case.stage is Stage.FIXED:
        start, term = case.term_start, case.term
        if start is None or term is None:
            if not reasons:
                raise Missing(*(name for name, value in (("刑期起日", start), ("原判刑期", term)) if value is None))
        elif _half_over(case, why, start, term):
            reasons.append("执行已过二分之一，同时符合假释的时间条件")
    if not reasons:
        return why.lawful("没有应当优先考虑假释的情形")
    for each in reasons:
        why.step(each)
    return why.hint(f"{'；'.join(reasons)}，如无再犯罪危险可以{'从宽掌握' if case.parole else '优先考虑'}假释")


def _half_over(case: ReductionCase, why: Why, start: date, term: Term) -> bool:
    filed = filing(case, why)
    last = served_until(case, start, half(term, why.number("parole_divisor")))
    why.step(f"二分之一于 {last} 终了；报请日 {filed}")
    if filed <= last:
        return False
    try:
        return case.last_ruling is None or filed >= earliest_full(case, why.number("parole_interval"))
    except Missing:
        return False
