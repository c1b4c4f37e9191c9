"""What the rules of conduct share: the days of correction, custody and death, violations and how they were answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.checks.correction.case import Episode
from app.core.checks.correction.guards import died
from app.core.checks.correction.late import PRAISE, RANKS, Sanction, sanctions
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Outcome, Verdict
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY
from app.core.values.dates import parse_range

ADMONITION, WARNING, REVOCATION = 1, 2, 3
DROPPED = re.compile(r"不予(?:行政)?处罚|免予处罚|撤销|终止调查|不予处理")
NOT_ENFORCED = re.compile(r"不予?执行|免予?执行")
MINOR = re.compile(r"交通|超速|红灯|违停|停放|停车|信号灯|安全带|头盔|逆行|标线|号牌|年检|非机动车")
NOT_MINOR = re.compile(r"拘留|醉|酒|无证|吸毒|毒驾|逃逸")
SIMPLE = re.compile(r"简易程序|当场处罚|非现场|电子抓拍|电子监控|监控抓拍")
SUPERVISION = re.compile(r"监督管理|监管规定|监管义务|禁止令|社区矫正")
SHORT_STAYS = ("行政拘留", "司法拘留")
ARRESTS = ("刑事拘留", "逮捕")


@dataclass(frozen=True, slots=True)
class Stay:
    """Days in custody: the first, the last (None while it lasts), whether the end is certain, and the row."""

    first: date
    last: date | None
    certain: bool
    words: str
    row: Record
    fields: tuple[str, ...]

    def holds(self, day: date) -> bool:
        """Whether somebody was in custody on a day or a part of it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Misconduct:
    """A violation during correction: its day, what it was, the row and the cells that say so.

    It is not `dated` when only the day of the office's answer is known.
    """

    day: date
    words: str
    row: Record
    fields: tuple[str, ...]
    dated: bool = True


def last_day(case: Episode) -> date | None:
    """The last day of correction: the earliest of its stated end, its closing and death; None when none is known."""
    death = died(case)
    days = (case.end, case.closed[0] if case.closed else None, death[0] if death else None)
    return min((day for day in days if day is not None), default=None)


def within(case: Episode, day: date) -> bool:
    """Whether a day lies in correction; Missing when its begin or its end is not known."""
    begin, last = case.begins, last_day(case)
    if begin is None:
        raise Missing("社区矫正开始日期")
    if day < begin:
        return False
    if last is None:
        raise Missing("社区矫正结束日期")
    return day <= last


def stays(case: Episode) -> list[Stay]:
    """Every stay in custody the lists tell of, by the lists of the places and the decisions themselves."""
    found = list(_stays(case))
    return sorted(found, key=lambda each: each.first)


