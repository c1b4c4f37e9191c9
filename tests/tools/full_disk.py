"""Fills the disk, or makes it read-only, under all that writes the store, and looks what is said and what is left.

Run as `python -m tests.tools.full_disk [--rounds 20] [--seed N]`, as root on Linux: a small file system in memory is
mounted for each round. Whatever fails must fail with a sentence for the user, leave the store sound and with what was
committed, and succeed once there is room, or once it may be written again.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.store.backup import Why
from app.core.store.database import Store
from tests.core.store.samples import OPINIONS, stored_batch
from tests.tools.kill_base import opened, sound, store_of
from tests.tools.kill_store import WORKS
from tests.tools.power_cut import NOW

MEGABYTES = 32
BALLAST = "占满磁盘"
MOST_LEFT = 1_200_000  # bytes left free, at most
DONE, TOLD = "went through", "told"
WAYS_OUT = ("腾出空间", "写入", "换一个", "检查磁盘", "已满")


def can_mount() -> str:
    """Why no file system can be mounted here; "" when one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a file system is mounted by root on Linux only"
    with tempfile.TemporaryDirectory() as place:
        try:
            with small_disk(Path(place)):
                return ""
        except subprocess.CalledProcessError:
            return "the system does not let a file system be mounted"


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A file system of a few megabytes at a place."""
    _run("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(place))
    try:
        yield
    finally:
        _run("umount", "-l", str(place))


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Nothing can be written there inside."""
    _run("mount", "-o", "remount,bind,ro", str(place))
    try:
        yield
    finally:
        _run("mount", "-o", "remount,bind,rw", str(place))


@contextmanager
def full(place: Path, left: int) -> Iterator[None]:
    """So many bytes are free inside, and no more."""
    ballast = place / BALLAST
    size = max(shutil.disk_usage(place).free - left, 0)
    with ballast.open("wb") as stream:
        stream.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def tried(work: Callable[[], object]) -> tuple[str, list[str]]:
    """Do something that may fail; how it ended, and what was wrong with the way it did."""
    try:
        work()
    except UserError as fault:
        wrong = [] if any(each in str(fault) for each in WAYS_OUT) else [f"no way out is named: {fault}"]
        return TOLD, wrong
    return DONE, []


def once(name: str, chance: random.Random, *, reading_only: bool) -> tuple[str, list[str]]:
    """One kind of work on a disk that is full or read-only, then again when that is over."""
    work = WORKS[name]
    with tempfile.TemporaryDirectory() as temporary, small_disk(Path(temporary)):
        place = Path(temporary) / "数据"
        place.mkdir()
        work.prepare(place)
        said: list[str] = []
        hindered = read_only(Path(temporary)) if reading_only else full(Path(temporary), chance.randrange(MOST_LEFT))
        with hindered:
            outcome, wrong = tried(lambda: work.do(place, said.append))
        wrong += work.check(place, [each for each in said if each != "begun"])
        if outcome == TOLD and name != "issue":  # whose check has gone on with the run already
            work.do(place, said.append)
            wrong += work.check(place, [each for each in said if each != "begun"])
        return outcome, [f"{name}: {each}" for each in wrong]


def while_open(left: int) -> list[str]:
    """The disk becomes full under a store that is open; the same store goes on afterwards."""
    wrong = []
    with tempfile.TemporaryDirectory() as temporary, small_disk(Path(temporary)):
        place = Path(temporary) / "数据"
        place.mkdir()
        with opened(place) as store:
            _batch(store, 100)
            first = store.papers.reserve(OPINIONS, now=NOW)
            with full(Path(temporary), left):
                for work in (
                    lambda: _batch(store, 9000),
                    lambda: store.back_up(Why.ASKED, now=NOW, ticket=Ticket()),
                    lambda: store.papers.reserve(OPINIONS, now=NOW),
                ):
                    wrong += tried(work)[1]
                if len(list(store.batches.records())) % 100:
                    wrong.append("half a batch")
            _batch(store, 100)
            if store.papers.reserve(OPINIONS, now=NOW) <= first:
                wrong.append("a number twice")
            store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
            wrong += sound(store)
        if not store_of(place).exists():
            wrong.append("the store is gone")
        with opened(place) as store:
            wrong += sound(store)
    return wrong


def _batch(store: Store, count: int) -> None:
    with store.atomic():
        stored_batch(store, count)


def main(argv: Sequence[str]) -> int:
    """So many rounds of every kind of work; 1 when anything was lost or said badly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20_261_122)
    words = parser.parse_args(argv)
    why_not = can_mount()
    if why_not:
        print(why_not)
        return 2
    chance, bad = random.Random(words.seed), 0
    for reading_only in (False, True):
        for name in WORKS:
            seen: Counter[str] = Counter()
            for _ in range(1 if reading_only else words.rounds):
                outcome, wrong = once(name, chance, reading_only=reading_only)
                seen[outcome] += 1
                bad += len(wrong)
                for each in wrong:
                    print(f"  {each}")
            kind = "read-only" if reading_only else "full"
            print(f"{kind} disk, {name}: " + ", ".join(f"{count} {how}" for how, count in seen.items()), flush=True)
        for left in () if reading_only else (0, 30_000, 300_000):  # what is open for writing is not made read-only
            wrong = while_open(left)
            bad += len(wrong)
            print(f"under an open store, {left} bytes left: {'; '.join(wrong) or 'sound'}", flush=True)
    print(f"{bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
