"""Family D, what moves the end of a term besides commutation: days that do not count."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.history import HEAVY
from app.core.checks.reduction.told import REMARKS, delivered, said
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.offences import plain
from app.core.sentence.terms import move_back
from app.core.values.numerals import NUMERAL, read_number

AWAY = re.compile(r"脱逃|逃脱|不计入|暂予监外执行[^,，。；;]{0,12}(?:贿赂|虚假|伪造)")
_DAYS = re.compile(rf"(?:脱逃|逃脱|不计入[^\d{{}}]{{0,8}}?|扣除刑期)({NUMERAL})(?:日|天)")


def excluded_days(case: ReductionCase) -> int | None:
    """The days that do not count as served: of their column, else as 备注 tells; None when they are not known."""
    days = case.proposal["excluded_days"]
    if isinstance(days, int):
        return days
    text = plain(text_of(case.proposal, REMARKS))
    found = [read_number(each) for each in _DAYS.findall(text)]
    if found and all(each is not None for each in found):
        return sum(int(each) for each in found if each is not None)
    if said(case, AWAY, REMARKS):
        return None
    return 0


@RULES.rule(
    "JX-D16",
    "不计入刑期的期间未顺延",
    "CL-47",
    "CPL-268",
    "CPI-518",
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def days_not_counted(case: ReductionCase, why: Why) -> Verdict:
    """Days of escape and the like do not count as served: the end of the term moves by as many."""
    why.see(case.proposal, "excluded_days", "sentence_start", "sentence_end", "sentence", REMARKS)
    days = excluded_days(case)
    if days is None:
        raise Missing("不计入刑期天数")
    if not days:
        if not delivered(case) and not delivered(case, "excluded_days"):
            raise Missing("不计入刑期天数")
        return why.lawful("没有不计入刑期的期间")
    end, start, term = case.day("sentence_end"), case.term_start, case.term
    if case.original_kind in HEAVY:
        why.step("由无期徒刑、死缓减为有期徒刑的，须据裁定核算")
        return why.doubt(f"有{days}日不计入刑期，是否已经顺延须核对裁定")
    if end is None or start is None or term is None:
        names = (("刑期止日", end), ("刑期起日", start), ("原判刑期", term))
        raise Missing(*(name for name, value in names if value is None))
    if case.history_gap:
        raise Missing(f"历次减刑情况（{case.history_gap}）")
    plain_end = move_back(served_until(case, start, term), case.reduced)
    owed = plain_end + timedelta(days=days)
    why.step(f"刑期起日 {start}＋{term}－已减{case.reduced or '零'} → {plain_end}；加{days}日 → {owed}；填报 {end}")
    slack = why.law.number("tolerance_days", why.day)
    if abs((end - owed).days) <= min(slack, days - 1):
        return why.lawful("已经顺延")
    if abs((end - plain_end).days) <= slack:
        return why.unlawful(f"有{days}日不计入刑期，刑期止日没有顺延", harm=Harm.HELD_TOO_SHORT)
    return why.doubt(f"有{days}日不计入刑期，刑期止日与顺延后的结果相差{abs((end - owed).days)}日，须核实")


def extended(case: ReductionCase, end: date) -> date:
    """An end date with the days added that do not count; unchanged where they are not known."""
    days = excluded_days(case) or 0
    return end + timedelta(days=days)
