"""What the office has already taken up: a finding its own ledger holds is marked and asks for nothing new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.checks.persons import Dossier, day_of, word_of
from app.core.findings import Level, Outcome, Verdict
from app.core.law.book import LawBook
from app.core.records import Record
from app.core.sentence.terms import add_months

LEDGER = "T28"
CLOSED = (Level.UNLAWFUL, Level.DOUBT)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"(SJ|CC|BQ|DP)\s*[-－—]?\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_DESK = {"CC": "SJ", "DP": "BQ"}


def marked(verdicts: Sequence[Verdict], dossier: Dossier, law: LawBook, begins: date | None = None) -> list[Verdict]:
    """The verdicts, those already taken up since the case began and within a year lowered to a prompt that says so.

    What happened after the document is not covered by it.
    """
    rows = dossier.rows(LEDGER)
    if not rows:
        return list(verdicts)
    as_of = dossier.lists.as_of
    oldest = add_months(as_of, -law.number("supervised_months", as_of))
    since = oldest if begins is None else max(oldest, begins)
    found = []
    for each in verdicts:
        row = None
        if each.outcome is Outcome.FOUND and each.level in CLOSED:
            row = next((one for one in rows if _about(one, each) and _covers(one, each, since, as_of)), None)
        found.append(each if row is None else _lowered(each, row))
    return found


def _about(row: Record, verdict: Verdict) -> bool:
    """Whether a row of the ledger names the rule, by its number or its words."""
    text = word_of(row, "rule")
    numbers = {f"{_DESK.get(desk.upper(), desk.upper())}-{int(number):02}" for desk, number in _ID.findall(text)}
    if numbers:
        return verdict.rule in numbers
    return bool(text) and (verdict.rule_name in text or text in verdict.rule_name)


def _covers(row: Record, verdict: Verdict, since: date, as_of: date) -> bool:
    day = day_of(row, "document_on")
    if day is None or not since <= day <= as_of:
        return False
    return all(date.fromisoformat(each) <= day for each in _ISO.findall(verdict.fact))


def _lowered(verdict: Verdict, row: Record) -> Verdict:
    document = " ".join(filter(None, (word_of(row, "document_kind"), word_of(row, "document_no"))))
    replied, outcome = day_of(row, "replied_on"), word_of(row, "rectification")
    answer = f"{replied} 回复{f'：{outcome}' if outcome else ''}" if replied else "还没有回复"
    step = f"已监督：{day_of(row, 'document_on')} {document or '已提出监督意见'}，{answer}"
    return verdict._replace(
        level=Level.HINT,
        gravity=None,
        document=None,
        message=f"已监督（{document or word_of(row, 'rule')}），不重复计数：{verdict.message}",
        steps=(*verdict.steps, step),
    )
