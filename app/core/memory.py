"""How the program treats its memory."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

OBJECTS, ROUNDS = 50_000, 50  # made before the collector looks for cycles, and looks before it looks further


def collect_rarely() -> None:
    """Let the collector of cycles run seldom.

    An import makes millions of small objects without any cycle; looking through them again and again takes a third
    of its time.
    """
    gc.set_threshold(OBJECTS, ROUNDS, ROUNDS)


@contextmanager
def uncollected() -> Iterator[None]:
    """No look for cycles meanwhile: where a great many things are made that stay, and none of them in a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class OnceEach(Generic[Thing, Made]):
    """What is made of a thing, made once for each; things are told apart by identity, which no hash is as quick as.

    Things and what was made of them are kept: the last `most` for certain, and never twice as many.
    """

    def __init__(self, make: Callable[[Thing], Made], most: int) -> None:
        self._make = make
        self._most = most
        self._known: dict[int, tuple[Thing, Made]] = {}
        self._older: dict[int, tuple[Thing, Made]] = {}

    def __call__(self, thing: Thing) -> Made:
        found = self._known.get(id(thing))
        if found is None:
            found = self._older.get(id(thing)) or (thing, self._make(thing))
            if len(self._known) >= self._most:
                self._older, self._known = self._known, {}
            self._known[id(thing)] = found
        return found[1]
