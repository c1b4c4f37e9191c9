"""Custody before the term as one cell tells it: ranges with a measure, or days from which a measure held.

`2018.1.10-2018.2.13刑事拘留；2018.2.13-2018.7.9逮捕` and `于2018年1月10日被刑事拘留，同年2月13日被逮捕` say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.law.offences import parted
from app.core.sentence.credit import Measure
from app.core.sentence.terms import ONE_DAY
from app.core.values.dates import parse_date
from app.core.values.numerals import NUMERAL, read_number

NOTHING = frozenset({"", "无", "没有", "/", "—", "-", "未羁押", "未被羁押", "未采取", "无先行羁押", "没有先行羁押"})
_DIGITS = "〇○零一二三四五六七八九十"
_DAY = (
    rf"\d{{4}}[年./-]\d{{1,2}}[月./-]\d{{1,2}}日?|(?<!\d)\d{{8}}(?!\d)|[{_DIGITS}]{{4}}年[{_DIGITS}]{{1,3}}月[{_DIGITS}]{{1,3}}日"
    rf"|(?:[同当次翌]年)?[\d{_DIGITS}]{{1,3}}月[\d{_DIGITS}]{{1,3}}日|[同当]月[\d{_DIGITS}]{{1,3}}日|[同当次翌]日"
)
_TOKEN = re.compile(
    rf"(?P<day>{_DAY})"
    rf"|(?P<administrative>(?:行政|治安)拘留|行拘)"
    rf"|(?P<detention>刑事拘留|刑拘|(?<!司法)拘留)"
    rf"|(?P<arrest>逮捕)|(?P<supervisory>留置)|(?P<designated>指定居所监视居住|指居)|(?P<home>监视居住)"
    rf"|(?P<bail>取保候审|取保)|(?P<held>羁押|关押|收押)"
    rf"|(?P<executed>送监|投监|入监|送交|交付执行|投劳)|(?P<end>释放|解除|出所|期满)"
    rf"|(?P<length>(?<![共计抵])(?P<count>{NUMERAL})[日天])|(?P<to>至今|[至到~～—–-]+)|(?P<rest>\d+|司法拘留)"
)
_MEASURES = {
    "administrative": Measure.ADMINISTRATIVE,
    "detention": Measure.DETENTION,
    "arrest": Measure.ARREST,
    "supervisory": Measure.SUPERVISORY,
    "designated": Measure.DESIGNATED,
    "home": Measure.HOME,
    "bail": Measure.BAIL,
    "held": Measure.DETENTION,
}
_BREAK = re.compile(r"[;,。、\n]")
_TOTAL = re.compile(rf"(?:共计?|合计|计|折抵)(?:刑期)?{NUMERAL}[日天]")
_NOT_CUSTODY = re.compile(r"判决|宣判|生效|抓获|到案|归案|投案|自首|传唤|批准|送达")
_NOW = re.compile(r"现(?:被)?(?:羁押|关押|押|在)")
_SAME_ACT = re.compile(r"同一(?:违法)?(?:行为|事实)|因本案|本案行为")
_OTHER_ACT = re.compile(r"非本案|与本案无关|其他违法|另案|因他事")


@dataclass(frozen=True, slots=True)
class Spell:
    """One measure from a day on; `until` is the first day it no longer held, None while it lasted to execution.

    `same_act` tells whether an administrative detention was for the act sentenced; None when that was not said.
    """

    measure: Measure
    start: date
    until: date | None
    same_act: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The spells a text tells of, in its order, and the pieces of it that could not be read."""

    spells: tuple[Spell, ...] = ()
    unread: tuple[str, ...] = ()


class Unclear(ValueError):
    """A piece of the text has no certain meaning."""


def read_custody(text: str, held: bool = True) -> Told:
    """The spells a cell tells of; days without a measure count as custody where the column says so (`held`)."""
    text = re.sub(r"(?<=[年月./-])\s+(?=\d)", "", text.strip().replace("\n", ";"))
    text = parted(re.sub(r"\s+(?!\d)", "", text))
    spells: list[Spell] = []
    unread: list[str] = []
    last: date | None = None
    for clause in _BREAK.split(text) if text not in NOTHING else ():
        try:
            last = _clause(clause, last, held, spells)
        except ValueError:  # also numbers and days that are none
            unread.append(clause)
    return Told(tuple(spells), tuple(unread))


