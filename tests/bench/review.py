"""How long a whole prison takes to be reviewed, from the records in the store to the findings in it.

Run as `python -m tests.bench.review [CASES …]`; it prints figures and judges nothing. Every size is a process of its
own, so that the peak of its memory is its own too. The cases are those of the samples, each with all its history,
under other numbers.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.core.actions.receive import SheetPlan, look, receive
from app.core.actions.review import MANY, review
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.memory import collect_rarely
from app.core.people.id_number import check_digit
from app.core.side_by_side import cores
from app.core.store.database import Store

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples" / "减刑"
SIZES = (1_000, 10_000)
NUMBER, ID_NUMBER = "prisoner_no", "id_number"
LENGTH = 18
DAY, NOW = date(2026, 11, 21), "2026-11-21T09:00:00"


def copies(plan: SheetPlan, count: int) -> SheetPlan:
    """The same sheet with every row once for each copy, under the copy's own numbers."""
    assert plan.header is not None
    assert plan.mapping is not None
    numbered = {place: each.id for place, each in plan.mapping.columns.items() if each.id in (NUMBER, ID_NUMBER)}
    first = plan.header.last

    def rows() -> Iterator[tuple[str, ...]]:
        for copy in range(count):
            for row in plan.sheet.rows[first:]:
                cells = list(row)
                for place, field_id in numbered.items():
                    if place < len(cells) and cells[place]:
                        cells[place] = f"{cells[place]}{copy:06}" if field_id == NUMBER else other(cells[place], copy)
                yield tuple(cells)

    sheet = replace(plan.sheet, rows=[*plan.sheet.rows[:first], *rows()])
    return replace(plan, sheet=sheet, sha256=f"{plan.sha256}-{count}")


def other(number: str, copy: int) -> str:
    """Another sound identity number of the same birthday; what is no such number stays as it is."""
    if len(number) != LENGTH:
        return number
    body = f"{11 + copy // 10_000}{copy // 100 % 100:02}{number[4:14]}{copy % 100:02}{number[16]}"
    return body + check_digit(body)


def once(size: int) -> None:
    """Import and review so many cases, and say how long each took."""
    collect_rarely()
    plans = [each for each in look([SAMPLES], ticket=Ticket())[0] if each.header is not None and each.mapping]
    with Store.temporary() as store:
        receive(store, plans, now=NOW, who="bench", ticket=Ticket())
        proposals = len(store.casebook.case_of("reduction"))
    with Store.temporary() as store:
        begin = time.perf_counter()
        whole = [copies(each, -(-size // proposals)) for each in plans]
        rows = sum(each.accepted for each in receive(store, whole, now=NOW, who="bench", ticket=Ticket()).value)
        taken = time.perf_counter()
        done = review(store, shipped(), "reduction", DAY, now=NOW, who="bench", ticket=Ticket())
        wall = time.perf_counter() - taken
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{done.value} cases, {rows} rows: import {taken - begin:.1f} s, review {wall:.1f} s "
        f"({done.value / wall:.0f} cases/s) on {cores(done.value, MANY)} cores, peak {peak} MB without the helpers"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["once"]:
        once(int(sys.argv[2]))
    else:
        for size in sys.argv[1:] or map(str, SIZES):
            subprocess.run([sys.executable, "-m", "tests.bench.review", "once", size], cwd=ROOT, check=True)
