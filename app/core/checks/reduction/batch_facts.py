"""What one proposal contributes to the view of its whole batch, and the batches themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.checks.dossier import place_of, text_of, usable
from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import classes, readings
from app.core.checks.reduction.court import granted
from app.core.checks.reduction.paying import Sure
from app.core.checks.reduction.scores import each_month, number_of
from app.core.checks.reduction.spending import NOBODY
from app.core.checks.why import Missing
from app.core.law.book import LawGap, Row
from app.core.people.names import compare_form
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.values import Sentence

THREE = frozenset({"K1", "K2", "K3"})
REFUSED = re.compile("不予|驳回|不准")
WITHDRAWN = re.compile("撤回|撤销提请")


@dataclass(frozen=True, slots=True)
class Facts:
    """One proposal in its batch; None where a fact is not known.

    `months` is the amount proposed, `cap` its limit, `surplus` the days filed after the earliest lawful day; `special`
    the special points, None without any list; `top` the months at the limit of daily points; `given` is True when the
    court granted what was proposed, False when it departed.
    """

    proposal: Record
    who: str
    batch: tuple[str, str]
    ward: str
    post: str
    court: str
    filed: date | None
    stratum: tuple[str, str] | None = None
    months: int | None = None
    cap: int | None = None
    surplus: int | None = None
    commendations: int | None = None
    merit: bool = False
    three: bool | None = None
    special: Decimal | None = None
    top: frozenset[date] = frozenset()
    remitters: frozenset[str] = frozenset()
    given: bool | None = None
    turned_down: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The proposals of one prison and batch.

    `held` is how many prisoners each ward holds, None when the lists cover only those proposed; `graded` are the
    grades of everybody in the lists by cycle; `before` are a person's other proposals, of any batch.
    """

    unit: str
    label: str
    members: tuple[Facts, ...]
    held: Mapping[str, int] | None = None
    graded: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    graded_wards: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, tuple[Facts, ...]] = field(default_factory=dict)


def identity(record: Record) -> str:
    """What tells people apart across lists: prisoner number, else identity number, else name and birth date."""
    number = usable(text_of(record, "prisoner_no")) or usable(text_of(record, "id_number"))
    return number or f"{compare_form(text_of(record, 'name'))} {record['birth_date'] or ''}".strip()


def facts_of(case: ReductionCase) -> Facts:
    """What a case contributes; whatever cannot be told stays None."""
    proposal = case.proposal
    label = text_of(proposal, "batch") or f"{proposal.file}《{proposal.sheet}》"
    row, months = _measured(case)
    rows = each_month(case)
    special = [each for one in rows if (each := number_of(one["special_points"])) is not None]
    commended = proposal["commendations"]
    result = text_of(proposal, "ruling_result")
    held = classes(case)
    sure = [held[each][0] for each in THREE if each in held]
    return Facts(
        proposal,
        identity(proposal),
        (case.unit, label),
        text_of(proposal, "ward"),
        text_of(proposal, "post"),
        text_of(proposal, "court"),
        case.filed,
        (row.id, text_of(proposal, "merit")) if row is not None else None,
        months,
        row.caps.get(case.merit) if row is not None and months is not None else None,
        _surplus(case, row),
        commended if isinstance(commended, int) else None,
        "立功" in text_of(proposal, "merit"),
        True if Sure.YES in sure else None if sure else False,
        sum(special, Decimal(0)) if special else None,
        frozenset(month for one in rows if _at_top(case, one) and isinstance(month := one["month"], date)),
        _remitters(case),
        _granted(case, result),
        bool(REFUSED.search(result) or WITHDRAWN.search(result)),
    )


def _measured(case: ReductionCase) -> tuple[Row | None, int | None]:
    """The row that governs, where only one may, and the months proposed to be taken off."""
    if case.parole:
        return None, None
    with suppress(Missing, LawGap):
        if case.stage in CHANGES or case.stage is Stage.SUSPENDED:
            return None, None
        rows = {each.row.id: each.row for each in readings(case)}
        months = case.amount.total_months
        if len(rows) == 1 and case.merit:
            return next(iter(rows.values())), months
        return None, months
    return None, None


def _surplus(case: ReductionCase, row: Row | None) -> int | None:
    """How many days after the earliest lawful day it was filed; None before that day or when it is not known."""
    if row is None or case.filed is None:
        return None
    if case.last_ruling is not None:
        start, months = case.last_ruling["served_on"], row.interval
    else:
        start, months = case.day("delivered_on"), row.wait
    if not isinstance(start, date) or months is None or case.history_gap:
        return None
    days = (case.filed - due(start, months).early).days
    return days if days >= 0 else None


def _at_top(case: ReductionCase, row: Record) -> bool:
    points, month = number_of(row["points"]), row["month"]
    if points is None or not isinstance(month, date):
        return False
    with suppress(LawGap):
        base = case.law.number("points_month_base", month)
        most = base + Decimal(base) / case.law.number("points_bonus_divisor", month)
        return points - (number_of(row["special_points"]) or Decimal(0)) >= most
    return False


def _remitters(case: ReductionCase) -> frozenset[str]:
    names = {compare_form(text_of(each, "remitter")) for each in case.spending.records}
    return frozenset(each for each in names if each and not NOBODY.match(each))


def _granted(case: ReductionCase, result: str) -> bool | None:
    proposed, told = case.proposal["proposed"], granted(result)
    if REFUSED.search(result):
        return False
    return proposed == told if isinstance(proposed, Sentence) and told is not None else None


def batches(facts: Iterable[Facts], awards: Sequence[Record], months: Sequence[Record]) -> list[Batch]:
    """The batches of some proposals, in a fixed order, with what the lists of awards and months tell of everybody."""
    members: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    people: dict[str, list[Facts]] = defaultdict(list)
    for each in sorted(facts, key=lambda one: place_of(one.proposal)):
        members[each.batch].append(each)
        people[each.who].append(each)
    held = _held(months, frozenset(people))
    graded: dict[str, list[Record]] = defaultdict(list)
    for row in sorted(awards, key=place_of):
        if text_of(row, "grade") and isinstance(end := row["cycle_to"], date):
            graded[f"止于{end:%Y}年{end:%m}月的周期"].append(row)
    whole = any(identity(row) not in people for rows in graded.values() for row in rows)
    wards = {who: found[-1].ward for who, found in people.items()}
    cycles = {name: tuple(rows) for name, rows in sorted(graded.items())} if whole else {}
    before = {who: tuple(found) for who, found in people.items() if len(found) > 1}
    return [Batch(*key, tuple(found), held, cycles, wards, before) for key, found in sorted(members.items())]


def _held(months: Sequence[Record], proposed: frozenset[str]) -> Mapping[str, int] | None:
    """How many prisoners stand in the monthly list by ward; None when it has no wards or only those proposed."""
    wards: dict[str, set[str]] = defaultdict(set)
    others = False
    for each in months:
        ward, who = text_of(each, "ward"), identity(each)
        if ward:
            wards[ward].add(who)
            others = others or who not in proposed
    return {ward: len(people) for ward, people in wards.items()} if others else None
