"""How late a 20 ms timer of the window is while 10 000 rows are read, imported and reviewed.

Run as `python -m tests.bench.ui_stall`; prints one line a phase. With --scroll the list is scrolled all the while,
which is harder. No test: a figure.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer

from app.core import log
from app.core.jobs import Jobs
from app.core.settings import Settings
from app.core.store.database import Store
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.start import dress
from tests.core.workbooks import PROPOSAL, write_book

BEAT = 20  # milliseconds
ALLOWED = 100  # milliseconds the timer may be late
PATIENCE = 600.0  # seconds


class Pulse:
    """A timer that notes how late it is called, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin anew."""
        self.late = []
        self._last = time.perf_counter()
        self._timer.start()

    def report(self, phase: str) -> None:
        """Print what was noted since the start."""
        self._timer.stop()
        sorted_ = sorted(self.late) or [0.0]
        worst = sorted_[-1]
        p99 = sorted_[int(len(sorted_) * 0.99) - 1]
        over = sum(each > ALLOWED for each in sorted_)
        seconds = time.perf_counter() - self._first
        says = "within" if worst <= ALLOWED else "BEYOND"
        figures = f"late by p99 {p99:5.1f} ms, most {worst:6.1f} ms, {over} times beyond {ALLOWED}"
        print(f"{phase:8} {seconds:6.2f} s, {len(sorted_):5} beats, {figures}: {says}", flush=True)

    def _beat(self) -> None:
        now = time.perf_counter()
        if not self.late:
            self._first = self._last
        self.late.append((now - self._last) * 1000 - BEAT)
        self._last = now


def main(argv: list[str]) -> int:
    """Run the three phases on a real window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--scroll", action="store_true", help="scroll the list all the while")
    words = parser.parse_args(argv)
    app = dress(Settings())
    log.start(None)
    with tempfile.TemporaryDirectory() as folder, Store.temporary() as store:
        few = write_book(Path(folder) / "少.xlsx", ("名单", _rows(400, "8")))
        many = write_book(Path(folder) / "多.xlsx", ("名单", _rows(words.rows, "9")))
        session = Session(store, Jobs(), Settings())
        window = MainWindow(session)
        window.resize(1366, 728)
        window.show()
        drive(app.processEvents, window, few, many, words.scroll)
        window.close()
        session.jobs.close()
    return 0


def drive(turn: Callable[[], None], window: MainWindow, few: Path, many: Path, scroll: bool) -> None:
    """Import a few rows unmeasured, then read, import and review the many."""
    pulse, work, tab = Pulse(), window.works[0], window.desks["reduction"]

    def until(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end
            turn()
            time.sleep(0.0005)

    def agree() -> None:
        until(lambda: work.intake.dialog is not None)
        work.intake.dialog.review_after.setChecked(False)
        work.intake.dialog.accept()
        work.intake.dialog = None
        until(lambda: not window.bar.busy())

    work.intake.look([few])
    agree()
    scroller = QTimer(interval=100)
    bar = tab.table.verticalScrollBar()
    scroller.timeout.connect(lambda: bar.setValue((bar.value() + 7) % (bar.maximum() + 1)))
    if scroll:
        scroller.start()
    print(f"rows {sum(1 for _ in tab.model.ids)} shown, scrolling: {scroll}", flush=True)
    pulse.start()
    work.intake.look([many])
    until(lambda: not window.bar.busy())
    pulse.report("read")
    pulse.start()
    agree()
    pulse.report("import")
    pulse.start()
    work.review()
    until(lambda: not window.bar.busy())
    pulse.report("review")
    scroller.stop()


def _rows(count: int, head: str) -> list[dict[str, object]]:
    wards = "一二三四五六"
    return [
        {**PROPOSAL, "罪犯编号": f"{head}{number:09}", "姓名": f"赵样{number}", "监区": f"{wards[number % 6]}监区"}
        for number in range(count)
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
