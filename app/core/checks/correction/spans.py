"""The last day of correction, by the law: every day that counts as right for this kind of case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.checks.correction.case import Episode, Kind, penalty_of
from app.core.checks.correction.effect import effect_of
from app.core.checks.correction.held import Held, read_held
from app.core.checks.persons import day_of
from app.core.records import Record
from app.core.sentence.credit import HALVES_IN_DAY
from app.core.sentence.terms import ONE_DAY, add_months, end_of_term
from app.core.values import Sentence, SentenceKind, Term


@dataclass(frozen=True, slots=True)
class Ends:
    """The end of a term read both ways: with the month-end clause, and by the same day of the month."""

    right: date
    plain: date

    @property
    def both(self) -> tuple[date, ...]:
        """Both readings, the earlier first."""
        return tuple(sorted({self.right, self.plain}))

    def apart(self, day: date) -> int:
        """How many days a day lies from the nearer reading; positive when it is later."""
        return min(((day - each).days for each in self.both), key=lambda days: (abs(days), days < 0))


def ends(start: date, term: Term, credit: int = 0) -> Ends:
    """The end of a term that begins on a day, `credit` days of custody taken off."""
    off = credit * ONE_DAY
    plain = add_months(start, term.total_months) + (term.days - 1) * ONE_DAY
    return Ends(end_of_term(start, term) - off, plain - off)


def reductions(case: Episode) -> list[Record]:
    """The rulings that state how this sentence ends, oldest first; before parole those of the prison count too."""
    rows = [row for row in case.dossier.rows("T22") if day_of(row, "end_after") is not None]
    if case.kind in (Kind.PROBATION, Kind.CONTROL):
        begin = case.begins or date.max
        rows = [row for row in rows if (day_of(row, "ruled_on") or date.min) >= begin]
    return sorted(rows, key=lambda row: day_of(row, "ruled_on") or date.min)


def control_term(case: Episode) -> Term | None:
    """How long control was imposed for: by the court, else by the roster."""
    for row in (case.judgment, case.roster):
        penalty = penalty_of(row)
        if penalty is not None and penalty.kind is SentenceKind.CONTROL and penalty.term is not None:
            return penalty.term
    term = case.roster["control_term"] if case.roster is not None else None
    return term if isinstance(term, Term) else None


def held_before(case: Episode, start: date | None) -> Held | None:
    """Custody before the judgment, as the court states it; None when it is not said or cannot be read."""
    for row in case.judgments:
        cell = row.cells.get("detention_span")
        if cell is not None:
            return read_held(str(cell.value or ""), start)
    return None


def credit_of(case: Episode, held: Held, day: date, *, less: bool = False) -> int:
    """Days of control that custody counts for; `less` leaves the last day of each stay out."""
    custody = held.custody - (held.custody_spans if less else 0)
    residence = held.residence - (held.residence_spans if less else 0)
    rates = [case.law.number(f"credit_{each}_control", day) for each in ("custody", "designated")]
    return (custody * rates[0] + residence * rates[1]) // HALVES_IN_DAY


def life(case: Episode) -> bool:
    """Whether somebody on parole serves a life sentence that was never turned into a fixed term."""
    before = [row["sentence_before"] for row in case.paroles]
    stated = [each for each in before if isinstance(each, Sentence)]
    if stated:
        return stated[0].kind is SentenceKind.LIFE
    penalty = penalty_of(case.roster)
    return penalty is not None and penalty.kind is SentenceKind.LIFE and not reductions(case)


def lawful_ends(case: Episode) -> set[date]:
    """Every day that may rightly be the last of this episode; empty when nothing lets it be told."""
    effect = effect_of(case)
    starts: set[date] = {each for each in (case.start, *effect.accepted) if each is not None}
    found: set[date] = {day for row in reductions(case)[-1:] if (day := day_of(row, "end_after")) is not None}
    match case.kind:
        case Kind.PROBATION:
            found |= _all(starts, case.probation, [0])
        case Kind.CONTROL:
            term = control_term(case)
            credits = {0}
            for start in starts:
                held = held_before(case, start)
                if held:
                    credits = {credit_of(case, held, start), credit_of(case, held, start, less=True)}
            found |= _all(starts, term, credits)
        case Kind.PAROLE:
            found |= {day for row in case.paroles if (day := day_of(row, "parole_to")) is not None}
            if life(case):
                years = case.law.number("parole_life_years", case.as_of)
                found |= _all(starts, Term(years), [0])
        case Kind.OUTSIDE:
            found |= {day for row in case.outside if (day := day_of(row, "sentence_end")) is not None}
        case _:
            pass
    return found


def _all(starts: Iterable[date], term: Term | None, credits: Iterable[int]) -> set[date]:
    if not term:
        return set()
    return {day for start in starts for credit in credits for day in ends(start, term, credit).both}