def _clause(clause: str, last: date | None, held: bool, spells: list[Spell]) -> date | None:
    """Read one clause into the spells; the last day named, for 同年 and the like. Unclear when it is not sure."""
    tokens = list(_tokens(_TOTAL.sub("", clause), last))
    days = [each for each in tokens if isinstance(each, date)]
    names = [each for each in tokens if isinstance(each, str)]
    measures = [_MEASURES[each] for each in names if each in _MEASURES]
    if "rest" in names:
        raise Unclear
    if not days:
        if measures and not _NOW.search(clause):
            raise Unclear
        return last
    found = _spells_of(clause, tokens, days, names, measures, held)
    same = True if _SAME_ACT.search(clause) else False if _OTHER_ACT.search(clause) else None
    for each in found:
        _append(spells, replace(each, same_act=same) if each.measure is Measure.ADMINISTRATIVE else each)
    if not found and ("end" in names or "executed" in names):
        _close(spells, days[-1] + (ONE_DAY if "executed" not in names else timedelta()))
    return days[-1]


def _spells_of(
    clause: str,
    tokens: list[date | str | int],
    days: list[date],
    names: list[str],
    measures: list[Measure],
    held: bool,
) -> list[Spell]:
    if ("end" in names or "executed" in names) and len(days) == 1:
        return []
    lengths = [each for each in tokens if isinstance(each, int)]
    if len(days) == 2 and "to" in names and len(measures) <= 1:
        measure = measures[0] if measures else Measure.DETENTION if held else None
        counted = (days[1] - days[0]).days
        if measure is None or counted < 0 or any(each not in (counted, counted + 1) for each in lengths):
            raise Unclear
        return [Spell(measure, days[0], days[1] + ONE_DAY)]
    if not measures:
        if _NOT_CUSTODY.search(clause):
            return []
        if held and len(days) == 1 and len(tokens) == 1:
            return [Spell(Measure.DETENTION, days[0], None)]
        raise Unclear
    if len(days) != len(measures) or "end" in names:
        raise Unclear
    if len(lengths) > 1 or (lengths and len(days) > 1):
        raise Unclear
    ends = [days[0] + timedelta(days=lengths[0])] if lengths else [None] * len(days)
    return [Spell(*each) for each in zip(measures, days, ends, strict=True)]


def _append(spells: list[Spell], spell: Spell) -> None:
    """Add a spell; one that had no end gives way to it."""
    if spells and spells[-1].until is None:
        _close(spells, spell.start)
    spells.append(spell)


def _close(spells: list[Spell], until: date) -> None:
    if not spells or spells[-1].until is not None or until < spells[-1].start:
        raise Unclear
    spells[-1] = replace(spells[-1], until=until)


def _tokens(clause: str, last: date | None) -> Iterator[date | str | int]:
    """Days as dates, lengths as numbers of days, all else by its name."""
    for match in _TOKEN.finditer(clause):
        name = str(match.lastgroup)
        if name == "count" or match["length"]:
            count = read_number(match["count"])
            if count is None or count != int(count):
                raise Unclear
            yield int(count)
        elif name == "day":
            last = _day(match["day"], last)
            yield last
        else:
            yield name


def _day(text: str, last: date | None) -> date:
    """A day as written, or as counted from the one named before it."""
    relative = not re.match(rf"\d{{4}}[年./-]|\d{{8}}|[{_DIGITS}]{{4}}年", text)
    if relative and last is None:
        raise Unclear
    if relative and last is not None:
        if text.endswith("日") and len(text) == 2:
            return last + ONE_DAY if text[0] in "次翌" else last
        year = last.year + (text[0] in "次翌")
        month, _, day = re.sub(r"^[同当次翌]年", "", text.rstrip("日")).rpartition("月")
        text = f"{year}年{last.month if month in ('同', '当') else read_number(month)}月{read_number(day)}日"
    try:
        found = parse_date(text).value
    except ValueError:
        raise Unclear from None
    if found is None:
        raise Unclear
    return found
