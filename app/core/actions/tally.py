"""How many cases each rule could judge in a review, and in how many it found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from app import __version__
from app.core.findings import Outcome, Verdict
from app.core.law.book import LawBook

if TYPE_CHECKING:
    from app.core.store.database import Store


class Tally:
    """Counts while the review runs; every rule once a case, however often it speaks."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._blind: Counter[str] = Counter()

    def see(self, verdicts: Iterable[Verdict]) -> None:
        """Count one case, or one whole batch."""
        lawful, found, blind = set(), set(), set()
        for each in verdicts:
            if each.outcome is Outcome.FOUND:
                found.add(each.rule)
            elif each.outcome is Outcome.LAWFUL:
                lawful.add(each.rule)
            elif each.outcome is Outcome.NOT_EVALUATED:
                blind.add(each.rule)
        self._asked.update(lawful | found)
        self._found.update(found)
        self._blind.update(blind - lawful - found)

    def many(self, rule: str, *, asked: int = 0, found: int = 0, blind: int = 0) -> None:
        """Count many cases of one rule at once; those with a finding are among those asked."""
        for counter, number in ((self._asked, asked), (self._found, found), (self._blind, blind)):
            if number:
                counter[rule] += number

    def add(self, other: Tally) -> None:
        """Count what another one counted, too."""
        self._asked.update(other._asked)
        self._found.update(other._found)
        self._blind.update(other._blind)

    def keep(self, store: Store, desk: str, law: LawBook, day: date, cases: int, *, now: str) -> None:
        """Put the counts down as one review of a desk."""
        rules = sorted({*self._asked, *self._blind})
        rows = [(each, self._asked[each], self._found[each], self._blind[each]) for each in rules]
        store.statistics.put_run(
            desk, rows, as_of=day, law_edition=law.edition, program=__version__, cases=cases, now=now
        )
