"""How soon an import of 100 000 rows ends after 停止 was pressed, and whether the store stays as it was.

Run as `python -m tests.bench.stop [--rows N] [--stops N]`; it prints figures and judges nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.actions.receive import look, receive
from app.core.errors import Cancelled
from app.core.jobs import Job, Jobs
from app.core.store.database import Store
from tests.bench.intake import ROSTER, write

Start = Callable[[], Job]


def lasts(start: Start) -> tuple[float, Any]:
    """Seconds a job takes when nobody stops it, and its answer."""
    begin = time.perf_counter()
    answer = start().result()
    return time.perf_counter() - begin, answer


def stopped(start: Start, after: float) -> tuple[float, bool]:
    """Milliseconds from 停止, pressed `after` seconds from the start, to the end of the job; whether it had stopped."""
    job = start()
    time.sleep(after)
    begin = time.perf_counter()
    job.cancel()
    try:
        job.result()
        stops = False
    except Cancelled:
        stops = True
    return (time.perf_counter() - begin) * 1000, stops


def report(name: str, start: Start, seconds: float, stops: int, kept: Callable[[], bool] = lambda: False) -> None:
    """Stop a job at evenly spread moments and print how late it answered; `kept` says whether it left anything."""
    late, ended, left = [], 0, 0
    for place in range(stops):
        milliseconds, stops_it = stopped(start, seconds * (place + 0.5) / stops)
        late.append(milliseconds)
        ended += not stops_it
        left += stops_it and kept()
    late.sort()
    figures = f"median {late[stops // 2]:.0f} ms, most {late[-1]:.0f} ms (wanted: at most 300)"
    print(f"{name} {seconds:.1f} s, {stops} stops: {figures}; {ended} came too late, {left} left something", flush=True)


def main(argv: list[str]) -> int:
    """Measure both jobs, each once whole and then stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--stops", type=int, default=20)
    words = parser.parse_args(argv)
    jobs = Jobs()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        write(path, words.rows, ROSTER)

        def read() -> Job:
            return jobs.read("读", look, [path])

        seconds, (plans, _) = lasts(read)
        report("read  ", read, seconds, words.stops)
        stores: list[Store] = []

        def take() -> Job:
            while stores:
                stores.pop().close()
            stores.append(Store.temporary())
            return jobs.write("存", receive, stores[-1], plans, now="2026-11-21T09:00:00", who="测速")

        seconds, _ = lasts(take)
        report("import", take, seconds, words.stops, lambda: bool(stores[-1].batches.all()))
        stores.pop().close()
    jobs.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
