"""The verdicts of one case in the words a template asks for: every check, what was found, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.documents.cited import cited
from app.core.documents.dictionary import BLANK
from app.core.documents.phrases import on_paper
from app.core.findings import Basis, CaseReview, Conclusion, DaySpan, Evidence, Level, Outcome, Verdict
from app.core.values.numerals import in_chinese

ORDER = tuple(Level)  # as they are listed: unlawful first
NOT_READ = "（依据待核）"
EMPTY_CELL = "（空）"
NOBODY = "—"  # who has what only more cases could tell


def result_words(case: CaseReview) -> dict[str, object]:
    """The lists and counts of one review."""
    found = sorted(_of(case, Outcome.FOUND), key=lambda each: ORDER.index(each.level or Level.DATA))
    lacks = _of(case, Outcome.NOT_EVALUATED)
    apart = _of(case, Outcome.NOT_APPLICABLE)
    asked = [each for each in case.verdicts if each.outcome is not Outcome.NOT_APPLICABLE]
    by_level = {level: [each for each in found if each.level is level] for level in Level}
    reasons = [each for each in (*found, *lacks) if each.rule in case.reasons]
    undecided = [each for each in lacks if each in reasons] if case.conclusion is Conclusion.UNDECIDED else []
    return {
        "审查事项数": str(len(asked)),
        "合规数": str(len(_of(case, Outcome.LAWFUL))),
        **{f"{level.value}数": str(len(each)) for level, each in by_level.items()},
        "未能判断数": str(len(lacks)),
        "不适用数": str(len(apart)),
        "审查事项": _rows(asked),
        "需说明的问题": _rows(found),
        "违法问题": _rows(by_level[Level.UNLAWFUL]),
        "需核实问题": _rows(by_level[Level.DOUBT]),
        "结论理由": _rows(reasons),
        "未能判断的事项": _lacks(lacks),
        "关键未判断事项": _together(undecided),
        "刑期各段": [_span(n, each) for n, each in enumerate(case.days, 1)],
        "未排入的期间": list(case.unplaced),
        "不适用事项": [{"规则号": each.rule, "事项": each.rule_name, "原因": "；".join(each.steps)} for each in apart],
    }


def _span(n: int, span: DaySpan) -> dict[str, object]:
    return {
        "序号": str(n),
        "状态": span.status,
        "起日": on_paper(span.start),
        "止日": on_paper(span.last),
        "日数": str(span.days),
        "备注": span.note,
    }


def _of(case: CaseReview, outcome: Outcome) -> list[Verdict]:
    return [each for each in case.verdicts if each.outcome is outcome]


def _rows(verdicts: Iterable[Verdict]) -> list[dict[str, object]]:
    return [_row(n, each) for n, each in enumerate(verdicts, 1)]


def _row(n: int, verdict: Verdict) -> dict[str, object]:
    return {
        "序号": str(n),
        "中文序号": in_chinese(n),
        "规则号": verdict.rule,
        "事项": verdict.rule_name,
        "结论": verdict.level.value if verdict.level else verdict.outcome.value,
        "程度": verdict.gravity.value if verdict.gravity else "",
        "说明": _message(verdict),
        "计算过程": list(verdict.steps),
        "依据": list(dict.fromkeys(_provision(each) for each in verdict.basis)),
        "证据": [_cell(each) for each in verdict.evidence],
    }


def _message(verdict: Verdict) -> str:
    """One clause without its full stop; what is missing when the rule could not be asked."""
    if verdict.outcome is Outcome.NOT_EVALUATED:
        return f"缺少{'、'.join(verdict.missing) or BLANK}"
    return verdict.message.rstrip("。")


def _provision(basis: Basis) -> str:
    return f"{cited(basis.law, basis.article)}{'' if basis.certainty == 'V' else NOT_READ}"


def _cell(evidence: Evidence) -> dict[str, object]:
    return {
        "文件": evidence.file,
        "工作表": evidence.sheet,
        "行": str(evidence.row),
        "列": evidence.column,
        "原文": evidence.raw.strip() or EMPTY_CELL,
        "读作": evidence.value if evidence.value != evidence.raw.strip() else "",
    }


def _lacks(verdicts: Iterable[Verdict]) -> list[dict[str, object]]:
    """Rows of what could not be judged: what is missing and which office has it."""
    return [_lacking(n, [each]) for n, each in enumerate(verdicts, 1)]


def _together(verdicts: Iterable[Verdict]) -> list[dict[str, object]]:
    """The same with one row for all that the same thing is missing for."""
    groups: dict[tuple[tuple[str, ...], str], list[Verdict]] = {}
    for each in verdicts:
        groups.setdefault((each.missing, each.holder), []).append(each)
    return [_lacking(n, group) for n, group in enumerate(groups.values(), 1)]


def _lacking(n: int, alike: Sequence[Verdict]) -> dict[str, object]:
    return {
        "序号": str(n),
        "规则号": "、".join(each.rule for each in alike),
        "事项": "、".join(each.rule_name for each in alike),
        "缺少的材料": "、".join(alike[0].missing),
        "持有单位": alike[0].holder or NOBODY,
    }
