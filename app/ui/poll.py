"""Wait for a job without a bar: look at it every now and then, and say when it has ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.jobs import Job

EVERY = 40  # milliseconds


class Poll(QObject):
    """Calls `then` with the job once it has ended, unless the parent is gone by then.

    It stays with its parent: Qt for Python 6.9 crashes when a parent dies before a child that is to be deleted later.
    """

    def __init__(self, parent: QObject, job: Job, then: Callable[[Job], None]) -> None:
        super().__init__(parent)
        self._job = job
        self._then = then
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if self._job.done():
            self._timer.stop()
            self._then(self._job)
