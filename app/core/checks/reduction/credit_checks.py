"""Family D, credit for custody: every day once, the end by both lawful methods, and days that do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.cell_custody import Spell
from app.core.checks.reduction.crediting import (
    FIELD,
    Account,
    account,
    counted_as,
    custody_told,
    executed_on,
    spells_of,
)
from app.core.checks.reduction.custody import excluded_days
from app.core.checks.reduction.custody_rows import SEEN, spells_in_registers
from app.core.checks.reduction.day_faults import in_custody, tell
from app.core.checks.reduction.told import REMARKS, said
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Level, Verdict
from app.core.records import Record
from app.core.sentence.credit import HALVES_IN_DAY, Ends, Measure, ends_of_days
from app.core.sentence.terms import ONE_DAY, end_of_term, move_back
from app.core.values import SentenceKind

RELEASED = re.compile(r"取保候审|监视居住|变更强制措施|释放")
EXPLAINED = re.compile(r"取保候审|监视居住|行政拘留|留置|折抵|多次羁押|分段羁押|释放|逮捕归案|另行羁押")
CITES = ("B00-1", "CL-47")
MEASURE_CITES = {
    Measure.DESIGNATED: "CPL-76",
    Measure.SUPERVISORY: "SUP-44",
    Measure.ADMINISTRATIVE: "APL-35",
}
KIND_CITES = {SentenceKind.CONTROL: "CL-41", SentenceKind.DETENTION: "CL-44"}


def fixed_term(case: ReductionCase) -> str:
    """Applies to an original term whose custody is credited; control only where its custody is told of."""
    if case.stage is not Stage.FIXED:
        return "无期徒刑、死缓的先行羁押不折抵刑期"
    if case.original_kind is SentenceKind.CONTROL and not spells_of(case):
        return "管制的先行羁押一日折抵二日，没有提供强制措施情况，不予核算"
    return ""


@RULES.rule("JX-D15", "羁押折抵异常", *CITES, when=fixed_term)
def credit_fits(case: ReductionCase, why: Why) -> list[Verdict]:
    """The term begins on the first day of custody; what was no custody moves its end, and every day has one status."""
    found = [_by_spells(case, why, spells_of(case)) if spells_of(case) else _by_columns(case, why)]
    for each in in_custody(case):
        if not each.gap or spells_of(case) or not found[0].level:  # else the first verdict has told of the gap
            apart = why.apart()
            apart.cite(*CITES)
            apart.see(case.proposal, FIELD, "detained_on", "sentence_start", "delivered_on")
            found.append(tell(each, apart))
    return found


def _by_columns(case: ReductionCase, why: Why) -> Verdict:
    """By the first day of custody or the number of days credited, where the stretches are not told."""
    start, detained, days = case.day("sentence_start"), case.day("detained_on"), case.proposal["credit_days"]
    why.see(case.proposal, "sentence_start", "detained_on", "credit_days", "delivered_on", "effective_on", REMARKS)
    if start is None:
        raise Missing("刑期起日")
    if detained is None and not isinstance(days, int):
        if not custody_told(case).unread and (rows := spells_in_registers(case)):
            return _by_registers(case, why, rows)
        unread = custody_told(case).unread
        raise Missing(f"强制措施情况（有未能读懂的内容：{'；'.join(unread)}）" if unread else "羁押起日或者折抵天数")
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


def _by_registers(case: ReductionCase, why: Why, rows: tuple[tuple[Spell, Record], ...]) -> Verdict:
    """By the stretches of the registers of measures and stays; they need not be whole, so that they only prompt."""
    for _, row in rows:
        why.see(row, *SEEN)
    why.step("名单没有写强制措施情况，据监所出入、强制措施登记推算")
    found = _by_spells(case, why, tuple(each for each, _ in rows))
    if found.level is not Level.DOUBT:
        return found
    return why.hint(f"{found.message}（据监所出入、强制措施登记推算，登记不全的请补充）")


def _by_spells(case: ReductionCase, why: Why, spells: tuple[Spell, ...]) -> Verdict:
    """By the stretches themselves: their sum, both ends, and the stated start and end beside them."""
    start = case.day("sentence_start")
    why.see(case.proposal, FIELD, "sentence_start", "sentence_end", "sentence", "delivered_on", "effective_on")
    if start is None:
        raise Missing("刑期起日")
    if executed_on(case) is None:
        raise Missing("送交执行日期或者判决生效日期")
    mine = account(case, spells)
    if mine is None:
        raise Missing("原判刑期")
    why.cite(*[MEASURE_CITES[each.measure] for each in spells if each.measure in MEASURE_CITES])
    if case.original_kind in KIND_CITES:
        why.cite(KIND_CITES[case.original_kind])
    _tell_credit(why, mine)
    if start not in (mine.first, mine.executed, _backdated(mine)):
        why.step(f"首次羁押之日 {mine.first}，执行之日 {mine.executed}，执行之日扣除折抵后为 {_backdated(mine)}")
        why.step(f"填报刑期起日 {start}，与以上各日都不一致")
        return why.doubt("刑期起日与强制措施情况对不上，须核对羁押和折抵")
    return _against_end(case, why, mine, spells)


def _backdated(mine: Account) -> date:
    return mine.executed - timedelta(days=mine.credit.days)


def _tell_credit(why: Why, mine: Account) -> None:
    found, both = mine.credit, mine.ends
    for each in found.stretches:
        worth = _days(each.days * each.rate)
        names = "、".join(each.measures)
        last = each.until - ONE_DAY
        twice = "，只计一次" if len(each.measures) > 1 else ""
        counted = f"折抵{worth}" if each.rate else "不折抵"
        why.step(f"{names} {each.start} 至 {last}，{each.days}日，{counted}{twice}")
    why.step(f"合计折抵{found.days}日")
    if found.odd:
        why.step("指定居所监视居住余一日，不足折抵一日，如何处理没有规定，未计入")
    why.step(
        f"顺延法：自 {both.first} 起算，未折抵的日数顺延 → {both.extended}；"
        f"折抵法：自执行之日 {both.executed} 起算，再减{both.credited}日 → {both.deducted}"
    )
    if not both.apart:
        why.step("两种算法结果相同")
    else:
        sooner = "顺延法" if both.apart > 0 else "折抵法"
        why.step(f"两种算法相差{abs(both.apart)}日，{sooner}的止日较早，对罪犯有利")


def _days(halves: int) -> str:
    whole, odd = divmod(halves, HALVES_IN_DAY)
    return f"{whole}日半" if odd else f"{whole}日"


def _against_end(case: ReductionCase, why: Why, mine: Account, spells: tuple[Spell, ...]) -> Verdict:
    """The stated end beside both lawful ones, moved by what is known to have moved it since."""
    end, excluded = case.day("sentence_end"), excluded_days(case)
    if end is None or excluded is None or case.history_gap:
        why.step("刑期止日以后的变动不明，没有与填报的止日比较")
        return why.lawful("折抵已经列明")
    words = [text for text, told in (("扣除已减刑期", case.reductions), ("加上不计入刑期的日数", excluded)) if told]
    moved = f"，{'、'.join(words)}以后，" if words else ""
    off = _beyond(case, mine.ends, end, excluded)
    if not off and any(each.measure is Measure.ADMINISTRATIVE and each.same_act is None for each in spells):
        return why.hint("填报止日与折抵的结果相符；行政拘留是否因同一行为没有写明，请核对")
    if not off:
        return why.lawful(f"填报止日 {end}{moved}与两种算法之一相符或者在其间")
    told = f"晚{off}日（{Harm.HELD_TOO_LONG.value}）" if off > 0 else f"早{-off}日（{Harm.HELD_TOO_SHORT.value}）"
    why.step(f"填报止日 {end}{moved}比两种算法都{told}")
    for text, other in _other_ways(case, spells, mine):
        if not _beyond(case, other.ends, end, excluded):
            why.step(f"如{text}，则折抵{other.credit.days}日，与填报止日相符")
            return why.doubt(f"刑期止日比依法折抵的结果{told}，与“{text}”的算法相符，须核实")
    if abs(off) <= why.number("tolerance_days"):
        return why.hint(f"刑期止日与折抵的结果相差{abs(off)}日，分段羁押的起止日算法可能不同，请核对")
    return why.doubt(f"刑期止日比依法折抵的结果{told}，须核对羁押和折抵")


def _beyond(case: ReductionCase, both: Ends, end: date, excluded: int) -> int:
    """Days the stated end lies after both lawful ends, or before both when negative."""
    ways = sorted(move_back(each, case.reduced) + timedelta(days=excluded) for each in (both.deducted, both.extended))
    return (end - ways[1]).days if end > ways[1] else min((end - ways[0]).days, 0)


def _other_ways(case: ReductionCase, spells: tuple[Spell, ...], mine: Account) -> Iterable[tuple[str, Account]]:
    """What the stated end may have been reckoned with: measures counted for more or less than they are worth."""
    measures = {each.measure for each in spells}
    ways: list[tuple[str, tuple[Spell, ...], bool]] = []
    if Measure.BAIL in measures:
        ways.append(("取保候审期间也按羁押折抵", counted_as(spells, Measure.BAIL, Measure.ARREST), True))
    if Measure.HOME in measures:
        ways.append(("监视居住期间也按羁押折抵", counted_as(spells, Measure.HOME, Measure.ARREST), True))
        ways.append(("监视居住按指定居所监视居住折抵", counted_as(spells, Measure.HOME, Measure.DESIGNATED), True))
    if Measure.DESIGNATED in measures:
        ways.append(
            ("指定居所监视居住按羁押一日折抵一日", counted_as(spells, Measure.DESIGNATED, Measure.ARREST), True)
        )
        ways.append(("指定居所监视居住没有折抵", counted_as(spells, Measure.DESIGNATED, Measure.BAIL), True))
    if any(each.measure is Measure.ADMINISTRATIVE and each.same_act is None for each in spells):
        ways.append(("行政拘留不是因同一行为、没有折抵", spells, False))
    elif Measure.ADMINISTRATIVE in measures:
        ways.append(("行政拘留没有折抵", counted_as(spells, Measure.ADMINISTRATIVE, Measure.BAIL), True))
        ways.append(("行政拘留一并折抵", counted_as(spells, Measure.ADMINISTRATIVE, Measure.ARREST), True))
    if mine.credit.stretches:
        whole = (Spell(Measure.ARREST, mine.first, None),)
        ways.append(("自首次羁押之日起连续计算、中间没有扣除", whole, True))
    for text, way, same_act in ways:
        found = account(case, way, same_act=same_act)
        if found is not None:
            yield text, found
