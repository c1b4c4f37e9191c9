"""Family B: who may not be proposed at all, and what keeps repentance from being found."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, commutation
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import classes
from app.core.checks.reduction.paying import LAWFUL_ENDS, Sure, need_own_rows, property_settled
from app.core.checks.reduction.probation import probation
from app.core.checks.reduction.timing import OPINION
from app.core.checks.reduction.told import REMARKS, said
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.law.offences import plain
from app.core.people.id_number import IdState, read_id_number
from app.core.records import Record
from app.core.values import SentenceKind, Term
from app.core.values.term_text import parse_sentence

_AFTER = re.compile(r"考验期[^\d一二三四五六七八九十两半]{0,8}(?:为|至|到)([^,，。；;]+)")
VERIFIED = re.compile(r"(?:已|经)?(?:核实|查实|查明|查证属实|能够核实|可以核实)")
NAMELESS = re.compile(r"身份不明|自报|不讲真实|姓名不详")
RETURNED = re.compile(r"追缴|退赔|退赃|赃款|赃物|违法所得")
IMPROPER = re.compile(r"不正当手段|弄虚作假|行贿|请托|伪造|虚假|代写|代笔|抄袭|非本人(?:书写|所写)|冒用")
ELEMENTS = (
    ("认罪悔罪", re.compile(r"认罪|悔罪")),
    ("遵守法律法规及监规，接受教育改造", re.compile(r"监规|遵纪|守纪|遵守|接受教育|服从管")),
    ("积极参加思想、文化、职业技术教育", re.compile(r"思想|文化|技术教育|职业|学习|三课|技能")),
    ("积极参加劳动，努力完成劳动任务", re.compile(r"劳动|生产任务")),
)


@RULES.rule(
    "JX-B01",
    "缓刑犯减刑",
    "R16-18",
    when=commutation,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.SERIOUS,
)
def suspended_sentence(case: ReductionCase, why: Why) -> Verdict:
    """Whoever serves a suspended sentence gets a commutation for major merit only, and a probation not too short."""
    told = probation(case)
    if not told:
        return why.not_applicable("不是缓刑罪犯")
    why.see(case.proposal, "sentence", "merit", "proposed", "proposed_term", REMARKS)
    why.step(f"缓刑：{told}")
    if not case.merit.endswith("major"):
        return why.unlawful("缓刑罪犯一般不适用减刑，没有重大立功而被提请减刑")
    after = _probation_after(case)
    if after is None:
        raise Missing("缩减后的缓刑考验期")
    detention = case.original_kind is SentenceKind.DETENTION
    least = Term.of_months(why.number("probation_least_detention" if detention else "probation_least_fixed"))
    why.step(f"缩减后的考验期{after}，不少于{least}")
    if after < least:
        return why.unlawful(f"缩减后的缓刑考验期{after}，少于{least}")
    return why.lawful()


def _probation_after(case: ReductionCase) -> Term | None:
    """The probation after the commutation, as the proposed term or 备注 tells it."""
    for field_id in ("proposed_term", "proposed", REMARKS):
        cell = case.proposal.cells.get(field_id)
        match = _AFTER.search(plain(cell.raw)) if cell is not None else None
        if match:
            try:
                value = parse_sentence(match[1]).value
            except ValueError:
                continue
            if value is not None and value.term is not None:
                return value.term
    return None


def of_suspended_death(case: ReductionCase) -> str:
    """Applies to suspended death sentences not yet changed."""
    return "" if case.stage is Stage.SUSPENDED else "不是尚未减刑的死缓罪犯"


@RULES.rule("JX-B02", "死缓未期满或者逾期未提请", "CL-50", "PR19-650", when=of_suspended_death, document=OPINION)
def suspension_over(case: ReductionCase, why: Why) -> Verdict:
    """A suspended death sentence is proposed for change when its two years are over: not before, and soon after."""
    end = case.suspension_end
    why.see(case.proposal, "suspension_ended_on", "filed_on")
    if end is None:
        raise Missing("死缓期满日期")
    filed = case.filed
    if filed is not None and filed < end:
        why.step(f"死缓期满日 {end}，报请日 {filed}")
        return why.unlawful("死缓二年期未满即报请减刑", harm=Harm.HELD_TOO_SHORT)
    day = filed or case.as_of
    if day >= (why.law.provision("PL26-52").start or day):
        why.cite("PL26-52")
    days = why.number("overdue_suspension_days")
    late = end + timedelta(days=days)
    why.step(f"死缓期满日 {end}，{'报请日' if filed else '审查日'} {day}；期满后{days}日为 {late}")
    if day > late:
        told = f"死缓期满{(day - end).days}日{'才报请' if filed else '仍未报请'}减刑，条文要求及时提请"
        return why.hint(f"{told}，请核对原因") if filed else why.doubt(f"{told}，须核实原因")
    return why.lawful()


@RULES.rule("JX-B05", "身份不明的罪犯被提请", "OP21-9", document=OPINION)
def identity_unknown(case: ReductionCase, why: Why) -> Verdict:
    """Who hides name and address gets nothing but for major merit; who told them truly may be proposed."""
    cell = case.proposal.cells.get("id_number")
    why.see(case.proposal, "id_number", "merit", REMARKS)
    told = said(case, NAMELESS, REMARKS, "strict_classes")
    raw = cell.raw.strip() if cell is not None else ""
    if not told and not raw:
        raise Missing("身份证号码")
    if not told and read_id_number(raw).state is not IdState.BLANK:
        return why.lawful("身份证号码载明身份")
    why.step(told or f"身份证号码栏为“{raw}”")
    if verified := said(case, VERIFIED, REMARKS):
        return why.lawful(f"备注：{verified}")
    if case.major_merit and not case.parole:
        return why.lawful("有重大立功表现，不在此限")
    return why.doubt("不讲真实姓名、住址且无法核实身份的，除重大立功外不予减刑、假释，须核实身份")


def repentance_claimed(case: ReductionCase) -> str:
    """Applies where repentance is claimed, or parole proposed."""
    if case.barred:
        return "终身监禁，见 JX-S05"
    if case.parole:
        return ""
    return "" if "repentance" in case.merit else "没有以确有悔改表现报请"


@RULES.rule("JX-B06", "不认定悔改的情形", "R16-3.2", "R24-12", "OP21-5", when=repentance_claimed, document=OPINION)
def no_repentance(case: ReductionCase, why: Why) -> Verdict:
    """Who uses improper means, or as an official, financial or gang offender does not give back, does not repent."""
    why.see(case.proposal, "offence", "merit", "property_status", REMARKS, "merit_proof")
    if told := said(case, IMPROPER, REMARKS, "merit_proof"):
        why.step(f"记载：{told}")
        return why.doubt("有不正当手段或者虚假材料的记载，不应认定确有悔改表现，须核实")
    held = classes(case)
    groups = [each for each in ("K1", "K2", "K3") if held.get(each, (Sure.NO, ""))[0] >= Sure.OPEN]
    if not groups:
        return why.lawful("没有不正当手段的记载，也不是职务、金融、涉黑罪犯")
    need_own_rows(case, "监狱、执行法院")
    owed = [each for each in case.property_rows.records if RETURNED.search(text_of(each, "penalty_kind"))]
    unpaid = [each for each in owed if not _settled(each)]
    for each in unpaid:
        why.see(each, "penalty_kind", "amount_due", "amount_paid", "enforcement")
        why.step(f"{text_of(each, 'penalty_kind')}：{text_of(each, 'enforcement') or '执行结论未写'}")
    if unpaid:
        return why.doubt(f"{held[groups[0]][1]}，追缴、退赔没有履行完毕，是否积极退赃须核实后才能认定悔改")
    if not owed and not case.property_present and not property_settled(case):
        raise Missing("追缴、退赔的履行情况（财产性判项表）")
    return why.lawful("没有未履行的追缴、退赔")


def _settled(row: Record) -> bool:
    return text_of(row, "enforcement") in LAWFUL_ENDS


@RULES.rule("JX-B08", "悔改四项条件不全", "R16-3", when=repentance_claimed)
def four_elements(case: ReductionCase, why: Why) -> Verdict:
    """Repentance has four elements; each wants its own evidence."""
    text = plain(text_of(case.proposal, "merit_proof"))
    if not text:
        raise Missing("悔改立功证明（悔改表现的具体事实）")
    why.see(case.proposal, "merit_proof", "merit")
    lacking = [name for name, pattern in ELEMENTS if not pattern.search(text)]
    if lacking:
        why.step(f"没有写到：{'；'.join(lacking)}")
        return why.hint(f"悔改表现的四项条件中，{'；'.join(lacking)}没有具体事实，请补充核对")
    return why.lawful("四项条件都有记载")
