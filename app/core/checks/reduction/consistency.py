"""Family D, the items themselves: missing, doubled, unreadable or out of order."""

from __future__ import annotations

from datetime import date

from app.core.checks.dossier import text_of, usable
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.people.id_number import IdState, read_id_number
from app.core.records import Record
from app.core.values import SentenceKind

FIRST_YEAR = 1950
FIRST_BIRTH = 1920  # the very old are favoured, not defective data
TWO = 2  # fewer dates have no order
# Days that lie ahead by their nature.
AHEAD = frozenset(
    {"sentence_end", "proposed_end", "suspension_ended_on", "notice_to", "court_notice_to", "probation_to"}
)
DATES = (
    ("offence_date", "犯罪时间"),
    ("judged_on", "判决日期"),
    ("effective_on", "判决生效日期"),
    ("delivered_on", "送交执行日期"),
    ("assessed_to", "考核止日"),
    ("reviewed_on", "评审日期"),
    ("notice_to", "公示止日"),
    ("filed_on", "报请日期"),
    ("ruled_on", "裁定日期"),
    ("ruling_served_on", "裁定送达日期"),
)


@RULES.rule("JX-D01", "必填项缺失", "R14-2", "PG14-5")
def required_items(case: ReductionCase, why: Why) -> Verdict:
    """The items every review needs must be there and readable."""
    wanted = {
        "sentence_kind": "原判刑种",
        "sentence": "原判刑期",
        "delivered_on": "送交执行日期",
        "offence": "罪名",
        "filed_on": "报请日期",
    }
    if not case.parole:
        wanted["proposed"] = "提请减刑幅度"
    try:
        stage = case.stage
    except Missing:
        stage = Stage.FIXED
    if stage not in (*CHANGES, Stage.SUSPENDED):
        wanted |= {"sentence_start": "刑期起日", "sentence_end": "刑期止日"}
    lacking = [name for field_id, name in wanted.items() if _lacks(case, field_id)]
    kind = case.proposal.cells.get("proposal_kind")
    if kind is not None and kind.value is None and kind.raw.strip() and lacking in ([], ["提请减刑幅度"]):
        raise Missing(f"提请类型（“{kind.raw.strip()}”不是减刑、假释）")
    if not lacking:
        return why.lawful("必填项齐全")
    why.see(case.proposal, *wanted)
    why.step(f"缺少：{'、'.join(lacking)}")
    return why.data(f"缺少或者无法读取：{'、'.join(lacking)}，请监狱补正")


def _lacks(case: ReductionCase, field_id: str) -> bool:
    if field_id == "sentence_kind":
        return case.original_kind is None
    if (
        field_id == "sentence"
        and case.original_kind is not None
        and case.original_kind.value.startswith(("无期", "死刑"))
    ):
        return False
    return case.proposal[field_id] is None


@RULES.rule("JX-D02", "重复记录", "PG14-5")
def twin_proposals(case: ReductionCase, why: Why) -> Verdict:
    """The same person may not stand twice in a batch, nor be pending in two."""
    if case.strangers:
        for stranger in case.strangers:
            why.step(stranger)
        why.see(case.proposal, "prisoner_no", "name")
        return why.data(f"有归属不明的记录，未予采用：{'；'.join(case.strangers)}")
    if not case.twins:
        if not usable(case.person.prisoner_no) and not usable(case.person.id_number) and case.birth is None:
            raise Missing("罪犯编号、身份证号码或者出生日期")
        return why.lawful("没有同一人的其他待决提请")
    for each in (case.proposal, *case.twins):
        why.see(each, "prisoner_no", "name", "id_number", "batch")
        why.step(f"{each.file}《{each.sheet}》第{each.row}行")
    return why.data(f"同一人有{len(case.twins) + 1}条待决的提请记录，请核对是否重复报送")


