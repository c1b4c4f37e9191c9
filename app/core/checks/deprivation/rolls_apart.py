"""In what the three lists differ about one deprivation: term, days, name and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import number_of
from app.core.checks.deprivation.rolls import Entry, Presence, Roll, evidence
from app.core.checks.deprivation.sources import Stated, stated_in
from app.core.checks.persons import day_of, word_of
from app.core.findings import Evidence
from app.core.people.identity import identity_of
from app.core.records import Record
from app.core.values import Deprivation


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the lists do not agree in: what it is, what each says, and the cells that say it."""

    what: str
    text: str
    cells: tuple[Evidence, ...]


def differences(case: Matter, entries: Sequence[Entry], own: Sequence[Record]) -> tuple[Difference, ...]:
    """What differs between the lists that have the person; `own` are the rows of the roster of correction."""
    present = {each.roll for each in entries if each.presence is Presence.YES}
    rows: dict[Roll, list[Record]] = {
        Roll.COURT: [*case.judgments, *case.releases, *case.rulings],
        Roll.JUSTICE: list(own),
        Roll.POLICE: list(case.listings),
    }
    rows = {roll: found for roll, found in rows.items() if roll in present}
    return (*_terms(case, rows), *_days(case, rows), *_identity(rows))


def _terms(case: Matter, rows: Mapping[Roll, Sequence[Record]]) -> Iterator[Difference]:
    """The term each list holds for the one in force."""
    said: dict[Roll, Stated] = {}
    court = case.change or case.original
    if Roll.COURT in rows and court is not None and court.row.table in ("T01", "T19", "T22"):
        said[Roll.COURT] = court
    for roll, field_id in ((Roll.JUSTICE, "supplementary"), (Roll.POLICE, "deprivation")):
        found = next((each for row in rows.get(roll, ()) if (each := stated_in(row, field_id)) is not None), None)
        if found is not None:
            said[roll] = found
    if len({_length(each.value) for each in said.values()}) > 1:
        text = "；".join(f"{roll}{each.value or '无'}" for roll, each in said.items())
        yield Difference("期限", text, tuple(cell for each in said.values() for cell in evidence(each.row, each.field)))
    for row in rows.get(Roll.JUSTICE, ()):
        if Roll.JUSTICE not in said and row["supplementary"] is not None and case.deprivation:
            text = "司法局名册的附加刑没有剥夺政治权利"
            yield Difference("期限", text, evidence(row, "supplementary"))
            return


def _length(value: Deprivation) -> tuple[object, ...]:
    term = value.term
    return (bool(value), value.life, term.total_months, term.days) if term else (bool(value), value.life)


def _days(case: Matter, rows: Mapping[Roll, Sequence[Record]]) -> Iterator[Difference]:
    """The days the police list against the lawful readings."""
    row = case.listing if Roll.POLICE in rows else None
    start, end = day_of(row, "deprivation_start"), day_of(row, "deprivation_end")
    if row is None or not case.base:
        return
    lawful = sorted({each.start for each in case.base})
    if start is not None and start not in lawful and not any(start in stop.resumes for _, stop in case.stops):
        apart = min((abs((start - each).days) for each in lawful), default=0)
        dates = "或".join(map(str, lawful))
        cells = evidence(row, "deprivation_start") + (evidence(*case.freed[1:]) if case.freed else ())
        yield Difference("起始", f"公安机关{start}，依法{dates}，相差{apart}日", cells)
    ends = sorted({each for period in case.periods for each in period.ends})
    if end is not None and ends and not case.open_stop and not (ends[0] <= end <= ends[-1]):
        apart = min(abs((end - each).days) for each in ends)
        cells = evidence(row, "deprivation_end", "deprivation")
        yield Difference("截止", f"公安机关{end}，依法{'或'.join(map(str, ends))}，相差{apart}日", cells)


def _identity(rows: Mapping[Roll, Sequence[Record]]) -> Iterator[Difference]:
    """Names and numbers that are not the same in every list."""
    names = {roll: _first((word_of(each, "name"), identity_of(each, hints=False).key) for each in found)
             for roll, found in rows.items()}  # fmt: skip
    numbers = {roll: _first((word_of(each, "id_number"), identity_of(each, hints=False).id.number) for each in found)
               for roll, found in rows.items()}  # fmt: skip
    cases = {roll: _first((word_of(each, "case_no"), number_of(each)) for each in found)
             for roll, found in rows.items()}  # fmt: skip
    for what, field_id, said in (
        ("姓名", "name", names),
        ("证件号码", "id_number", numbers),
        ("案号", "case_no", cases),
    ):
        told = {roll: pair for roll, pair in said.items() if pair is not None}
        if len({form for _, form in told.values()}) > 1:
            text = "；".join(f"{roll}{written}" for roll, (written, _) in told.items())
            cells = tuple(cell for roll in told for each in rows[roll][:1] for cell in evidence(each, field_id))
            yield Difference(what, text, cells)


def _first(pairs: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The first that is written and has a form of comparison, in the order of the forms."""
    return min((pair for pair in pairs if pair[0] and pair[1]), key=lambda pair: pair[1], default=None)
