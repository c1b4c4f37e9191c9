"""Kills the program at random points of everything that writes the store, and looks what is left each time.

Run as `python -m tests.tools.kill_store [--points 200] [--seed N]`, on systems that can fork. For each point a copy of
a prepared store is worked on by a process of its own, which says after every commit what it has committed, until it is
killed (SIGKILL). Then the store must open, be sound, hold every row that was said, and go on: no number twice, no half
file, no half copy.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.tools import kill_people, kill_rows, kill_works
from tests.tools.kill_base import Work, prepare, prepare_passphrase, prepare_reviewed

TRIES = 6  # runs for each kill wanted; some end before it comes
WORKS = {
    "import": Work(prepare, kill_works.do_import, kill_works.check_import),
    "review": Work(prepare, kill_works.do_review, kill_works.check_review),
    "issue": Work(prepare_reviewed, kill_works.do_issue, kill_works.check_issue),
    "backup": Work(kill_works.prepare_backup, kill_works.do_backup, kill_works.check_backup),
    "restore": Work(prepare, kill_works.do_restore, kill_works.check_restore),
    "migration": Work(kill_works.prepare_old, kill_works.do_migration, kill_works.check_migration),
    "passphrase": Work(prepare_passphrase, kill_works.do_passphrase, kill_works.check_passphrase),
    "accounts": Work(prepare_passphrase, kill_people.do_accounts, kill_people.check_accounts),
    "settings": Work(prepare, kill_people.do_settings, kill_people.check_settings),
    "decision": Work(prepare_reviewed, kill_people.do_decisions, kill_people.check_decisions),
    "exchange": Work(kill_rows.prepare_exchange, kill_rows.do_exchange, kill_rows.check_exchange),
    "destruction": Work(prepare_reviewed, kill_rows.do_destroy, kill_rows.check_destroy),
}


def run_until(work: Work, folder: Path, seconds: float | None) -> tuple[list[str], bool, float]:
    """Do the work in a process of its own, killed after so many seconds; what it said, whether it was killed, its time.

    Time is counted from when it begins, not from the fork.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            say = partial(_say, writing)
            say("begun")
            work.do(folder, say)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        assert stream.readline() == "begun\n"
        begun = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        said = [line.rstrip("\n") for line in stream if line.endswith("\n")]
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    if not killed and os.waitstatus_to_exitcode(status):
        said.append("the work itself failed")
    return said, killed, time.monotonic() - begun


def _say(descriptor: int, what: str) -> None:
    os.write(descriptor, f"{what}\n".encode())


class Tally(NamedTuple):
    """How many runs there were, how many of them were killed before their end, and what was found wrong."""

    points: int
    killed: int
    faults: list[str]


def kill_at(name: str, points: int, chance: random.Random, folder: Path) -> Tally:
    """Kill one kind of work at so many points."""
    work, given = WORKS[name], folder / name
    given.mkdir(parents=True)
    work.prepare(given)
    longest = min(run_until(work, _copied(given, folder / f"{name}-whole-{each}"), None)[2] for each in range(2))
    found, hit, tried = [], 0, 0
    while hit < points and tried < points * TRIES:
        point, tried = tried, tried + 1
        place = _copied(given, folder / f"{name}-{point}")
        said, killed, _ = run_until(work, place, chance.uniform(0, longest))
        hit += killed
        wrong = work.check(place, said) + [each for each in said if "failed" in each]
        found += [f"{name}, point {point}: {each}" for each in wrong]
        shutil.rmtree(place)
    return Tally(tried, hit, found)


def _copied(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target))


def main(argv: Sequence[str]) -> int:
    """Kill at so many points, spread over all kinds of work; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20_261_122)
    parser.add_argument("--only", choices=WORKS, action="append")
    words = parser.parse_args(argv)
    names, chance, bad, hit = words.only or list(WORKS), random.Random(words.seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for place, name in enumerate(names):
            points = words.points // len(names) + (place < words.points % len(names))
            tally = kill_at(name, points, chance, Path(folder))
            bad, hit = bad + len(tally.faults), hit + tally.killed
            print(f"{name}: {tally.killed} kills in {tally.points} runs, {len(tally.faults)} faults", flush=True)
            for each in tally.faults:
                print(f"  {each}", flush=True)
    print(f"{hit} kills: {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
