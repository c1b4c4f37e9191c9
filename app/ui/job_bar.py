"""The strip at the bottom: what is being done, how far it is, 停止; and what the last thing said."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.core import log
from app.core.errors import Cancelled, UserError
from app.core.jobs import Job
from app.ui import look, talk

EVERY = 80  # milliseconds between two looks at the tickets
SECONDS_BEFORE_SHOWN = 0.6
SECONDS_BEFORE_GUESSING = 3.0
LEAST_DONE_TO_GUESS = 0.05
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Watched:
    """One job, what follows it, and since when it is watched (seconds of a steady clock)."""

    job: Job
    then: Callable[[Any], None]
    otherwise: Callable[[], None]
    since: float
    quiet: bool


class _Sentence(QLabel):
    """One line, shortened visibly where it has no room; the whole of it is the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def shown(self) -> str:
        """As much as there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line in the middle."""
        QPainter(self).drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.shown())


class JobBar(QWidget):
    """Watches jobs; it asks their tickets and is never called by them."""

    idle = Signal()  # the last watched job has ended

    def __init__(self) -> None:
        super().__init__()
        self._watched: list[_Watched] = []
        self._asking = False  # a box stands open in which a job asks something
        self._says = _Sentence()
        self._says.setAccessibleName("状态")
        self._left = QLabel()
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.setFixedWidth(look.letters(self, 14))
        self._stop = QPushButton("停止(&T)")
        self._stop.setAccessibleName("停止正在进行的工作")
        self._stop.clicked.connect(self.stop)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.letters(self, 0.5), 0, 0, 0)
        row.addWidget(self._says, 1)
        for each in (self._left, self._bar, self._stop):
            row.addWidget(each)
        self.setMinimumHeight(self._stop.sizeHint().height())
        self._show_progress(False)

    def watch(
        self,
        job: Job,
        then: Callable[[Any], None],
        otherwise: Callable[[], None] = lambda: None,
        *,
        quiet: bool = False,
    ) -> None:
        """Follow a job: `then` gets its answer, `otherwise` is called when it was stopped or failed.

        A quiet job never shows itself; its errors are told all the same.
        """
        self._watched.append(_Watched(job, then, otherwise, time.monotonic(), quiet))
        self._timer.start()

    def busy(self) -> bool:
        """Whether a job that shows itself is under way."""
        return any(not each.quiet for each in self._watched)

    def runs(self, name: str) -> bool:
        """Whether a job of this name is under way."""
        return any(each.job.name == name and not each.quiet for each in self._watched)

    def tell(self, text: str) -> None:
        """Leave one sentence on the strip."""
        self._says.setText(text)
        self._says.setToolTip(text)

    def text(self) -> str:
        """The sentence on the strip."""
        return self._says.text()

    def stop(self) -> None:
        """Ask the job that is shown to stop."""
        for each in self._watched:
            if not each.quiet:
                each.job.cancel()
                self._stop.setEnabled(False)
                self._says.setText("正在停止……")
                return

    def _look(self) -> None:
        if self._asking:
            return
        for each in self._watched:
            self._answer(each)
        for each in [watched for watched in self._watched if watched.job.done()]:
            self._watched.remove(each)
            if not each.quiet:
                self._show_progress(False)
            self._finish(each)
        now = time.monotonic()
        shown = next((each for each in self._watched if not each.quiet), None)
        if shown is not None and now - shown.since >= SECONDS_BEFORE_SHOWN:
            self._show(shown, now)
        if not self._watched:
            self._timer.stop()
            self.idle.emit()

    def _answer(self, watched: _Watched) -> None:
        """Ask what a job wants to know; other jobs wait for the window meanwhile."""
        question = watched.job.ticket.question
        if question is None:
            return
        self._asking = True
        try:
            chosen = talk.ask_which(self.window(), question.what, question.more, question.choices)
        finally:
            self._asking = False
        watched.job.ticket.answer(chosen)

    def _finish(self, watched: _Watched) -> None:
        try:
            value = watched.job.result()
        except Cancelled:
            _log.info("%s：已停止", watched.job.name)
            self.tell(f"已停止：{watched.job.name}")
            watched.otherwise()
        except UserError as fault:
            _log.info("%s：%s", watched.job.name, log.place_of(fault))
            self.tell(f"未完成：{watched.job.name}")
            watched.otherwise()
            talk.error(self.window(), fault)
        except Exception:
            self.tell(f"未完成：{watched.job.name}")
            watched.otherwise()
            raise
        else:
            if not watched.quiet:
                _log.info("%s：完成，%.1f 秒", watched.job.name, time.monotonic() - watched.since)
            watched.then(value)

    def _show(self, watched: _Watched, now: float) -> None:
        ticket = watched.job.ticket
        done, total, text = ticket.seen
        if self._stop.isEnabled() or not self._bar.isVisible() or not ticket.stoppable:
            self._says.setText(f"{watched.job.name}：{text}" if text else f"{watched.job.name}……")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._left.setText(_time_left(done, total, now - watched.since))
        if not self._bar.isVisible():
            self._stop.setEnabled(True)
            self._show_progress(True)
        if not ticket.stoppable:
            self._stop.setEnabled(False)

    def _show_progress(self, visible: bool) -> None:
        for each in (self._left, self._bar, self._stop):
            each.setVisible(visible)


def _time_left(done: int, total: int, seconds: float) -> str:
    """A guess in words, empty while it would be a wild one."""
    if not total or done < LEAST_DONE_TO_GUESS * total or seconds < SECONDS_BEFORE_GUESSING:
        return ""
    left = seconds / done * (total - done)
    return f"约剩 {round(left)} 秒" if left < 60 else f"约剩 {round(left / 60)} 分钟"
