"""One proposal for commutation or parole with everything known about the person, ready to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case_facts import CaseFacts
from app.core.checks.reduction.history import CHANGE_TO_LIFE, CHANGE_TO_TERM, HEAVY, REDUCTION, kinds
from app.core.checks.why import Missing
from app.core.records import Record
from app.core.values import Deprivation, Sentence, SentenceKind, Term

SUPPLEMENTARY = re.compile("罚金|没收|驱逐|^(?:无|没有)$")  # supplementary penalties listed, or said to be none
OMITTED, NEW = "漏罪", "故意犯罪"  # later judgments that were joined to the sentence
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
class ReductionCase(CaseFacts):
    """A proposal with everything known about the person, and what follows from it: stage, term, what was taken off."""

    @cached_property
    def barred(self) -> bool:
        """Whether nothing may be granted: life without commutation; its own change from death to life remains."""
        to_life = self.to_life and CHANGE_TO_LIFE not in self.changes and CHANGE_TO_TERM not in self.changes
        return bool(self.no_release) and (self.parole or not to_life)

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
        voiding = (NEW,) if self.original_kind in HEAVY else (NEW, OMITTED)
        days = [each["final_on"] for each in self.crimes.records if each["crime_kind"] in voiding]
        last = max((day for day in days if isinstance(day, date)), default=date.min)
        return tuple(each for each in self.reductions if not isinstance(day := each["ruled_on"], date) or day >= last)

    @cached_property
    def joined(self) -> tuple[date, Term] | None:
        """From when the sentence as last joined is counted, and its term; None where 原判刑期 is that term already.

        With an omitted crime the time served counts, so the start stays; of a new crime only what was left is joined.
        """
        start, found = self.day("sentence_start"), None
        for crime in sorted(self.crimes.records, key=lambda each: str(each["final_on"])):
            value, final = crime["joined_term"], crime["final_on"]
            term = value.term if isinstance(value, Sentence) else None
            if term is None or term == self.original_term or not isinstance(final, date) or start is None:
                continue
            if self.stage is not Stage.FIXED:
                continue
            if crime["crime_kind"] == OMITTED:
                found = (start, term)
            elif final > start:
                found = (final, term)
        return found

    @property
    def term(self) -> Term | None:
        """The fixed term that is being served: as last joined, else the original one."""
        return self.joined[1] if self.joined is not None else self.original_term

    @property
    def term_start(self) -> date | None:
        """From when that term is counted."""
        return self.joined[0] if self.joined is not None else self.day("sentence_start")

    @property
    def term_name(self) -> str:
        """What that term is called: 原判 or 并罚后."""
        return "并罚后" if self.joined is not None else "原判"

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

    @cached_property
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
    def deprivation_now(self) -> Deprivation | None:
        """Deprivation as it stands before this proposal: the latest ruling's, else the original."""
        rulings = (each["deprivation_after"] for each in reversed(self.history))
        latest = next((each for each in rulings if isinstance(each, Deprivation) and not each.unchanged), None)
        stated = latest or self.proposal["deprivation"]
        if isinstance(stated, Deprivation):
            return stated
        listed = text_of(self.proposal, "supplementary")
        return Deprivation() if "剥" not in listed and SUPPLEMENTARY.search(listed) else None
