"""Monthly points of a prisoner: the rows of R4 by month, what a month counts for, and whether labour counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.core.checks.dossier import place_of, text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.measure import CANNOT_CARE
from app.core.checks.reduction.paying import NONE_WORDS
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record, Value
from app.core.sentence.terms import span

PARTS = ("custody_points", "education_points", "labour_points")
NO_LABOUR = re.compile("丧失劳动能力")


def number_of(value: Value) -> Decimal | None:
    """A number of points; None when it was not delivered."""
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def months_of(case: ReductionCase) -> list[Record]:
    """The person's months, oldest first, each once; Missing without the table, a row, or knowing whose they are."""
    if not case.months_present:
        raise Missing("月考核表")
    if case.months.doubt:
        raise Missing(f"月考核记录的归属（{case.months.doubt}）")
    rows = each_month(case)
    if not rows:
        raise Missing("月考核表中本人的记录")
    return rows


def each_month(case: ReductionCase) -> list[Record]:
    """The person's monthly rows as `by_month` puts them."""
    found: list[Record] | None = case.memo.get("months")
    if found is None:
        found = case.memo["months"] = by_month(case.months.records)
    return found


def by_month(rows: Iterable[Record]) -> list[Record]:
    """Monthly rows, oldest first, each month once though several lists tell of it."""
    found = {month: each for each in sorted(rows, key=place_of) if isinstance(month := each["month"], date)}
    return [found[month] for month in sorted(found)]


def governed(rows: Iterable[Record], why: Why) -> list[Record]:
    """The months the rules of 2021 govern."""
    provision = why.law.provision("MJ21-10")
    return [each for each in rows if isinstance(month := each["month"], date) and provision.holds(month)]


def within(rows: Iterable[Record], begin: date, end: date) -> list[Record]:
    """The months that lie between two days, the one `begin` falls in included."""
    first = begin.replace(day=1)
    return [each for each in rows if isinstance(month := each["month"], date) and first <= month <= end]


def months_between(begin: date, end: date) -> int:
    """How many calendar months two days touch."""
    return span(begin.replace(day=1), end).months + 1


def label(row: Record) -> str:
    """2024年3月."""
    month = row["month"]
    return f"{month.year}年{month.month}月" if isinstance(month, date) else ""


def counted(row: Record) -> Decimal | None:
    """What a month counts for at most: its points, with special points unless the parts show them to be in already."""
    points, special = number_of(row["points"]), number_of(row["special_points"]) or Decimal(0)
    parts = [each for key in PARTS if (each := number_of(row[key])) is not None]
    if points is None:
        whole = len(parts) == len(PARTS)
        return sum(parts) + special - abs(number_of(row["deducted"]) or Decimal(0)) if whole else None
    included = bool(parts) and points >= sum(parts) + special - abs(number_of(row["deducted"]) or Decimal(0))
    return points if included else points + special


def without_labour(case: ReductionCase) -> bool | None:
    """Whether the prisoner has lost the capacity to work; None when that was not said."""
    said, lenient = case.flag("labour_lost"), text_of(case.proposal, "lenient")
    if said is not None:
        return said
    if NO_LABOUR.search(lenient) or CANNOT_CARE.search(lenient):
        # Article 20 of 法释〔2016〕23号 grants the relief only to those who can no longer work.
        return True
    return False if lenient in NONE_WORDS else None


def accuse(why: Why, day: date, message: str, harm: Harm | None = None) -> Verdict:
    """Unlawful while the rules of 2021 surely held; a doubt for what was assessed after the prison law was revised."""
    if day > why.law.parameter("points_rule_sure_until", why.day).value:
        why.step("监狱法修订施行以后，计分考核规定是否继续有效须核实")
        return why.doubt(f"{message}（规定的效力须核实）")
    return why.unlawful(message, harm=harm)
