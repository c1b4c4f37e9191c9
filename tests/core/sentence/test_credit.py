"""Credit for custody: the published sums and each article as data, and what holds for every set of stretches."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.law.book import shipped
from app.core.sentence.credit import HELD, Custody, Measure, credit, ends, ends_of_days, rates
from app.core.sentence.terms import end_of_term
from app.core.values import SentenceKind, Term

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "credit.json").read_text(encoding="utf-8"))
DAY = date(2026, 11, 21)
FIXED = rates(shipped(), SentenceKind.FIXED_TERM, DAY)
CONTROL = rates(shipped(), SentenceKind.CONTROL, DAY)
FIRST, EXECUTED = date(2020, 1, 1), date(2021, 1, 1)
MOST_APART = 4  # days: windows of some months differ by three at most, and of some years by a leap day more


def day(text: str) -> date:
    return date.fromisoformat(text)


def custody(row: list[Any]) -> Custody:
    measure, start, until, *same = row
    return Custody(Measure(measure), day(start), day(until), *same)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    executed, term = day(case["executed"]), Term(*case["term"])
    found = credit(map(custody, case["custody"]), rates(shipped(), SentenceKind(case["kind"]), DAY), executed)
    both = ends(term, executed, found)
    assert (found.days, found.odd) == (case["days"], case.get("odd", False))
    assert (str(both.deducted), str(both.extended), both.apart) == (case["deducted"], case["extended"], case["apart"])
    for text, (beyond, implied) in case["stated"].items():
        assert (both.beyond(day(text)), both.implied(day(text))) == (beyond, implied)


def test_an_overlap_is_named_and_neighbours_are_joined() -> None:
    rows = [
        ["拘留", "2020-03-01", "2020-03-10"],
        ["拘留", "2020-03-10", "2020-03-20"],
        ["逮捕", "2020-03-19", "2020-04-01"],
    ]
    found = credit(map(custody, rows), FIXED, EXECUTED)
    assert [(str(each.start), each.days, each.measures) for each in found.stretches] == [
        ("2020-03-01", 18, (Measure.DETENTION,)),
        ("2020-03-19", 1, (Measure.DETENTION, Measure.ARREST)),
        ("2020-03-20", 12, (Measure.ARREST,)),
    ]
    assert [str(each.start) for each in found.twice] == ["2020-03-19"]


def test_a_stretch_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before"):
        Custody(Measure.ARREST, date(2020, 1, 2), date(2020, 1, 1))


@st.composite
def stretches(draw: st.DrawFn, measures: tuple[Measure, ...] = tuple(Measure)) -> Custody:
    start = FIRST + timedelta(days=draw(st.integers(0, 380)))
    until = start + timedelta(days=draw(st.integers(0, 120)))
    return Custody(draw(st.sampled_from(measures)), start, until, draw(st.booleans()))


LISTS = st.lists(stretches(), max_size=6)
RATES = st.sampled_from([FIXED, CONTROL])
TERMS = st.integers(1, 300).map(Term.of_months)


@given(LISTS, RATES)
def test_a_union_is_never_more_than_the_sum_nor_less_than_its_largest_part(rows: list[Custody], rate: Any) -> None:
    whole = credit(rows, rate, EXECUTED).halves
    parts = [credit([each], rate, EXECUTED).halves for each in rows]
    assert max(parts, default=0) <= whole <= sum(parts)


@given(LISTS, RATES, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[Custody], rate: Any, chance: Any) -> None:
    mixed = rows[:]
    chance.shuffle(mixed)
    assert credit(mixed, rate, EXECUTED) == credit(rows, rate, EXECUTED)


@given(LISTS, RATES)
def test_saying_it_twice_changes_nothing(rows: list[Custody], rate: Any) -> None:
    assert credit(rows + rows, rate, EXECUTED) == credit(rows, rate, EXECUTED)


@given(LISTS, RATES, stretches(), st.integers(1, 30))
def test_a_day_more_never_makes_the_rest_longer(rows: list[Custody], rate: Any, one: Custody, more: int) -> None:
    longer = Custody(one.measure, one.start, one.until + timedelta(days=more), one.same_act)
    less, most = (credit([*rows, each], rate, EXECUTED) for each in (one, longer))
    term = Term(5)
    assert less.halves <= most.halves
    assert ends(term, EXECUTED, most).deducted <= ends(term, EXECUTED, less).deducted


@given(LISTS, RATES)
def test_stretches_are_disjoint_and_before_the_execution(rows: list[Custody], rate: Any) -> None:
    found = credit(rows, rate, EXECUTED).stretches
    assert all(one.until <= other.start for one, other in pairwise(found))
    assert all(each.start < each.until <= EXECUTED for each in found)
    days = {FIRST + timedelta(days=each) for each in range(520)}
    claimed = {each for each in days if each < EXECUTED and any(one.start <= each < one.until for one in rows)}
    assert sum(each.days for each in found) == len(claimed)


@given(st.lists(stretches(HELD), max_size=6).map(lambda rows: [Custody(r.measure, r.start, r.until) for r in rows]))
def test_control_is_credited_twice_as_much(rows: list[Custody]) -> None:
    assert credit(rows, CONTROL, EXECUTED).days == 2 * credit(rows, FIXED, EXECUTED).days


@given(TERMS, st.integers(0, 900))
@example(Term.of_months(126), 492)
def test_unbroken_custody_ends_by_both_methods_within_four_days(term: Term, days: int) -> None:
    first = EXECUTED - timedelta(days=days)
    both = ends(term, EXECUTED, credit([Custody(Measure.ARREST, first, EXECUTED)], FIXED, EXECUTED))
    assert both.credited == days
    assert both.extended == end_of_term(first, term)
    assert abs(both.apart) <= MOST_APART


@given(TERMS, st.integers(0, 400), st.integers(0, 400), st.integers(-40, 40))
def test_a_stated_end_is_beyond_neither_or_both(term: Term, elapsed: int, credited: int, off: int) -> None:
    both = ends_of_days(term, EXECUTED, min(credited, elapsed), EXECUTED - timedelta(days=elapsed))
    stated = both.deducted + timedelta(days=off)
    beyond = both.beyond(stated)
    early, late = sorted((both.deducted, both.extended))
    assert early <= stated - timedelta(days=beyond) <= late
    assert (beyond == 0) == (early <= stated <= late)
    assert both.implied(stated) == both.credited - off
