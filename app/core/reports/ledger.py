"""The ledger workbook: every finding, every conclusion, and what could not be judged."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.core.findings import CaseReview, Evidence, Outcome
from app.core.reports.sheet import write_sheet
from app.core.store.views import Ended, StoredFinding
from app.core.workbook import new_book

EMPTY = "（空）"
MODEL = "MX-"  # people know a supervision model by its name, not by its number
# Column label → width in characters. What became of the documents about a finding stands at the end of its line.
FATE_COLUMNS = {
    "文书文号": 26,
    "制发日期": 11,
    "送达日期": 11,
    "回复日期": 11,
    "采纳情况": 9,
    "整改日期": 11,
    "回头看日期": 11,
    "办结日期": 11,
}
FINDING_COLUMNS = {
    "序号": 5,
    "姓名": 10,
    "罪犯编号": 13,
    "身份证号码": 20,
    "案件": 18,
    "被监督单位": 16,
    "规则": 9,
    "名称": 16,
    "级别": 6,
    "轻重": 6,
    "危害": 6,
    "线索": 48,
    "计算过程": 48,
    "依据": 36,
    "来源": 44,
    "建议文书": 18,
    "首次发现": 11,
    "状态": 8,
    "理由": 20,
    "核查人": 9,
    "核查日期": 11,
    "复核人": 9,
    **FATE_COLUMNS,
}
CASE_COLUMNS = {
    "罪犯编号": 13,
    "姓名": 10,
    "案件": 22,
    "单位": 16,
    "结论": 14,
    "理由（规则）": 24,
    "合法的最大幅度": 18,
    "未能判断（规则）": 30,
}
LACK_COLUMNS = {
    "罪犯编号": 13,
    "姓名": 10,
    "案件": 22,
    "规则": 9,
    "名称": 20,
    "缺少": 40,
    "由谁提供": 16,
}

ENDED_COLUMNS = {
    "姓名": 10,
    "罪犯编号": 13,
    "身份证号码": 20,
    "案件": 18,
    "被监督单位": 16,
    "规则": 9,
    "名称": 16,
    "原来的线索": 48,
    "结果": 16,
    "说明": 50,
    "来源": 44,
    "日期": 12,
    "状态": 8,
    "理由": 20,
}


NO_FATES: Mapping[str, Sequence[str]] = {}


def ledger(
    findings: Iterable[StoredFinding],
    reviews: Sequence[CaseReview],
    ended: Sequence[Ended] = (),
    fates: Mapping[str, Sequence[str]] = NO_FATES,
) -> bytes:
    """The workbook as bytes: 线索, 审查结论, 未能判断, and, where leads ended, 不再成立的线索.

    `fates` tells by the key of a finding what became of the documents about it, in the order of `FATE_COLUMNS`.
    """
    none = ("",) * len(FATE_COLUMNS)
    lines = ((str(n), *_finding(each), *fates.get(each.key, none)) for n, each in enumerate(findings, 1))
    stream = io.BytesIO()
    with new_book(stream) as book:
        write_sheet(book, "线索", FINDING_COLUMNS, lines, ("序号",))
        write_sheet(book, "审查结论", CASE_COLUMNS, map(_case, reviews))
        write_sheet(book, "未能判断", LACK_COLUMNS, (row for each in reviews for row in _lacks(each)))
        if ended:
            write_sheet(book, "不再成立的线索", ENDED_COLUMNS, map(_ended, ended))
    return stream.getvalue()


def _finding(each: StoredFinding) -> tuple[str, ...]:
    verdict, person = each.verdict, each.person
    return (
        person.name,
        person.prisoner_no,
        person.id_number,
        each.case,
        each.unit,
        verdict.rule,
        verdict.rule_name,
        str(verdict.level or ""),
        str(verdict.gravity or ""),
        str(verdict.harm or ""),
        verdict.message,
        "\n".join(verdict.steps),
        "\n".join(f"{basis.law}{basis.article}" for basis in verdict.basis),
        _places(verdict.evidence),
        verdict.document or "",
        each.first_seen[:10],
        str(each.state),
        each.why,
        each.decided_by,
        each.decided_at[:10],
        each.checked_by,
    )


def _ended(each: Ended) -> tuple[str, ...]:
    lead = each.finding
    return (
        lead.person.name,
        lead.person.prisoner_no,
        lead.person.id_number,
        lead.case,
        lead.unit,
        lead.verdict.rule,
        lead.verdict.rule_name,
        lead.verdict.message,
        each.how,
        each.says,
        _places(each.evidence),
        each.ended_at[:10],
        str(lead.state),
        lead.why,
    )


def _places(cells: Iterable[Evidence]) -> str:
    """Where the words of a finding stand, a line a row of a list: its file, sheet and row, then the cells."""
    lines: dict[str, list[str]] = defaultdict(list)
    for each in cells:
        lines[f"{each.file}《{each.sheet}》第{each.row}行"].append(f"{each.column}：{each.raw or EMPTY}")
    return "\n".join(f"{row} {'；'.join(dict.fromkeys(told))}" for row, told in lines.items())


def _case(review: CaseReview) -> tuple[str, ...]:
    unasked = [each for each in review.verdicts if each.outcome is Outcome.NOT_EVALUATED]
    lacking = [each.rule_name if each.rule.startswith(MODEL) else each.rule for each in unasked]
    person = review.person
    reasons, lacks = "、".join(review.reasons), "、".join(lacking)
    return (
        person.prisoner_no,
        person.name,
        review.case,
        review.unit,
        str(review.conclusion),
        reasons,
        review.largest_lawful,
        lacks,
    )


def _lacks(review: CaseReview) -> Iterable[tuple[str, ...]]:
    person = review.person
    for each in review.verdicts:
        if each.outcome is Outcome.NOT_EVALUATED:
            yield (
                person.prisoner_no,
                person.name,
                review.case,
                each.rule,
                each.rule_name,
                "、".join(each.missing),
                each.holder,
            )
