"""The log of what was done, as jobs: read, proven, taken out, and a file of it checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.job_bar import JobBar
from app.ui.log_page import LogPage
from app.ui.session import Session

READ, PROVE, EXPORT, CHECK = "读操作记录", "核对操作记录", "导出操作记录", "核对导出的操作记录"


class LogWork(QObject):
    """Joins the page with the actions; it lives as long as the page does."""

    def __init__(self, page: LogPage, session: Session, bar: JobBar) -> None:
        super().__init__(page)
        self._page, self._session, self._bar = page, session, bar
        self._open = True
        page.prove_wanted.connect(self.prove)
        page.export_wanted.connect(self.export)
        page.check_wanted.connect(self.check)
        page.destroyed.connect(self._forget)

    def read(self) -> None:
        """Show the newest lines."""
        session = self._session

        def work(*, ticket: Ticket) -> Sequence[Sequence[str]]:
            from app.core.actions.log_book import log_lines

            ticket.step(0)
            return log_lines(session.reader)

        self._bar.watch(session.jobs.read(READ, work), self._show, quiet=True)

    def prove(self) -> None:
        """Check the chain of lines."""
        session = self._session

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.log_book import prove_log

            return prove_log(session.store, ticket)

        self._bar.watch(session.jobs.write(PROVE, work), self._tell)

    def export(self) -> None:
        """Write the log into a file."""
        session, who = self._session, self._session.who()
        path = talk.choose_new_file(self._page, EXPORT, "操作记录.txt", talk.TEXT)
        if path is None:
            return

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.log_book import export_log

            ticket.step(0)
            return export_log(session.store, path, now=session.now(), who=who)

        def then(done: Done) -> None:
            self._tell(done)
            self.read()

        self._bar.watch(session.jobs.write(EXPORT, work), then)

    def check(self) -> None:
        """Check a file that was taken out."""
        path = talk.choose_file(self._page, CHECK, "", talk.TEXT)
        if path is None:
            return

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.log_book import check_exported

            ticket.step(0)
            return check_exported(path)

        self._bar.watch(self._session.jobs.read(CHECK, work), self._tell)

    def _show(self, lines: Sequence[Sequence[str]]) -> None:
        if self._open:
            self._page.show_lines(lines)

    def _tell(self, done: Done) -> None:
        self._bar.tell(done.says)
        if self._open:
            faults = done.value if isinstance(done.value, tuple) else ()
            self._page.tell("\n".join([done.says, *faults[1:20]]))

    def _forget(self) -> None:
        self._open = False
