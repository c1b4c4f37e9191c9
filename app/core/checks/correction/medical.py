"""Service outside prison for illness, pregnancy or nursing: reviews, putting them off, and when the reason is gone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.conduct import REVOCATION, answered, last_day, stays
from app.core.checks.correction.guards import died
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY, due

REVIEW = "medical_review_"
NURSING = re.compile(r"哺乳|怀孕|孕")
ILLNESS = re.compile(r"保外|疾病|病|就医")
NO_HOSPITAL = re.compile(r"卫生院|卫生室|诊所|门诊部|社区卫生|药店")
UNFIT = re.compile(r"不符合|不再符合|不具备|已治愈|痊愈|康复|病情消失|情形消失")
TOLD = re.compile(r"通报|复查|暂予监外|保外")
RULE_51 = ("CPL-268.1", "PR19-629.7", "PR19-634")


def outside(case: Episode) -> str:
    """Applies to service outside prison."""
    return "" if case.kind is Kind.OUTSIDE else "不是暂予监外执行"


def _row(case: Episode) -> Record:
    rows = case.outside or tuple(case.dossier.rows("T11"))
    if not rows:
        raise case.lists.lack("T11")
    return rows[0]


def _reviews(row: Record) -> list[tuple[str, date]]:
    return [(each, day) for each in _columns(row) if (day := day_of(row, each)) is not None]


def _columns(row: Record) -> list[str]:
    """The columns for reviews the list has."""
    return sorted(each for each in row.cells if each.startswith(REVIEW))


@RULES.rule(
    "SJ-49", "病情复查超3个月", "CCM-24.2", when=outside, about=("T11",), gravity=Gravity.SLIGHT, document="口头纠正"
)
def reviews_in_time(case: Episode, why: Why) -> Verdict:
    """Somebody outside for illness hands in a medical review every three months."""
    row = _row(case)
    ground = word_of(row, "ground")
    if not ground:
        raise Missing("暂予监外执行情形", holder="社区矫正机构")
    if not ILLNESS.search(ground):
        return why.not_applicable("不是保外就医")
    if not _columns(row):
        raise Missing("病情复查日期", holder="社区矫正机构")
    found = _reviews(row)
    why.see(row, "ground", "hospital", "extension_approved_on", *(each for each, _ in found))
    months = why.number("medical_review_months", case.as_of)
    grace = why.number("medical_review_grace_days")
    gaps = _gaps(case, why, row, [day for _, day in sorted(found, key=lambda x: x[1])], months, grace)
    if gaps:
        serious = len(gaps) >= why.law.number("medical_review_serious_times", case.as_of)
        gravity = Gravity.SERIOUS if serious else Gravity.SLIGHT
        return why.unlawful(f"病情复查间隔超过 {months} 个月 {len(gaps)} 次：{'；'.join(gaps)}", gravity=gravity)
    hospital = word_of(row, "hospital")
    if NO_HOSPITAL.search(hospital):
        return why.hint(f"复查医院为{hospital}，请核实是否省级人民政府指定的医院")
    return why.lawful("病情复查没有超期")


def _gaps(case: Episode, why: Why, row: Record, days: list[date], months: int, grace: int) -> list[str]:
    """Every pair of reviews too far apart, and the last one if none followed though a column for it stands empty."""
    prolonged = day_of(row, "extension_approved_on")
    until = min(filter(None, (case.as_of, case.lists.through.get("T11"), last_day(case), _back(case, row))))
    days = [each for each in days if each <= until]
    pairs = [(before, after, f"{before} 后 {after} 才复查") for before, after in pairwise(days)]
    if days and len(days) < len(_columns(row)):
        pairs.append((days[-1], until, f"{days[-1]} 后到 {until} 没有复查"))
    gaps = []
    for before, after, words in pairs:
        limit = due(before, months).late
        why.step(f"{before} 复查，满 {months} 个月为 {limit}，宽限 {grace} 日，下次 {after}")
        if after <= limit + grace * ONE_DAY:
            continue
        if prolonged is not None and before <= prolonged <= limit + grace * ONE_DAY:
            why.step(f"{prolonged} 批准延长复查")
            continue
        gaps.append(words)
    return gaps


def _back(case: Episode, row: Record) -> date | None:
    """The day somebody was taken back or into custody."""
    days = [day_of(row, "recommitted_on"), *(each.first for each in stays(case) if each.last is None)]
    return min((day for day in days if day is not None), default=None)


@RULES.rule(
    "SJ-50",
    "延长复查未通报检察院或者越级",
    "CCM-24.2",
    when=outside,
    about=("T11",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def prolonged_reviews(case: Episode, why: Why) -> Verdict:
    """Reviews are put off by the office above, for over three months by the province, and the procuratorate is told."""
    row = _row(case)
    approved, unit = day_of(row, "extension_approved_on"), word_of(row, "extension_authority")
    if approved is None and not unit:
        return why.not_applicable("没有延长病情复查")
    why.see(row, "extension_authority", "extension_approved_on")
    if not unit:
        raise Missing("延长批准机关", holder="社区矫正机构")
    if approved is None:
        raise Missing("延长批准日期", holder="社区矫正机构")
    why.step(f"{approved} 由{unit}批准延长病情复查")
    if re.search(r"司法所|所$|[县区旗](?:级|司法局|社区矫正)", unit):
        return why.unlawful(f"延长病情复查由{unit}批准，应当报上一级批准", fact=str(approved))
    months = why.law.number("medical_review_months", approved)
    before = max((day for _, day in _reviews(row) if day <= approved), default=None)
    after = min((day for _, day in _reviews(row) if day > approved), default=None)
    if before is not None and after is not None and "省" not in unit and "自治区" not in unit:
        longest = due(due(before, months).late, months).late
        if after > longest:
            why.step(f"{before} 至 {after}，比按期复查晚三个月以上（{longest}）")
            return why.doubt(f"延长超过三个月，由{unit}批准，应当逐级报省级批准，须核实", fact=str(approved))
    case.lists.need("T05", min(approved + timedelta(days=case.law.number("review_notice_days", approved)), case.as_of))
    for each in case.rows("T05"):
        day = day_of(each, "received_on")
        if day is not None and day >= approved and TOLD.search(word_of(each, "reason") + word_of(each, "documents")):
            why.see(each, "received_on", "reason", "documents")
            return why.lawful(f"{day} 已通报检察院")
    if approved + timedelta(days=case.law.number("review_notice_days", approved)) > case.as_of:
        return why.lawful("刚刚批准，通报尚在途中")
    why.none_in(case.dossier, "T05", what="检察院没有收到通报")
    return why.unlawful(f"{approved} 批准延长病情复查，没有通报检察院", fact=str(approved))


@RULES.rule(
    "SJ-51",
    "暂予情形消失未收监",
    *RULE_51,
    when=outside,
    about=("T11",),
    gravity=Gravity.GRAVE,
    document="检察意见书",
)
def reason_gone(case: Episode, why: Why) -> Verdict:
    """When the reason is gone and the sentence is not, somebody is taken back to prison."""
    row = _row(case)
    ground, conclusion = word_of(row, "ground"), word_of(row, "medical_conclusion")
    why.see(row, "ground", "child_birth_date", "medical_conclusion", "sentence_end", "recommittal_proposed_on")
    gone = _gone(case, why, row, ground, conclusion)
    if gone is None:
        return why.lawful("没有情形消失的记录")
    day, words, also_ill = gone
    end = day_of(row, "sentence_end") or case.end
    if end is None:
        raise Missing("余刑止日", holder="社区矫正机构")
    why.step(f"{words}，余刑到 {end}")
    if day >= case.as_of or end <= day or end <= case.as_of:
        return why.lawful("情形没有消失，或者刑期已满")
    taken = day_of(row, "recommittal_proposed_on", "recommittal_decided_on", "recommitted_on")
    found = answered(case, why, date.min, REVOCATION)
    held = any(each.last is None for each in stays(case))
    if taken is not None or found is not None or held or died(case) is not None or case.closed is not None:
        return why.lawful("已提请收监、收监或者终止")
    case.lists.need("T11", day)
    if also_ill:
        return why.hint(f"{words}，但还写有疾病情形，请核实是否仍符合暂予监外执行条件")
    if case.lists.has("T07"):
        why.none_in(case.dossier, "T07", what="没有提请收监的记录")
    return why.unlawful(f"{words}，刑期未满，没有提请收监")


def _gone(case: Episode, why: Why, row: Record, ground: str, conclusion: str) -> tuple[date, str, bool] | None:
    """Since when the reason is gone, in what way, and whether an illness is stated beside; None when it is not."""
    if NURSING.search(ground):
        born = day_of(row, "child_birth_date")
        if born is None:
            raise Missing("子女出生日期", holder="社区矫正机构")
        full = due(born, why.number("nursing_months", case.as_of)).late
        why.step(f"子女 {born} 出生，满一周岁为 {full}")
        return full, f"婴儿 {full} 已满一周岁", ILLNESS.search(ground) is not None
    if not ground and not conclusion:
        raise Missing("暂予监外执行情形", "病情复查结论", holder="社区矫正机构")
    if UNFIT.search(conclusion):
        last = max((day for _, day in _reviews(row)), default=None)
        if last is None:
            raise Missing("病情复查日期", holder="社区矫正机构")
        limit = last + timedelta(days=why.number("unfit_recommit_days"))
        why.step(f"{last} 复查结论：{conclusion}，收监查到 {limit}")
        return limit, f"{last} 诊断{conclusion}", False
    return None
