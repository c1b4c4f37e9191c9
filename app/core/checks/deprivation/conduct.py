"""Conduct that the rules of execution forbid, and whether it was answered."""

from __future__ import annotations

import re

from app.core.checks.deprivation.book import CORRECT, RULES, deprived, periods
from app.core.checks.deprivation.case import Matter
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict

FORBIDDEN = re.compile(r"集会|游行|示威|结社|出版|采访|演说|演讲|有害言论|有害信息|煽动|政治谣言|损害国家")
PENALTY = re.compile(r"拘留|罚款|警告(?!书)|吊销")
ONLY_TALK = re.compile(r"批评教育|训诫|告诫|教育|口头")
DROPPED = re.compile(r"不予处罚|撤销|免予|不执行|终止")


@RULES.rule(
    *("BQ-26", "违反监督规定未处罚", "CL-58.2"),
    when=deprived,
    about=("T12",),
    harm=Harm.PROCEDURE,
    document=CORRECT,
)
def not_punished(case: Matter, why: Why) -> Verdict:
    """What the rules of execution forbid is answered by the police."""
    lacking: list[str] = []
    for row in case.rows("T12"):
        if not FORBIDDEN.search(word_of(row, "case_cause")):
            continue
        day, penalty = day_of(row, "violated_on"), word_of(row, "penalty")
        if day is None or not penalty:
            lacking += ["违法行为发生时间"] if day is None else ["处罚种类及幅度"]
            continue
        if not case.known:
            periods(case, why)
        if case.deprived(day) is False or PENALTY.search(penalty) or DROPPED.search(penalty):
            continue
        why.see(row, "violated_on", "case_cause", "penalty")
        periods(case, why)
        why.cite_on(day, "PSP-312", "PSP-313", "PSL25-72.4", "PSL12-60.4")
        message = f"剥夺政治权利期间{day}{word_of(row, 'case_cause')}，处理为“{penalty}”，没有治安管理处罚"
        sure = case.deprived(day) and ONLY_TALK.search(penalty)
        return why.unlawful(message) if sure else why.doubt(f"{message}，请核对")
    if lacking:
        raise Missing(*dict.fromkeys(lacking), holder="公安机关")
    return why.lawful("没有违反监督规定而未处罚的行为")
