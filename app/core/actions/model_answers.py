"""What a model answers over everything loaded: a quick pass over all rows, then the leads with their whole proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from app.core.actions.model_join import Homes, Slim, ids_of, wanted, whole
from app.core.findings import Outcome, Verdict
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.models.asking import Bundle, Group, Setting
from app.core.models.engine import ask
from app.core.models.parts import Do, Model
from app.core.store.database import Rooms

PORTION = 500  # leads whose whole rows are fetched together
MOST_BLIND = 2000  # rows that could not be judged and are listed one by one; of the rest only the number is said
EVERY = 4096


@dataclass(slots=True)
class Counts:
    """How the rows of a subject's table came out; `lacks` tells what was missing how often, beyond those listed."""

    rows: int = 0
    found: int = 0
    blind: int = 0
    never: int = 0
    lacks: Counter[tuple[tuple[str, ...], str]] = field(default_factory=Counter)

    @property
    def clear(self) -> int:
        """Rows asked and found in order."""
        return self.rows - self.found - self.blind - self.never


@dataclass(slots=True)
class Answers:
    """One model over the rows of the store; go through `leads` to the end before `counts` is whole.

    `also` tells whether a row that is no lead is wanted all the same.
    """

    store: Rooms
    model: Model
    homes: Homes
    law: LawBook
    setting: Setting
    ticket: Ticket
    also: Callable[[Bundle], bool] | None = None
    counts: Counts = field(default_factory=Counts)

    def leads(self) -> Iterator[tuple[Bundle, list[Verdict]]]:
        """Every row that is a lead or could not be judged, with whole records and proof."""
        tables = wanted(self.model, self.setting, self.homes)
        slim = Slim(self.model, tables)
        with self.store.model_rows.joined(tables) as joint:
            self.counts.rows, left = joint.count()
            kept = self._first(map(slim.bundle, joint.bundles()), left)
            stream = iter(kept)
            while some := list(islice(stream, PORTION)):
                self.ticket.step(self.counts.found, len(kept), f"{self.model.name} 核对线索")
                yield from self._prove(some)

    def _first(self, bundles: Iterator[Bundle], left: int) -> list[Bundle]:
        """The rows worth a second look; where leads are counted together, the counts go into the setting."""
        groups: Counter[Group] = Counter()
        kept: list[Bundle] = []
        grouping = any(each.do is Do.COUNT and each.by for each in self.model.all_steps())
        blind = 0
        for place, bundle in enumerate(bundles):
            if place % EVERY == 0:
                self.ticket.step(place, left, f"{self.model.name} {place}/{left}")
            verdicts, mine = ask(self.model, bundle, self.setting, bare=True)
            outcome = verdicts[0].outcome
            if outcome is Outcome.FOUND:
                kept.append(bundle)
                groups.update(mine)
            elif outcome is Outcome.NOT_EVALUATED:
                blind += 1
                if blind > MOST_BLIND:
                    self._count(verdicts)
                    self.counts.lacks[verdicts[0].missing, verdicts[0].holder] += 1
                else:
                    kept.append(bundle)
            elif self.also is not None and self.also(bundle):
                kept.append(bundle)
            else:
                self._count(verdicts)
        if grouping:
            self.setting = replace(self.setting, groups=groups)
        return kept

    def _prove(self, some: Sequence[Bundle]) -> Iterator[tuple[Bundle, list[Verdict]]]:
        records = {each.id: each for each in self.store.batches.records(ids=ids_of(some))}
        for bundle in some:
            full = whole(bundle, records)
            verdicts = ask(self.model, full, self.setting)[0]
            self._count(verdicts)
            if verdicts[0].outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED) or self.also is not None:
                yield full, verdicts

    def _count(self, verdicts: Sequence[Verdict]) -> None:
        outcome = verdicts[0].outcome
        self.counts.found += outcome is Outcome.FOUND
        self.counts.blind += outcome is Outcome.NOT_EVALUATED
        self.counts.never += outcome is Outcome.NOT_APPLICABLE


def answers(store: Rooms, model: Model, homes: Homes, law: LawBook, setting: Setting, *, ticket: Ticket) -> Answers:
    """A model ready to be asked over the store."""
    return Answers(store, model, homes, law, setting, ticket)
