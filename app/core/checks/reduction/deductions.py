"""Family M, reasons for taking less: what may not be counted twice or at all, and merit that must be rewarded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, commutation
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import readings
from app.core.checks.reduction.measure import over
from app.core.checks.reduction.paying import LAWFUL_ENDS, NONE_WORDS, Sure, property_settled, row_refusal
from app.core.checks.reduction.timing import OPINION, filing
from app.core.checks.reduction.told import REMARKS, clauses, need_remarks, said
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.law.book import Parameter, Row
from app.core.law.offences import shipped as offence_list
from app.core.records import Record
from app.core.values import Money, Term

TAKEN = r"扣减|扣除|减扣|少减|从严|压减|扣[一二三四五六\d]+个?月"
TWICE = re.compile(
    r"各扣|分别扣|分别从严|均扣|都扣|双重|两次扣|重复扣|各自扣|分别[^,，。；;]{0,4}扣"
    r"|累犯[^,，。；;]*扣[^。；;]*再犯[^,，。；;]*扣|再犯[^,，。；;]*扣[^。；;]*累犯[^,，。；;]*扣"
)
ONCE = re.compile(
    r"只扣|仅扣|合并扣|扣减?一次|一次(?:从严|扣减)|不重复|未重复|不同前科|两次前科|不是同一前科|非同一前科"
)
FORFEIT = re.compile(r"没收")


def measured(case: ReductionCase) -> str:
    """Applies to commutations the tables have a row for."""
    return commutation(case) or ("死缓尚未减刑" if case.stage is Stage.SUSPENDED else "")


@RULES.rule("JX-M08", "未达地方表扬标准", "LOCAL", when=measured)
def local_practice(case: ReductionCase, why: Why) -> Verdict:
    """Where the province asks for so many commendations, or grants so much for each, the proposal keeps to it."""
    day = filing(case, why)
    rows = [each.row for each in readings(case)]
    least = asked_for(case, rows, day)
    each_gives = case.law.local("local_months_per_commendation", day)
    minus = _discount(case, why, day)
    if each_gives is None and not any(least) and not minus:
        return why.not_applicable("本院没有填写表扬次数与幅度的本地标准")
    why.see(case.proposal, "commendations", "proposed")
    count = case.proposal["commendations"]
    if not isinstance(count, int):
        if each_gives is not None or any(least):
            raise Missing("表扬次数")
        count = 0
    for each in [*least, each_gives]:
        if each is not None:
            why.cite(each.provision)
    short = [each for each in least if each is not None and count < int(each.value)]
    if short and len(short) == len(rows):
        why.step(f"表扬{count}次，本地要求{min(int(each.value) for each in short)}次")
        return why.hint(f"表扬{count}次，没有达到本地标准，请核对")
    if rows[0].ranges or (each_gives is None and not minus):
        return why.lawful("符合本地标准")
    if each_gives is not None:
        most, told = int(each_gives.value) * count, f"本地标准按表扬{count}次计算"
        why.step(f"表扬{count}次，每次{each_gives.value}个月，本地最多{Term.of_months(most)}；提请{case.amount}")
    else:
        most, told = max(each.caps[case.merit] for each in rows), "法定上限按本地标准扣减以后"
        why.step(f"法定上限{Term.of_months(most)}；提请{case.amount}")
    if minus:
        why.step(f"扣减{Term.of_months(minus)}以后为{Term.of_months(max(most - minus, 0))}")
    most = max(most - minus, 0)
    if over(case.amount, most):
        return why.hint(f"提请减去{case.amount}，超过{told}的{Term.of_months(most)}，请核对")
    return why.lawful("符合本地标准")


PERCENT = 100
TIERS = ("first", "second", "third")


def _discount(case: ReductionCase, why: Why, day: date) -> int:
    """Months the province takes off for what the judgment ordered and is not paid; 0 where it sets or finds nothing.

    Nobody loses anything for what lawfully stays unpaid.
    """
    tiers: list[tuple[int, Parameter]] = []
    for each in TIERS:
        rate, minus = (case.law.local(f"property_{name}_{each}", day) for name in ("rate", "minus"))
        if rate is not None and minus is not None:
            tiers.append((int(rate.value), minus))
    due, paid = case.proposal["amount_due"], case.proposal["amount_paid"]
    if not tiers or not isinstance(due, Money) or not isinstance(paid, Money) or due.fen <= 0:
        return 0
    ends = {text_of(each, "enforcement") for each in case.property_rows.records}
    if property_settled(case) or (ends and ends <= set(LAWFUL_ENDS)):
        return 0
    for below, months in sorted(tiers, key=lambda each: each[0]):
        if paid.fen * PERCENT < due.fen * below:
            why.see(case.proposal, "amount_due", "amount_paid", "property_status")
            why.cite(months.provision)
            why.step(f"应缴{due}、已缴{paid}，履行比例不到{below}%，本地扣减{months.value}个月；确无履行能力的不应扣减")
            return int(months.value)
    return 0


def asked_for(case: ReductionCase, rows: Sequence[Row], day: date) -> list[Parameter | None]:
    """How many commendations the province asks for under each row on a day; None where it asks for none."""
    return [case.law.local(f"local_commendations_{row.id}", day) for row in rows]


def both_flags(case: ReductionCase) -> str:
    """Applies to who is recidivist and drug recidivist at once."""
    if reason := commutation(case):
        return reason
    flagged = offence_list().flagged(text_of(case.proposal, "strict_classes"))
    both = (case.flag("recidivist") or "K7" in flagged) and (
        case.flag("drug_recidivist") or said(case, "毒品再犯", "strict_classes")
    )
    return "" if both else "不是既为累犯又为毒品再犯"


@RULES.rule("JX-M09", "同一前科重复从严", "CASE25-7", when=both_flags, document=OPINION)
def counted_twice(case: ReductionCase, why: Why) -> Verdict:
    """One earlier conviction that makes both recidivism and drug recidivism is one reason to be strict, not two."""
    why.see(case.proposal, "recidivist", "drug_recidivist", "strict_classes", REMARKS)
    about = [part for _, part in clauses(case) if re.search("累犯|再犯", part) and re.search(TAKEN, part)]
    twice = [part for part in about if TWICE.search(part) and not ONCE.search(part)]
    if twice:
        why.step(f"备注：{twice[0]}")
        return why.doubt("累犯与毒品再犯分别扣减；如出于同一前科，只能作一次从严评价，须核实")
    if any(ONCE.search(part) for part in about) or said(case, ONCE, REMARKS):
        return why.lawful("没有重复扣减")
    raise Missing("累犯与毒品再犯是否出于同一前科、是否分别扣减")


def forfeits(case: ReductionCase) -> str:
    """Applies where property was forfeited and that is not done."""
    if reason := commutation(case):
        return reason
    rows = [each for each in case.property_rows.records if FORFEIT.search(text_of(each, "penalty_kind"))]
    if not rows and not FORFEIT.search(text_of(case.proposal, "property_penalty")):
        return "没有没收财产的判项"
    return ""


@RULES.rule("JX-M11", "没收财产未执行完毕致从严", "R24-9", "CASE25-6", when=forfeits, document=OPINION)
def strict_for_forfeiture(case: ReductionCase, why: Why) -> Verdict:
    """Forfeiture not yet carried out is by itself no reason to be strict."""
    why.see(case.proposal, "property_penalty", "property_status", "strict_classes", REMARKS)
    for each in case.property_rows.records:
        why.see(each, "penalty_kind", "enforcement", "refusal")
    told = [part for _, part in clauses(case) if re.search(TAKEN, part) and re.search("没收|财产", part)]
    labelled = "K8" in offence_list().flagged(text_of(case.proposal, "strict_classes"))
    if not told and not labelled:
        need_remarks(case, "是否因没收财产未执行而从严")
        return why.lawful("没有因没收财产从严的记载")
    if any(row_refusal(each) is Sure.YES for each in case.property_rows.records):
        return why.lawful("另有拒不履行的情形，不是只因没收财产未执行")
    others = [each for each in case.property_rows.records if not FORFEIT.search(text_of(each, "penalty_kind"))]
    if any(_unfinished(each) for each in others):
        return why.lawful("另有没有履行完毕的判项，不是只因没收财产")
    why.step(told[0] if told else "从严情形写有能力不履行，没有其他未履行的判项")
    return why.doubt("只因没收财产没有执行完毕而从严；没收财产以判决生效时的财产为限，未执行完毕一般不影响减刑，须核实")


def _unfinished(row: Record) -> bool:
    return text_of(row, "enforcement") not in (*LAWFUL_ENDS, *NONE_WORDS)


def not_barred(case: ReductionCase) -> str:
    """Applies to everybody a court may grant something at all."""
    return "终身监禁，见 JX-S05" if case.barred else ""


@RULES.rule("JX-M12", "重大立功应减未减", "CL-78.1", "R16-5", when=not_barred, document=OPINION)
def major_merit_unrewarded(case: ReductionCase, why: Why) -> Verdict:
    """Major merit shown in the awards must be proposed for commutation (应当减刑)."""
    if not case.awards_present:
        raise Missing("奖惩表")
    if case.awards.doubt:
        raise Missing(f"奖惩记录的归属（{case.awards.doubt}）")
    last = case.last_ruling["ruled_on"] if case.last_ruling is not None else None
    shown = [each for each in case.awards.records if each["award"] == "重大立功" and _later(each, last)]
    why.see(case.proposal, "merit", "proposal_kind")
    if not shown:
        return why.lawful("奖惩表中没有上次减刑以后的重大立功")
    for each in shown:
        why.see(each, "awarded_on", "award", "reason")
    why.step(f"重大立功 {shown[-1]['awarded_on']}：{text_of(shown[-1], 'reason') or '事由未写'}")
    if case.major_merit and not case.parole:
        return why.lawful("已经以重大立功报请减刑")
    what = "提请的是假释" if case.parole else f"以{text_of(case.proposal, 'merit') or '其他情形'}报请"
    return why.doubt(f"奖惩表记有重大立功，应当减刑，而{what}，须核实")


def _later(award: Record, last: object) -> bool:
    day = award["awarded_on"]
    return not isinstance(last, date) or (isinstance(day, date) and day > last)
