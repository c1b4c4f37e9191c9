"""Shared measuring for the families: waiting periods, relief of articles 19 and 20, and joining several readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.classes import ANY, Reading, barring
from app.core.checks.reduction.paying import NONE_WORDS, Sure
from app.core.checks.reduction.told import REMARKS, said
from app.core.checks.why import Why
from app.core.findings import Verdict
from app.core.law.book import LawGap, Row
from app.core.sentence.terms import Due, age_on, due
from app.core.values import SentenceKind, Term

FORMER = "；当时的规定写的是“一般”或者只见于节录，已经办结的不再变动，仅供参考"
CANNOT_CARE = re.compile("难以自理|(?:不能|无法|不能完全)自理|丧失自理")
SELF_HURT = re.compile("自伤|自残")
SELF_MAIMED = re.compile("(?:自伤|自残)[^,，。；;]{0,6}(?:致残|残疾)")


class Answer(IntEnum):
    """How one reading answers: kept, open to doubt, broken."""

    KEPT = 1
    OPEN = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True)
class Relief:
    """Relief of a third for the young, the old, the ill and the disabled; `sure` when its conditions are shown."""

    granted: bool
    sure: bool = True
    cite: str = ""
    because: str = ""


def relief(case: ReductionCase) -> Relief:
    """Whether waiting times and caps may be relaxed by a third (法释〔2016〕23号 第十九、二十、三十一、三十九条)."""
    text = text_of(case.proposal, "lenient")
    filed, birth = case.filed, case.birth
    age = age_on(birth, filed) if filed is not None and birth is not None else None
    if "未成年" in text:
        return _young(case)
    if text in ("", *NONE_WORDS):
        return _young_unclaimed(case, age)
    if not CANNOT_CARE.search(text):
        if age is not None and filed is not None and "病" in text and age >= case.law.number("very_old_from", filed):
            return Relief(True, False, "R16-31", f"报请时{age}周岁且身患疾病，可以参照从宽")
        return Relief(False, because=f"从宽情形为“{text}”，未载明生活难以自理")
    if SELF_HURT.search(text):
        return Relief(False, because="犯罪后自伤致残的除外")
    if "残" in text and said(case, SELF_MAIMED, REMARKS):
        return Relief(True, False, "R16-20", "备注记载自伤致残，犯罪后自伤致残的除外")
    if "老年" in text:
        return _old(case, age)
    if not re.search("病|残", text):
        return Relief(True, False, "R16-20", "只写生活难以自理，未写明是老年、疾病还是残疾")
    return Relief(True, True, "R16-20", text)


def _young_unclaimed(case: ReductionCase, age: int | None) -> Relief:
    """The young are favoured by their age alone, though the list does not claim it; a person must then look."""
    if age is None or case.filed is None or age >= case.law.number("minor_below", case.filed):
        return Relief(False)
    help_ = _young(case)
    return Relief(help_.granted, False, help_.cite, f"{help_.because}，但从宽情形没有填写") if help_.granted else help_


def _old(case: ReductionCase, age: int | None) -> Relief:
    if age is None or case.filed is None:
        return Relief(True, False, "R16-20", "老年且生活难以自理，出生日期或者报请日期不明")
    least = case.law.number("old_from", case.filed)
    birthday = case.birth is not None and (case.birth.month, case.birth.day) == (case.filed.month, case.filed.day)
    if birthday and age == least - 1:
        return Relief(True, False, "R16-20", f"报请日为{least}周岁生日当日，是否已满须核实，生活难以自理")
    if age < least:
        return Relief(False, because=f"从宽情形写老年，报请时{age}周岁")
    return Relief(True, True, "R16-20", f"报请时{age}周岁，生活难以自理")


def _young(case: ReductionCase) -> Relief:
    """Article 19: under eighteen while serving before filing, and not of the crimes that bar parole."""
    barred, because = barring(case)
    if case.flag("recidivist") or barred is Sure.YES:
        return Relief(False, because="所犯罪行属于刑法第八十一条第二款规定的情形，第十九条不适用")
    filed, birth, delivered = case.filed, case.birth, case.day("delivered_on")
    if filed is None or birth is None:
        return Relief(True, False, "R16-19", "未成年，出生日期或者报请日期不明")
    limit, age = case.law.number("minor_below", filed), age_on(birth, filed)
    if age < limit:
        told = f"报请时{age}周岁" + (f"，但{because}" if barred is Sure.OPEN else "")
        return Relief(True, barred is not Sure.OPEN, "R16-19", told)
    if delivered is not None and age_on(birth, delivered) >= limit:
        return Relief(False, because=f"从宽情形写未成年，报请时已满{age}周岁")
    return Relief(True, False, "R16-19", f"报请时已满{age}周岁，服刑期间曾不满{limit}周岁的能否从宽有不同理解")


def shortened(case: ReductionCase, months: int) -> int:
    """A waiting time less the third that relief allows at most."""
    return months - months // case.law.number("relief_divisor", case.as_of)


def widened(case: ReductionCase, months: int) -> int:
    """A cap with the third added that relief allows at most."""
    return months + months // case.law.number("relief_divisor", case.as_of)


def full(why: Why, label: str, start: date, months: int, end: date, end_label: str) -> tuple[Answer, Due]:
    """Whether a period of months from `start` is full on `end`; says its sum."""
    day = due(start, months)
    why.turn(day.early, day.late)
    reading = f"{day.early}" if day.early == day.late else f"{day.early}（月末算至{day.late}）"
    why.step(f"{label} {start}＋{months}个月 → {reading}")
    if end >= day.late:
        over = (end - day.late).days
        why.step(f"{end_label} {end}，" + ("当日届满" if over == 0 else f"已满，超出{over}日"))
        return Answer.KEPT, day
    if end >= day.early:
        why.step(f"{end_label} {end}，按月末对月末计算尚差{(day.late - end).days}日")
        return Answer.OPEN, day
    why.step(f"{end_label} {end}，早{(day.early - end).days}日")
    return Answer.BROKEN, day


def waited(case: ReductionCase, why: Why, row: Row, months: int, start: date, label: str, filed: date) -> Answer:
    """Whether a waiting time of a row is kept, with the relief of articles 19 and 20 where it is claimed."""
    answer, _ = full(why, label, start, months, filed, "报请日")
    if answer is Answer.KEPT:
        return answer
    help_ = relief(case)
    if help_.because and not help_.granted:
        why.step(f"不适用缩短：{help_.because}")
    if not help_.granted:
        return answer
    why.see(case.proposal, "lenient", "birth_date", "id_number")
    why.cite(help_.cite)
    why.step(f"可缩短三分之一：{help_.because}")
    relaxed, _ = full(why, f"缩短后 {label}", start, shortened(case, months), filed, "报请日")
    return unsure_relief(why, row, help_) if relaxed is Answer.KEPT else relaxed


def months_of(row: Row, months: int | None) -> int:
    """A waiting time of a row; LawGap where the rules of that day name no number."""
    if months is None:
        raise LawGap(f"{row.id} without a waiting time")
    return months


def rely(why: Why, row: Row, what: str) -> None:
    """Rely on a row's article; on it alone for the rules before 2017, beside which the later ones did not stand yet."""
    if row.group == ANY:
        why.cite_only(row.cites[what])
    else:
        why.cite(row.cites[what])


