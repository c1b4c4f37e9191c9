"""Custody before the term as registers of other offices tell it: coercive measures (T13) and stays (T14)."""

from __future__ import annotations

from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.cell_custody import Spell
from app.core.checks.reduction.crediting import executed_on
from app.core.records import Record
from app.core.sentence.credit import Measure
from app.core.sentence.terms import ONE_DAY

MEASURES, STAYS = "T13", "T14"
TABLES = (MEASURES, STAYS)
DELIVERED = "交付执行"  # custody lasted until the term was carried out
BY_STAY = {"刑事拘留": Measure.DETENTION, "逮捕": Measure.ARREST, "行政拘留": Measure.ADMINISTRATIVE}
BY_MEASURE = {
    "刑事拘留": Measure.DETENTION,
    "逮捕": Measure.ARREST,
    "取保候审": Measure.BAIL,
    "监视居住": Measure.HOME,
    "指定居所监视居住": Measure.DESIGNATED,
}
SEEN = ("measure", "executed_on", "decided_on", "lifted_on", "admitted_on", "admission_reason", "left_on")


def spells_in_registers(case: ReductionCase) -> tuple[tuple[Spell, Record], ...]:
    """The spells of this case with the row each stands in, by date.

    What began before the crime or after the term was carried out belongs to another matter.
    """
    executed, crime = executed_on(case), case.day("offence_date") or date.min
    if executed is None:
        return ()
    found = []
    for row in case.custody_rows:
        spell = _of_stay(row) if row.table == STAYS else _of_measure(row)
        if spell is not None and crime <= spell.start < executed:
            found.append((spell, row))
    return tuple(sorted(found, key=lambda each: (each[0].start, each[1].table, each[1].row)))


def _of_stay(row: Record) -> Spell | None:
    measure, start, left = BY_STAY.get(text_of(row, "admission_reason")), row["admitted_on"], row["left_on"]
    if measure is None or not isinstance(start, date):
        return None
    if text_of(row, "leaving_reason") == DELIVERED or not isinstance(left, date) or left < start:
        return Spell(measure, start, None)
    return Spell(measure, start, left + ONE_DAY)


def _of_measure(row: Record) -> Spell | None:
    measure, lifted = BY_MEASURE.get(text_of(row, "measure")), row["lifted_on"]
    executed, decided = row["executed_on"], row["decided_on"]
    start = executed if isinstance(executed, date) else decided
    if measure is None or not isinstance(start, date):
        return None
    return Spell(measure, start, lifted + ONE_DAY if isinstance(lifted, date) and lifted >= start else None)
