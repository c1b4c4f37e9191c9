"""How the seeded scenarios come out at full size: what was found, what nobody planted, and how long it took.

Run as `python -m tests.bench.scenarios [NAME] [--rows N] [--each N] [--seeds N] [--keep FOLDER]`; it prints figures and
judges nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from app.core.memory import collect_rarely
from tests.scenarios import correction, deprivation, reduction
from tests.scenarios.measure import Measured, run

SCENARIOS = {each.desk: each for each in (correction.SCENARIO, deprivation.SCENARIO, reduction.SCENARIO)}


def main() -> None:
    """Every scenario with several seeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", nargs="?", choices=list(SCENARIOS))
    parser.add_argument("--rows", type=int)
    parser.add_argument("--each", type=int, default=4, help="how often each story is planted")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the workbooks stay")
    options = parser.parse_args()
    collect_rarely()  # as the program does
    for name in [options.name] if options.name else SCENARIOS:
        scenario = SCENARIOS[name]
        for seed in range(1, options.seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                people = scenario.lives(seed, options.rows or scenario.rows, options.each)
                files = scenario.write(people, options.keep or Path(folder), seed)
                show(name, seed, len(people), run(scenario, people, files))


def show(name: str, seed: int, people: int, measured: Measured) -> None:
    """Print what came of one run."""
    seconds = "、".join(f"{key} {value:.2f} s" for key, value in measured.seconds.items())
    print(
        f"{name} seed {seed}: {people} people, {measured.rows} rows; {seconds}, {sum(measured.seconds.values()):.2f} s"
    )
    print(f"  recall {measured.recall:.1%} of {measured.planted}, precision {measured.precision:.1%} of", end=" ")
    print(f"{measured.right + len(measured.unplanned)}; {len(measured.accused)} lawful people accused")
    for label, lines in (("refused", measured.refused), ("missed", measured.missed), ("unplanned", measured.unplanned)):
        for line in lines:
            print(f"  {label}: {line}")


if __name__ == "__main__":
    main()
