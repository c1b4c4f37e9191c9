"""Offices and posts: those the deprivation takes away, and those it only disqualifies from."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.deprivation.book import CORRECT, RULES, deprived, periods
from app.core.checks.deprivation.case import Matter
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import add_months

REFER = "行政检察、公益诉讼线索"
STATE_ORGAN = re.compile(
    r"国家机关|行政机关|司法机关|监察机关|权力机关|审判机关|检察机关|人民政府|政府机关|人大(?:机关|常委会)|军事机关"
)
DEPUTY = re.compile(r"人大代表|人民代表大会代表")
STATE_UNIT = re.compile(r"国有(?:独资|全资|企业|公司)?|国企|央企|全民所有制|事业单位|人民团体|群团")
MIXED = re.compile(r"控股|参股|混合")
NOT_STATE = re.compile(r"非国有|民营|私营")
LEADING = re.compile(r"董事|总经理|厂长|院长|校长|所长|站长|馆长|主席|书记|局长|处长|总监|社长|台长|主任|部长")
COMPANY = re.compile(r"公司|有限|股份|企业法人|民营|私营|国有|外资|集体")
NO_COMPANY = re.compile(r"合伙|个体|合作社|个人独资|民办非企业|社会团体|社会服务|基金会")
SENIOR = re.compile(r"董事|监事|总经理|副总|经理|财务负责人|高级管理|高管|董事会秘书")
LEGAL = re.compile(r"法定代表人|法人代表|法人(?!股)")
ASSOCIATION, PRIVATE_UNIT = re.compile(r"社会团体|社团|协会|学会|商会"), re.compile(r"民办非企业|民非|社会服务机构")
GONE = re.compile(r"注销|吊销|撤销|终止|解散|丧失|收回|失效")
MANUAL = re.compile(r"保洁|保安|门卫|司机|驾驶员|厨|工勤|临时|劳务|辅警|协管|后勤|水电")
SUPERVISOR = re.compile(r"监事(?!会主席)")
TEACHER, LAWYER = re.compile(r"教师"), re.compile(r"律师")


def _overlap(case: Matter, row: Record, last: date | None = None) -> tuple[bool | None, str]:
    """Whether a post was held while deprived (or until `last`): None when that cannot be said, and the days told."""
    since, until = day_of(row, "office_from"), day_of(row, "office_to")
    begin, first_end = case.in_effect_from, last or case.first_end
    if begin is None or first_end is None:
        return None, ""
    final = min(until or case.as_of, case.as_of)
    start = since if since is not None else (final if until is None else None)
    said = f"任职 {since or '起日不明'} 至 {until or '今'}"
    if start is None:
        return (False if final < begin else None), said
    if start > final or final < begin or start > (last or case.last_end or date.max):
        return False, said
    return (True if start <= first_end else None), said


def _posts(case: Matter, table: str, why: Why, *labels: str) -> list[Record]:
    rows = case.rows(table)
    if not case.known:
        periods(case, why)
    if rows and not any(any(each.cells.get(name) for name in labels) for each in rows):
        raise Missing("单位性质、企业类型")
    return rows


@RULES.rule(
    *("BQ-21", "剥权期内任国家机关职务或者人大代表", "CL-54.3"),
    when=deprived,
    about=("T23", "T25"),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def in_office(case: Matter, why: Why) -> Verdict:
    """Nobody deprived of political rights holds an office of the state or a seat in a congress."""
    unclear = ""
    rows = [*_posts(case, "T25", why, "employer_kind"), *case.rows("T23")]
    for row in rows:
        words = word_of(row, "employer_kind") if row.table == "T25" else ""
        post = word_of(row, "post", "position")
        deputy = bool(DEPUTY.search(post)) and bool(row["office_from"] or row.table == "T25")
        if not deputy and not STATE_ORGAN.search(words):
            if row.table == "T25" and not words and not unclear:
                unclear = "单位性质"
            continue
        held, said = _overlap(case, row)
        if held is False:
            continue
        why.see(row, "employer", "employer_kind", "post", "position", "office_from", "office_to")
        periods(case, why)
        why.step(said)
        _cite_office(case, row, deputy, why)
        message = f"剥夺政治权利期间任{word_of(row, 'employer', 'constituency')}{post or '职务'}"
        if not deputy and MANUAL.search(post):
            return why.doubt(f"{message}；是否属于国家机关职务须先查明")
        return why.unlawful(message) if held else why.hint(f"{message}；任职起止或者期满日不能确定，请核对")
    if unclear:
        raise Missing(unclear, holder="组织、人力资源社会保障部门")
    return why.lawful("没有在国家机关任职")


def _cite_office(case: Matter, row: Record, deputy: bool, why: Why) -> None:
    day = min(day_of(row, "office_to") or case.as_of, case.as_of)
    if deputy:
        why.cite_on(day, "DL-62")
    else:
        why.cite_on(day, "PDL-14")


@RULES.rule(
    *("BQ-22", "剥权期内任国有单位或者人民团体领导", "CL-54.4"),
    when=deprived,
    about=("T24", "T25"),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def leading_post(case: Matter, why: Why) -> Verdict:
    """Nobody deprived of political rights leads a state company, an institution or a people's organisation."""
    lacking: list[str] = []
    rows = [*_posts(case, "T25", why, "employer_kind"), *_posts(case, "T24", why, "company_type")]
    for row in rows:
        kind = word_of(row, "employer_kind", "company_type")
        if not kind and row.table == "T25" and _leads(row) is not False and _overlap(case, row)[0] is not False:
            lacking.append("单位性质")
        if not STATE_UNIT.search(kind) or NOT_STATE.search(kind):
            continue
        leads = _leads(row)
        held, said = _overlap(case, row)
        if leads is False or held is False or GONE.search(word_of(row, "registration_status")):
            continue
        if leads is None:
            lacking.append("是否领导职务")
            continue
        fields = ("employer", "employer_kind", "post", "leading", "company", "company_type", "position")
        why.see(row, *fields, "office_from", "office_to")
        periods(case, why)
        why.step(said)
        why.cite_on(case.as_of, "PSP-312")
        message = f"剥夺政治权利期间任{word_of(row, 'employer', 'company')}{word_of(row, 'post', 'position')}"
        if MIXED.search(kind):
            return why.doubt(f"{message}（{kind}）；是否属于国有公司、企业须先查明")
        if SUPERVISOR.fullmatch(word_of(row, "post", "position")):
            return why.doubt(f"{message}；监事是否属于领导职务须先查明")
        return why.unlawful(message) if held else why.hint(f"{message}；任职起止或者期满日不能确定，请核对")
    if lacking:
        raise Missing(*dict.fromkeys(lacking), holder="组织、人力资源社会保障部门")
    return why.lawful("没有在国有单位、人民团体任领导职务")


