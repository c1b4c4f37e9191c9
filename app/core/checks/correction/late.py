"""How late a report was, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.checks.correction.case import Episode
from app.core.checks.correction.effect import Effect
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Why
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.sentence.workdays import deadline

RANKS = (("训诫", 1), ("警告", 2), ("治安", 2), ("撤销", 3), ("收监", 3), ("逮捕", 3))
PRAISE = ("表扬", "立功", "减刑")


@dataclass(frozen=True, slots=True)
class Late:
    """The day of the report, the last day for it, by how many days it is late, and by which reading only."""

    reported: date
    deadline: date
    days: int
    over_a_month: bool
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class Sanction:
    """One answer to misconduct: its day, its rank (1 admonition, 2 warning or public order, 3 revocation), words."""

    day: date
    rank: int
    words: str
    row: Record


def report_limit(why: Why, day: date) -> tuple[date, date | None]:
    """The last day to report when a decision took effect on `day`: as counted, and moved by days off if known."""
    limit = deadline(day, why.number("correction_report_days", day), why.law.calendar)
    return limit.plain, limit.moved


def lateness(case: Episode, why: Why, effect: Effect) -> Late:
    """How late the report was; by the limit that is over last, so that nobody is late by a disputed reading."""
    reported, day = case.reported, effect.day
    assert reported is not None
    assert day is not None
    why.cite("CPL-105")
    latest = effect.latest or day
    plain, moved = report_limit(why, day)
    _, last = report_limit(why, latest)
    why.step(f"生效日 {day}，报到期限 {moved or plain}")
    if moved is None or last is None:
        reading = "未计节假日顺延的期限" if reported > plain else ""
        return Late(reported, plain, max((reported - plain).days, 0), False, reading)
    if reported <= moved:
        return Late(reported, moved, 0, False)
    if reported <= last:
        return Late(reported, moved, (reported - moved).days, False, f"生效日 {day}")
    month = due(last, why.law.number("correction_revoke_over_months", last)).late
    late = (reported - last).days
    why.step(f"{reported} 报到，逾期 {late} 日；期限届满后一个月为 {month}")
    return Late(reported, last, late, reported > month)


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
