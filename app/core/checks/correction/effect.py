"""When a decision took effect: by the court's words, by the sum, and by the readings that are in dispute.

Sources: 刑事诉讼法 第一百零五条、第二百三十条、第二百五十九条; 刑诉法解释 第三百八十六条、第四百一十三条.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.checks.appeals import appealed, told_in_remarks
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.matter import once
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Why
from app.core.law.book import LawBook
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY
from app.core.sentence.workdays import deadline

COURT = "人民法院"
FIELDS = ("effective_on", "served_on", "appealed", "appeal_result", "appeal_pronounced_on", "judged_on")
FINAL = ("终", "再", "核")  # decisions that take effect at once
REMANDED, WITHDRAWN, CHANGED = ("发回",), ("撤回", "撤诉"), ("改判", "撤销原判")


@dataclass(frozen=True, slots=True)
class Effect:
    """The day a decision took effect; None when it is not in effect (`pending` says why) or the day is not known.

    `accepted` are all days that count as right, `readings` days that follow from a disputed reading, with its words.
    """

    day: date | None = None
    accepted: frozenset[date] = frozenset()
    readings: Mapping[date, str] = field(default_factory=dict)
    pending: str = ""
    steps: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    by_court: bool = False

    @property
    def latest(self) -> date | None:
        """The last of the days that count as right or are argued for; a limit that runs from it is over for all."""
        return max(self.accepted | set(self.readings), default=None)


@once
def effect_of(case: Episode) -> Effect:
    """When the decision executed took effect."""
    if case.judgments:
        return _of_judgment(case.judgments, case.law, case.as_of)
    if case.paroles:
        days = {day for row in case.paroles if (day := day_of(row, "parole_from", "released_on", "ruled_on"))}
        return _stated(max(days, default=None), "假释裁定载明的假释之日", by_court=True)
    stated, judged = day_of(case.roster, "effective_on"), day_of(case.roster, "judged_on")
    if case.kind in (Kind.PROBATION, Kind.CONTROL) and _typed(case.law, case.case_no, judged, stated):
        return Effect()
    return _stated(stated, "名册载明的文书生效日期")


def show_effect(case: Episode, why: Why, effect: Effect) -> None:
    """Take the sum and the cells it rests on into the proof."""
    for row in case.judgments[:1]:
        why.see(row, *FIELDS, *(("remarks",) if told_in_remarks(row) else ()))
    for row in () if case.judgments else (*case.paroles[:1], *case.rosters[:1]):
        why.see(row, "parole_from", "released_on", "ruled_on", "effective_on")
    for step in effect.steps:
        why.step(step)
    why.cite(*effect.cites)


def _stated(day: date | None, words: str, *, by_court: bool = False) -> Effect:
    if day is None:
        return Effect()
    return Effect(day, frozenset({day}), steps=(f"{words} {day}",), by_court=by_court)


def _of_judgment(rows: Sequence[Record], law: LawBook, as_of: date) -> Effect:
    stated, served = _first(rows, "effective_on"), _first(rows, "served_on")
    pronounced = _first(rows, "appeal_pronounced_on")
    result = next((text for row in rows if (text := word_of(row, "appeal_result"))), "")
    if any(each in result for each in REMANDED):
        return Effect(pending=f"二审结果为“{result}”，原判未生效")
    if stated is not None and stated > as_of:
        return Effect(pending=f"生效日期 {stated} 尚未到")
    if any(each in result for each in WITHDRAWN):
        return _withdrawn(law, stated, served, pronounced)
    if pronounced is not None:
        return _second(stated, pronounced, as_of)
    if result or any(map(appealed, rows)):
        return _appealed(law, stated, served, result)
    number = word_of(rows[0], "case_no")
    if served is None:
        return _not_served(law, stated, _first(rows, "judged_on"), number)
    return _first_instance(law, stated, served, ruling="裁" in number)


def _typed(law: LawBook, case_no: str, judged: date | None, stated: date | None) -> bool:
    """Whether a day of effect is the day of the judgment, or lies within the time for an appeal: a slip."""
    if judged is None or stated is None or any(each in case_no for each in FINAL):
        return False
    return (stated - judged).days < law.number("appeal_days_ruling", judged)


def _first(rows: Sequence[Record], field_id: str) -> date | None:
    return next((day for row in rows if (day := day_of(row, field_id)) is not None), None)


def _not_served(law: LawBook, stated: date | None, judged: date | None, number: str) -> Effect:
    """Nobody knows when the judgment was served: the court's word, unless it only repeats the day of the judgment."""
    if _typed(law, number, judged, stated):
        return Effect()
    effect = _stated(stated, "法院载明的生效日期", by_court=True)
    if stated is None or judged is None or any(each in number for each in FINAL):
        return effect
    plain = deadline(judged, law.number("appeal_days_judgment", judged), law.calendar).plain + ONE_DAY
    readings = {judged: "宣判日，当庭送达的即为送达日", plain: "按宣判日推算、上诉期满日遇节假日不顺延"}
    others = {day: words for day, words in readings.items() if day not in effect.accepted}
    return replace(effect, readings=others)


