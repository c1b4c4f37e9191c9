"""New judgments of people in correction: what they had to revoke; and reductions of the period."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.case_numbers import case_key
from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode, Kind, penalty_of
from app.core.checks.correction.effect import COURT
from app.core.checks.correction.judgment import PROTEST
from app.core.checks.correction.spans import control_term, lawful_ends
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Outcome, Verdict
from app.core.records import Record
from app.core.sentence.terms import due, half
from app.core.sentence.workdays import deadline
from app.core.values import SentenceKind, Term

REVOKED = re.compile(r"撤销[^。；;]*?(?:缓刑|假释)")
ACQUITTED, EXEMPTED = re.compile(r"无罪"), re.compile(r"免予刑事处罚|免除处罚")


def _on_trial(case: Episode) -> str:
    if case.kind not in (Kind.PROBATION, Kind.PAROLE):
        return "不是缓刑、假释"
    return "" if _others(case) else "没有其他判决"


def _others(case: Episode) -> list[Record]:
    """The person's new judgments, without the one this episode executes."""
    own = {case_key(word_of(row, "case_no")) for row in (*case.judgments, *case.rosters)} - {""}
    return [row for row in case.dossier.rows("T15") if case_key(word_of(row, "case_no")) not in own]


def _period(case: Episode, why: Why) -> tuple[date, date]:
    """First and last day of the probation or parole, the latest that may be right."""
    end = max(lawful_ends(case) | ({case.end} if case.end else set()), default=None)
    if case.begins is None or end is None:
        raise Missing("社区矫正开始日期" if case.begins is None else "社区矫正结束日期", holder="社区矫正机构")
    why.see(case.roster, "correction_kind", "correction_start", "correction_end")
    why.see(case.judgment, "case_no", "judged_on", "effective_on", "probation")
    return case.begins, end


