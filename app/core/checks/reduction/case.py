"""One proposal for commutation or parole with everything known about the person, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.core.checks.dossier import Attached, Place, text_of
from app.core.checks.reduction.history import CHANGE_TO_LIFE, CHANGE_TO_TERM, HEAVY, REDUCTION, kinds
from app.core.checks.why import Missing
from app.core.findings import Person
from app.core.law.book import LawBook
from app.core.law.offences import Offence, plain, says
from app.core.law.offences import shipped as offences
from app.core.people.id_number import read_id_number
from app.core.records import Record
from app.core.values import Deprivation, OffenceTerm, Sentence, SentenceKind, Term

PAROLE = "假释"
MERITS = {
    "确有悔改表现": "repentance",
    "立功": "merit",
    "确有悔改表现并有立功表现": "repentance_merit",
    "重大立功": "major",
    "确有悔改表现并有重大立功表现": "repentance_major",
}


class Stage(StrEnum):
    """Where a prisoner stands between the original sentence and today."""

    FIXED = "原判有期徒刑、拘役、管制"
    LIFE = "无期徒刑，尚未减为有期徒刑"
    SUSPENDED = "死缓，尚未减刑"
    SUSPENDED_LIFE = "死缓已减为无期徒刑"
    LIFE_TERM = "原判无期徒刑，已减为有期徒刑"
    SUSPENDED_TERM = "原判死缓，已减为有期徒刑"


# Which table of the law book answers for a stage; none for a suspended death sentence not yet changed.
TABLES = {
    Stage.FIXED: "A",
    Stage.LIFE: "B",
    Stage.SUSPENDED_LIFE: "C",
    Stage.LIFE_TERM: "D-life",
    Stage.SUSPENDED_TERM: "D-death",
}
CHANGES = (Stage.LIFE, Stage.SUSPENDED_LIFE)
LATER = (Stage.LIFE_TERM, Stage.SUSPENDED_TERM)


@dataclass(frozen=True)
class ReductionCase:
    """A proposal (R1) with earlier commutations (R2), awards (R3), months (R4), spending (R5), property items (R6) and
    crimes in prison (R7).

    `history` is sorted by ruling date; `history_gap` says why it cannot be relied on, "" when it can; `history_rows`
    are the rows of the table of commutations it was settled from.
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

    @property
    def unit(self) -> str:
        """The supervised unit: the prison or detention centre."""
        return text_of(self.proposal, "prison")

    @property
    def filed(self) -> date | None:
        """The filing date (报请日)."""
        return self.day("filed_on")

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

    @property
    def barred(self) -> bool:
        """Whether nothing may be granted: life without commutation; its own change from death to life remains."""
        to_life = self.to_life and CHANGE_TO_LIFE not in self.changes and CHANGE_TO_TERM not in self.changes
        return bool(self.no_release) and (self.parole or not to_life)

    @cached_property
    def original_kind(self) -> SentenceKind | None:
        """The kind of the original penalty."""
        stated = self.proposal["sentence_kind"]
        if isinstance(stated, str) and stated in set(SentenceKind):
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
    def rulings(self) -> tuple[tuple[str, Record], ...]:
        """Earlier rulings with what each did, oldest first."""
        return tuple(zip(kinds(self.history, self.original_kind in HEAVY), self.history, strict=True))

    @cached_property
    def changes(self) -> dict[str, Record]:
        """The rulings that changed the kind of penalty, by what they changed it to."""
        return {kind: each for kind, each in self.rulings if kind != REDUCTION}

    @cached_property
    def reductions(self) -> tuple[Record, ...]:
        """Earlier rulings that took time off a fixed term, oldest first."""
        return tuple(each for kind, each in self.rulings if kind == REDUCTION)

    @cached_property
    def last_ruling(self) -> Record | None:
        """The latest ruling the interval runs from: a reduction, or the change to a fixed term."""
        rulings = [each for kind, each in self.rulings if kind != CHANGE_TO_LIFE]
        return rulings[-1] if rulings else None

    @cached_property
    def stage(self) -> Stage:
        """Where the prisoner stands; Missing when the original kind or rulings that may have changed it are unknown."""
        kind = self.original_kind
        if kind is None:
            raise Missing("原判刑种")
        if kind in HEAVY and self.history_gap:
            raise Missing(f"历次减刑情况（{self.history_gap}）")
        if kind in HEAVY and self.reductions and CHANGE_TO_TERM not in self.changes:
            raise Missing("历次减刑的裁定类型（没有减为有期徒刑的裁定，却有减去刑期的裁定）")
        if kind is SentenceKind.LIFE:
            return Stage.LIFE_TERM if CHANGE_TO_TERM in self.changes else Stage.LIFE
        if kind is SentenceKind.SUSPENDED_DEATH:
            if CHANGE_TO_TERM in self.changes:
                return Stage.SUSPENDED_TERM
            return Stage.SUSPENDED_LIFE if CHANGE_TO_LIFE in self.changes else Stage.SUSPENDED
        return Stage.FIXED

    @cached_property
    def standing(self) -> tuple[Record, ...]:
        """Earlier reductions that still count: none before a new intentional crime or (fixed term) an omitted one."""
        voiding = ("故意犯罪",) if self.original_kind in HEAVY else ("故意犯罪", "漏罪")
        days = [each["final_on"] for each in self.crimes.records if each["crime_kind"] in voiding]
        last = max((day for day in days if isinstance(day, date)), default=date.min)
        return tuple(each for each in self.reductions if not isinstance(day := each["ruled_on"], date) or day >= last)

    @cached_property
    def reduced(self) -> Term:
        """The sum of the earlier reductions that still count; Missing when one of them gives no amount."""
        total = Term()
        for each in self.standing:
            amount = each["reduced"]
            if not isinstance(amount, Sentence) or amount.term is None:
                raise Missing(f"历次减刑第{each.row}行的减刑幅度")
            total += amount.term
        return total

    @property
    def reductions_known(self) -> bool:
        """Whether every earlier reduction is known with its amount."""
        amounts = [each["reduced"] for each in self.reductions]
        return not self.history_gap and all(isinstance(each, Sentence) and each.term is not None for each in amounts)

    @cached_property
    def merit(self) -> str:
        """The merit the proposal claims, as the tables name it; Missing when it was not delivered."""
        key = MERITS.get(text_of(self.proposal, "merit"))
        if key is None:
            raise Missing("悔改立功情形")
        return key

    @property
    def major_merit(self) -> bool:
        """Whether major merit is claimed."""
        return MERITS.get(text_of(self.proposal, "merit"), "") in ("major", "repentance_major")

    @cached_property
    def amount(self) -> Term:
        """The reduction proposed; Missing when it was not delivered."""
        proposed = self.proposal["proposed"]
        if not isinstance(proposed, Sentence) or proposed.term is None:
            raise Missing("提请减刑幅度")
        if "减为" in self.proposal.cells["proposed"].raw:
            raise Missing("提请减刑幅度（该栏填写的是减后刑期）")
        return proposed.term

    @cached_property
    def new_term(self) -> Term:
        """The fixed term proposed in place of life; Missing when it was not delivered or stands twice and differs."""
        told = (self.proposal["proposed_term"], self.proposal["proposed"] if self.changes_kind else None)
        said = [each.term for each in told if isinstance(each, Sentence) and each.term is not None]
        if len(set(said)) > 1:
            raise Missing(f"减后刑期（提请减刑幅度栏写{said[1]}，减后刑期栏写{said[0]}，不一致）")
        if not said:
            raise Missing("减后刑期（减为有期徒刑多少年）")
        return said[0]

    @property
    def to_life(self) -> bool:
        """Whether a change to life imprisonment is proposed."""
        proposed = self.proposal["proposed"]
        return isinstance(proposed, Sentence) and proposed.kind is SentenceKind.LIFE

    @property
    def changes_kind(self) -> bool:
        """Whether a fixed term in place of a heavier penalty is proposed."""
        proposed = self.proposal.cells.get("proposed")
        return proposed is not None and "减为" in proposed.raw

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

    @cached_property
    def deprivation_now(self) -> Deprivation | None:
        """Deprivation as it stands before this proposal: the latest ruling's, else the original."""
        rulings = (each["deprivation_after"] for each in reversed(self.history))
        latest = next((each for each in rulings if isinstance(each, Deprivation) and not each.unchanged), None)
        return latest or (value if isinstance(value := self.proposal["deprivation"], Deprivation) else None)
