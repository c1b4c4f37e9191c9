"""How long a store of a million records takes to open, and what encryption costs when many rows are written.

Run as `python -m tests.bench.store [--records 1000000] [--rows 200000] [--runs 3]`; it prints figures and judges
nothing. Opening is what comes after the passphrase has been stretched into the key: the lock, the connection, the
look at the version, the window's own connection and its first page. The rows are written with and without encryption in
turn, so that both meet the same machine; each takes the best of its runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.core.jobs import Ticket
from app.core.records import Cell
from app.core.store import keys, link
from app.core.store.backup import Why
from app.core.store.database import Store
from tests.core.store.samples import NOW, facts, records

KEY = keys.random_key()
BATCH = 100_000
MORE = {f"栏目{number}": f"field_{number}" for number in range(17)}  # beside the three of a sample record


def written(store: Store, count: int) -> None:
    """A batch of so many records of twenty cells."""
    given = facts(count)
    mapping = {**given.mapping, **MORE}
    batch = store.batches.add(replace(given, mapping=mapping), now=NOW, who="")
    same = {field: Cell(f"某栏的内容 {field}", f"某栏的内容 {field}", label) for label, field in MORE.items()}
    store.batches.put_records(batch, (replace(each, cells={**each.cells, **same}) for each in records(count)))


def made(path: Path, total: int) -> None:
    """A store of so many records."""
    with Store(path, KEY) as store:
        for first in range(0, total, BATCH):
            with store.atomic():
                written(store, min(BATCH, total - first))


def opening(path: Path) -> float:
    """Seconds until the store and the window's connection stand and the first page of cases was asked for."""
    begun = time.perf_counter()
    store = Store(path, KEY)
    reader = store.reader()
    reader.views.case_ids("reduction")
    reader.batches.all()
    seconds = time.perf_counter() - begun
    store.close()
    return seconds


@contextmanager
def plain() -> Iterator[None]:
    """Stores made inside are not encrypted; everything else is as ever."""

    def connect(path: Path, _: keys.StoreKey) -> Any:
        from sqlcipher3 import dbapi2

        conn = dbapi2.connect(str(path), timeout=5, check_same_thread=False)
        conn.execute(f"PRAGMA page_size = {link.PAGE_BYTES}")
        return conn

    with patch.object(link, "_connect", connect):
        yield


def writing(path: Path, rows: int) -> float:
    """Seconds to write so many rows in one transaction and to fold them into the file."""
    with Store(path, KEY) as store:
        begun = time.perf_counter()
        with store.atomic():
            written(store, rows)
        store._link.fold()
        return time.perf_counter() - begun


def copying(path: Path) -> float:
    """Seconds to copy the store and to prove the copy."""
    with Store(path, KEY) as store:
        begun = time.perf_counter()
        store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
        return time.perf_counter() - begun


def checking(path: Path) -> float:
    """Seconds of the check at every start, which runs beside the work."""
    with Store(path, KEY) as store:
        begun = time.perf_counter()
        store.quick_check(Ticket())
        return time.perf_counter() - begun


def main(argv: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    words = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=words.folder) as temporary:
        folder = Path(temporary)
        sealed, open_ = [], []
        for run in range(words.runs):
            sealed.append(writing(folder / f"密{run}.db", words.rows))
            with plain():
                open_.append(writing(folder / f"明{run}.db", words.rows))
        print(
            f"{words.rows} rows written: {min(sealed):.2f} s encrypted, {min(open_):.2f} s plain, "
            f"{min(sealed) / min(open_):.2f} times",
            flush=True,
        )
        path = folder / "数据.db"
        made(path, words.records)
        times = [opening(path) for _ in range(words.runs)]
        size = path.stat().st_size >> 20
        print(f"{words.records} records, {size} MB: opened in {times[0]:.3f} s at first, {min(times):.3f} s at best")
        print(f"copied and proven in {copying(path):.1f} s, checked at the start in {checking(path):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