@RULES.rule(
    "SJ-58",
    "考验期内犯新罪，新判决未撤销缓刑、假释",
    "CL-77.1",
    "CL-86",
    "CCL-46.2",
    "CPI-542",
    when=_on_trial,
    about=("T15",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document=PROTEST,
)
def new_crime(case: Episode, why: Why) -> list[Verdict]:
    """The court that judges a crime committed during probation or parole revokes it."""
    first, last = _period(case, why)
    answers = [_new_crime(case, why, row, first, last) for row in _others(case)]
    asked = [each for each in answers if each.outcome is not Outcome.NOT_APPLICABLE]
    return asked or answers[:1]


def _new_crime(case: Episode, why: Why, row: Record, first: date, last: date) -> Verdict:
    day, since = day_of(row, "offence_date", "offence_from"), day_of(row, "offence_from")
    if day is None:
        return why.not_evaluated(("犯罪时间",), COURT)
    if not first <= day <= last:
        return why.not_applicable(f"犯罪时间 {day} 不在 {first} 至 {last} 以内")
    number = word_of(row, "case_no")
    why.see(row, "case_no", "offence", "offence_from", "offence_date", "judgment_text", "revocation", "judged_on")
    why.step(f"{case.kind}考验期 {first} 至 {last}，新罪 {day}")
    answer = _answer(case, why, row)
    if answer is not None:
        return answer
    message = f"{case.kind}考验期内 {day} 犯新罪，新判决{number}没有撤销{case.kind}"
    if since is not None and since < first:
        return why.doubt(f"{message}；犯罪始于 {since}，早于考验期，请核对", fact=number)
    judged = day_of(row, "judged_on")
    filed = [each for each in _filings(case, row) if each <= last]
    if judged is not None and judged > last and not filed:
        words = f"新判决 {judged} 在考验期满 {last} 以后，期满后才发现新罪的是否撤销做法有分歧（多数仍撤销）"
        return why.hint(f"{message}；{words}", fact=number)
    return why.unlawful(message, fact=number)


def _answer(case: Episode, why: Why, row: Record) -> Verdict | None:
    """What the new judgment says of a revocation; None when it says that there is none."""
    text, stated = word_of(row, "judgment_text"), word_of(row, "revocation")
    number = word_of(row, "case_no")
    if not text and not stated:
        return why.not_evaluated(("主文全文", "撤销缓刑/假释"), COURT)
    if ACQUITTED.search(text):
        return why.lawful("新判决宣告无罪")
    if stated.startswith("撤销") or REVOKED.search(text):
        return why.lawful("新判决已撤销")
    if EXEMPTED.search(text):
        return why.doubt(f"新判决{number}免予刑事处罚，没有撤销{case.kind}，请核实", fact=number)
    for closing in case.closings:
        if "撤销" in word_of(closing, "termination_kind"):
            why.see(closing, "termination_kind", "terminated_on")
            return why.hint(f"新判决{number}没有撤销{case.kind}，但名单载明已另行撤销，请核对是否并罚", fact=number)
    return None


def _filings(case: Episode, row: Record) -> list[date]:
    """The days the police opened cases that may be the one judged: by the day of the crime, or by the offence."""
    offence = word_of(row, "offence").removesuffix("罪")
    found = []
    for filing in case.dossier.rows("T13"):
        day, crime = day_of(filing, "case_filed_on"), day_of(filing, "offence_date")
        same = crime is not None and crime in (day_of(row, "offence_date"), day_of(row, "offence_from"))
        if day is not None and (same or (offence and offence in word_of(filing, "case_cause"))):
            found.append(day)
    return found


@RULES.rule(
    "SJ-60",
    "漏罪在考验期内发现，新判决未撤销缓刑、假释",
    "CL-77.1",
    "CL-86",
    "CPI-542",
    when=_on_trial,
    about=("T15",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document=PROTEST,
)
def earlier_crime(case: Episode, why: Why) -> list[Verdict]:
    """An earlier crime that came to light during probation or parole makes the court revoke it."""
    first, last = _period(case, why)
    judged = day_of(case.judgment, "judged_on") or day_of(case.roster, "judged_on")
    if judged is None:
        raise Missing("宣判日期", holder=COURT)
    answers = [_earlier(case, why, row, judged, first, last) for row in _others(case)]
    asked = [each for each in answers if each.outcome is not Outcome.NOT_APPLICABLE]
    return asked or answers[:1]


def _earlier(case: Episode, why: Why, row: Record, judged: date, first: date, last: date) -> Verdict:
    day = day_of(row, "offence_date", "offence_from")
    if day is None:
        return why.not_evaluated(("犯罪时间",), COURT)
    if day >= judged:
        return why.not_applicable(f"犯罪时间 {day} 不在原判宣告 {judged} 以前")
    number = word_of(row, "case_no")
    why.see(row, "case_no", "offence", "offence_date", "judgment_text", "revocation")
    if not case.lists.has("T13"):
        lack = case.lists.lack("T13")
        return why.not_evaluated(lack.items, lack.holder)
    filings = _filings(case, row)
    if not filings:
        return why.not_evaluated(("受立案日期",), "公安机关")
    found = min(filings)
    why.step(f"原判 {judged} 宣告，{case.kind}考验期 {first} 至 {last}；漏罪 {day}，{found} 立案")
    if not first <= found <= last:
        return why.lawful("不是在考验期内发现的")
    for filing in case.dossier.rows("T13"):
        why.see(filing, "case_file_no", "case_cause", "offence_date", "case_filed_on")
    answer = _answer(case, why, row)
    if answer is not None:
        return answer
    return why.unlawful(f"{case.kind}考验期内 {found} 发现漏罪，新判决{number}没有撤销{case.kind}", fact=number)


def _reduced(case: Episode) -> str:
    if case.kind not in (Kind.PROBATION, Kind.CONTROL):
        return "不是管制、缓刑"
    return "" if _rulings(case) else "没有减刑裁定"


def _rulings(case: Episode) -> list[Record]:
    """Rulings of reduction made while this episode ran."""
    rows = [row for row in case.dossier.rows("T22") if row not in case.paroles]
    given = [row for row in rows if row["reduced"] is not None or row["end_after"] is not None]
    begin = case.begins
    return [row for row in given if begin is not None and (day := day_of(row, "ruled_on")) is not None and day >= begin]


@RULES.rule(
    "SJ-62", "减刑程序", "R16-18", "CCL-33", when=_reduced, about=("T22",), harm=Harm.PROCEDURE, document="检察意见书"
)
def reduction(case: Episode, why: Why) -> list[Verdict]:
    """A reduced period keeps its least length, and the court rules within thirty days."""
    found: list[Verdict] = []
    for row in _rulings(case):
        why.see(row, "case_no", "filed_on", "case_filed_on", "ruled_on", "reduced", "end_after")
        why.see(case.roster, "correction_start", "sentence_kind", "sentence", "control_term")
        found += [each for each in (_left(case, why, row), _in_time(case, why, row)) if each is not None]
    wrong = [each for each in found if each.outcome is not Outcome.LAWFUL]
    return wrong or found[:1]


def _left(case: Episode, why: Why, row: Record) -> Verdict:
    end, start, fact = day_of(row, "end_after"), case.begins, word_of(row, "case_no")
    if end is None or start is None:
        return why.not_evaluated(("变更后刑期止",), COURT)
    if case.kind is Kind.CONTROL:
        term = control_term(case)
        if not term:
            return why.not_evaluated(("管制期限",), "社区矫正机构")
        why.cite("CL-78.2.1")
        least, words = half(term), "原判管制期限的二分之一"
    else:
        penalty = penalty_of(case.judgment) or penalty_of(case.roster)
        if penalty is None:
            return why.not_evaluated(("原判刑期",), "社区矫正机构")
        short = penalty.kind is SentenceKind.DETENTION
        months = why.number("reduced_probation_detention_months" if short else "reduced_probation_fixed_months")
        least, words = Term.of_months(months), f"{months}个月"
    floor = due(start, least.total_months).early
    why.step(f"自 {start} 起不少于{words}，减刑后止日 {end}")
    days = (floor - end).days - 1 + least.days
    if days <= 0:
        return why.lawful("减刑后的期限不少于下限")
    if case.kind is Kind.CONTROL and word_of(case.judgment, "detention_span"):
        return why.doubt(f"减刑后管制至 {end}，自 {start} 起不足{words}，判决前有羁押，请核对折抵", fact=fact)
    return why.unlawful(f"减刑后止于 {end}，自 {start} 起不足{words}", fact=fact)


def _in_time(case: Episode, why: Why, row: Record) -> Verdict:
    ruled, fact = day_of(row, "ruled_on"), word_of(row, "case_no")
    received = day_of(row, "case_filed_on")
    asked = day_of(row, "filed_on")
    for proposal in case.dossier.rows("T07"):
        if "减刑" in word_of(proposal, "award", "reason"):
            received = day_of(proposal, "court_received_on") or received
    if ruled is None or (received is None and asked is None):
        return why.not_evaluated(("立案日", "裁定日"), COURT)
    begin = received or asked
    assert begin is not None
    days = why.number("correction_ruling_days", begin)
    limit = deadline(begin, days, why.law.calendar)
    last = limit.moved or limit.plain
    why.step(f"{'法院收到' if received else '提请'} {begin}，{days} 日内裁定的期限 {last}；{ruled} 裁定")
    if ruled <= last:
        return why.lawful("在期限内裁定")
    if received is None or limit.moved is None:
        return why.hint(f"提请 {begin}，{ruled} 裁定，超过 {days} 日；请核对法院收到建议书的日期", fact=f"{fact}期限")
    message = f"法院 {begin} 收到减刑建议，{ruled} 才裁定，超过 {days} 日"
    return why.unlawful(message, fact=f"{fact}期限")._replace(document="纠正违法通知书")
