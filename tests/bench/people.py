"""How long four lists of many people take to be matched and checked, beside pandas joining the same lists by number.

Run as `python -m tests.bench.people [PEOPLE …]`; it prints figures and judges nothing. Import, review and pandas are
processes of their own, so that the peak of each one's memory is its own too. The people are the lawful ones of the
scenario of community correction: a judgment, a row of the roster, documents received by both offices.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.review_people import MANY
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.memory import collect_rarely
from app.core.side_by_side import cores
from app.core.store.database import Store
from tests.scenarios.correction import SCENARIO
from tests.scenarios.scenario import DAY, Maker
from tests.scenarios.world import Life, identity_labels, sign

ROOT = Path(__file__).parents[2]
SIZES = (10_000, 100_000)
LISTS = ("T01", "T02", "T04", "T05")
KINDS = ("probation", "probation", "far", "appealed", "control", "young")
PASSPHRASE, NOW = "bench", "2026-11-21T09:00:00"


def people(size: int) -> Iterator[Life]:
    """So many lawful people with a row in each list."""
    made = Maker(random.Random(20_261_121))
    for _ in range(size):
        made.next("")
        days, rows = SCENARIO.kinds[made.chance.choice(KINDS)](made, False)
        life = Life(made.who, rows, days)
        sign(life)
        yield life


def write(folder: Path, size: int) -> None:
    """A text table for each list."""
    files, books = [], {}
    for table in LISTS:
        labels = [each.name for each in tables()[table].fields]
        files.append((folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline=""))
        books[table] = csv.DictWriter(files[-1], labels, restval="")
        books[table].writeheader()
    for life in people(size):
        for table in LISTS:
            books[table].writerows(life.rows[table])
    for file in files:
        file.close()


def take(folder: Path) -> None:
    """Import the lists."""
    collect_rarely()
    begin = time.perf_counter()
    with Store.create(folder / "bench.xzzj", PASSPHRASE) as store:
        plans, problems = look([folder / f"{each}.csv" for each in LISTS], ticket=Ticket())
        assert not problems
        done = receive(store, plans, now=NOW, who="bench", ticket=Ticket())
    told("导入", begin, f"{done.says}")


def check(folder: Path) -> None:
    """Match and check."""
    collect_rarely()
    with Store.open(folder / "bench.xzzj", PASSPHRASE) as store:
        begin = time.perf_counter()
        done = review(store, shipped(), SCENARIO.desk, DAY, now=NOW, who="bench", ticket=Ticket(), districts=["样本县"])
        rows = sum(each.accepted for each in store.batches.all())
        told(f"匹配和核查（{cores(rows, MANY)} 个核）", begin, done.says)


def merge(folder: Path) -> None:
    """What a join by identity number takes, and nothing else."""
    import pandas

    frames = [
        pandas.read_csv(folder / f"{each}.csv", dtype=str).rename(columns={identity_labels(each)[1]: "号码"})
        for each in LISTS
    ]
    begin = time.perf_counter()
    joined = frames[0]
    for table, frame in zip(LISTS[1:], frames[1:], strict=True):
        joined = joined.merge(frame, on="号码", how="outer", suffixes=("", table))
    told("pandas 按号码连接", begin, f"{len(joined)} 行")


def told(what: str, begin: float, says: str) -> None:
    """Print one figure."""
    wall = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {what} {wall:.1f} s, peak {peak} MB without the helpers: {says}", flush=True)


PARTS = {"take": take, "check": check, "merge": merge}


def main() -> None:
    """Every size, each part in a process of its own."""
    for size in [int(each) for each in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{size} people, {len(LISTS)} lists")
            write(Path(folder), size)
            for part in PARTS:
                subprocess.run([sys.executable, "-m", "tests.bench.people", part, folder], cwd=ROOT, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        PARTS[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
