"""Family D, one thing told twice: summaries and details, proposal and ruling, one batch and the next."""

from __future__ import annotations

import re

from app.core.checks.dossier import place_of, text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.cell_history import read_history
from app.core.checks.reduction.history import HEAVY, REDUCTION
from app.core.checks.reduction.told import said
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.law.offences import plain
from app.core.records import Record, show
from app.core.values import Sentence
from app.core.values.term_text import parse_sentence

REFUSED = re.compile(r"不予|驳回|不准|未准|撤回|终止|不同意")
REASONED = re.compile(r"因|理由|鉴于|考虑到|根据|不足")
GRANTED = re.compile(r"准予|准许|同意|予以|裁定假释|假释")


@RULES.rule("JX-D11", "上次减刑摘要与明细不一致", "R14-2")
def last_reduction(case: ReductionCase, why: Why) -> Verdict:
    """What the proposal says of earlier commutations must be what the table of commutations says."""
    table = [each for each in case.history if place_of(each) != place_of(case.proposal)]
    told = _told(case)
    faults = _earlier_batches(case, why)
    if not told and not faults:
        if not table and not case.history_gap:
            return why.lawful("没有历次减刑")
        if not case.kin:
            raise Missing("上次减刑日期、幅度或者历次减刑情况（案件表）" if table else "历次减刑表")
    if told and not table and not faults:
        raise Missing("历次减刑表")
    if table:
        faults += _against_table(case, why, table)
    if not faults:
        return why.lawful("案件表所写的历次减刑与历次减刑表一致")
    for each in faults:
        why.step(each)
    return why.data("；".join(faults))


def _told(case: ReductionCase) -> bool:
    own = any(case.proposal[each] is not None for each in ("last_ruled_on", "last_reduced", "reductions_count"))
    return own or bool(read_history(case.proposal)[0])


def _against_table(case: ReductionCase, why: Why, table: list[Record]) -> list[str]:
    why.see(case.proposal, "history", "last_ruled_on", "last_reduced", "reductions_count")
    last, faults = table[-1], []
    why.see(last, "ruled_on", "reduced")
    stated, amount, count = (case.proposal[each] for each in ("last_ruled_on", "last_reduced", "reductions_count"))
    if stated is not None and stated != last["ruled_on"]:
        faults.append(f"上次减刑日期写{show(stated)}，历次减刑表最后一次为{show(last['ruled_on'])}")
    if isinstance(amount, Sentence) and isinstance(last["reduced"], Sentence) and amount.term != last["reduced"].term:
        faults.append(f"上次减刑幅度写{amount.term or amount}，历次减刑表为{last['reduced'].term or last['reduced']}")
    cuts = sum(kind == REDUCTION for kind, each in case.rulings if each in table)
    if isinstance(count, int) and count not in (len(table), cuts):
        faults.append(f"减刑次数写{count}次，历次减刑表有{len(table)}次")
    known = {each["ruled_on"]: each for each in table}
    cell = read_history(case.proposal)[0]
    for each in cell:
        row = known.get(each["ruled_on"])
        if row is None:
            faults.append(f"历次减刑情况写有{show(each['ruled_on'])}的裁定，历次减刑表中没有")
        elif isinstance(row["reduced"], Sentence) and each["reduced"] != row["reduced"]:
            faults.append(f"{show(each['ruled_on'])}的幅度，案件表写{each['reduced']}，历次减刑表写{row['reduced']}")
    missing = [show(day) for day in known if cell and day not in {each["ruled_on"] for each in cell}]
    if missing:
        faults.append(f"历次减刑表有{'、'.join(missing)}的裁定，案件表的历次减刑情况没有写")
    return faults


def _earlier_batches(case: ReductionCase, why: Why) -> list[str]:
    """Rulings on the person's earlier proposals that are not among the earlier commutations."""
    faults = []
    known = {each["ruled_on"] for each in case.history}
    for each in case.kin:
        ruled, result = each["ruled_on"], plain(text_of(each, "ruling_result"))
        earlier = ruled is not None and (case.filed is None or str(ruled) < str(case.filed))
        granted = each["proposal_kind"] != "假释" and result and not REFUSED.search(result)
        if earlier and granted and ruled not in known:
            why.see(each, "ruled_on", "ruling_result", "batch")
            faults.append(f"以前的批次已于{show(ruled)}裁定“{result}”，本次的历次减刑中没有")
    return faults


