"""What was delivered about one proposal and the person: the rows of all tables, and its plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.core.checks.dossier import Attached, Place, text_of
from app.core.checks.reduction.history import HEAVY
from app.core.findings import Person
from app.core.law.book import LawBook
from app.core.law.offences import Offence, plain, says
from app.core.law.offences import shipped as offences
from app.core.people.id_number import read_id_number
from app.core.records import Record
from app.core.values import OffenceTerm, Sentence, SentenceKind, Term

PAROLE = "假释"
PENALTIES = frozenset(SentenceKind)


@dataclass(frozen=True)
class CaseFacts:
    """A proposal (R1) with earlier commutations (R2), awards (R3), months (R4), spending (R5), property items (R6) and
    crimes in prison (R7).

    `history` is sorted by ruling date; `history_gap` says why it cannot be relied on, "" when it can; `history_rows`
    are the rows of the table of commutations it was settled from.
    `custody_rows` are rows of the registers of measures and stays (T13, T14) that bear the person's identity number.
    `remitters` are those who pay into prisoners' accounts, with the numbers of all they pay to. `kin` are all other
    proposals about the same person, `twins` those pending beside this one, `strangers` rows that bear the number but
    another name, `loose` the rows matched by name alone; `as_of` is the day taken as today.
    `like` are the months proposed in all cases of the same row, merit and commendations.
    """

    proposal: Record
    person: Person
    as_of: date
    law: LawBook
    history: tuple[Record, ...] = ()
    history_gap: str = ""
    history_rows: Attached = field(default_factory=Attached)
    history_present: bool = False
    awards: Attached = field(default_factory=Attached)
    awards_present: bool = False
    months: Attached = field(default_factory=Attached)
    months_present: bool = False
    spending: Attached = field(default_factory=Attached)
    spending_present: bool = False
    remitters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    property_rows: Attached = field(default_factory=Attached)
    property_present: bool = False
    crimes: Attached = field(default_factory=Attached)
    crimes_present: bool = False
    custody_rows: tuple[Record, ...] = ()
    twins: tuple[Record, ...] = ()
    kin: tuple[Record, ...] = ()
    strangers: tuple[str, ...] = ()
    loose: frozenset[Place] = frozenset()
    like: tuple[int, ...] = ()
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # asked by many rules

    @property
    def label(self) -> str:
        """What the case is called: batch and prisoner number, or the row it came from."""
        batch = text_of(self.proposal, "batch")
        number = self.person.prisoner_no or f"第{self.proposal.row}行"
        return f"{batch} {number}".strip()

    @cached_property
    def unit(self) -> str:
        """The supervised unit: the prison or detention centre."""
        return text_of(self.proposal, "prison")

    @cached_property
    def filed(self) -> date | None:
        """The filing date (报请日)."""
        return self.day("filed_on")

    @cached_property
    def rules_day(self) -> date:
        """The day whose rules hold: of the ruling for a past case, else of the filing, else of the run."""
        return self.day("ruled_on") or self.filed or self.as_of

    @cached_property
    def parole(self) -> bool:
        """Whether parole is proposed."""
        return self.proposal["proposal_kind"] == PAROLE

    def day(self, field_id: str) -> date | None:
        """A date of the proposal."""
        value = self.proposal[field_id]
        return value if isinstance(value, date) else None

    def flag(self, field_id: str) -> bool | None:
        """A yes or no of the proposal; None when it was not said."""
        value = self.proposal[field_id]
        return value if isinstance(value, bool) else None

    @cached_property
    def birth(self) -> date | None:
        """The birth date: as delivered, else as a sound identity number carries it."""
        return self.day("birth_date") or read_id_number(text_of(self.proposal, "id_number")).birth_date

    @cached_property
    def restricted(self) -> bool | None:
        """Whether the judgment restricts commutation; None when that was not said."""
        return self._said("restricted", "限制减刑")

    @cached_property
    def no_release(self) -> bool | None:
        """Whether the judgment orders life imprisonment without commutation; None when that was not said."""
        return self._said("no_release", "终身监禁")

    def _said(self, field_id: str, word: str) -> bool | None:
        """A yes or no of its own column, or said in 从严情形."""
        return True if says(plain(text_of(self.proposal, "strict_classes")), word) else self.flag(field_id)

    @cached_property
    def original_kind(self) -> SentenceKind | None:
        """The kind of the original penalty."""
        stated = self.proposal["sentence_kind"]
        if isinstance(stated, str) and stated in PENALTIES:
            return SentenceKind(stated)
        sentence = self.proposal["sentence"]
        return sentence.kind if isinstance(sentence, Sentence) else None

    @cached_property
    def original_term(self) -> Term | None:
        """The length of the original penalty; None for life and suspended death, or when it was not delivered."""
        sentence = self.proposal["sentence"]
        if isinstance(sentence, Sentence) and self.original_kind not in HEAVY:
            return sentence.term
        return None

    @cached_property
    def offences(self) -> tuple[Offence, ...]:
        """The listed offences the proposal names."""
        return offences().find(text_of(self.proposal, "offence"))

    @property
    def offence_terms(self) -> tuple[OffenceTerm, ...]:
        """The terms of the single offences; empty when they were not delivered."""
        value = self.proposal["offence_terms"]
        return value if isinstance(value, tuple) else ()

    @cached_property
    def suspension_end(self) -> date | None:
        """The last day of the two-year suspension as delivered; None when it was not."""
        return self.day("suspension_ended_on")
