"""The day ledger: every day once, gaps and overlaps in sight, whatever the order of what was claimed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentence.ledger import WITHIN, Claim, Status, ledger

FIRST = date(2020, 1, 1)
KNOWN = [each for each in Status if each is not Status.UNKNOWN]


def day(offset: int) -> date:
    return FIRST + timedelta(days=offset)


@st.composite
def claim(draw: st.DrawFn) -> Claim:
    start, length = draw(st.integers(0, 200)), draw(st.integers(0, 90))
    return Claim(draw(st.sampled_from(KNOWN)), day(start), day(start + length))


CLAIMS = st.lists(claim(), max_size=8)


@given(CLAIMS)
def test_the_days_sum_up_to_the_span_and_no_day_stands_twice(claims: list[Claim]) -> None:
    found = ledger(claims)
    told = [each for each in claims if each.start < each.until]
    whole = (max(each.until for each in told) - min(each.start for each in told)).days if told else 0
    assert found.days == whole == sum(found.total(each) for each in Status)
    assert all(one.until == other.start for one, other in pairwise(found.stretches))
    assert all(one.claimed != other.claimed for one, other in pairwise(found.stretches))


@given(CLAIMS, st.randoms())
def test_the_order_of_claims_does_not_matter(claims: list[Claim], chance: Any) -> None:
    mixed = claims + claims[:2]
    chance.shuffle(mixed)
    assert ledger(mixed) == ledger(claims)


@given(CLAIMS, st.integers(0, 300))
def test_a_day_has_a_status_somebody_claims_or_is_a_gap(claims: list[Claim], offset: int) -> None:
    found, on = ledger(claims), day(offset)
    says = {each.status for each in claims if each.start <= on < each.until}
    status = found.on(on)
    assert status in says if says else status in (None, Status.UNKNOWN)
    assert any(each.start <= on < each.until for each in found.gaps) == (status is Status.UNKNOWN)
    beside = says - {status} - (WITHIN.get(status, frozenset()) if status else frozenset())
    assert any(each.start <= on < each.until for each in found.overlaps) == bool(beside)


def test_an_escape_stands_within_the_term_and_a_second_custody_does_not() -> None:
    found = ledger(
        [
            Claim(Status.HELD, day(0), day(12)),
            Claim(Status.SERVING, day(10), day(100)),
            Claim(Status.AWAY, day(40), day(50)),
            Claim(Status.DEPRIVED, day(120), day(130)),
        ]
    )
    assert [(each.status, each.days) for each in found.stretches] == [
        (Status.HELD, 10),
        (Status.SERVING, 2),
        (Status.SERVING, 28),
        (Status.AWAY, 10),
        (Status.SERVING, 50),
        (Status.UNKNOWN, 20),
        (Status.DEPRIVED, 10),
    ]
    assert [(each.start, each.last) for each in found.overlaps] == [(day(10), day(11))]
    assert [(each.start, each.until) for each in found.gaps] == [(day(100), day(120))]


def test_a_first_day_nobody_accounts_for_begins_a_gap() -> None:
    found = ledger([Claim(Status.SERVING, day(10), day(20))], day(0))
    assert [(each.status, each.days) for each in found.stretches] == [(Status.UNKNOWN, 10), (Status.SERVING, 10)]


def test_nothing_claimed_is_an_empty_ledger() -> None:
    assert ledger([Claim(Status.SERVING, day(3), day(3))]).days == 0


def test_a_claim_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before"):
        Claim(Status.SERVING, day(2), day(1))
