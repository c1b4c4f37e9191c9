"""Family K: what a single month or year of points may hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.scores import governed, label, months_of, number_of, without_labour
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.records import Record

OLDER = "考核月份都在司规〔2021〕3号施行以前"
NAMES = {"custody_points": "监管得分", "education_points": "教育得分", "labour_points": "劳动得分"}
BASES = {
    "custody_points": "points_custody_base",
    "education_points": "points_education_base",
    "labour_points": "points_labour_base",
}


@RULES.rule("JX-K05", "月得分超过上限", "MJ21-10", "MJ21-20")
def month_within_limits(case: ReductionCase, why: Why) -> Verdict:
    """Bonus points reach at most half of the base, part by part; special points stand apart."""
    rows = governed(months_of(case), why)
    if not rows:
        return why.not_applicable(OLDER)
    faults: list[str] = []
    read = False
    for row in rows:
        found = _over(row, why)
        read = read or any(number_of(row[key]) is not None for key in ("points", *NAMES))
        if found:
            why.see(row, "month", "points", "special_points", *NAMES)
            faults += found
    if not read:
        raise Missing("各月得分")
    for each in faults:
        why.step(each)
    if faults:
        return why.data(f"有{len(faults)}项月得分超过上限，请与原始考核记录核对")
    return why.lawful(f"{label(rows[0])}至{label(rows[-1])}共{len(rows)}个月的得分未超过上限")


def _over(row: Record, why: Why) -> list[str]:
    month = row["month"]
    assert isinstance(month, date)
    divisor = why.number("points_bonus_divisor", month)
    found = []
    # Who earns nothing by labour that month may be one of those whose other parts count for more.
    idle = not number_of(row["labour_points"])
    for key, parameter in BASES.items():
        own = why.number(parameter, month)
        base = max(own, why.number("points_part_base_without_labour", month)) if idle else own
        points, most = number_of(row[key]), base + Decimal(base) / divisor
        if points is not None and points > most:
            found.append(f"{label(row)}{NAMES[key]}{points}分，上限{most}分")
    whole = why.number("points_month_base", month)
    points, most = number_of(row["points"]), whole + Decimal(whole) / divisor
    special = number_of(row["special_points"])
    if points is not None and points - (special or 0) > most:
        told = f"（其中专项加分{special}分）" if special else "，未列专项加分"
        found.append(f"{label(row)}得分{points}分{told}，不含专项加分的上限{most}分")
    return found


@RULES.rule("JX-K06", "专项加分超过限额", "MJ21-14")
def special_points(case: ReductionCase, why: Why) -> Verdict:
    """Special points: a hundred at a time, three hundred a year; the law lets some kinds go beyond."""
    rows = governed(months_of(case), why)
    if not rows:
        return why.not_applicable(OLDER)
    given = [(row, special) for row in rows if (special := number_of(row["special_points"])) is not None]
    if not given:
        raise Missing("专项加分")
    single, yearly = why.number("special_points_single", why.day), why.number("special_points_year", why.day)
    faults = []
    for row, special in given:
        if special > single:
            why.see(row, "month", "special_points")
            faults.append(f"{label(row)}专项加分{special}分，超过一次{single}分的限额（是否为数次之和须核对）")
    for year, months in _by_year(given).items():
        total = sum(special for _, special in months)
        if total > yearly:
            for row, _ in months:
                why.see(row, "month", "special_points")
            faults.append(f"{year}年专项加分合计{total}分，超过一年{yearly}分的限额（不受限额的情形除外）")
    for each in faults:
        why.step(each)
    if faults:
        return why.doubt("专项加分超过限额，有无不受限额的情形须核实")
    total = sum(special for _, special in given)
    return why.lawful(f"专项加分合计{total}分，未超过一次{single}分、一年{yearly}分")


def _by_year(given: Iterable[tuple[Record, Decimal]]) -> dict[int, list[tuple[Record, Decimal]]]:
    years: dict[int, list[tuple[Record, Decimal]]] = defaultdict(list)
    for row, special in given:
        month = row["month"]
        assert isinstance(month, date)
        years[month.year].append((row, special))
    return years


def cannot_work(case: ReductionCase) -> str:
    """Applies to prisoners who have lost the capacity to work; Missing when that was not said."""
    lost = without_labour(case)
    if lost is None:
        raise Missing("丧失劳动能力")
    return "" if lost else "未丧失劳动能力"


@RULES.rule("JX-K12", "丧失劳动能力仍有劳动得分", "MJ21-20", when=cannot_work)
def labour_points_of_the_unable(case: ReductionCase, why: Why) -> Verdict:
    """Who cannot work earns no points by labour."""
    rows = governed(months_of(case), why)
    if not rows:
        return why.not_applicable(OLDER)
    given = [(row, points) for row in rows if (points := number_of(row["labour_points"])) is not None]
    if not given:
        raise Missing("劳动得分")
    why.see(case.proposal, "labour_lost", "lenient")
    hits = [(row, points) for row, points in given if points > 0]
    for row, points in hits:
        why.see(row, "month", "labour_points")
        why.step(f"{label(row)}劳动得分{points}分")
    if hits:
        return why.data(f"丧失劳动能力而有{len(hits)}个月记有劳动得分，丧失劳动能力的时间和记分请核对")
    return why.lawful(f"{len(given)}个月均无劳动得分")
