"""Custody before the judgment, as cells state it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks.correction.held import Held, read_held

DECEMBER = date(2025, 12, 1)


@pytest.mark.parametrize(
    "text", ["", "无", "未羁押", "/", "取保候审", "取保候审2025-12-01至2026-03-12", "监视居住2025-12-01至2025-12-30"]
)
def test_nothing_counts(text: str) -> None:
    assert read_held(text) == Held()


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-01至2025-12-30",
        "自2025年12月1日起至2025年12月30日止",
        "2025.12.01-2025.12.30",
        "2025年12月1日～2025年12月30日（共30日）",
        "刑事拘留2025-12-01至2025-12-10；逮捕2025-12-11至2025-12-30",
        "2025-12-01至2025-12-20、2025-12-15至2025-12-30",
        "20251201-20251230",
    ],
)
def test_thirty_days(text: str) -> None:
    held = read_held(text)
    assert held is not None
    assert (held.custody, held.residence, held.first) == (30, 0, DECEMBER)


def test_a_designated_residence_is_counted_apart() -> None:
    held = read_held(
        "刑拘2025-12-01至2025-12-10，指定居所监视居住2025-12-11至2025-12-30，取保候审2025-12-31至2026-03-01"
    )
    assert held == Held(10, 20, 1, 1, DECEMBER)


def test_a_label_may_follow() -> None:
    held = read_held("2025-12-01至2025-12-10（指定居所监视居住）")
    assert held == Held(0, 10, 0, 1, DECEMBER)


def test_a_bare_number_of_days() -> None:
    assert read_held("共30日") == Held(30, 0, 1)


@pytest.mark.parametrize(
    "text", ["2025年12月", "2025-12-30至2025-12-01", "2025-13-01至2025-12-30", "2025-12-01被刑事拘留", "不详"]
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_held(text) is None


def test_days_of_the_execution_itself_do_not_count() -> None:
    held = read_held("2025-12-01至2025-12-30", date(2025, 12, 21))
    assert held is not None
    assert held.custody == 20


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_both_ends_count(first: date, more: int) -> None:
    held = read_held(f"{first}至{first + timedelta(days=more)}")
    assert held is not None
    assert held.custody == more + 1
