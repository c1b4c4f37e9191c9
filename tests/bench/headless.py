"""How long the sample batch takes headless, and how a review grows with the number of cases.

Run as `python -m tests.bench.headless [RUNS]`; it prints figures and judges nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples" / "减刑"
SIZES = (1_000, 4_000)


def batch(runs: int) -> None:
    """The sample batch as a whole process, documents and ledger included."""
    walls, documents = [], 0
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            words = [sys.executable, "-m", "app", "batch", str(SAMPLES), "--out", folder, "--documents", "all"]
            begin = time.perf_counter()
            subprocess.run([*words, "--as-of", "2026-11-21"], cwd=ROOT, check=True, capture_output=True)
            walls.append(time.perf_counter() - begin)
            documents = len(list(Path(folder, "documents").rglob("*.docx")))
    low, middle, high = min(walls), statistics.median(walls), max(walls)
    figures = f"wall min {low:.2f} s, median {middle:.2f} s, max {high:.2f} s"
    print(f"headless, {documents} documents, {runs} runs: {figures}")


def growth() -> None:
    """The rules alone, on copies of one case under other numbers."""
    from dataclasses import replace

    from app.core.actions.receive import look
    from app.core.checks.reduction.review import build_cases, review_case
    from app.core.intake.reading import read_table
    from app.core.jobs import Ticket
    from app.core.law.book import shipped

    records = []
    for plan in look([SAMPLES], ticket=Ticket())[0]:
        if plan.header is not None and plan.mapping is not None:
            records += read_table(plan.sheet, plan.header, plan.mapping).records
    cases = sum(each.table == "R1" for each in records)
    for size in SIZES:
        copies = [
            replace(
                each,
                row=each.row + copy * 10_000,
                cells={
                    key: cell._replace(value=f"{cell.value}-{copy}") if key in ("prisoner_no", "id_number") else cell
                    for key, cell in each.cells.items()
                },
            )
            for copy in range(size // cases)
            for each in records
        ]
        begin = time.perf_counter()
        reviewed = [review_case(each) for each in build_cases(copies, shipped(), date(2026, 11, 21))]
        wall = time.perf_counter() - begin
        print(f"review of {len(reviewed)} cases with history: {wall:.2f} s, {len(reviewed) / wall:.0f} cases/s")


if __name__ == "__main__":
    batch(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    growth()