def ruled(case: ReductionCase) -> str:
    """Applies once the court has ruled."""
    return "" if case.day("ruled_on") is not None else "尚未裁定"


@RULES.rule("JX-D17", "裁定与提请不一致而未说明理由", "R14-16", "R14-17", when=ruled)
def ruling_differs(case: ReductionCase, why: Why) -> Verdict:
    """A court that grants something else than was proposed says why."""
    why.see(case.proposal, "ruled_on", "ruling_result", "proposed", "proposed_term", "proposal_kind")
    result = plain(text_of(case.proposal, "ruling_result"))
    if not result:
        raise Missing("裁定结果", holder="人民法院")
    fault = _difference(case, result)
    if not fault:
        return why.lawful(f"裁定结果“{result}”与提请一致")
    why.step(fault)
    reason = said(case, REASONED, "ruling_result", "remarks")
    if reason:
        return why.lawful(f"记载了理由：{reason}")
    return why.hint(f"{fault}，没有记载理由，请核对裁定书是否说明")


def _difference(case: ReductionCase, result: str) -> str:
    if REFUSED.search(result):
        return f"提请{case.proposal['proposal_kind'] or '减刑'}，裁定结果为“{result}”"
    if case.parole:
        return "" if GRANTED.search(result) else f"提请假释，裁定结果为“{result}”"
    wanted = case.new_term if case.changes_kind else case.amount
    try:
        granted = parse_sentence(re.split(r"[,;。(]", result[max(result.find("减"), 0) :])[0]).value
    except ValueError:
        granted = None
    if granted is None or granted.term is None:
        raise Missing("裁定减去的刑期（裁定结果）", holder="人民法院")
    return "" if granted.term == wanted else f"提请{wanted}，裁定{granted.term}"


@RULES.rule("JX-D18", "同一人前后批次的基本信息不一致", "PG14-5")
def drift(case: ReductionCase, why: Why) -> Verdict:
    """What the judgment fixed may not change from one batch to the next."""
    if not case.person.prisoner_no and not case.person.id_number and case.birth is None:
        raise Missing("罪犯编号、身份证号码或者出生日期")
    others = [each for each in case.kin if _another_batch(case.proposal, each)]
    if not others:
        return why.lawful("没有同一人其他批次的记录")
    fields = {"sentence": "原判刑期", "delivered_on": "送交执行日期", "birth_date": "出生日期"}
    if case.original_kind not in HEAVY:
        fields |= {"sentence_start": "刑期起日"}
    faults = []
    for other in others:
        for field_id, label in fields.items():
            mine, theirs = case.proposal[field_id], other[field_id]
            if mine is not None and theirs is not None and mine != theirs:
                why.see(case.proposal, field_id)
                why.see(other, field_id, "batch")
                faults.append(f"{label}本次为{show(mine)}，{_batch(other)}为{show(theirs)}")
        named, once = _offence(case.proposal), _offence(other)
        if named and once and named != once:
            why.see(case.proposal, "offence")
            why.see(other, "offence", "batch")
            faults.append(
                f"罪名本次为{text_of(case.proposal, 'offence')}，{_batch(other)}为{text_of(other, 'offence')}"
            )
    if not faults:
        return why.lawful(f"与{len(others)}条其他批次的记录一致")
    for each in sorted(set(faults)):
        why.step(each)
    return why.data("；".join(sorted(set(faults))))


def _another_batch(one: Record, other: Record) -> bool:
    return any(one[each] != other[each] for each in ("batch", "filed_on"))


def _batch(record: Record) -> str:
    return text_of(record, "batch") or f"{record.file}第{record.row}行"


def _offence(record: Record) -> frozenset[str]:
    text = re.sub(r"犯|罪(?=$|[、,，;；和及与])", "", plain(text_of(record, "offence")))
    return frozenset(each for each in re.split(r"[、,，;；和及与]", text) if each)