def _first_instance(law: LawBook, stated: date | None, served: date, *, ruling: bool) -> Effect:
    """Nobody appealed: the day after the last day for an appeal, which a day off moves."""
    days = law.number("appeal_days_ruling" if ruling else "appeal_days_judgment", served)
    due = deadline(served, days, law.calendar)
    plain = due.plain + ONE_DAY
    readings = {served: "以送达日为判决确定之日", plain: "上诉期满日遇节假日不顺延"}
    steps = [f"送达日 {served}，上诉期 {days} 日至 {due.plain}"]
    right = due.moved + ONE_DAY if due.moved is not None else None
    if right is None:
        steps.append("该年度节假日安排未收录，不能确定是否顺延")
    else:
        moved = f"，期满日为节假日，顺延至 {due.moved}" if due.moved != due.plain else ""
        steps.append(f"次日起生效{moved} → 生效日 {right}")
    # Another defendant or the prosecutor may have been served later, never earlier.
    accepted = {right} if right is not None else set()
    day = right
    if stated is not None and stated >= plain and stated != right:
        steps.append(f"法院载明的生效日期 {stated}")
        if right is None or stated > right:
            accepted.add(stated)
            day = stated
        elif stated != plain:
            readings[stated] = "法院载明的生效日期"
    for each in accepted:
        readings.pop(each, None)
    cites = ("CPL-230", "CPL-105", "CPL-259")
    return Effect(day, frozenset(accepted), readings, "", tuple(steps), cites, by_court=True)


def _second(stated: date | None, pronounced: date, as_of: date) -> Effect:
    """Decided on appeal: in effect with the pronouncement."""
    if pronounced > as_of:
        return Effect(pending=f"二审 {pronounced} 宣告，尚未到")
    steps = [f"二审 {pronounced} 宣告，自宣告之日起生效"]
    readings = {}
    if stated is not None and stated > pronounced:
        readings[stated] = "法院载明的生效日期（可能为二审裁判送达日）"
        steps.append(f"法院载明的生效日期 {stated}")
    return Effect(pronounced, frozenset({pronounced}), readings, "", tuple(steps), ("CPI-413",), by_court=True)


def _appealed(law: LawBook, stated: date | None, served: date | None, result: str) -> Effect:
    """Appealed, no word of a second instance: not in effect, unless the court states a day well after the first's."""
    if stated is None:
        return Effect() if result else Effect(pending="已上诉、抗诉，没有二审结果，判决未生效")
    if served is not None:
        first = deadline(served, law.number("appeal_days_judgment", served), law.calendar)
        if stated <= (first.moved or first.plain) + ONE_DAY:
            return Effect(pending=f"已上诉、抗诉，没有二审宣告日期，生效日期 {stated} 仍按一审推算，不可靠")
    effect = _stated(stated, "已上诉、抗诉，法院载明的生效日期", by_court=True)
    return Effect(effect.day, effect.accepted, {}, "", effect.steps, ("CPL-259",), by_court=True)


def _withdrawn(law: LawBook, stated: date | None, served: date | None, ruled: date | None) -> Effect:
    """Withdrawn before the limit was over: in effect on its last day; later: when the ruling was served."""
    steps, readings = ["上诉、抗诉已撤回"], {}
    days: set[date] = set()
    limit = None
    if served is not None:
        due = deadline(served, law.number("appeal_days_judgment", served), law.calendar)
        limit = due.moved or due.plain
        steps.append(f"送达日 {served}，上诉、抗诉期满日 {limit}")
        readings[due.plain] = "上诉期满日遇节假日不顺延"
    if ruled is not None and (limit is None or ruled > limit):
        steps.append(f"期满后撤回，二审 {ruled} 裁定准许，自裁定送达之日起生效")
        days |= {stated} if stated is not None and stated >= ruled else set()
        readings[ruled] = "以二审裁定日为生效日（应为裁定送达日）"
        if limit is not None:
            readings[limit] = "撤回在期满前的，自期满之日起生效"
    elif limit is not None:
        steps.append(f"期满前撤回，自期满之日 {limit} 起生效")
        days.add(limit)
        readings[limit + ONE_DAY] = "未撤回时一审的生效日"
    elif stated is not None:
        days.add(stated)
    for each in days:
        readings.pop(each, None)
    day = max(days, default=None)
    return Effect(day, frozenset(days), readings, "", tuple(steps), ("CPI-386",), by_court=True)
