"""How the window does with 100 000 findings, and how soon it can be used beside a bare one.

Run as `python -m tests.bench.window [--cases 100000] [--runs 5]`; it prints figures and judges nothing but whether each
is within what is wanted. Every part is a process of its own: the store is made in one and looked at in another, so that
memory is that of the window. A start is timed from outside, from the call of the process until it has painted; the key
of the store is at hand, for how long the passphrase is stretched is chosen and not suffered.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.beginning import READY, key

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[2]
ANSWER, STALL, MEMORY, RATIO = 200.0, 50.0, 350.0, 1.5  # milliseconds, milliseconds, MB, times
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
OFFENCES = ("盗窃罪", "诈骗罪", "故意伤害罪", "抢劫罪", "贩卖毒品罪", "寻衅滋事罪")
WARDS = "一二三四五六七八九十"
FIRST_SIGN, SIGNS = 0x4E00, 5_000
PORTION = 5_000
BARE = """
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
model = QStandardItemModel(40, 13)
for row in range(40):
    for column in range(13):
        model.setItem(row, column, QStandardItem("格"))
window, table = QMainWindow(), QTableView()
table.setModel(model)
window.setCentralWidget(table)
window.showMaximized()
app.processEvents()
window.grab()
print("ready", flush=True)
"""


def make(path: Path, cases: int) -> None:
    """A store of so many cases with one finding each: as many rows as there are findings is the most there can be."""
    from app.core.store.database import Store

    with Store(path, key()) as store:
        for first in range(0, cases, PORTION):
            with store.atomic():
                _portion(store, range(first + 1, min(first + PORTION, cases) + 1))


def _portion(store: object, numbers: range) -> None:
    from app.core.findings import Conclusion, Level
    from tests.core.store import samples

    batch = store.batches.add(samples.facts(len(numbers)), now=samples.NOW, who="测速")
    kept = store.batches.put_records(batch, map(samples.record, numbers))
    rows = []
    for number, record_id in zip(numbers, kept, strict=True):
        sign = chr(FIRST_SIGN + number * 7919 % SIGNS)
        facts = {"record_id": record_id, "batch_id": batch, "desk": "reduction", "unit": "例县监狱"}
        facts |= {"name": f"{SURNAMES[number % 16]}样{sign}", "prisoner_no": f"9{number * 7919 % 1_000_000:09}"}
        facts |= {"id_number": f"990101{1955 + number % 50}0101{number % 10_000:04}", "batch": f"第{number % 12}批"}
        facts |= {"ward": f"{WARDS[number % 10]}监区", "offence": OFFENCES[number % 6], "sentence": "有期徒刑八年"}
        facts |= {
            "proposal": f"减刑{3 + number % 7}个月",
            "filed_on": f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
        }
        rows.append(facts)
    opened = store.casebook.open_cases(rows)
    conclusions, levels = tuple(Conclusion), tuple(Level)
    reviewed = (
        (
            case_id,
            samples.review(
                number,
                samples.verdict("T01", levels[number % len(levels)], "间隔不足", "fact"),
                conclusion=conclusions[number % len(conclusions)],
            ),
        )
        for number, case_id in zip(numbers, opened, strict=True)
    )
    samples.put(store, *reviewed)


def use(path: Path) -> None:
    """Open the window on the store, ask it everything, and say how long each answer took."""
    from app.core import log
    from app.core.jobs import Jobs
    from app.core.settings import Settings
    from app.core.store.database import Store
    from app.ui.main_window import MainWindow
    from app.ui.session import Session
    from app.ui.start import dress

    app = dress(Settings())
    log.start(None)
    with Store(path, key()) as store:
        session = Session(store, Jobs(), Settings())
        begin = time.perf_counter()
        window = MainWindow(session)
        window.resize(1366, 728)
        window.show()
        app.processEvents()
        print(f"window with {len(window.desks['reduction'].model.ids)} rows: {_since(begin):.0f} ms", flush=True)
        _answers(window, app.processEvents)
        _scrolling(window, app.processEvents)
        now, peak = _memory()
        _say("memory", [now], MEMORY, f"MB resident (most {peak:.0f} MB)")
        window.bar.blockSignals(True)
        session.jobs.close()
        window._closing = True  # no copy before it closes
        window.close()


def _answers(window: MainWindow, turn: Callable[[], None]) -> None:
    from PySide6.QtCore import Qt

    tab = window.desks["reduction"]
    line = tab.filters._search

    def timed(act: Callable[[], object]) -> float:
        begin = time.perf_counter()
        act()
        turn()
        tab.table.viewport().repaint()
        return _since(begin)

    def search(word: str) -> None:
        line.setText(word)
        tab.filters._timer.stop()  # the rest after the last letter is not the answer's
        line.returnPressed.emit()

    _say("first paint", [timed(tab.refresh) for _ in range(3)], ANSWER)
    for number, column in enumerate(tab.desk.columns):
        orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        _say(
            f"sort {column.field}", [timed(lambda o=o, n=number: tab.table.sortByColumn(n, o)) for o in orders], ANSWER
        )
    timed(lambda: tab.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder))
    for value, chip in tab.filters._chips.items():
        if chip.isVisible():
            _say(f"filter {value}", [timed(chip.click), timed(chip.click)], ANSWER)
    for name, box in tab.filters._boxes.items():
        _say(f"filter {name}", [timed(lambda p=p, b=box: b.setCurrentIndex(p)) for p in (1, 2, 0)], ANSWER)
    for word in ("赵", "赵样", "90000", "盗窃罪 赵", "间隔不足", "赵 间隔不足", "没有此人"):
        _say(f"search {word}", [timed(lambda w=word: search(w)), timed(lambda: search(""))], ANSWER)


def _scrolling(window: MainWindow, turn: Callable[[], None]) -> None:
    table = window.desks["reduction"].table
    bar = table.verticalScrollBar()
    for name, step, count in (("by lines", 3, 600), ("by pages", 20, 400), ("by the thumb", bar.maximum() // 97, 300)):
        taken = []
        bar.setValue(0)
        turn()
        for place in range(count):
            begin = time.perf_counter()
            bar.setValue((place + 1) * step % (bar.maximum() + 1))
            table.viewport().repaint()
            turn()
            taken.append(_since(begin))
        _say(f"scroll {name}", taken, STALL)
    taken = []
    for row in range(0, 4_000, 13):
        begin = time.perf_counter()
        table.selectRow(row)
        turn()
        taken.append(_since(begin))
    _say("next case", taken, STALL)


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000


def _say(name: str, taken: Sequence[float], wanted: float, unit: str = "ms") -> None:
    most = max(taken)
    verdict = "within" if most <= wanted else "BEYOND"
    print(f"{name:24} {statistics.median(taken):7.1f}, most {most:7.1f} {unit}: {verdict} {wanted:.0f}", flush=True)


def _memory() -> tuple[float, float]:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    now = pages * resource.getpagesize() / (1 << 20)
    return now, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compare(path: Path, runs: int) -> None:
    """Start a bare window, the passphrase's and the program's in turn, and say how they compare."""
    script = [sys.executable, "-m", "tests.bench.beginning"]
    calls = {
        "bare": [sys.executable, "-c", BARE],
        "passphrase": [*script, str(path), "ask"],
        "window": [*script, str(path)],
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs + 1):
        for name, call in calls.items():
            taken[name].append(_until_ready(call))
    best = {name: statistics.median(each[1:]) for name, each in taken.items()}  # the first one was cold
    print(f"bare window with a table: {best['bare']:.0f} ms")
    for name in ("passphrase", "window"):
        times = best[name] / best["bare"]
        verdict = "within" if times <= RATIO else "BEYOND"
        print(f"{name}: {best[name]:.0f} ms, {times:.2f} times the bare one: {verdict} {RATIO}", flush=True)


def _until_ready(call: Sequence[str]) -> float:
    begin = time.perf_counter()
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        said = process.stdout.readline().strip()
        taken = _since(begin)
        process.stdout.read()
    if said != READY:
        raise SystemExit(f"{call} did not come up")
    return taken


def main(argv: Sequence[str]) -> int:
    """Make the store, look at it, compare the starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the store is kept for another run")
    parser.add_argument("--part", choices=("make", "use"), help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.part:
        make(words.store, words.cases) if words.part == "make" else use(words.store)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = words.folder or Path(temporary)
        many, few = folder / f"{words.cases}.db", folder / "40.db"
        for path, cases in ((many, words.cases), (few, 40)):
            if not path.exists():
                _call("make", path, "--cases", str(cases))
        _call("use", many)
        compare(few, words.runs)
    return 0


def _call(part: str, path: Path, *more: str) -> None:
    call = [sys.executable, "-m", "tests.bench.window", "--part", part, "--store", str(path), *more]
    subprocess.run(call, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
