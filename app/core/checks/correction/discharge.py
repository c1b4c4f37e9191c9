"""How correction ends: not early, not late, and the roster says what happened."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.guards import died, moved_away, unsettled
from app.core.checks.correction.spans import lawful_ends, reductions
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.workdays import deadline

OFFICE = "社区矫正机构"
PRESENT, DONE = "在矫", "解除"
COMMITTED, PARDON = "收监执行", "特赦"


def _discharged(case: Episode) -> str:
    return "" if any(day_of(row, "discharged_on") is not None for row in case.closings) else "没有解除记录"


@RULES.rule(
    "SJ-26",
    "提前解除",
    "CCL-44",
    "PR19-643.6",
    when=_discharged,
    about=("T03",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def discharged_early(case: Episode, why: Why) -> Verdict:
    """Nobody is discharged before the last day, unless pardoned or reduced."""
    row = next(each for each in case.closings if day_of(each, "discharged_on") is not None)
    day = day_of(row, "discharged_on")
    ends = lawful_ends(case) | ({case.end} if case.end is not None else set())
    why.see(row, "discharged_on", "discharge_kind")
    why.see(case.roster, "correction_start", "correction_end", "probation", "control_term")
    why.see(case.judgment, "probation", "effective_on")
    if not ends or day is None:
        raise Missing("社区矫正结束日期", "缓刑考验期限", holder=OFFICE)
    first = min(ends)
    why.step(f"矫正止日 {first}，解除日 {day}")
    if day >= first:
        return why.lawful("没有提前解除")
    kind = word_of(row, "discharge_kind")
    if kind == PARDON:
        return why.lawful("因特赦解除")
    if word_of(row, "termination_kind") not in ("", "无"):
        return why.not_applicable(f"属于终止（{word_of(row, 'termination_kind')}）")
    death = died(case)
    if death is not None and death[0] <= day:
        return why.not_applicable(f"{death[0]} 已死亡")
    days = (first - day).days
    message = f"{day} 解除，矫正止日 {first}，提前 {days} 日"
    if case.kind is Kind.OUTSIDE or any("减刑" in word_of(each, "award") for each in case.rows("T07")):
        return why.doubt(f"{message}；请核对有无减刑、收监或者刑满释放")
    if not case.lists.has("T22"):
        why.step("没有导入减刑裁定，须核对有无减刑")
    else:
        why.none_in(case.dossier, "T22", what="没有减刑裁定")
    return why.unlawful(message)


def _still_listed(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    if case.kind is Kind.OUTSIDE and case.outside:
        return "暂予监外执行的刑满释放另行核查"
    if _discharge(case) is not None:
        return ""
    if case.closed is not None:
        return f"{case.closed[0]} 已解除或者终止"
    gone = [word for row in case.rosters if (word := word_of(row, "status")) not in ("", PRESENT)]
    return f"名册状态为{gone[0]}" if gone else ""


def _discharge(case: Episode) -> tuple[date, Record] | None:
    """The day of a discharge in the ordinary way, with its row; None after a termination or a pardon."""
    if case.closed is None:
        return None
    day, row = case.closed
    plain = day_of(row, "terminated_on", "recommitted_on") is None and word_of(row, "discharge_kind") != PARDON
    return (day, row) if plain else None


@RULES.rule(
    "SJ-27",
    "逾期未解除",
    "CCL-44",
    "PR19-643.6",
    when=_still_listed,
    about=("T02",),
    harm=Harm.HELD_TOO_LONG,
    document="纠正违法通知书",
)
def not_discharged(case: Episode, why: Why) -> Verdict:
    """Whose time is over is discharged within days, unless a revocation or a criminal case is pending."""
    ends = lawful_ends(case) | ({case.end} if case.end is not None else set())
    if not ends:
        raise Missing("社区矫正结束日期", holder=OFFICE)
    discharge = _discharge(case)
    if case.closings and discharge is None:
        raise Missing("解除矫正日期", "终止日期", holder=OFFICE)
    end = max(ends)
    why.see(case.roster, "correction_end", "status", "probation", "absconded", "remarks")
    grace = why.number("correction_release_grace_days")
    last = end + timedelta(days=grace)
    why.step(f"矫正止日 {end}，宽限 {grace} 日至 {last}")
    if last >= case.as_of:
        return why.lawful("期限尚未届满" if end >= case.as_of else "仍在宽限期内")
    death = died(case)
    if death is not None and death[0] <= last:
        return why.not_applicable(f"{death[0]} 已死亡")
    if moved_away(case) is not None:
        return why.not_applicable("执行地已变更")
    if discharge is not None:
        return _discharged_late(case, why, end, discharge)
    known = case.lists.through.get("T02", case.as_of)
    case.lists.need("T02", last + timedelta(days=1))
    listed = word_of(case.roster, "status") == PRESENT
    if not listed:
        case.lists.need("T03", last)
    if case.lists.has("T03"):
        why.none_in(case.dossier, "T03", what="解除、终止名单中没有此人")
    if (pending := _unsettled(case, why, end)) is not None:
        return pending
    if case.roster is not None and case.roster["absconded"] is True:
        return why.hint(f"矫正已于 {end} 期满而未解除，名册写明脱管，请核对是否应当提请撤销")
    state = f"名册状态为{PRESENT}" if listed else "没有解除记录"
    return _overdue(why, end, min(case.as_of, known), state)


def _unsettled(case: Episode, why: Why, end: date) -> Verdict | None:
    """A prompt where something was still open when the period ended."""
    pending = next(unsettled(case, end), None)
    if pending is None:
        return None
    row, fields, words = pending
    why.see(row, *fields)
    why.cite("END21")
    return why.hint(f"矫正已于 {end} 期满而未解除，但{words}，按期满时的处理规定核对")


def _discharged_late(case: Episode, why: Why, end: date, discharge: tuple[date, Record]) -> Verdict:
    """Discharged, but after the last day and the days that are waited for, which days off lengthen."""
    day, row = discharge
    why.see(row, "discharged_on", "discharge_kind")
    due = deadline(end, why.number("correction_release_grace_days"), why.law.calendar)
    if day <= (due.moved or due.plain):
        return why.lawful(f"{day} 解除，没有逾期")
    if (pending := _unsettled(case, why, end)) is not None:
        return pending
    if due.moved is None:
        return why.doubt(f"矫正 {end} 期满，{day} 才解除；假日表缺少该年，须核对期间有无节假日")
    return _overdue(why, end, day, "才解除")


def _overdue(why: Why, end: date, day: date, state: str) -> Verdict:
    days = (day - end).days
    slight = days <= why.number("correction_release_slight_days")
    message = f"矫正 {end} 期满，{'' if state == '才解除' else '截至 '}{day} {state}，逾期 {days} 日"
    verdict = why.unlawful(message, gravity=Gravity.SLIGHT if slight else Gravity.SERIOUS)
    return verdict._replace(document="口头纠正") if slight and verdict.gravity is not None else verdict


@RULES.rule("SJ-29", "状态矛盾", "CCL-22", "CCL-44", "CCL-45", when=on_roster, about=("T02",))
def status(case: Episode, why: Why) -> Verdict:
    """The roster's status agrees with discharge, termination and custody; death is asked by its own rule."""
    word = word_of(case.roster, "status")
    why.see(case.roster, "status", "correction_end")
    if not word:
        raise Missing("状态", holder=OFFICE)
    known = min(case.lists.through.get("T02", case.as_of), case.as_of)
    if word == PRESENT:
        return _present(case, why, known - timedelta(days=why.number("correction_roster_grace_days")))
    if word == DONE:
        return _done(case, why)
    return why.lawful(f"名册状态为{word}")


