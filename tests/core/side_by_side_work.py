"""What the tests of work on several cores let other processes do; it imports as little as real work does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

from app.core.jobs import Ticket
from app.core.side_by_side import SideBySide


def elsewhere() -> bool:
    """Whether this is not the process of the test."""
    return multiprocessing.parent_process() is not None


def tell(state: str, portion: int) -> tuple[str, int, int, bool, bool, list[str]]:
    """The state and portion, the process, whether it knows Qt and ignores Ctrl+C, and the sockets it has open."""
    time.sleep(0.05 if portion % 2 else 0)  # later ones are ready sooner
    deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return state, portion, os.getpid(), "PySide6" in sys.modules, deaf, sockets()


def sockets() -> list[str]:
    """The sockets among the open files of this process, where the system tells."""
    folder = Path("/proc/self/fd")
    found = [os.readlink(each) for each in folder.iterdir() if each.exists()] if folder.is_dir() else []
    return [each for each in found if each.startswith("socket")]


def die(_: None, portion: int) -> int:
    """Twice the portion; at the third one another process dies as a killed one does."""
    if portion == 3 and elsewhere():
        os._exit(1)
    return 2 * portion


def fail(_: None, portion: int) -> int:
    """Raise what says where it was raised."""
    if portion == 3:
        raise ZeroDivisionError("elsewhere" if elsewhere() else "here")
    return portion


def last(_: None, portion: int) -> int:
    """Be busy for long; the number of the process comes first."""
    if portion:
        time.sleep(60)
    return os.getpid()


def main() -> None:
    """Say which processes work, and wait."""
    with SideBySide(last, 2) as crew:
        for each in crew.answers(None, [0, 1, 1], Ticket()):
            print(each, flush=True)


if __name__ == "__main__":
    main()
