"""The day a judgment took effect, against cases that were published with their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks.correction.effect import Effect, effect_of
from app.core.checks.correction.episodes import episodes
from app.core.checks.correction.spans import Ends, ends
from app.core.checks.persons import Dossier, Lists
from app.core.law.book import shipped
from app.core.people.index import find_people
from app.core.sentence.terms import end_of_term
from app.core.values import Term
from tests.core.checks.deskcases import records_of, spread

ONE_DAY = timedelta(days=1)


def effect(**court: str) -> Effect:
    base = {"T01.宣判日期": "", "T01.送达日期": "", "T01.生效日期": "", "T01.是否上诉抗诉": "否"}
    line = {"id": "x", "base": "probation", "T02": None, "T04": None, "T05": None, "set": {**base, **court}}
    case = spread("correction", line)
    lists = Lists(date(2026, 6, 30), {"T01": date(2026, 6, 30)})
    (someone,) = find_people(records_of(case)).all
    (episode,) = episodes(Dossier(someone, lists), shipped())
    return effect_of(episode)


@pytest.mark.parametrize(
    ("served", "effective", "term", "last"),
    [
        ("2022-06-17", "2022-06-28", Term(2), "2024-06-27"),
        ("2018-03-14", "2018-03-27", Term(4), "2022-03-26"),  # the tenth day is a Saturday
        ("2024-10-23", "2024-11-05", Term(1), "2025-11-04"),  # and here too
    ],
)
def test_published_cases(served: str, effective: str, term: Term, last: str) -> None:
    found = effect(**{"T01.送达日期": served})
    assert found.accepted == {date.fromisoformat(effective)}
    assert found.day is not None
    assert ends(found.day, term) == Ends(date.fromisoformat(last), date.fromisoformat(last))


def test_the_day_that_was_not_moved_is_a_reading_only() -> None:
    found = effect(**{"T01.送达日期": "2024-10-23", "T01.生效日期": "2024-11-03"})
    assert found.day == date(2024, 11, 5)
    assert set(found.readings) == {date(2024, 11, 3), date(2024, 10, 23)}


def test_a_later_day_of_the_court_counts_beside_the_sum() -> None:
    found = effect(**{"T01.送达日期": "2024-10-23", "T01.生效日期": "2024-11-12"})
    assert found.accepted == {date(2024, 11, 5), date(2024, 11, 12)}
    assert found.latest == date(2024, 11, 12)


def test_the_day_of_the_judgment_is_no_day_of_effect() -> None:
    assert effect(**{"T01.宣判日期": "2026-03-02", "T01.生效日期": "2026-03-02"}).day is None
    second = {"T01.案号": "（2026）样01刑终1号", "T01.宣判日期": "2026-03-02", "T01.生效日期": "2026-03-02"}
    assert effect(**second).day == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("court", "day"),
    [
        ({"T01.二审结果": "维持原判", "T01.二审宣告日期": "2026-04-10"}, date(2026, 4, 10)),
        ({"T01.二审结果": "发回重审", "T01.二审宣告日期": "2026-04-10", "T01.生效日期": "2026-04-10"}, None),
        ({"T01.二审结果": "撤回上诉"}, date(2026, 3, 12)),
        ({"T01.生效日期": "2026-03-13"}, None),
        ({"T01.生效日期": "2026-05-13"}, date(2026, 5, 13)),
        ({}, None),
    ],
)
def test_an_appeal(court: dict[str, str], day: date | None) -> None:
    found = effect(**{"T01.送达日期": "2026-03-02", "T01.是否上诉抗诉": "是", **court})
    assert found.day == day
    assert bool(found.pending) == (day is None)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 72), st.integers(0, 29), st.integers(0, 400))
def test_ends_differ_by_the_month_end_only(start: date, months: int, days: int, credit: int) -> None:
    term = Term.of_months(months, days)
    both = ends(start, term, credit)
    assert both.right == end_of_term(start, term) - credit * ONE_DAY
    assert timedelta() <= both.right - both.plain <= timedelta(days=3)
    assert all(both.apart(day) == 0 for day in both.both)
    assert both.apart(both.right + ONE_DAY) == 1
    assert both.apart(both.plain - ONE_DAY) == -1