@RULES.rule("JX-D03", "身份证号码或者身份不明", "OP21-9")
def identity(case: ReductionCase, why: Why) -> Verdict:
    """The identity number must pass its check digit and agree with birth date and sex."""
    cell = case.proposal.cells.get("id_number")
    if cell is None:
        raise Missing("身份证号码")
    why.see(case.proposal, "id_number", "birth_date", "sex")
    raw = cell.raw.strip()
    if not raw:
        return why.data("身份证号码为空，请监狱补正")
    read = read_id_number(raw)
    if read.state is IdState.BLANK:
        why.step(f"身份证号码栏为“{raw}”")
        return why.doubt("身份不明或者自报身份，须核实真实姓名、住址")
    if read.state is IdState.MASKED:
        raise Missing("身份证号码（所报号码已脱敏）")
    if cell.doubt and read.state is not IdState.UPGRADED:
        why.step(cell.doubt)
        return why.data(f"身份证号码有误：{cell.doubt.removeprefix('身份证号码')}")
    if read.state is IdState.WRONG_DIGIT:
        return why.data("身份证号码校验不通过，请核对")
    if read.state not in (IdState.VALID, IdState.UPGRADED):
        return why.not_applicable("其他证件")
    faults = []
    birth, sex = case.day("birth_date"), text_of(case.proposal, "sex")
    if birth is not None and read.birth_date is not None and birth != read.birth_date:
        faults.append(f"出生日期{birth}与证件{read.birth_date}不一致")
    if sex and read.sex and sex != read.sex:
        faults.append(f"性别{sex}与证件{read.sex}不一致")
    if not faults:
        return why.lawful("校验码、出生日期、性别一致")
    for each in faults:
        why.step(each)
    return why.data("；".join(faults))


@RULES.rule("JX-D04", "日期不合法", "PG14-5")
def dates_sane(case: ReductionCase, why: Why) -> Verdict:
    """Dates must be readable, not before 1950 (births: 1920) and not in the future unless they lie ahead by nature."""
    faults: list[str] = []
    for record in (case.proposal, *case.history):
        told = [each for each, cell in record.cells.items() if cell.doubt or isinstance(cell.value, date)]
        for field_id in sorted(told):
            cell = record.cells[field_id]
            fault = _date_fault(field_id, cell.value, cell.doubt, cell.raw, case.as_of)
            if fault:
                why.see(record, field_id)
                faults.append(f"{cell.column}“{cell.raw}”{fault}")
    if not faults:
        if not any(isinstance(each.value, date) for each in case.proposal.cells.values()):
            raise Missing("各项日期")
        return why.lawful("各日期可读且在合理范围内")
    for each in faults:
        why.step(each)
    return why.data(f"有{len(faults)}处日期不合法：{'；'.join(faults)}")


def _date_fault(field_id: str, value: object, doubt: str, raw: str, today: date) -> str:
    if isinstance(value, date):
        first = FIRST_BIRTH if field_id == "birth_date" else FIRST_YEAR
        if value.year < first:
            return f"早于{first}年"
        ahead = field_id in AHEAD or field_id.endswith(("end_after",))
        return f"晚于审查日{today}" if value > today and not ahead else ""
    looks_dated = field_id.endswith(("_on", "_date", "_from", "_to", "_start", "_end", "end_after"))
    return f"无法读取（{doubt}）" if value is None and doubt and looks_dated and raw.strip() else ""


@RULES.rule("JX-D05", "时间顺序颠倒", "PG14-5")
def dates_in_order(case: ReductionCase, why: Why) -> Verdict:
    """From the crime over judgment, delivery, assessment, notice and filing to the ruling, dates follow each other."""
    known = [(field_id, name, day) for field_id, name in DATES if (day := case.day(field_id)) is not None]
    faults = []
    for index, (field_id, name, day) in enumerate(known):
        for earlier_id, earlier_name, earlier in known[:index]:
            if earlier > day:
                why.see(case.proposal, earlier_id, field_id)
                faults.append(f"{earlier_name}{earlier}晚于{name}{day}")
    start, crime = case.day("sentence_start"), case.day("offence_date")
    if case.original_kind is SentenceKind.FIXED_TERM and start is not None and crime is not None and start < crime:
        why.see(case.proposal, "sentence_start", "offence_date")
        faults.append(f"刑期起日{start}早于犯罪时间{crime}")
    served = [each for each in case.history if _served_before_ruled(each)]
    for each in served:
        why.see(each, "ruled_on", "served_on")
        faults.append(f"历次减刑第{each.row}行送达日早于裁定日")
    for each in case.history:
        ruled = each["ruled_on"]
        if isinstance(ruled, date) and case.filed is not None and ruled > case.filed:
            why.see(each, "ruled_on")
            faults.append(f"历次减刑裁定日{ruled}晚于报请日期{case.filed}")
    if not faults:
        if len(known) < TWO:
            raise Missing("判决、送交、报请等日期")
        return why.lawful("各日期先后合理")
    for fault in faults:
        why.step(fault)
    return why.data(f"时间顺序颠倒：{'；'.join(faults)}")


def _served_before_ruled(ruling: Record) -> bool:
    ruled, served = ruling["ruled_on"], ruling["served_on"]
    return isinstance(ruled, date) and isinstance(served, date) and served < ruled
