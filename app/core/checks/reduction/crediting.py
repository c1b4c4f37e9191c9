"""What is known of custody before the term, and what it counts for: the basis of credit, end dates and day ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.cell_custody import Spell, Told, read_custody
from app.core.sentence.credit import Credit, Custody, Ends, Measure, credit, ends, rates
from app.core.sentence.terms import end_of_term
from app.core.values import Term

FIELD = "custody"
HELD_WORDS = ("羁押", "关押")


@dataclass(frozen=True, slots=True)
class Account:
    """The credit of some reading of the spells, and both lawful ends of the original term before any commutation."""

    executed: date
    credit: Credit
    ends: Ends

    @property
    def first(self) -> date:
        """The first day credited; the day of execution when none is."""
        return self.ends.first

    @property
    def missed(self) -> int:
        """Days from the first credited day to the execution that credit nothing; negative where they count double."""
        return (self.executed - self.ends.first).days - self.credit.days


def custody_told(case: ReductionCase) -> Told:
    """The spells of the custody cell, with what could not be read of it."""
    found = case.memo.get(FIELD)
    if not isinstance(found, Told):
        cell = case.proposal.cells.get(FIELD)
        held = cell is not None and any(each in cell.column for each in HELD_WORDS)
        found = read_custody(text_of(case.proposal, FIELD), held)
        case.memo[FIELD] = found
    return found


def spells_of(case: ReductionCase) -> tuple[Spell, ...]:
    """The spells to reckon with: none where a part of what was told could not be read."""
    told = custody_told(case)
    return () if told.unread else told.spells


def executed_on(case: ReductionCase) -> date | None:
    """The day the judgment was carried out: delivery to the place of execution, else the judgment's effect."""
    return case.day("delivered_on") or case.day("effective_on")


def account(case: ReductionCase, spells: Iterable[Spell], *, same_act: bool = True) -> Account | None:
    """The credit of spells; None without the day of execution or the term.

    `same_act` is the reading of an administrative detention of which it was not said what it was for.
    """
    executed, term, kind = executed_on(case), case.original_term, case.original_kind
    if executed is None or term is None or kind is None:
        return None
    custody = [
        Custody(
            each.measure,
            each.start,
            max(each.until or executed, each.start),
            same_act if each.same_act is None else each.same_act,
        )
        for each in spells
    ]
    found = credit(custody, rates(case.law, kind, case.as_of), executed)
    return Account(executed, found, ends(term, executed, found))


def uncredited(case: ReductionCase) -> int:
    """Days by which custody moves the end of a term that is counted from the stated start.

    Counted from the first day of custody it moves on by the days that credit nothing; counted from the day of
    execution it moves back by those credited.
    """
    spells, start = spells_of(case), case.day("sentence_start")
    found = account(case, spells) if spells else None
    if found is None:
        return 0
    return {found.executed: -found.credit.days, found.first: found.missed}.get(start or date.min, 0)


def served_until(case: ReductionCase, start: date, part: Term) -> date:
    """The last day of a part of the original term counted from its start, moved by what custody credits."""
    return end_of_term(start, part) + timedelta(days=uncredited(case))


def counted_as(spells: Iterable[Spell], measure: Measure, other: Measure) -> tuple[Spell, ...]:
    """The spells with one measure taken for another, to find what a stated end was reckoned with."""
    return tuple(replace(each, measure=other) if each.measure is measure else each for each in spells)
