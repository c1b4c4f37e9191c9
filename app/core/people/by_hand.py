"""What people decided about who is who, by keys that stay the same from import to import.

A key is a sound number; or name, number as written, birth date and case of rows without one; or, for rows of a sound
number under another name, that number and name. A merged person goes by the first of its keys, numbers before names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.findings import Match
from app.core.people.matching import Likeness

if TYPE_CHECKING:
    from app.core.people.index import Someone

BY_HAND = "人工确认为同一人"
APART = "人工确认为不同的人"
UNDER = "#"  # between a number and the name it stands beside
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided by hand: which keys are of one person, and which are not."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()

    def says(self, one: str, other: str) -> Likeness | None:
        """What somebody decided about two keys; None when nobody did."""
        pair = frozenset((one, other))
        if pair in self.same:
            return Likeness(Match.SURE, BY_HAND)
        return Likeness(None, APART) if pair in self.apart else None

    def named(self, people: Mapping[str, Someone]) -> dict[str, list[Someone]]:
        """The people each other key was said to be of, so that rows find them under another name too."""
        found: dict[str, list[Someone]] = {}
        for pair in sorted(self.same, key=sorted):
            for key, other in (sorted(pair), sorted(pair, reverse=True)):
                if key not in people and other in people:
                    found.setdefault(key, []).append(people[other])
        return found

    def one_with(self, key: str) -> set[str]:
        """All keys that are of one person with this one, itself among them."""
        return next((group for group in groups(self.same) if key in group), {key})

    def against(self, one: str, other: str, *, same: bool) -> Pair | None:
        """The judgement a new one about these keys would contradict, itself or by what follows; None when none."""
        mine, theirs = self.one_with(one), self.one_with(other)
        if same:
            return next((pair for pair in sorted(self.apart, key=sorted) if pair <= mine | theirs), None)
        pair = frozenset((one, other))
        if other not in mine:
            return None
        return pair if pair in self.same else next(each for each in sorted(self.same, key=sorted) if each <= mine)


def groups(pairs: Iterable[Pair]) -> list[set[str]]:
    """Keys that hang together."""
    found: list[set[str]] = []
    for pair in pairs:
        touched = [each for each in found if each & pair]
        found = [each for each in found if not each & pair] + [set(pair).union(*touched)]
    return found


def warning(one: str, other: str) -> str:
    """What must be said before two keys are taken for one person against two sound numbers; "" when nothing."""
    first, second = (each.partition(UNDER)[0] for each in (one, other))
    if "|" in first or "|" in second or first == second:
        return ""
    return (
        f"两边的身份证号（{first}、{second}）都有效而不同，按规则是两个人。合并以后，记录都归到一个人名下，请先核对证件"
    )


def merge_by_hand(people: dict[str, Someone], judged: Judged) -> None:
    """People somebody said are one become one, under the key that comes first."""
    for group in sorted(groups(judged.same), key=sorted):
        if not any(each in people for each in group):
            continue
        first, *others = [people[each] for each in sorted(group) if each in people]
        for other in others:
            for table, rows in other.rows.items():
                first.rows[table] += rows
            for table, maybe in other.maybe.items():
                first.maybe[table] += maybe
            first.loose |= other.loose
            first.conflicts += other.conflicts
            first.known_as |= other.known_as
            if warning(first.key, other.key):
                first.conflicts.append(f"{BY_HAND}的两边，身份证号都有效而不同：{first.key}、{other.key}")
            del people[other.key]
        if others:
            _no_longer_maybe(first)


def _no_longer_maybe(person: Someone) -> None:
    """Rows that are the person's now are no longer rows that may be."""
    own = {id(each) for rows in person.rows.values() for each in rows}
    for table, maybe in person.maybe.items():
        person.maybe[table] = [pair for pair in maybe if id(pair[0]) not in own]
