"""Like findings at one unit: enough people with the same breach become one lead about the unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.core.checks.desk import Reviewed, standing
from app.core.findings import CaseReview, Evidence, Level, Match, Outcome, Person, Verdict
from app.core.records import Record

ADVICE = "检察建议书"
NAMED = 3  # people named in the sentence; all stand in the steps


@dataclass(slots=True)
class _Group:
    """The breaches of one rule at one unit: the first row, and of every person the name, words and cells."""

    name: str
    anchor: Record
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    basis: Verdict | None = None
    law_read: set[str] = field(default_factory=set)


class Classes:
    """Counts breaches while cases are reviewed."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], _Group] = {}

    def take(self, reviewed: Reviewed) -> None:
        """Count the breaches of one case; somebody with several counts once, and only if the identity is sure.

        They count for the office that answers for them; where that is not named they count for none.
        """
        review = reviewed.review
        if review.person.match is not Match.SURE:
            return
        who = review.person.id_number or review.person.prisoner_no or reviewed.key
        for each in review.verdicts:
            unit = each.office if each.role else review.unit
            if not unit or not counts(each):
                continue
            group = self._groups.setdefault((unit, each.rule), _Group(each.rule_name, reviewed.anchor))
            if who not in group.people:
                group.people[who] = (review.person.name, each.message)
                group.evidence += each.evidence[:1]
                group.basis = group.basis or each
                group.law_read |= review.law_read

    def leads(self, least: int) -> Iterator[Reviewed]:
        """One lead for each rule and unit with at least so many people."""
        for (unit, rule), group in sorted(self._groups.items()):
            if len(group.people) >= least:
                yield _lead(unit, rule, group)


def counts(verdict: Verdict) -> bool:
    """Whether it is a breach, of which several may become a lead."""
    return verdict.outcome is Outcome.FOUND and verdict.level is Level.UNLAWFUL


def with_classes(reviewed: Iterable[Reviewed], least: int) -> Iterator[Reviewed]:
    """All cases as they come, then the leads about units with at least so many people of one breach."""
    classes = Classes()
    for each in reviewed:
        classes.take(each)
        yield each
    yield from classes.leads(least)


def _lead(unit: str, rule: str, group: _Group) -> Reviewed:
    number = len(group.people)
    names = "、".join(name for name, _ in list(group.people.values())[:NAMED])
    names += "等" if number > NAMED else ""
    steps = (f"{unit}，{group.name}：{number} 人", *(f"{name}：{words}" for name, words in group.people.values()))
    verdict = Verdict(
        rule,
        group.name,
        Outcome.FOUND,
        steps,
        tuple(group.evidence),
        group.basis.basis if group.basis else (),
        Level.HINT,
        message=f"类案：{unit}有 {number} 人存在同类问题（{group.name}）：{names}；可以就普遍性问题提出检察建议",
        document=ADVICE,
        fact=f"类案{unit}",
        role=group.basis.role if group.basis else "",
        office=group.basis.office if group.basis else "",
    )
    case = f"类案 {group.name}"
    read = frozenset(group.law_read)
    review = CaseReview(Person("类案"), case, unit, standing([verdict]), (), (verdict,), law_read=read)
    words = {"offence": "", "sentence": "", "proposal": "类案", "filed_on": ""}
    return Reviewed(group.anchor, f"类案|{rule}|{unit}", review, words)
