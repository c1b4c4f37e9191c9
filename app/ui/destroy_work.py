"""Rows destroyed for good, as a job; what a power cut left half done is finished at the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.core import paths
from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.destroy_page import DestroyPage
from app.ui.job_bar import JobBar
from app.ui.session import Session

NAME, FINISH = "销毁原始数据", "清理数据文件"
FILE = "原始数据销毁证明.docx"


class DestroyWork(QObject):
    """Joins the page with the action; it lives as long as the page does. `changed` is called when rows are gone."""

    def __init__(self, page: DestroyPage, session: Session, bar: JobBar, changed: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._session, self._bar, self._changed = page, session, bar, changed
        self._open = True
        page.destroy_wanted.connect(self.destroy)
        page.destroyed.connect(self._forget)
        page.show_batches(session.reader.batches.all())

    def destroy(self, numbers: Sequence[int], why: str, typed: str, copies: bool) -> None:
        """Ask a last time and for the place of the certificate, then destroy."""
        question = f"彻底销毁所选的 {len(numbers)} 张表？"
        if not talk.ask(self._page, question, "销毁以后不能撤销。接着请选择销毁证明保存在哪里。", yes="继续"):
            return
        start = Path(self._session.settings.folder or paths.documents_folder()) / FILE
        path = talk.choose_new_file(self._page, "保存销毁证明", str(start), talk.WORD)
        if path is None:
            return
        session, who, now = self._session, self._session.who(), self._session.now()
        target = path if path.suffix else path.with_suffix(".docx")

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.destroy import Wish, destroy

            second = session.settings.backup_folder
            wish = Wish(tuple(numbers), f"所选的 {len(numbers)} 张表", why, typed, copies, second)
            return destroy(session.store, wish, target, now=now, who=who, ticket=ticket)

        self._bar.watch(session.jobs.write(NAME, work), self._told)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
        self._changed()
        if self._open:
            self._page.show_batches(self._session.reader.batches.all())
            self._page.tell(f"{done.says}。")

    def _forget(self) -> None:
        self._open = False


def finish(session: Session, bar: JobBar) -> None:
    """Clean the file if the power failed amid a destruction."""
    if not session.reader.destruction.unclean():
        return

    def work(*, ticket: Ticket) -> Done | None:
        from app.core.actions.destroy import finish

        ticket.step(0)
        return finish(session.store)

    bar.watch(session.jobs.write(FINISH, work), lambda done: bar.tell(done.says) if done is not None else None)