def unsure_relief(why: Why, row: Row, help_: Relief) -> Answer:
    """What keeping a relaxed limit is worth: open where the relief may not hold for this person or row."""
    if help_.sure and row.group not in ("graft", "restricted"):
        return Answer.KEPT
    why.step("放宽的规定能否用于该类罪犯，或者放宽的条件是否具备，须核实")
    return Answer.OPEN


def softened(case: ReductionCase, why: Why, answer: Answer) -> Answer:
    """A broken limit that the text states for fixed terms only stays open for 管制 and 拘役."""
    if answer is not Answer.BROKEN or case.original_kind not in (SentenceKind.CONTROL, SentenceKind.DETENTION):
        return answer
    why.cite("R16-16")
    why.step(f"该限制写的是有期徒刑；原判{case.original_kind}的可以酌情减刑，须核实")
    return Answer.OPEN


def over(amount: Term, months: int) -> bool:
    """Whether a term is longer than some whole months."""
    return amount > Term.of_months(months)


def join(
    why: Why,
    found: Sequence[Reading],
    ask: Callable[[Reading], Answer],
    unlawful: Callable[[], Verdict],
    doubt: str,
) -> Verdict:
    """Ask every reading: all kept is lawful, all broken unlawful, anything else a doubt that shows them all."""
    answers = []
    for each in found:
        if len(found) > 1:
            why.step(f"按“{each.row.says}”：")
        answers.append(ask(each))
    if all(each is Answer.KEPT for each in answers):
        return why.lawful()
    broken = unlawful() if all(each is Answer.BROKEN for each in answers) else None
    if all(each.row.group == ANY for each in found):
        return why.hint((broken.message if broken else doubt) + FORMER)
    if broken:
        return broken
    if len(found) > 1:
        why.step("适用类别不同，结论不同，须先核实类别")
    return why.doubt(doubt)