def _present(case: Episode, why: Why, before: date) -> Verdict:
    """Listed as present: nothing that ended it lies longer back than the roster needs to follow."""
    if not case.lists.has("T03") and not case.lists.has("T14") and not case.lists.has("T18"):
        raise case.lists.lack("T03", "T14", "T18")
    if case.closed is not None:
        day, row = case.closed
        why.see(row, "discharged_on", "discharge_kind", "terminated_on", "termination_kind", "recommitted_on")
        words = "终止" if day_of(row, "terminated_on") else "收监" if day_of(row, "recommitted_on") else "解除"
        why.step(f"{day} 已{words}，名册状态仍为{PRESENT}")
        if day <= before:
            return why.unlawful(f"{day} 已{words}社区矫正，名册状态仍为{PRESENT}")
        return why.lawful("距解除、终止不久，名册可能尚未更新")
    for row in case.dossier.rows("T14"):
        came = day_of(row, "admitted_on")
        if came is None or came > before or row["left_on"] is not None or case.inside(came) is False:
            continue
        reason = word_of(row, "admission_reason")
        why.see(row, "admitted_on", "admission_reason", "left_on", "facility")
        if reason == COMMITTED:
            return why.unlawful(f"{came} 已收监执行，名册状态仍为{PRESENT}")
        return why.hint(f"{came} 起在押（{reason or '原因未写明'}），名册状态仍为{PRESENT}，请核对是否已通知矫正机构")
    if (death := died(case)) is not None and death[0] <= before:
        why.see(death[1], "death_date")
        return why.hint(f"{death[0]} 已死亡，名册状态仍为{PRESENT}，见死亡后仍在册的核查")
    return why.lawful(f"名册状态为{PRESENT}，没有相反的记录")


def _done(case: Episode, why: Why) -> Verdict:
    """Listed as discharged: the last day has come, or a list says why it was earlier."""
    end = case.end
    if end is None:
        raise Missing("社区矫正结束日期", holder=OFFICE)
    why.step(f"名册状态为{DONE}，止日 {end}，核查日 {case.as_of}")
    if end <= case.as_of:
        return why.lawful("期限已满")
    if case.closed is not None:
        return why.lawful(f"{case.closed[0]} 有解除、终止记录（是否提前另行核查）")
    if died(case) is not None or moved_away(case) is not None or reductions(case):
        return why.lawful("另有死亡、变更执行地或者减刑的记录")
    if not case.lists.has("T03"):
        return why.doubt(f"名册状态为{DONE}，而止日 {end} 尚未到，请核对解除记录")
    why.none_in(case.dossier, "T03", what="解除、终止名单中没有此人")
    return why.unlawful(f"名册状态为{DONE}，而止日 {end} 尚未到，也没有解除、终止的记录")