def _leads(row: Record) -> bool | None:
    """Whether a post leads; None when the list does not say and the name of the post leaves it open."""
    if isinstance(row["leading"], bool):
        return row["leading"]
    post = word_of(row, "post", "position")
    if row.table == "T24":
        return bool(SENIOR.search(post) or LEGAL.search(post) or "负责人" in post)
    return None if not post or LEADING.search(post) else False


@RULES.rule(
    *("BQ-23", "剥权期内及满后五年内任公司高管或者法定代表人", "CL-54"),
    when=deprived,
    about=("T24",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document=REFER,
)
def company_post(case: Matter, why: Why) -> Verdict:
    """A post in a company is no breach of the deprivation; the law only disqualifies from it for some years."""
    rows = _posts(case, "T24", why, "company_type")
    if case.first_end == date.max:
        last = date.max
    else:
        periods(case, why)
        assert case.first_end is not None
        last = add_months(case.first_end, case.law.number("deprivation_bar_months", case.as_of))
    for row in rows:
        kind, post = word_of(row, "company_type"), word_of(row, "position")
        senior, legal = bool(SENIOR.search(post)), bool(LEGAL.search(post))
        if not (senior or legal) or NO_COMPANY.search(kind) or GONE.search(word_of(row, "registration_status")):
            continue
        if not COMPANY.search(kind or word_of(row, "company")):
            continue
        if kind and STATE_UNIT.search(kind) and not NOT_STATE.search(kind) and _overlap(case, row)[0]:
            continue
        held, said = _overlap(case, row, last)
        if not held:
            continue
        why.cite_only()
        on = min(day_of(row, "office_to") or case.as_of, case.as_of, last)
        why.cite_on(on, *(("COL23-178", "COL18-146") if senior or COMPANY.search(kind) else ()))
        if legal:
            why.cite_on(on, "MER-12")
        if not why.cited:
            continue
        why.see(row, "company", "company_type", "position", "office_from", "office_to", "registration_status")
        why.step(f"{said}；执行期满后五年至 {last if last != date.max else '终身'}")
        return why.unlawful(f"任{word_of(row, 'company')}{post}，正在剥夺政治权利或者期满未逾五年，没有任职资格")
    return why.lawful("没有任职，或者已逾限制期限")


@RULES.rule(
    *("BQ-25", "社团、民非负责人及教师、律师资格", "CL-54"),
    when=deprived,
    about=("T24", "T27"),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document=REFER,
)
def qualification(case: Matter, why: Why) -> Verdict:
    """Whoever was ever deprived does not lead an association or a private unit, nor teach or practise law."""
    if not case.known:
        periods(case, why)
    begin = case.in_effect_from
    for row in case.rows("T24"):
        kind, post = word_of(row, "company_type"), word_of(row, "position")
        cite = "SOR-13" if ASSOCIATION.search(kind) else "PNR-11" if PRIVATE_UNIT.search(kind) else ""
        leads = re.search(r"负责人|法定代表人|会长|理事长|院长|校长|园长|主任", post)
        until = day_of(row, "office_to") or case.as_of
        if not cite or not leads or begin is None or until < begin or GONE.search(word_of(row, "registration_status")):
            continue
        why.cite_only(cite)
        why.see(row, "company", "company_type", "position", "office_from", "office_to")
        periods(case, why)
        return why.unlawful(f"受到剥夺政治权利，任{word_of(row, 'company')}（{kind}）{post}")
    for row in case.rows("T27"):
        text = word_of(row, "qualification")
        cite = "TL-14" if TEACHER.search(text) else "LAL-7" if LAWYER.search(text) else ""
        if not cite or GONE.search(text):
            continue
        why.cite_only(cite)
        why.see(row, "qualification")
        periods(case, why)
        return why.unlawful(f"受到剥夺政治权利，仍有{text}")
    return why.lawful("没有应当丧失的资格")
