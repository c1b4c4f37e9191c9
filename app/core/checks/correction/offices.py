"""What people in correction may not do or get elsewhere: drive without a licence, hold office, a higher pension."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.correction.book import RULES, on_probation, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.conduct import for_each, last_day, within
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Verdict
from app.core.law.offences import shipped
from app.core.records import Record
from app.core.sentence.terms import add_months
from app.core.values import Money, SentenceKind

ADVICE = "检察建议书"
REVOKED_LICENCE = re.compile(r"吊销|注销|撤销")
VILLAGE = re.compile(r"村民?委(?:员)?会|村委|村主任|村副主任")
RESIDENTS = re.compile(r"居民?委(?:员)?会|居委|社区主任|社区居")
PARTY_ONLY = re.compile(r"^[^委]*(?:书记|支委|党)[^委]*$")
MEMBER = re.compile(r"主任|委员|成员")
DIRECTOR = re.compile(r"法定代表人|董事|监事|总?经理|财务负责人|高级管理")
COMPANY = re.compile(r"公司|国有独资|国有控股|股份")
NO_COMPANY = re.compile(r"个体|合伙|合作社|个人独资")
CLOSED_DOWN = re.compile(r"注销|吊销|撤销|清算")
RULE_65 = ("VCA18-18", "VCA25-22", "RCA26-23")


@RULES.rule(
    "SJ-64",
    "在矫吊销驾照后驾驶或者违反从业禁止",
    "CCL-28",
    "CL-37A",
    when=on_roster,
    about=("T27",),
    document="纠正违法通知书",
)
def driving(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """Nobody drives during correction once the licence is revoked."""
    rows = [row for row in case.dossier.rows("T27") if REVOKED_LICENCE.search(word_of(row, "licence_status"))]
    if not rows:
        return why.not_applicable("没有吊销、注销驾驶证的记录")
    return for_each(why, ("CCL-28", "CL-37A"), rows, lambda row, proof: _drove(case, proof, row))


def _drove(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "licence_status", "licence_revoked_on", "violated_on")
    violated, revoked = day_of(row, "violated_on"), day_of(row, "licence_revoked_on")
    if violated is None:
        return why.lawful("没有交通违法记录")
    if not within(case, violated):
        return why.lawful(f"违法行为 {violated} 不在矫正期间（{case.begins} 至 {last_day(case)}）")
    if revoked is None:
        raise Missing("吊销日", holder="公安机关")
    status = word_of(row, "licence_status")
    why.step(f"驾驶证 {revoked} {status}，违法行为 {violated}，在矫正期间（{case.begins} 至 {last_day(case)}）")
    if violated <= revoked:
        return why.lawful("违法行为在吊销以前或者当日")
    why.step("须排除只按号牌登记、驾驶人不是本人")
    return why.unlawful(f"驾驶证{status}后，在矫期间 {violated} 又驾驶机动车", fact=str(violated))


@RULES.rule(
    "SJ-65",
    "在矫任村（居）委成员",
    *RULE_65,
    when=on_roster,
    about=("T23",),
    gravity=Gravity.SLIGHT,
    document=ADVICE,
)
def on_committee(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """A member of a committee of villagers or residents who is convicted is one no longer."""
    rows = [row for row in case.dossier.rows("T23") if _member(word_of(row, "position"))]
    if not rows:
        return why.not_applicable("没有村（居）民委员会成员的记录")
    return for_each(why, (), rows, lambda row, proof: _serving(case, proof, row))


def _member(position: str) -> bool:
    return bool(MEMBER.search(position)) and not PARTY_ONLY.search(position)


def _serving(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "constituency", "position", "office_from", "office_to", "elected", "election_on")
    why.see(case.judgment, "effective_on")
    text = word_of(row, "position") + word_of(row, "constituency")
    village, residents = VILLAGE.search(text) is not None, RESIDENTS.search(text) is not None
    if village == residents:
        village, residents = _by_end(word_of(row, "constituency"))
    why.cite("RCA26-23" if residents and not village else "VCA25-22")
    if village == residents:
        raise Missing("村民委员会还是居民委员会", holder="乡镇人民政府、街道办事处")
    first, last = day_of(row, "office_from"), day_of(row, "office_to")
    if first is None and row["elected"] is True:
        first = day_of(row, "election_on")
    if first is None:
        raise Missing("任职起", holder="乡镇人民政府、街道办事处")
    if last is None and "office_to" not in row.cells:
        raise Missing("任职止", holder="乡镇人民政府、街道办事处")
    convicted = case.effective or case.begins
    if convicted is None:
        raise Missing("判决生效日期", holder="人民法院")
    begin = max(first, convicted)
    if residents:
        since = why.law.provision("RCA26-23").start
        begin = max(begin, since) if since is not None else begin
    elif why.law.provision("VCA18-18").holds(begin):
        why.cite_only("VCA18-18")
    why.step(f"判决生效 {convicted}，任{word_of(row, 'position')} {first} 至 {last or '现在'}")
    end = case.lists.through.get("T23", case.as_of) if last is None else last
    if end <= begin:
        return why.lawful("判刑以后没有任职")
    if case.end is not None and begin > case.end:
        return why.lawful("任职在矫正期满以后")
    return why.unlawful(f"判刑以后仍任{word_of(row, 'position')}", fact=str(first))


def _by_end(constituency: str) -> tuple[bool, bool]:
    return bool(re.search(r"村$|村第|村选区", constituency)), bool(re.search(r"社区|居$", constituency))


@RULES.rule(
    "SJ-66",
    "经济犯罪缓刑任董监高或者法定代表人",
    "COM23-178",
    when=lambda case: on_roster(case) or on_probation(case),
    about=("T24",),
    gravity=Gravity.SLIGHT,
    document=ADVICE,
)
def director(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """Somebody on probation for an economic offence is no director, supervisor or manager until two years after it."""
    offences = [word_of(row, "offence") for row in (*case.rosters, *case.judgments)]
    kinds = [word_of(row, "offence_class") for row in case.rosters]
    if not any((*offences, *kinds)):
        raise Missing("罪名", holder="社区矫正机构")
    economic = shipped().economic
    if not any(map(economic.named, offences)) and not any(map(economic.classed, kinds)):
        return why.not_applicable("罪名不属于公司法限制任职的经济犯罪")
    rows = [row for row in case.dossier.rows("T24") if DIRECTOR.search(word_of(row, "position"))]
    if not rows:
        return why.not_applicable("没有董事、监事、高级管理人员的登记")
    why.see(case.roster, "offence", "correction_end")
    return for_each(why, ("COM23-178",), rows, lambda row, proof: _director(case, proof, row))


def _director(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(case.roster, "offence", "correction_end")
    why.see(row, "company", "company_type", "position", "office_from", "office_to", "registration_status")
    kind = word_of(row, "company_type") + word_of(row, "company")
    if NO_COMPANY.search(kind) or CLOSED_DOWN.search(word_of(row, "registration_status")):
        return why.lawful(f"{word_of(row, 'company')}不是公司，或者已经注销、吊销")
    if not COMPANY.search(kind):
        raise Missing("企业类型", holder="市场监督管理部门")
    first, last = day_of(row, "office_from"), day_of(row, "office_to")
    if first is None:
        raise Missing("任职起", holder="市场监督管理部门")
    if case.end is None:
        raise Missing("社区矫正结束日期", holder="社区矫正机构")
    began = case.begins or case.end
    position, since = word_of(row, "position"), why.law.provision("COM23-178").start or date.min
    if last is not None and last <= max(began, since):
        return why.lawful(f"{last} 已离任")
    if first < max(began, since):
        return why.hint(
            f"判刑以前或者新公司法施行以前已任{word_of(row, 'company')}{position}，公司应当解除职务，请核实",
            fact=str(first),
        )
    until = add_months(case.end, why.number("director_probation_months", since))
    why.step(f"考验期满 {case.end}，满二年为 {until}，{first} 任{position}")
    if first > until:
        return why.lawful("任职在考验期满二年以后")
    return why.unlawful(
        f"缓刑考验期满未逾二年，任{word_of(row, 'company')}{position}", fact=f"{word_of(row, 'company')}{first}"
    )


@RULES.rule(
    "SJ-67",
    "服刑期间养老金正常调整",
    "PEN01",
    when=on_roster,
    about=("T27",),
    gravity=Gravity.SLIGHT,
    document=ADVICE,
)
def pension(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """Pensions are not raised while a sentence is served in the community."""
    rows = [row for row in case.dossier.rows("T27") if row["pension_adjusted_on"] is not None]
    if not rows:
        return why.not_applicable("没有养老金调整的记录")
    return for_each(why, ("PEN01",), rows, lambda row, proof: _raised(case, proof, row))


def _raised(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "pension_adjusted_on", "pension_adjustment")
    day, sum_ = day_of(row, "pension_adjusted_on"), row["pension_adjustment"]
    if day is None or not isinstance(sum_, Money):
        raise Missing("养老金调整金额", holder="人力资源社会保障部门")
    if sum_.fen <= 0:
        return why.lawful("没有调高")
    if not within(case, day):
        return why.lawful(f"调整 {day} 不在矫正期间")
    why.step(f"{day} 调整 {sum_}，在矫正期间（{case.begins} 至 {last_day(case)}）")
    penalty = case.original.kind if case.original is not None else None
    if case.kind is Kind.PAROLE or (case.kind is Kind.PROBATION and penalty is SentenceKind.DETENTION):
        return why.doubt(f"在矫期间 {day} 调整养老金 {sum_}；复函没有写明这一类人员，须向人社部门核实", fact=str(day))
    return why.unlawful(f"在矫期间 {day} 调整养老金 {sum_}，服刑期间不参加调整", fact=str(day))
