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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from app.core.actions import safekeep
from app.core.actions.issue import issue, resume
from app.core.actions.order import Order
from app.core.actions.review import review
from app.core.errors import WrongPassphrase
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store import backup, keys, migrations
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.link import Link
from tests.core.store.samples import OPINIONS, facts, records
from tests.tools import kill_rows
from tests.tools.power_cut import DAY, KINDS, NOW, OFFICE, WHO, faults, prepared

KEY = keys.random_key()
CASES, ROWS, RECORDS = 6, 300, "records"
DESK, SECOND = "reduction", "第二份"
PASSPHRASES = [f"第{number:02}个试验用口令" for number in range(12)]
TRIES = 6  # runs for each kill wanted; some end before it comes
Say = Callable[[str], None]


class Work(NamedTuple):
    """What is killed: how a store for it is made, what is done with it, and what must hold afterwards."""

    prepare: Callable[[Path], None]
    do: Callable[[Path, Say], None]
    check: Callable[[Path, list[str]], list[str]]


def store_of(folder: Path) -> Path:
    """The store of a point."""
    return folder / "数据.db"


def opened(folder: Path) -> Store:
    """That store, open."""
    return Store(store_of(folder), KEY)


def prepare(folder: Path) -> None:
    """Cases, not reviewed, and some rows more."""
    with opened(folder) as store:
        prepared(store, folder, CASES, reviewed=False)


def prepare_backup(folder: Path) -> None:
    """Cases, and a second folder."""
    prepare(folder)
    (folder / SECOND).mkdir()


def prepare_reviewed(folder: Path) -> None:
    """Reviewed cases."""
    with opened(folder) as store:
        prepared(store, folder, CASES)


def sound(store: Store) -> list[str]:
    """What is wrong with any store at all: its pages, its log, batches of which not all rows are there, numbers."""
    said = [*store.problems(), *store.audit.verify()]
    rows = Counter(each.sheet for each in store.batches.records())
    wanted = sum(each.accepted for each in store.batches.all())
    if rows.total() != wanted:
        said.append(f"{rows.total()} rows of {wanted}")
    taken = [(each.series, each.n) for each in store.papers.all() if each.series is not None]
    said += [f"number {number} twice" for number, count in Counter(taken).items() if count > 1]
    return said


def do_import(folder: Path, say: Say) -> None:
    """Batches and numbers, one after the other."""
    with opened(folder) as store:
        for _ in range(8):
            say(f"number {store.papers.reserve(OPINIONS, now=NOW)}")
            with store.atomic():
                batch = store.batches.add(facts(ROWS), now=NOW, who=WHO)
                store.batches.put_records(batch, records(ROWS))
                store.audit.note("导入", {"batch": batch}, at=NOW, who=WHO)
            say(f"batch {batch}")


def check_import(folder: Path, said: list[str]) -> list[str]:
    """Every batch and number that was said is there, and the next number is a new one."""
    with opened(folder) as store:
        there = {f"batch {each.id}" for each in store.batches.all()}
        lost = [each for each in said if each.startswith("batch") and each not in there]
        numbers = [int(each.split()[1]) for each in said if each.startswith("number")]
        following = store.papers.reserve(OPINIONS, now=NOW)
        return sound(store) + lost + ([f"number {following} again"] if numbers and following <= max(numbers) else [])


def do_review(folder: Path, say: Say) -> None:
    """Review all cases, twice."""
    with opened(folder) as store:
        for _ in range(2):
            review(store, shipped(), DESK, DAY, now=NOW, who=WHO, ticket=Ticket())
            say("reviewed")


def check_review(folder: Path, said: list[str]) -> list[str]:
    """A review that was said is whole; another one ends in the same state as ever."""
    with opened(folder) as store:
        found = sound(store)
        ids = store.views.case_ids(DESK)
        missing = [each.id for each in store.views.case_rows(ids) if not each.conclusion]
        if said and missing:
            found.append(f"{len(missing)} cases lost their conclusion")
        review(store, shipped(), DESK, DAY, now=NOW, who=WHO, ticket=Ticket())
        return found + sound(store) + [f"case {each.id}" for each in store.views.case_rows(ids) if not each.conclusion]


