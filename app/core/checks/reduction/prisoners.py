"""Everybody the lists of this desk know, each once and as of today: proposed, ruled on, released, or only listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.checks.dossier import Place, Register, place_of, text_of, usable
from app.core.checks.reduction.backtest import ruling_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.court import granted
from app.core.checks.reduction.history import settle
from app.core.checks.reduction.review import (
    AWARDS,
    CRIMES,
    HISTORY,
    MONTHS,
    PROPERTY,
    PROPOSALS,
    SPENDING,
    gather_cases,
)
from app.core.findings.asked_again import Ruling
from app.core.law.book import LawBook
from app.core.people.names import compare_form
from app.core.records import Cell, Record
from app.core.sentence.terms import due

RELEASED = "T19"
# The tables a forecast asks; the months and the spending only tell of people nothing else tells of.
TABLES = (PROPOSALS, HISTORY, AWARDS, PROPERTY, CRIMES, RELEASED, MONTHS, SPENDING)
ASKED = (HISTORY, AWARDS, PROPERTY, CRIMES)
# What a ruling on a proposal is called in the table of commutations.
AS_RULING = {
    "ruled_on": "ruled_on",
    "ruling_served_on": "served_on",
    "proposed": "reduced",
    "proposed_term": "term_after",
    "proposed_end": "end_after",
    "proposed_deprivation": "deprivation_after",
    "court": "court",
}
FROM_RELEASE = {
    "prisoner_no": "prisoner_no",
    "name": "name",
    "id_number": "id_number",
    "offence": "offence",
    "sentence": "sentence",
    "sentence_start": "sentence_start",
    "current_end": "sentence_end",
    "deprivation": "deprivation",
}
WHO = ("prisoner_no", "name", "id_number", "prison", "ward")
RESULT = "ruling_result"


@dataclass(frozen=True, slots=True)
class Prisoner:
    """One person: a case that stands as of today.

    `pending` is the day of a proposal that waits for its ruling, `unruled` whether the court's time for it is over,
    `gone` why the person serves no longer, "" for who does.
    """

    case: ReductionCase
    pending: date | None = None
    unruled: bool = False
    gone: str = ""


def prisoners(records: Iterable[Record], law: LawBook, as_of: date) -> list[Prisoner]:
    """Everybody in the lists once, by their latest row, in the order of the lists."""
    asked, released, strangers = _sort_out(records)
    cases = gather_cases([*asked, *strangers], law, as_of)
    by_place = {place_of(each.proposal): each for each in cases}
    releases = Register.of(released)
    names: dict[str, int] = defaultdict(int)
    groups = list(_groups(cases))
    for group in groups:
        names[compare_form(group[-1].person.name)] += 1
    found = []
    for group in groups:
        rows = [by_place[place_of(each.proposal)] for each in group]
        person = rows[-1].person
        gone = _gone(releases.of_person(person, names[compare_form(person.name)]).records, as_of)
        found.append(_as_of_today(rows, gone))
    return found


def _sort_out(records: Iterable[Record]) -> tuple[list[Record], list[Record], list[Record]]:
    """The rows cases are made of, those of releases, and a bare proposal for everybody only other lists know."""
    asked: list[Record] = []
    released: list[Record] = []
    others: dict[str, Record] = {}
    known: set[str] = set()
    for each in records:
        if each.table == PROPOSALS:
            known.update(_keys(each))
        elif each.table == RELEASED:
            released.append(each)
        else:
            others.setdefault(_keys(each)[0], each)
        if each.table == PROPOSALS or each.table in ASKED:
            asked.append(each)
    strangers: list[Record] = []
    for each in [*released, *others.values()]:
        keys = _keys(each)
        if not known.intersection(keys):
            known.update(keys)
            strangers.append(_bare(each))
    return asked, released, strangers


def _keys(record: Record) -> list[str]:
    """The numbers a person is known by; the name alone where the row has none."""
    numbers = [usable(text_of(record, "prisoner_no")), usable(text_of(record, "id_number"))]
    return [each for each in numbers if each] or [compare_form(text_of(record, "name"))]


def _bare(record: Record) -> Record:
    """What a row of another list tells of a person, as a row of the proposals' list."""
    names = FROM_RELEASE if record.table == RELEASED else {each: each for each in WHO}
    cells = {own: record.cells[told] for told, own in names.items() if told in record.cells}
    if record.table == RELEASED and record["current_end"] is None and "sentence_end" in record.cells:
        cells["sentence_end"] = record.cells["sentence_end"]
    return Record(PROPOSALS, record.file, record.sheet, record.row, cells)


