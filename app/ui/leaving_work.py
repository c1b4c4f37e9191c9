"""Files that are to be taken away, as jobs: looked through, then copied through the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core import paths
from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.job_bar import JobBar
from app.ui.leaving_page import LeavingPage
from app.ui.session import Session

if TYPE_CHECKING:
    from app.core.actions.leaving import Looked

LOOK, CARRY = "检查要带出的文件", "复制文件"


class LeavingWork(QObject):
    """Joins the page with the actions; it lives as long as the page does."""

    def __init__(self, page: LeavingPage, session: Session, bar: JobBar) -> None:
        super().__init__(page)
        self._page, self._session, self._bar = page, session, bar
        self._open = True
        page.files_wanted.connect(self.choose_files)
        page.folder_wanted.connect(self.choose_folder)
        page.carry_wanted.connect(self.carry)
        page.destroyed.connect(self._forget)

    def choose_files(self) -> None:
        """Let the user pick files, and look through them."""
        chosen = talk.choose_files(self._page, "选择要带出的文件", self._start())
        if chosen:
            self._look(lambda _: chosen)

    def choose_folder(self) -> None:
        """Let the user pick a folder, and look through all files in it."""
        folder = talk.choose_folder(self._page, "选择要带出的文件夹", self._start())
        if folder is None:
            return

        def files(ticket: Ticket) -> Sequence[Path]:
            from app.core.actions.leaving import files_below

            return files_below(folder, ticket=ticket)

        self._look(files)

    def carry(self, files: Sequence[Path]) -> None:
        """Copy them to where the user says; each with identity numbers is asked about first."""
        folder = talk.choose_folder(self._page, "复制到哪个文件夹", str(Path.home()))
        if folder is None:
            return

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.leaving import carry_out

            return carry_out(files, folder, ticket=ticket)

        self._bar.watch(self._session.jobs.write(CARRY, work), self._told)

    def _look(self, files: Callable[[Ticket], Sequence[Path]]) -> None:
        def work(*, ticket: Ticket) -> Sequence[Looked]:
            from app.core.actions.leaving import look_through

            return look_through(files(ticket), ticket=ticket)

        self._bar.watch(self._session.jobs.read(LOOK, work), self._show)

    def _show(self, looked: Sequence[Looked]) -> None:
        if self._open:
            self._page.show_files(looked)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
        if self._open:
            self._page.said.setText(f"{done.says}。")

    def _start(self) -> str:
        return self._session.settings.folder or str(paths.documents_folder())

    def _forget(self) -> None:
        self._open = False
