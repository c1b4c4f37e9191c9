"""What the rows say of one deprivation: what ordered it, what changed it, on what it hangs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.core.checks.deprivation.sources import Stated, last_change, stated_in
from app.core.checks.matter import PersonMatter
from app.core.checks.persons import day_of, first_day, word_of
from app.core.records import Record
from app.core.sentence.deprivation import Ground
from app.core.values import Deprivation, Sentence, SentenceKind, Term

ALONE = re.compile(r"单处|独立适用")
ENDED_PAROLE = "撤销假释"


@dataclass(frozen=True)
class Facts(PersonMatter):
    """One deprivation with the rows about it; `others` are the person's other rows of the police's list.

    `first` says that it is the first matter of the person; `kept_since` is the earliest end of a deprivation
    that the police's list still shows, without any the list has nobody whose deprivation is over.
    """

    judgments: tuple[Record, ...] = ()
    releases: tuple[Record, ...] = ()
    listings: tuple[Record, ...] = ()
    rulings: tuple[Record, ...] = ()
    outside: tuple[Record, ...] = ()
    others: tuple[Record, ...] = ()
    first: bool = True
    kept_since: date = date.max

    def rows(self, table: str) -> list[Record]:
        """The person's rows of a list."""
        return self.dossier.rows(table)

    @property
    def judgment(self) -> Record | None:
        """The court's row."""
        return self.judgments[0] if self.judgments else None

    @property
    def release(self) -> Record | None:
        """The prison's row."""
        return self.releases[-1] if self.releases else None

    @cached_property
    def listing(self) -> Record | None:
        """The police's row, the latest listed if there are several."""
        return max(self.listings, key=lambda each: day_of(each, "listed_on") or date.min) if self.listings else None

    @property
    def roster(self) -> Record | None:
        """The row of community correction, where the person has just one."""
        rows = self.rows("T02")
        return rows[0] if len(rows) == 1 else None

    @property
    def anchor(self) -> Record:
        """The row the matter is known by."""
        return (*self.listings, *self.releases, *self.judgments, *self.rulings, *self.outside)[0]

    @cached_property
    def original(self) -> Stated | None:
        """The deprivation as judged: by the court, the prison, or what a ruling says stood before."""
        fields = [(each, "deprivation") for each in (*self.judgments, *self.releases)]
        fields += [(each, "deprivation_before") for each in self.rulings]
        if (roster := self.roster) is not None:
            fields.append((roster, "supplementary"))
        return next((found for row, name in fields if (found := stated_in(row, name)) is not None), None)

    @cached_property
    def change(self) -> Stated | None:
        """The last ruling that changed the deprivation; else what the prison states as changed."""
        return last_change(self.rulings, self.releases)

    @cached_property
    def stated(self) -> Stated | None:
        """The deprivation in force, and where it stands; the police's own list counts only where nothing else does."""
        found = self.change or self.original
        return found or (stated_in(self.listing, "deprivation") if self.listing is not None else None)

    @property
    def deprivation(self) -> Deprivation | None:
        """The deprivation in force."""
        return self.stated.value if self.stated is not None else None

    @property
    def term(self) -> Term | None:
        """Its term; None for life, and while it is not known."""
        return self.deprivation.term if self.deprivation and self.deprivation.term else None

    @property
    def none_imposed(self) -> bool:
        """Whether every source that speaks of it says that there is none."""
        return self.deprivation is not None and not self.deprivation

    @cached_property
    def sentence(self) -> Sentence | None:
        """The principal penalty as judged."""
        rows = (*self.judgments, *self.releases, *self.listings)
        return next((value for each in rows if isinstance(value := each["sentence"], Sentence)), None)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What the court, else the police, calls the principal penalty."""
        for rows in (self.judgments, self.listings):
            if found := frozenset(word for each in rows if (word := word_of(each, "sentence_kind"))):
                return found
        return frozenset({self.sentence.kind.value}) if self.sentence is not None else frozenset()

    @property
    def lifelong(self) -> bool:
        """Whether the principal penalty as judged is for life or suspended death."""
        grave = {SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH}
        before = [each["sentence_before"] for each in self.rulings]
        stated = any(isinstance(each, Sentence) and each.kind in grave for each in before)
        return stated or bool({*grave} & self.kinds) or (self.sentence is not None and self.sentence.kind in grave)

    @cached_property
    def alone(self) -> bool:
        """Whether it was imposed without a principal penalty."""
        row = self.judgment or self.listing
        return bool(ALONE.search(word_of(row, "remarks") + word_of(row, "supplementary"))) or "无" in self.kinds

    @cached_property
    def on_probation(self) -> bool:
        """Whether the principal penalty was suspended."""
        stated = any(isinstance(each["probation"], Term) for each in self.judgments)
        return stated or any("缓刑" in each for each in self.kinds)

    @cached_property
    def paroled(self) -> tuple[date, Record] | None:
        """The day of parole and its row, unless parole was revoked."""
        day = first_day([each for each in self.rulings if day_of(each, "parole_from", "parole_to")], "released_on")
        day = day or first_day(self.rulings, "parole_from")
        day = day or first_day([each for each in self.releases if self.kind_of(each) == "假释"], "released_on")
        return None if self.revoked else day

    @property
    def revoked(self) -> bool:
        """Whether any list says that parole was revoked."""
        said = [word_of(each, "termination_kind") for each in self.rows("T03")]
        return ENDED_PAROLE in [*said, *(word_of(each, "revocation") for each in self.rows("T15"))]

    @staticmethod
    def kind_of(release: Record) -> str:
        """Why somebody was released."""
        return word_of(release, "release_kind")

    @cached_property
    def ground(self) -> Ground | None:
        """On what the deprivation hangs; None while that cannot be told."""
        if self.deprivation is not None and self.deprivation.life:
            return Ground.LIFE
        if self.alone:
            return Ground.ALONE
        if SentenceKind.CONTROL in self.kinds:
            return Ground.CONTROL
        if self.on_probation:
            return Ground.PROBATION
        if self.paroled is not None:
            return Ground.PAROLE
        if self.revoked and self.rulings:
            return None
        if self.releases:
            return Ground.OUTSIDE if self.kind_of(self.releases[-1]).startswith("暂予") else Ground.RELEASE
        if self.outside:
            return Ground.OUTSIDE
        freed = day_of(self.listing, "released_on")
        return Ground.RELEASE if freed or self.kinds or self.sentence is not None else None

    @cached_property
    def freed(self) -> tuple[date, Record, str] | None:
        """The day the principal penalty ended or parole began, its row and its field."""
        if self.ground is Ground.PAROLE and self.paroled is not None:
            parole, row = self.paroled
            return parole, row, "released_on" if row["released_on"] == parole else "parole_from"
        places: list[tuple[Record, str]] = [(each, "released_on") for each in self.releases]
        if self.ground is Ground.OUTSIDE:
            places += [(each, "sentence_end") for each in self.outside]
        places += [(each, "released_on") for each in self.listings]
        places += [(each, "current_end") for each in self.releases]
        found = [(day, row, name) for row, name in places if (day := day_of(row, name)) is not None]
        return found[0] if found else None

    @cached_property
    def effective(self) -> date | None:
        """The day the judgment took effect, as stated."""
        return day_of(self.judgment, "effective_on") or (
            day_of(self.roster, "effective_on") if self.ground in (Ground.CONTROL, Ground.PROBATION) else None
        )
