"""One deprivation of political rights of one person: what it is called, and when it runs by every lawful reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.core.checks.deprivation.facts import Facts
from app.core.checks.deprivation.sources import latest
from app.core.checks.persons import day_of, first_day, word_of
from app.core.records import Record
from app.core.sentence.deprivation import Days, Ground, Period, Stop, readings, resumed
from app.core.sentence.terms import ONE_DAY, end_of_term
from app.core.values import Term


@dataclass(frozen=True)
class Matter(Facts):
    """One deprivation: its rows, and the days between which the rights are gone."""

    @cached_property
    def label(self) -> str:
        """What the matter is called: the case number, else the day it runs from, else the row it came from."""
        for each in (*self.judgments, *self.releases, *self.listings, *self.rulings):
            if number := word_of(each, "case_no"):
                return number
        start = self.periods[0].start if self.periods else day_of(self.listing, "deprivation_start")
        return f"剥权起日{start}" if start else f"《{self.anchor.sheet}》第{self.anchor.row}行"

    @property
    def unit(self) -> str:
        """The police station, else the prison, else the court, whose work is looked at."""
        return (
            word_of(self.listing, "police_station")
            or word_of(self.release, "receiving_station")
            or next((name for each in self.rulings if (name := word_of(each, "prison"))), "")
            or word_of(self.judgment, "court")
        )

    @property
    def begins(self) -> date | None:
        """The day the judgment took effect."""
        return self.effective

    @property
    def words(self) -> dict[str, str]:
        """What the list of cases shows: offence, penalty, on what the deprivation hangs, first day."""
        own = (*self.judgments, *self.releases, *self.listings)
        return {
            "offence": next((name for each in own if (name := word_of(each, "offence"))), ""),
            "sentence": str(self.deprivation or ""),
            "proposal": self.ground.value if self.ground else "",
            "filed_on": str(self.periods[0].start if self.periods else ""),
            "court": next((name for each in own if (name := word_of(each, "court"))), ""),
        }

    @cached_property
    def days(self) -> Days:
        """The days it may run from."""
        roster = self.roster
        probation_end = day_of(roster, "correction_end")
        probation = self.judgment["probation"] if self.judgment is not None else None
        if probation_end is None and isinstance(probation, Term) and self.effective is not None:
            probation_end = end_of_term(self.effective, probation)
        return Days(
            self.effective,
            self.freed[0] if self.freed else None,
            day_of(roster, "correction_start"),
            day_of(roster, "correction_end"),
            probation_end,
        )

    @cached_property
    def base(self) -> tuple[Period, ...]:
        """The lawful readings while nothing stops it."""
        return readings(self.ground, self.days, self.term) if self.ground is not None else ()

    @cached_property
    def stops(self) -> tuple[tuple[Record, Stop], ...]:
        """Later sentences of imprisonment for offences during the deprivation, with their days."""
        return latest(self.dossier, self.base)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The lawful readings, lengthened by later sentences."""
        found = self.base
        for _, stop in self.stops:
            found = tuple(resumed(each, stop) for each in found)
        return found

    @property
    def open_stop(self) -> bool:
        """Whether a later sentence stopped it and it is not known from when it goes on."""
        return any(not stop.resumes for _, stop in self.stops)

    @cached_property
    def known(self) -> tuple[Period, ...]:
        """The lawful readings; without any the period the police state."""
        if self.periods:
            return self.periods
        start, end = day_of(self.listing, "deprivation_start"), day_of(self.listing, "deprivation_end")
        return (Period("列管名单所列起止", start, (end,)),) if start and end and start <= end else ()

    @cached_property
    def in_effect_from(self) -> date | None:
        """The first day on which the rights are surely gone: while the principal penalty is served they are too."""
        starts = [each.start for each in self.known]
        if self.ground in (Ground.RELEASE, Ground.PAROLE, Ground.OUTSIDE) and self.effective is not None:
            starts.append(self.effective)
        return (max if self.ground is Ground.PROBATION else min)(starts, default=None)

    def deprived(self, day: date) -> bool | None:
        """Whether the person has no political rights on a day; None where readings differ, or none is known."""
        if not self.known:
            return None
        if self.in_effect_from is not None and self.in_effect_from <= day < min(each.start for each in self.known):
            return True
        held = {each.holds(day) for each in self.known}
        return held.pop() if len(held) == 1 else None

    @property
    def first_end(self) -> date | None:
        """The earliest day on which it may lawfully end."""
        return min((each.first_end for each in self.known), default=None)

    @property
    def last_end(self) -> date | None:
        """The latest day on which it may lawfully end."""
        return max((each.last_end for each in self.known), default=None)

    @cached_property
    def died(self) -> tuple[date, Record] | None:
        """The day of death."""
        return first_day(self.rows("T18"), "death_date")

    def dead_by(self, day: date) -> bool:
        """Whether the person had died by a day."""
        return self.died is not None and self.died[0] <= day

    @property
    def next_day(self) -> date | None:
        """The day after the principal penalty ended, from which some lists count."""
        return self.freed[0] + ONE_DAY if self.freed else None
