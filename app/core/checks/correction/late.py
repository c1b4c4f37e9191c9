"""How late a report was, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.core.checks.correction.case import Episode
from app.core.checks.correction.effect import COURT, effect_of, show_effect
from app.core.checks.correction.guards import custody
from app.core.checks.matter import once
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.law.book import LawBook
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.sentence.workdays import deadline

REPORT_DAYS = "correction_report_days"
RANKS = (("训诫", 1), ("警告", 2), ("治安", 2), ("撤销", 3), ("收监", 3), ("逮捕", 3))
PRAISE = ("表扬", "立功", "减刑")


class Late(NamedTuple):
    """The day of the report, the last day for it, by how many days it is late, and by which reading only.

    `from_` are the days the limit was counted from.
    """

    reported: date
    deadline: date
    days: int
    over_a_month: bool
    doubtful: str = ""
    steps: tuple[str, ...] = ()
    from_: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Sanction:
    """One answer to misconduct: its day, its rank (1 admonition, 2 warning or public order, 3 revocation), words."""

    day: date
    rank: int
    words: str
    row: Record


def report_limit(law: LawBook, day: date) -> tuple[date, date | None]:
    """The last day to report when a decision took effect on `day`: as counted, and moved by days off if known."""
    limit = deadline(day, law.number(REPORT_DAYS, day), law.calendar)
    return limit.plain, limit.moved


@once
def lateness(case: Episode) -> Late | None:
    """How late the report was; by the limit that is over last, so that nobody is late by a disputed reading.

    None when the decision is not in effect or the person was in custody meanwhile.
    """
    effect, reported = effect_of(case), case.reported
    if effect.pending:
        return None
    day = effect.day
    if day is None:
        raise Missing("生效日期", holder=COURT)
    if reported is None:
        raise Missing("报到时间", holder="社区矫正机构")
    if custody(case, day, reported) is not None and reported > day:
        return None
    latest = effect.latest or day
    plain, moved = report_limit(case.law, day)
    _, last = report_limit(case.law, latest)
    from_: tuple[date, ...] = (day, latest)
    steps: tuple[str, ...] = (f"生效日 {day}，报到期限 {moved or plain}",)
    if moved is None or last is None:
        reading = "未计节假日顺延的期限" if reported > plain else ""
        return Late(reported, plain, max((reported - plain).days, 0), False, reading, steps, from_)
    if reported <= moved:
        return Late(reported, moved, 0, False, "", steps, from_)
    if reported <= last:
        return Late(reported, moved, (reported - moved).days, False, f"生效日 {day}", steps, from_)
    month = due(last, case.law.number("correction_revoke_over_months", last)).late
    late = (reported - last).days
    steps = (*steps, f"{reported} 报到，逾期 {late} 日；期限届满后一个月为 {month}")
    return Late(reported, last, late, reported > month, "", steps, from_)


def show_lateness(case: Episode, why: Why, late: Late) -> None:
    """Take the sum and the cells it rests on into the proof."""
    show_effect(case, why, effect_of(case))
    why.see(case.roster, "reported_on", "report_status", "late_report_reason")
    why.cite("CPL-105")
    for day in late.from_:
        why.number(REPORT_DAYS, day)
    for step in late.steps:
        why.step(step)


def sanctions(case: Episode) -> Iterator[Sanction]:
    """Every answer to misconduct the office recorded, of this episode."""
    for row in case.rows("T07"):
        words = f"{word_of(row, 'award')}{word_of(row, 'proposal_kind')}"
        if any(each in words for each in PRAISE):
            continue
        rank = max((number for word, number in RANKS if word in words), default=0)
        day = day_of(row, "awarded_on", "filed_on", "ruled_on")
        if rank and day is not None:
            yield Sanction(day, rank, word_of(row, "award") or f"提请{word_of(row, 'proposal_kind')}", row)
    for row in case.closings:
        kind = word_of(row, "termination_kind")
        day = day_of(row, "terminated_on", "recommitted_on")
        if ("撤销" in kind or "收监" in kind) and day is not None:
            yield Sanction(day, RANKS[-1][1], kind, row)
