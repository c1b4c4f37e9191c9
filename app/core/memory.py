"""How the program treats its memory."""

from __future__ import annotations

import gc

OBJECTS, ROUNDS = 50_000, 50  # made before the collector looks for cycles, and looks before it looks further


def collect_rarely() -> None:
    """Let the collector of cycles run seldom.

    An import makes millions of small objects without any cycle; looking through them again and again takes a third
    of its time.
    """
    gc.set_threshold(OBJECTS, ROUNDS, ROUNDS)