def do_issue(folder: Path, say: Say) -> None:
    """Make all documents."""
    with opened(folder) as store:
        ids = sorted(store.casebook.case_of(DESK).values())
        issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())
        say("issued")


def check_issue(folder: Path, said: list[str]) -> list[str]:
    """The run is gone on with and ends with every document, each whole, under a number of its own."""
    with opened(folder) as store:
        before = {each.id: each.number for each in store.papers.all()}
        for run in store.runs.open():
            resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        if not before and not store.papers.all():
            ids = sorted(store.casebook.case_of(DESK).values())
            issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())
        found = faults(store, folder / "文书", CASES * len(KINDS)) + store.audit.verify()
        if not before.items() <= {each.id: each.number for each in store.papers.all()}.items():
            found.append("a number taken before is another now")
        return found + ([] if not said or before else ["the documents that were made are not entered"])


def do_backup(folder: Path, say: Say) -> None:
    """Copies, each also into a second folder."""
    with opened(folder) as store:
        for minute in range(4):
            now, second = f"2026-11-21T10:{minute:02}:00", folder / SECOND
            done = safekeep.back_up(store, Why.ASKED, str(second), now=now, who=WHO, ticket=Ticket())
            say(f"{2 if '另存到' in done.says else 1} {done.value.path.name}")


def check_backup(folder: Path, said: list[str]) -> list[str]:
    """Every file that bears the name of a copy is a sound one; those that were said are there, twice."""
    found = []
    with opened(folder) as store:
        found += sound(store)
        copies = safekeep.backups(store, str(folder / SECOND))
        found += [
            f"{each.path.name}: {fault}" for each in copies for fault in backup.problems_of(each.path, KEY, Ticket())
        ]
        names = Counter(each.path.name for each in copies)
        wanted = {each[2:]: int(each[0]) for each in said if each[0].isdigit()}
        found += [f"{name}: {names[name]} copies" for name, count in wanted.items() if names[name] != count]
        safekeep.back_up(store, Why.ASKED, now="2026-11-21T11:00:00", who=WHO, ticket=Ticket())
    return found


def do_restore(folder: Path, say: Say) -> None:
    """Go back to a copy, after numbers were taken and rows came in."""
    with opened(folder) as store:
        copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket()).path
        say(f"batches {len(store.batches.all())}")
        with store.atomic():
            batch = store.batches.add(facts(ROWS), now=NOW, who=WHO)
            store.batches.put_records(batch, records(ROWS))
        for _ in range(3):
            say(f"number {store.papers.reserve(OPINIONS, now=NOW)}")
        safekeep.put_back(store, copy, now=NOW, who=WHO, ticket=Ticket())
        say("back")


def check_restore(folder: Path, said: list[str]) -> list[str]:
    """The state before or the state of the copy, nothing between; numbers stay taken."""
    with opened(folder) as store:
        found, batches = sound(store), len(store.batches.all())
        if said[-1:] == ["back"] and f"batches {batches}" != [each for each in said if each.startswith("batches")][-1]:
            found.append("it was put back and is not")
        taken = [int(each.split()[1]) for each in said if each.startswith("number")]
        following = store.papers.reserve(OPINIONS, now=NOW)
        return found + ([f"number {following} again"] if taken and following <= max(taken) else [])


def prepare_old(folder: Path) -> None:
    """A store as an older version left it: the last three steps were never taken."""
    link = Link(store_of(folder), KEY)
    migrations.steps().apply(link.db, stop_before=migrations.STEPS[-3][0])
    columns = (
        "file, sha256, sheet, kind, header_row, mapping, unmapped, rows, accepted, rejected, imported_at, imported_by"
    )
    values = ("旧.xlsx", "aa", "名册", "R1", 1, '{"姓名":"name"}', "[]", ROWS, ROWS, 0, NOW, "")
    link.change(f"INSERT INTO batches ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", values)
    cells = [(row, '["x赵样一"]') for row in range(ROWS)]
    link.change_many(f"INSERT INTO {RECORDS} (batch_id, row, cells) VALUES (1, ?, ?)", cells)
    link.close()


