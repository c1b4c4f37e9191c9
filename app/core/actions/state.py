"""How a desk of people in lists stands: its lists and their age, the checks that lack something, leads by unit."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import app.core.checks
from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.lists import stated_end
from app.core.checks.classes import ADVICE
from app.core.findings import Gravity, Level, Outcome
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.store.database import Rooms
from app.core.store.rows import Batch

FRESHNESS = Path(app.core.checks.__file__).with_name("freshness.toml")
WEIGHTS = (*(f"{Level.UNLAWFUL}·{each}" for each in Gravity), Level.DOUBT, Level.HINT, Level.DATA)


@dataclass(frozen=True, slots=True)
class ListState:
    """One kind of list: its name and holder, rows in force of all its sheets, and the day it is known for.

    `batches` are empty when it is not loaded; `stated` says that a sheet names the day itself, else it is the day of
    the last import; `old` that the day lies too far back.
    """

    table: str
    name: str
    holder: str
    batches: tuple[Batch, ...]
    rows: int
    until: date | None
    stated: bool
    old: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: what, who holds it, the checks that wait for it, and in how many cases."""

    item: str
    holder: str
    rules: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class UnitState:
    """The leads at one unit: how many of each weight (`WEIGHTS`), and how many are about the unit itself."""

    unit: str
    counts: tuple[int, ...]
    classes: int


@dataclass(frozen=True, slots=True)
class DeskState:
    """All of it; `runs` of `rules` checks could be asked of somebody at the last review."""

    lists: tuple[ListState, ...]
    lacks: tuple[Lack, ...]
    units: tuple[UnitState, ...]
    runs: int
    rules: int


def desk_state(store: Rooms, desk: str, day: date, *, ticket: Ticket) -> DeskState:
    """How a desk stands on a day, as far as the last review tells."""
    of_desk = PEOPLE_DESKS[desk]
    batches: dict[str, list[Batch]] = defaultdict(list)
    for batch in store.batches.all():
        batches[batch.table].append(batch)
    lists = [_list(table, batches.get(table, []), day) for table in of_desk.tables]
    lists.sort(key=lambda each: (not each.batches, each.table not in of_desk.begin, each.table))
    waiting: dict[str, set[str]] = defaultdict(set)
    holders: dict[str, set[str]] = defaultdict(set)
    cases: Counter[str] = Counter()
    silent = store.casebook.unasked(desk)
    for each in silent:
        for item in each.missing:
            waiting[item].add(f"{each.rule} {each.rule_name}")
            holders[item].add(each.holder)
    ids = store.views.case_ids(desk)
    for number, case_id in enumerate(ids):
        ticket.step(number, len(ids), "清点未能判断的项目")
        review = store.casebook.review_of(case_id)
        blind = [each for each in review.verdicts if each.outcome is Outcome.NOT_EVALUATED] if review else []
        for verdict in blind:
            for item in verdict.missing:
                waiting[item].add(f"{verdict.rule} {verdict.rule_name}")
                holders[item].add(verdict.holder)
        cases.update({item for each in blind for item in each.missing})
    # A rule that lacks several lists names all their holders; whoever is named alone has this one.
    alone = {item: min(found, key=lambda each: (not each, len(each), each)) for item, found in holders.items()}
    lacks = [Lack(item, alone[item], tuple(sorted(rules)), cases[item]) for item, rules in waiting.items()]
    lacks.sort(key=lambda each: (-len(each.rules), -each.cases, each.item))
    rules = len(of_desk.rules.all())
    return DeskState(tuple(lists), tuple(lacks), _units(store, desk), rules - len(silent), rules)


@cache
def _old_days() -> int:
    return int(tomllib.loads(FRESHNESS.read_text(encoding="utf-8"))["old_days"])


def _list(table: str, batches: list[Batch], day: date) -> ListState:
    kind = tables()[table]
    stated = [end for each in batches if (end := stated_end(each.sheet) or stated_end(each.file)) is not None]
    imported = [date.fromisoformat(each.imported_at[:10]) for each in batches]
    until = max(stated or imported, default=None)
    old = until is not None and (day - until).days > _old_days()
    rows = sum(each.accepted for each in batches)
    return ListState(table, kind.name, kind.holder, tuple(batches), rows, until, bool(stated), old)


def _units(store: Rooms, desk: str) -> tuple[UnitState, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    classes: Counter[str] = Counter()
    for each in store.casebook.findings(desk=desk):
        verdict = each.verdict
        if verdict.document == ADVICE and verdict.fact.startswith("类案"):
            classes[each.unit] += 1
            counts[each.unit].update(())
            continue
        gravity = f"·{verdict.gravity}" if verdict.gravity is not None else ""
        counts[each.unit][f"{verdict.level}{gravity}"] += 1
    found = [UnitState(unit, tuple(some[each] for each in WEIGHTS), classes[unit]) for unit, some in counts.items()]
    return tuple(sorted(found, key=lambda each: ([-number for number in each.counts], each.unit)))
