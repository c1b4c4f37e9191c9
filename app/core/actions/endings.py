"""Leads from review to review: which are found no more and why, and what people decided goes on with the row.

The rule for decisions: they stay with the lead's key; where people were merged, split or got another number, the lead
of the same rule and fact in the case that now holds the row its case was known by takes the decision over, unless
somebody has decided on that one too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core.actions.ended_why import Gone, Reasons
from app.core.checks.desk import Reviewed, findings_of
from app.core.findings import Finding
from app.core.people.index import Someone
from app.core.store.database import Store
from app.core.store.endings import Watched
from app.core.store.rows import Ending
from app.core.store.written import numbered


@dataclass(slots=True)
class _Home:
    """A case that may hold what another one held: its key, what was found in it, and how to ask it again."""

    reviewed: Reviewed
    findings: Sequence[tuple[str, Finding]]


@dataclass(slots=True)
class Watch:
    """What the last review of a desk found, held against a new one case by case."""

    store: Store
    desk: str
    law_edition: str
    day: date
    _leads: dict[str, list[Watched]] = field(default_factory=lambda: defaultdict(list))
    _anchors: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _homes: dict[str, list[_Home]] = field(default_factory=lambda: defaultdict(list))
    _gone: list[Gone] = field(default_factory=list)
    _carried: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows: dict[int, set[str]] = defaultdict(set)
        for each in self.store.endings.watched(self.desk):
            self._leads[each.case_key].append(each)
            rows[each.record_id].add(each.case_key)
        for old, new in self.store.endings.newest(rows).items():
            self._anchors[new] += sorted(rows[old])

    def concerns(self, key: str, someone: Someone | None) -> bool:
        """Whether a case, by its key and whose it is, may go on with anything the last review found."""
        if not self._leads and not self._anchors:
            return False
        known = key in self._leads
        return known or bool(self._held(key, someone, known=known))

    def see(self, reviewed: Reviewed) -> None:
        """One case was reviewed anew."""
        leads = self._leads.pop(reviewed.key, None)
        others = self._held(reviewed.key, reviewed.someone, known=leads is not None)
        if not leads and not others:
            return
        home = _Home(reviewed, [(key, each) for _, key, each in numbered(findings_of(self.desk, reviewed.review))])
        for each in others:
            self._homes[each].append(home)
        self._settle(leads or [], home)

    def close(self, *, now: str, who: str) -> Counter[Ending]:
        """All cases were seen: keep why leads ended; returns how many ended in which way.

        Must be called before the cases that are no more are let go.
        """
        for case_key, leads in self._leads.items():
            home = _likeliest(case_key, self._homes.get(case_key, ()))
            if home is None:
                self._gone += [Gone(each, case_key) for each in leads]
            else:
                self._settle(leads, home, moved=True)
        for old, new in self._carried:
            self.store.endings.carry(old, new, now=now, who=who)
        reasons = Reasons(self.store, self.law_edition, self.day, self.store.judgements.touched())
        ended = [each for one in self._gone if (each := reasons.of(one, now)) is not None]
        self.store.endings.put(ended)
        return Counter(each.how for each in ended)

    def _held(self, key: str, someone: Someone | None, *, known: bool) -> list[str]:
        """The earlier cases of which this one holds the row they were known by, but for those of the same person.

        A case that is new may go on with a case of the same person whose number or name changed.
        """
        if someone is None:
            return []
        held = [each for rows in someone.rows.values() for row in rows for each in self._anchors.get(row.id, ())]
        mine = f"{someone.key}|"
        return [each for each in dict.fromkeys(held) if each != key and not (known and each.startswith(mine))]

    def _settle(self, leads: Iterable[Watched], home: _Home, *, moved: bool = False) -> None:
        """Of these leads those found no more are asked why; a decision goes on with the same fact under a new key."""
        keys = {key for key, _ in home.findings}
        lost = [each for each in leads if each.key not in keys]
        if not lost:
            return
        answers = home.reviewed.ask({each.rule for each in lost})
        someone = home.reviewed.someone
        rows = [row for group in someone.rows.values() for row in group] if someone is not None else []
        for each in lost:
            again = self._again(each, home)
            if again is not None:
                self._carried.append((each.key, again))
                continue
            mine = [one for one in answers if one.rule == each.rule]
            keys_of = frozenset({someone.key} if someone is not None else ())
            settled = home.reviewed.review.verdicts
            self._gone.append(Gone(each, home.reviewed.key, mine, rows, settled, keys_of, moved=moved))

    def _again(self, lead: Watched, home: _Home) -> str | None:
        """The key of the finding that says the same under another key."""
        same = [(key, each) for key, each in home.findings if each.verdict.rule == lead.rule]
        if not same:
            return None
        olds = self.store.casebook.findings(key=lead.key, current=None)
        facts = {each.verdict.fact for each in olds}
        return next((key for key, each in same if each.verdict.fact in facts), None)


def _likeliest(case_key: str, homes: Sequence[_Home]) -> _Home | None:
    """The case that goes on with an earlier one: of the same label, else the only or first one."""
    label = case_key.partition("|")[2]
    return next(
        (each for each in homes if case_key.endswith(each.reviewed.review.case) and label), next(iter(homes), None)
    )
