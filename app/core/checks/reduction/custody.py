"""Family D, what moves the end of a term besides commutation: credit for custody, and days that do not count."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.history import HEAVY
from app.core.checks.reduction.told import REMARKS, delivered, said
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.offences import plain
from app.core.sentence.credit import ends_of_days
from app.core.sentence.terms import end_of_term, move_back
from app.core.values import SentenceKind
from app.core.values.numerals import NUMERAL, read_number

RELEASED = re.compile(r"取保候审|监视居住|变更强制措施|释放")
EXPLAINED = re.compile(r"取保候审|监视居住|行政拘留|留置|折抵|多次羁押|分段羁押|释放|逮捕归案|另行羁押")
AWAY = re.compile(r"脱逃|逃脱|不计入|暂予监外执行[^,，。；;]{0,12}(?:贿赂|虚假|伪造)")
_DAYS = re.compile(rf"(?:脱逃|逃脱|不计入[^\d{{}}]{{0,8}}?|扣除刑期)({NUMERAL})(?:日|天)")
OPINION = "减刑提请检察意见书"


def fixed_term(case: ReductionCase) -> str:
    """Applies to an original fixed term or detention, whose custody is credited day for day."""
    if case.stage is not Stage.FIXED:
        return "无期徒刑、死缓的先行羁押不折抵刑期"
    return "管制的先行羁押一日折抵二日" if case.original_kind is SentenceKind.CONTROL else ""


@RULES.rule("JX-D15", "羁押折抵异常", "B00-1", "CL-47", when=fixed_term)
def credit(case: ReductionCase, why: Why) -> Verdict:
    """The term begins on the first day of custody; a release in between moves its end."""
    start, detained, days = case.day("sentence_start"), case.day("detained_on"), case.proposal["credit_days"]
    why.see(case.proposal, "sentence_start", "detained_on", "credit_days", "delivered_on", "effective_on", REMARKS)
    if start is None:
        raise Missing("刑期起日")
    if detained is None and not isinstance(days, int):
        raise Missing("羁押起日或者折抵天数")
    told = said(case, EXPLAINED, REMARKS)
    if detained is not None and detained != start:
        why.step(f"羁押起日 {detained}，刑期起日 {start}，相差{abs((start - detained).days)}日")
        if told:
            return why.lawful(f"备注有说明：{told}")
        return why.doubt("刑期起日不是羁押之日，又没有说明原因，须核对羁押和折抵")
    if detained is None:
        assert isinstance(days, int)
        if not _credited(case, why, start, days):
            why.step(f"刑期起日 {start}，折抵{days}日，与判决、送交之日都对不上")
            if told:
                return why.lawful(f"备注有说明：{told}")
            return why.doubt("刑期起日与折抵天数对不上，须核对羁押和折抵")
    _both_ways(case, why, start)
    released = said(case, RELEASED, REMARKS)
    if released and not _moved(case, start):
        why.step(f"备注：{released}；刑期止日按连续羁押计算，没有顺延")
        return why.doubt("羁押期间曾变更强制措施，刑期止日没有顺延，须核实")
    return why.lawful("刑期自羁押之日起算")


def _credited(case: ReductionCase, why: Why, start: date, days: int) -> bool:
    """Whether the start lies as many days before the judgment's execution as are credited, by any of its days."""
    slack = why.number("tolerance_days")
    known = [case.day(each) for each in ("judged_on", "effective_on", "delivered_on")]
    if all(each is None for each in known):
        raise Missing("判决生效日期或者送交执行日期")
    return any(each is not None and abs((each - start).days - days) <= slack for each in known)


def _both_ways(case: ReductionCase, why: Why, start: date) -> None:
    """Show the end by both lawful methods where the credited days are known and nothing has moved it since."""
    days, term, end = case.proposal["credit_days"], case.original_term, case.day("sentence_end")
    if not isinstance(days, int) or term is None or end is None or case.history or case.history_gap:
        return
    if excluded_days(case) != 0:
        return
    both = ends_of_days(term, start + timedelta(days=days), days, start)
    why.see(case.proposal, "sentence", "sentence_end")
    why.step(
        f"顺延法：自羁押之日 {start} 起算{term} → {both.extended}；"
        f"折抵法：自执行之日 {both.executed} 起算{term}，再减{days}日 → {both.deducted}"
    )
    why.step(f"两种算法相差{abs(both.apart)}日")
    if beyond := both.beyond(end):
        told = "晚" if beyond > 0 else "早"
        harm = Harm.HELD_TOO_LONG if beyond > 0 else Harm.HELD_TOO_SHORT
        why.step(f"填报止日 {end} 比两种算法都{told}{abs(beyond)}日（{harm.value}）")


def _moved(case: ReductionCase, start: date) -> bool:
    """Whether the end lies later than unbroken custody would have it; True where that cannot be told."""
    end, term = case.day("sentence_end"), case.original_term
    if end is None or term is None or case.history or case.history_gap:
        return True
    return end > end_of_term(start, term)


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
    "JX-D16", "不计入刑期的期间未顺延", "CPL-268", "CPI-518", harm=Harm.HELD_TOO_SHORT, document="纠正违法通知书"
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
    end, start, term = case.day("sentence_end"), case.day("sentence_start"), case.original_term
    if case.original_kind in HEAVY:
        why.step("由无期徒刑、死缓减为有期徒刑的，须据裁定核算")
        return why.doubt(f"有{days}日不计入刑期，是否已经顺延须核对裁定")
    if end is None or start is None or term is None:
        names = (("刑期止日", end), ("刑期起日", start), ("原判刑期", term))
        raise Missing(*(name for name, value in names if value is None))
    if case.history_gap:
        raise Missing(f"历次减刑情况（{case.history_gap}）")
    plain_end = move_back(end_of_term(start, term), case.reduced)
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