def _stays(case: Episode) -> Iterator[Stay]:
    longest = timedelta(days=case.law.number("detention_most_days", case.as_of))
    for row in case.dossier.rows("T14"):
        first, last = day_of(row, "admitted_on"), day_of(row, "left_on")
        if first is None:
            continue
        reason = word_of(row, "admission_reason")
        certain = last is not None or ("left_on" in row.cells and reason not in SHORT_STAYS)
        if last is None and reason in SHORT_STAYS:
            last = first + longest
        yield Stay(first, last, certain, reason or "羁押", row, ("admitted_on", "admission_reason", "left_on"))
    for row in case.dossier.rows("T12"):
        span = span_of(word_of(row, "enforcement_span"))
        if span is not None and row["enforced"] is not False and re.search("拘留|隔离", word_of(row, "penalty")):
            yield Stay(*span, True, "行政拘留", row, ("penalty", "enforcement_span"))
    for row in case.dossier.rows("T13"):
        first, last = day_of(row, "executed_on"), day_of(row, "lifted_on")
        if first is not None and word_of(row, "measure") in ARRESTS:
            yield Stay(first, last, last is not None, word_of(row, "measure"), row, ("measure", "executed_on"))


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day of a text such as 2026-03-10至2026-03-22; None when there are not two in order."""
    try:
        value = parse_range(text).value
    except ValueError:
        return None
    return value if value is not None and value[0] <= value[1] else None


def free(case: Episode, day: date) -> bool:
    """Whether somebody was in correction and not in custody on a day."""
    return within(case, day) and not any(each.holds(day) for each in stays(case))


def answers(case: Episode) -> list[Sanction]:
    """Everything the office did about misconduct in this episode, oldest first."""
    return sorted(sanctions(case), key=lambda each: each.day)


def answered(case: Episode, why: Why, since: date, rank: int) -> Sanction | None:
    """The first answer of at least this rank from a day on; taken into the proof."""
    found = next((each for each in answers(case) if each.day >= since and each.rank >= rank), None)
    if found is not None:
        why.see(found.row, "awarded_on", "award", "proposal_kind", "filed_on", "termination_kind", "terminated_on")
    return found


def dropped(row: Record) -> str:
    """Why a police decision does not count; "" when it does."""
    text = word_of(row, "penalty") + word_of(row, "case_cause") + word_of(row, "remarks")
    if DROPPED.search(text):
        return "处罚已撤销或者不予处罚"
    stated = row.cells["enforced"].raw if "enforced" in row.cells else ""
    return "处罚不执行" if row["enforced"] is False or NOT_ENFORCED.search(text + stated) else ""


def minor(row: Record) -> bool:
    """Whether a police decision is about ordinary traffic or was made by a simple procedure without detention."""
    text = word_of(row, "penalty") + word_of(row, "case_cause") + word_of(row, "decision_no")
    return bool((MINOR.search(text) or SIMPLE.search(text)) and not NOT_MINOR.search(text))


def misconducts(case: Episode) -> list[Misconduct]:
    """Every violation in this episode, by the office's answers, police decisions and losses of contact."""
    found = []
    for row in case.rows("T07"):
        day, dated = day_of(row, "misconduct_on", "awarded_on"), row["misconduct_on"] is not None
        award = word_of(row, "award")
        sanction = any(word in award for word, rank in RANKS if rank < REVOCATION) and "提请" not in award
        if day is not None and (sanction or dated) and not any(each in award for each in PRAISE):
            words = word_of(row, "reason") or award or word_of(row, "proposal_kind")
            found.append(Misconduct(day, words, row, ("misconduct_on", "awarded_on", "reason"), dated))
    for row in case.rows("T12"):
        day = day_of(row, "violated_on")
        if day is not None and not dropped(row) and not minor(row):
            words = word_of(row, "case_cause", "penalty")
            found.append(Misconduct(day, words, row, ("violated_on", "case_cause", "penalty")))
    for row in case.rows("T06"):
        day = day_of(row, "lost_from")
        if day is not None:
            found.append(Misconduct(day, "失去联系", row, ("lost_from", "found_on")))
    return sorted((each for each in found if within(case, each.day)), key=lambda each: each.day)


def window(case: Episode, why: Why, day: date) -> date:
    """The last day by which an answer is expected after a day; no limit of the law."""
    return day + why.number("correction_sanction_window_days") * ONE_DAY


def for_each(
    why: Why, cites: Sequence[str], rows: Iterable[Record], ask: Callable[[Record, Why], Verdict]
) -> list[Verdict]:
    """One verdict a row, each with its own proof: what was found and what could not be judged, else one lawful."""
    verdicts = []
    for row in rows:
        proof = why.apart()
        proof.cite(*cites)
        try:
            verdicts.append(ask(row, proof))
        except Missing as lack:
            verdicts.append(proof.not_evaluated(lack.items, lack.holder))
    told = [each for each in verdicts if each.outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED)]
    if told:
        return told
    return [why.lawful(*dict.fromkeys(step for each in verdicts for step in each.steps))]