def _groups(cases: Sequence[ReductionCase]) -> Iterator[list[ReductionCase]]:
    """The cases of each person, the latest last."""
    by_place: Mapping[Place, ReductionCase] = {place_of(each.proposal): each for each in cases}
    seen: set[Place] = set()
    for each in cases:
        if place_of(each.proposal) in seen:
            continue
        group = [each, *(by_place[place_of(kin)] for kin in each.kin if _one_person(each.proposal, kin))]
        seen.update(place_of(one.proposal) for one in group)
        yield sorted(group, key=lambda one: (one.filed or one.day("ruled_on") or date.min, one.proposal.id))


def _one_person(one: Record, other: Record) -> bool:
    """Whether two rows alike are surely of one person: people of one name and birth date may have different numbers."""
    first, second = (usable(text_of(each, "prisoner_no")) for each in (one, other))
    same_id = usable(text_of(one, "id_number")) and text_of(one, "id_number") == text_of(other, "id_number")
    return not first or not second or first == second or bool(same_id)


def _gone(rows: Iterable[Record], as_of: date) -> str:
    days = [day for each in rows if isinstance(day := each["released_on"], date) and day <= as_of]
    return f"释放名单载明 {max(days)} 释放" if days else ""


def _as_of_today(rows: Sequence[ReductionCase], gone: str) -> Prisoner:
    """The row that tells of the person today, with what was ruled on all of them."""
    listed = _listed(rows)
    won = [each for each in rows if _granted(each)]
    if not gone and won and won[-1].parole and won[-1] is rows[-1] and listed.proposal.id <= rows[-1].proposal.id:
        gone = f"{won[-1].day('ruled_on')} 已裁定假释"
    rulings, clash = settle([*listed.history, *(_as_ruling(each) for each in won if not each.parole)])
    case = replace(listed, history=rulings, history_gap=listed.history_gap or clash)
    case = _with_present_end(case, listed)
    pending = [each.filed for each in rows if each.filed is not None and _waits(each, rulings)]
    if gone or not pending:
        return Prisoner(case, gone=gone)
    limit = due(pending[-1], case.law.number("court_months_extended", case.as_of)).late
    return Prisoner(case, pending=pending[-1], unruled=case.as_of > limit)


def _listed(rows: Sequence[ReductionCase]) -> ReductionCase:
    """The row that tells of the person today: the last list that proposes nothing, else the last proposal."""
    plain = [each for each in rows if each.filed is None and each.day("ruled_on") is None]
    return max(plain, key=lambda each: each.proposal.id) if plain else rows[-1]


def _waits(case: ReductionCase, rulings: Sequence[Record]) -> bool:
    """Whether a proposal still waits for its ruling, as far as its row and the later rulings tell."""
    if case.day("ruled_on") is not None or text_of(case.proposal, RESULT) or case.filed is None:
        return False
    days = [day for each in rulings if isinstance(day := each["ruled_on"], date)]
    return not any(day >= case.filed for day in days)


def _granted(case: ReductionCase) -> bool:
    if case.day("ruled_on") is None:
        return False
    return ruling_of(case) in (Ruling.GRANTED, Ruling.ADJUSTED)


def _as_ruling(case: ReductionCase) -> Record:
    """A proposal that was granted, as the table of commutations would tell it."""
    own = case.proposal
    cells = {told: own.cells[name] for name, told in AS_RULING.items() if name in own.cells}
    if ruling_of(case) is Ruling.ADJUSTED:
        cells = {key: cell for key, cell in cells.items() if key not in ("reduced", "term_after", "end_after")}
        cells["reduced"] = _adjusted(own)
    return Record(HISTORY, own.file, own.sheet, own.row, cells)


def _adjusted(proposal: Record) -> Cell:
    cell = proposal.cells[RESULT]
    return Cell(granted(cell.raw), cell.raw, cell.column)


def _with_present_end(case: ReductionCase, listed: ReductionCase) -> ReductionCase:
    """The end date after the last ruling, where that came later than the row that tells the end date.

    It is unknown where the ruling does not tell it: the row may have been brought up to date, or not.
    """
    last, since = case.last_ruling, listed.filed or listed.day("ruled_on")
    ruled = last["ruled_on"] if last is not None else None
    if last is None or since is None or not isinstance(ruled, date) or ruled < since:
        return case
    cells = {key: cell for key, cell in case.proposal.cells.items() if key != "sentence_end"}
    if last["end_after"] is not None:
        cells["sentence_end"] = last.cells["end_after"]
    old = case.proposal
    return replace(case, proposal=Record(old.table, old.file, old.sheet, old.row, cells, old.id))