def do_migration(folder: Path, say: Say) -> None:
    """Open an old store, which upgrades it."""
    with opened(folder):
        say("upgraded")


def check_migration(folder: Path, said: list[str]) -> list[str]:
    """It opens, upgraded now at the latest, with all rows; the copy made before is sound."""
    with opened(folder) as store:
        found = sound(store)
        if len(list(store.batches.records())) != ROWS:
            found.append("rows lost")
        copies = safekeep.backups(store)
        return found + [fault for each in copies for fault in backup.problems_of(each.path, KEY, Ticket())]


def prepare_passphrase(folder: Path) -> None:
    """A store with a key file; stretching a passphrase takes no time, so that the kills fall amid the writing."""
    with quick_stretching(), Store.create(store_of(folder), PASSPHRASES[0]) as store:
        prepared(store, folder, CASES, reviewed=False)


def do_passphrase(folder: Path, say: Say) -> None:
    """Change the passphrase again and again, from where it stands."""
    with quick_stretching():
        place = next(place for place, each in enumerate(PASSPHRASES) if _opens(folder, each))
        with Store.open(store_of(folder), PASSPHRASES[place]) as store:
            for old, new in pairwise(PASSPHRASES[place:]):
                store.locks.change(old, new, now=NOW)
                say(f"passphrase {PASSPHRASES.index(new)}")


def _opens(folder: Path, phrase: str) -> bool:
    try:
        Store.open(store_of(folder), phrase).close()
    except WrongPassphrase:
        return False
    return True


def check_passphrase(folder: Path, said: list[str]) -> list[str]:
    """The last passphrase that was said opens the store, or the one after it; no other does."""
    last = max((int(each.split()[1]) for each in said if each.startswith("passphrase")), default=0)
    opening, found = [], []
    with quick_stretching():
        for place, each in enumerate(PASSPHRASES):
            if _opens(folder, each):
                opening.append(place)
                with Store.open(store_of(folder), each) as store:
                    found += sound(store)
    expected = ([last], [last + 1])
    return found + ([] if opening in expected else [f"passphrase {last} was set, opened by {opening}"])


def prepare_exchange(folder: Path) -> None:
    """Reviewed cases, and a file of another office."""
    prepare_reviewed(folder)
    with quick_stretching():
        kill_rows.prepare_exchange(folder)


def do_exchange(folder: Path, say: Say) -> None:
    """Take a file in and back."""
    with quick_stretching(), opened(folder) as store:
        kill_rows.do_exchange(store, folder, say)


def check_exchange(folder: Path, _: list[str]) -> list[str]:
    """All of it or nothing."""
    with opened(folder) as store:
        return sound(store) + kill_rows.check_exchange(store)


def do_destroy(folder: Path, say: Say) -> None:
    """Destroy all rows."""
    with opened(folder) as store:
        kill_rows.do_destroy(store, say)


def check_destroy(folder: Path, said: list[str]) -> list[str]:
    """All of them or none."""
    with opened(folder) as store:
        return kill_rows.check_destroy(store, said) + sound(store)


@contextmanager
def quick_stretching() -> Iterator[None]:
    """Passphrases are stretched next to not at all inside."""
    with patch.multiple(keys, ARGON_PASSES=1, ARGON_KIBIBYTES=64, ARGON_LANES=1):
        yield


WORKS = {
    "import": Work(prepare, do_import, check_import),
    "review": Work(prepare, do_review, check_review),
    "issue": Work(prepare_reviewed, do_issue, check_issue),
    "backup": Work(prepare_backup, do_backup, check_backup),
    "restore": Work(prepare, do_restore, check_restore),
    "migration": Work(prepare_old, do_migration, check_migration),
    "passphrase": Work(prepare_passphrase, do_passphrase, check_passphrase),
    "exchange": Work(prepare_exchange, do_exchange, check_exchange),
    "destruction": Work(prepare_reviewed, do_destroy, check_destroy),
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
