"""What is made once of each thing."""

from __future__ import annotations

import gc

import pytest

from app.core.memory import OnceEach, uncollected


def test_equal_things_are_two_and_the_same_thing_is_one() -> None:
    made: list[list[int]] = []
    once = OnceEach(lambda thing: made.append(thing) or len(made), most=2)
    one, other = [1], [1]
    assert (once(one), once(other), once(one), once(other)) == (1, 2, 1, 2)


def test_more_than_the_most_are_never_kept() -> None:
    once = OnceEach(lambda thing: [thing], most=2)
    things = [object() for _ in range(5)]
    assert [once(each) for each in things] == [[each] for each in things]
    assert len(once._known) + len(once._older) <= 4


def test_what_is_asked_for_again_and_again_stays() -> None:
    once = OnceEach(lambda thing: [thing], most=2)
    mine = object()
    first = once(mine)
    for _ in range(9):
        once(object())
        assert once(mine) is first


def test_the_collector_comes_back_even_after_a_fault() -> None:
    @uncollected()
    def fault() -> None:
        assert not gc.isenabled()
        raise ValueError("sample")

    with pytest.raises(ValueError, match="sample"):
        fault()
    assert gc.isenabled()
