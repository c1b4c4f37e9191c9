"""The row of the proposal list that follows from a case: days, months and texts, not yet in anybody's notation."""

from __future__ import annotations

from datetime import timedelta

from installer.samples.reduction.case import CUT, FIXED, NONE, SCHEDULE, Case
from installer.samples.reduction.people import Person
from installer.samples.shared.days import Months

PRISON, BATCH = "例县监狱", "2026年第四批"
MIDDLE, HIGH = "例州市中级人民法院", "例省高级人民法院"
FLAGS = ("累犯", "毒品再犯", "限制减刑", "终身监禁", "国家工作人员")
BETWEEN_JUDGMENT_AND_EFFECT = timedelta(days=11)
BETWEEN_CRIME_AND_DETENTION = timedelta(days=20)
ONE_DAY = timedelta(days=1)
STATES = {"执行完毕": "已全部履行", "终结执行": "终结执行", "分期未到期": "分期履行，未逾期"}


def proposal(person: Person) -> dict[str, object]:
    """All cells of one proposal by the contract's column names."""
    case = person.case
    return {**_who(person), **_sentence(case), **_strictness(case), **_paying(case), **_asked(case), **_procedure(case)}


def _who(person: Person) -> dict[str, object]:
    return {
        "罪犯编号": person.number,
        "姓名": person.name,
        "性别": "男",
        "出生日期": person.born,
        "身份证号码": person.id_number,
        "监狱": PRISON,
        "监区": person.ward,
        "批次": BATCH,
    }


def _sentence(case: Case) -> dict[str, object]:
    return {
        "罪名": case.offence,
        "数罪并罚": "是" if case.offence_terms else "否",
        "各罪刑期": case.offence_terms,
        "犯罪时间": case.crime or case.began - BETWEEN_CRIME_AND_DETENTION,
        "判决日期": case.effective - BETWEEN_JUDGMENT_AND_EFFECT,
        "判决生效日期": case.effective,
        "送交执行日期": case.delivered,
        "死缓期满日期": case.suspension_ended,
        "原判刑种": case.kind,
        "原判刑期": Months(case.months) if case.kind == FIXED else case.kind,
        "刑期起日": case.first_day,
        "刑期止日": case.ends[-1] if case.ends else None,
        "附加剥夺政治权利": case.deprivation,
    }


def _strictness(case: Case) -> dict[str, object]:
    flags: dict[str, object] = {flag: "是" if flag in case.flags else "否" for flag in FLAGS}
    return {**flags, "职务级别": case.rank, "从严情形": case.strict, "从宽情形": case.lenient}


def _paying(case: Case) -> dict[str, object]:
    if not case.debts:
        return {"财产性判项": NONE, "履行情况": NONE}
    states = {each.state for each in case.debts}
    known = any(each.due for each in case.debts)
    return {
        "财产性判项": "；".join(f"{each.kind}{each.due}元" if each.due else each.kind for each in case.debts),
        "应缴金额": sum(each.due or 0 for each in case.debts) if known else None,
        "已缴金额": sum(each.paid or 0 for each in case.debts) if known else None,
        "履行情况": STATES.get(next(iter(states)), "部分履行") if len(states) == 1 else "部分履行",
    }


def _asked(case: Case) -> dict[str, object]:
    """What is proposed: time off, a term in place of life, life in place of death, or parole."""
    row: dict[str, object] = {
        "历次减刑情况": case.written_history or ("详见附表" if case.history else NONE),
        "悔改立功情形": case.merit,
        "考核起日": case.assessed[0],
        "考核止日": case.assessed[1],
        "表扬次数": len(case.cycles) + case.counted_twice,
        "提请类型": "假释" if case.parole else CUT,
        **dict.fromkeys(("提请减刑幅度", "减后刑期", "减后刑期止日", "减后剥夺政治权利"), "/"),
    }
    if case.parole:
        return row
    row["减后剥夺政治权利"] = case.deprivation_after or (NONE if case.deprivation == NONE else "剥夺政治权利期限不变")
    if case.new_end is not None:
        return {**row, "提请减刑幅度": Months(case.proposed), "减后刑期止日": case.new_end}
    if not case.proposed:
        return {**row, "提请减刑幅度": "减为无期徒刑", "减后刑期": "无期徒刑"}
    return {**row, "提请减刑幅度": Months(case.proposed, "减为有期徒刑"), "减后刑期": Months(case.proposed)}


def _procedure(case: Case) -> dict[str, object]:
    reviewed, notice_from, notice_to = case.schedule or SCHEDULE[case.filed]
    ruled, served = case.ruled or (None, None)
    return {
        "评审日期": reviewed,
        "公示起日": notice_from,
        "公示止日": notice_to,
        "报请日期": case.filed,
        "检察院收到日期": case.filed + ONE_DAY,
        "法院": HIGH if case.kind != FIXED and case.to_term is None else MIDDLE,
        "审理方式": "书面审理" if ruled else None,
        "裁定日期": ruled,
        "裁定送达日期": served,
        "裁定结果": "裁定准许" if ruled else None,
    }
