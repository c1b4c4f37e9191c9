"""The rule book of whole batches, and how a unit is compared with the rest without naming small ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.checks.reduction.batch_facts import Batch, Facts
from app.core.checks.rule import Book
from app.core.checks.why import NOBODY, Missing, Why

BATCH_RULES: Book[Batch] = Book()
WHOLE = 100  # per cent
SHOWN = 20  # rows named as evidence with every cell in question
MOST = 500  # rows named at all; a step tells how many there are
ALL = "全批"


@dataclass(frozen=True, slots=True)
class Group:
    """Some proposals compared with the rest: a ward by its name, or the whole batch."""

    name: str
    members: tuple[Facts, ...]
    rest: tuple[Facts, ...] = ()

    def cells(self, *fields: str) -> tuple[str, ...]:
        """The fields to show of its members: the ward that is spoken of, else who it is.

        Cells of the whole batch would tell of wards too small to be named.
        """
        return ("ward" if self.rest else "name", *fields)


def groups(members: Sequence[Facts], why: Why, *, whole: bool) -> list[Group]:
    """The wards, and with `whole` the batch itself, that are large enough to be spoken of; Missing when none is.

    A share among a dozen people says more of chance than of a ward, and naming one would accuse its officers on
    nothing: small wards are told of together and without their names.
    """
    least = why.number("batch_least")
    wards: dict[str, list[Facts]] = defaultdict(list)
    for each in members:
        wards[each.ward].append(each)
    found = [Group(ALL, tuple(members))] if whole and len(members) >= least else []
    small: list[Facts] = []
    for ward, own in sorted(wards.items()):
        if ward and len(own) >= least and len(own) < len(members):
            found.append(Group(ward, tuple(own), tuple(each for each in members if each.ward != ward)))
        else:
            small += own
    if not found:
        raise Missing(f"足够的件数（可比较的{len(members)}件，没有达到{least}件的单位）", holder=NOBODY)
    if small and len(small) < len(members):
        why.step(f"另有{len(small)}件所在监区不足{least}件或者未填监区，不单独比较，不列名")
    return found


def show(why: Why, members: Sequence[Facts], *fields: str) -> None:
    """Take the cells of some proposals into the evidence; where there are many, one cell of each that follows."""
    for place, each in enumerate(members[:MOST]):
        why.see(each.proposal, *(fields if place < SHOWN else fields[:1]))
    if len(members) > MOST:
        why.step(f"出处只列前{MOST}件，共{len(members)}件")


def share(why: Why, group: Group, hit: Callable[[Facts], bool], what: str, percent: int) -> tuple[list[Facts], bool]:
    """Those of a group that are hit, and whether they are more than a share of it; says both, with the rest's share."""
    hits = [each for each in group.members if hit(each)]
    told = f"{group.name}：{what}{len(hits)}件，占{len(group.members)}件的{part(len(hits), len(group.members))}"
    if group.rest:
        others = sum(map(hit, group.rest))
        told += f"；其余{others}件，占{len(group.rest)}件的{part(others, len(group.rest))}"
    why.step(f"{told}；界限{percent}%")
    return hits, len(hits) * WHOLE > len(group.members) * percent


def part(count: int, whole: int) -> str:
    """A share in whole per cent."""
    return f"{count * WHOLE // whole}%" if whole else "0%"
