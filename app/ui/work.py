"""What every piece of work on a desk shares: starting a job and following it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from app.core.actions.done import Done
from app.core.jobs import Job, Ticket
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session


class Worker(Protocol):
    """A function that runs off the window's thread."""

    def __call__(self, *, ticket: Ticket) -> Any:
        """Do the work, asking the ticket now and then."""


class Work(QObject):
    """Starts jobs for one desk; what a job answers is told on the strip and shown on the desk."""

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar) -> None:
        super().__init__(tab)
        self.tab, self.session, self.bar = tab, session, bar

    def write(self, name: str, work: Worker, then: Callable[[Any], None], *, quiet: bool = False) -> None:
        """Start work on the writing lane."""
        self._start(self.session.jobs.write, name, work, then, quiet)

    def read(self, name: str, work: Worker, then: Callable[[Any], None], *, quiet: bool = False) -> None:
        """Start work beside it."""
        self._start(self.session.jobs.read, name, work, then, quiet)

    def _start(
        self, lane: Callable[[str, Worker], Job], name: str, work: Worker, then: Callable[[Any], None], quiet: bool
    ) -> None:
        """Start a job unless the very same is under way: a tool pressed twice works once."""
        if not quiet and self.bar.runs(name):
            self.bar.tell(f"“{name}”正在进行，请稍候")
            return
        self.bar.watch(lane(name, work), then, quiet=quiet)

    def told(self, done: Done) -> None:
        """Say what was done and show what it changed; when the data changed, that the review is out of date."""
        stale = "batches" in done.changed and self.session.reader.views.summary(self.tab.desk.id).cases
        self.bar.tell(f"{done.says}。数据有变化，请运行审查（F5）" if stale else done.says)
        if done.changed & {"batches", "cases"}:
            self.tab.refresh()
        elif done.changed:
            self.tab.refresh_case()
