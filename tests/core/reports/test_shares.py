"""Shares with their intervals: known values, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.reports.shares import funnel, share


@pytest.mark.parametrize(
    ("some", "n", "low", "high"),
    [(15, 50, 0.1910, 0.4375), (0, 30, 0.0, 0.1135), (30, 30, 0.8865, 1.0), (1, 400, 0.00044, 0.01403)],
)
def test_known_intervals(some: int, n: int, low: float, high: float) -> None:
    found = share(some, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval(pair: tuple[int, int]) -> None:
    found = share(*pair)
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(("some", "n"), [(1, 0), (0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(some: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(some, n)


@given(st.floats(0, 1), st.integers(30, 10**5))
def test_the_funnel_narrows(mean: float, n: int) -> None:
    low, high = funnel(mean, n)
    later_low, later_high = funnel(mean, 4 * n)
    assert low <= later_low <= mean + 1e-9
    assert mean - 1e-9 <= later_high <= high
