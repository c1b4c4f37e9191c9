"""Where a deprivation is stated, what changed it, and which later sentences stop it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.checks.persons import Dossier, day_of, word_of
from app.core.records import Record
from app.core.sentence.deprivation import Period, Stop
from app.core.sentence.terms import ONE_DAY, end_of_term
from app.core.values import Deprivation, Sentence, SentenceKind, Term
from app.core.values.dates import parse_range
from app.core.values.deprivation_text import parse_deprivation

DEPRIVED = re.compile(r"剥夺政治权利[^,，、;；。]*")
SPAN = re.compile(r"刑期[自从由][^。；;]*?止")


@dataclass(frozen=True, slots=True)
class Stated:
    """A deprivation as one cell states it."""

    value: Deprivation
    row: Record
    field: str


def stated_in(row: Record | None, field_id: str) -> Stated | None:
    """What a cell says of deprivation; words among other supplementary penalties are found."""
    if row is None:
        return None
    value = row[field_id]
    if isinstance(value, Deprivation):
        return None if value.unchanged else Stated(value, row, field_id)
    if isinstance(value, str) and (match := DEPRIVED.search(value)):
        try:
            read = parse_deprivation(match[0]).value
        except ValueError:
            return None
        return Stated(read, row, field_id) if read else None
    return None


def last_change(rulings: Sequence[Record], releases: Sequence[Record]) -> Stated | None:
    """The last ruling that fixed another deprivation, else what the prison says it was changed to."""
    ruled = sorted(rulings, key=lambda each: day_of(each, "ruled_on") or date.min)
    for each in (*reversed(ruled), *reversed(releases)):
        found = stated_in(each, "deprivation_after")
        if found is not None and found.value:
            return found
    return None


def kind_in(row: Record) -> SentenceKind | None:
    """The principal penalty of a judgment; None for none, and where it was suspended."""
    word = word_of(row, "sentence_kind")
    if isinstance(row["probation"], Term) or "缓刑" in word or word == "无":
        return None
    if word in set(SentenceKind):
        return SentenceKind(word)
    sentence = row["sentence"]
    return sentence.kind if isinstance(sentence, Sentence) else None


def offence_days(row: Record) -> tuple[date, date] | None:
    """First and last day of the offence of a later judgment; None when no day is stated."""
    last = day_of(row, "offence_date", "offence_from")
    return (day_of(row, "offence_from") or last, last) if last is not None else None


def latest(dossier: Dossier, base: Sequence[Period]) -> tuple[tuple[Record, Stop], ...]:
    """The later sentences of imprisonment for offences in every reading of a deprivation, oldest first."""
    found = []
    for row in dossier.rows("T15"):
        days = offence_days(row)
        if kind_in(row) is not SentenceKind.FIXED_TERM or days is None or not base:
            continue
        if all(each.start <= days[1] and days[0] <= each.first_end for each in base):
            found.append((row, stop_of(row, dossier)))
    return tuple(sorted(found, key=lambda pair: min(pair[1].begins, default=date.max)))


def stop_of(row: Record, dossier: Dossier) -> Stop:
    """From which days a later sentence may count as executed, and from which days its end sets free."""
    span = parse_range(match[0].removeprefix("刑期")).value if (match := _span(row)) else None
    held = _range(word_of(row, "detention_span"))
    custody = [each for each in dossier.rows("T14") if _of(each, row)]
    begins = {span[0] if span else None, held[0] if held else None, day_of(row, "effective_on")}
    begins |= {day_of(each, "admitted_on") for each in custody}
    ends = {day_of(each, "left_on") for each in custody if word_of(each, "leaving_reason") == "刑满释放"}
    sentence = row["sentence"]
    first = span[0] if span else held[0] if held else None
    if span:
        ends.add(span[1])
    elif not ends - {None} and first is not None and isinstance(sentence, Sentence) and sentence.term is not None:
        ends.add(end_of_term(first, sentence.term))
    resumes = {each for each in ends if each is not None}
    resumes |= {each + ONE_DAY for each in resumes}
    return Stop(tuple(sorted(each for each in begins if each)), tuple(sorted(resumes)))


def _span(row: Record) -> re.Match[str] | None:
    return SPAN.search(word_of(row, "judgment_text"))


def _range(text: str) -> tuple[date, date] | None:
    try:
        return parse_range(text).value
    except ValueError:
        return None


def _of(custody: Record, row: Record) -> bool:
    """Whether a stay in custody belongs to a later judgment: it began after the offence and lasted to the judgment."""
    admitted, left = day_of(custody, "admitted_on"), day_of(custody, "left_on") or date.max
    days, judged = offence_days(row), day_of(row, "judged_on", "effective_on")
    if admitted is None or days is None or judged is None:
        return False
    return days[0] <= admitted and admitted <= judged <= left
