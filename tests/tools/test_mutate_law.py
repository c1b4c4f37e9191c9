"""The mutation tool itself: it changes one number at a time, and a case that reads the number notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.law.book import shipped
from tests.core.checks.casefiles import all_cases, records_of
from tests.tools.law_questions import TESTS, asked, of_reduction
from tests.tools.mutate_law import WITHOUT_EFFECT, changes, disagrees, duty_changes, duty_survivors, noticed_by_the_book

LAW = shipped()


def test_every_number_is_changed_both_ways_and_alone() -> None:
    found = list(changes(LAW))
    assert {each.key[0] for each in found} >= {*LAW.parameters, *(each.id for each in LAW.rows)}
    for each in found:
        assert each.before != each.after
        assert each.law != LAW
        rows = sum(one != other for one, other in zip(LAW.rows, each.law.rows, strict=True))
        numbers = sum(LAW.parameters[name] != each.law.parameters[name] for name in LAW.parameters)
        assert rows + numbers == 1, str(each)


def test_a_case_notices_a_wrong_number_and_not_the_right_ones() -> None:
    [longer] = [each.law for each in changes(LAW) if str(each).startswith("A3 A ordinary 2017-01-01 wait: 24 → 25")]
    [case] = [each for each in all_cases() if each["id"] == "t01-ten-due"]
    ask = of_reduction(case, records_of(case))
    assert disagrees(ask, longer)
    assert not disagrees(ask, LAW)


def test_the_books_own_tests_notice_a_torn_band() -> None:
    torn = [each.law for each in changes(LAW) if str(each).startswith("A2 A ordinary 2017-01-01 band 0: 60 → 61")]
    assert [noticed_by_the_book(each) for each in torn] == [True]
    assert not noticed_by_the_book(LAW)


def test_every_number_of_a_duty_is_held_by_a_case() -> None:
    tried, left = duty_survivors()
    assert left == []
    assert tried == len(list(duty_changes()))


def names_of(test: Callable[..., Any]) -> set[str]:
    """The cases a test of the suite runs by name; its own name where it has none."""
    marks = [each for each in getattr(test, "pytestmark", ()) if each.name == "parametrize"]
    if not marks:
        return {test.__name__}
    values, ids = marks[0].args[1], marks[0].kwargs["ids"]
    return {ids(each) for each in values} if callable(ids) else set(ids)


def test_whatever_the_tool_asks_a_test_of_the_suite_asks() -> None:
    known = {name for test in TESTS for name in names_of(test)}
    assert {name for name, _ in asked()} <= known


def test_what_is_without_effect_is_still_there_and_says_why() -> None:
    bands = {
        (row.id, row.group, f"band {place}", value + by)
        for row in LAW.rows
        for place, value in enumerate(row.band)
        for by in (-1, 1)
    }
    assert set(WITHOUT_EFFECT) <= bands
    assert all(len(why) > 20 for why in WITHOUT_EFFECT.values())
