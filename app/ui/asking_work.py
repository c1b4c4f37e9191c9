"""Asking for data, as the user sees it: choose tables, save blank workbooks, write the letters."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.core import paths
from app.core.actions.done import Done
from app.core.jobs import Job, Ticket
from app.ui.asking_dialog import AskingDialog, Wish
from app.ui.job_bar import JobBar
from app.ui.session import Session


class Asking(QObject):
    """The way from a lack of data to the letter that asks for it."""

    def __init__(self, window: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: AskingDialog | None = None

    def open(self, desk: str, chosen: Collection[str] = ()) -> None:
        """Show the tables of a desk, these ones ticked; on top of a dialog that asked for it."""
        from app.core.actions.model_book import model_tables

        model_tables(self._session.reader)
        parent = QApplication.activeModalWidget() or self._window
        folder = Path(self._session.settings.folder or paths.documents_folder())
        self.dialog = AskingDialog(parent, desk, chosen, folder)
        self.dialog.blanks_wanted.connect(self._save_blanks)
        self.dialog.letters_wanted.connect(self._write_letters)
        self.dialog.folder_wanted.connect(self._open_folder)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _save_blanks(self, wish: Wish) -> None:
        def work(ticket: Ticket) -> Done:
            from app.core.actions.asking import save_blanks

            return save_blanks(wish.tables, wish.folder, ticket=ticket)

        self._start("保存空白表", self._session.jobs.read, work)

    def _write_letters(self, wish: Wish) -> None:
        store, day = self._session.store, self._session.today()
        now, who = self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.asking import Inquiry, write_letters
            from app.core.actions.settings import read_office

            office = read_office(store)
            inquiry = Inquiry(wish.tables, wish.folder, office, day, wish.recipients, **wish.words)
            return write_letters(store, inquiry, now=now, who=who, ticket=ticket)

        self._start("生成调取数据函", self._session.jobs.write, work)

    def _start(self, name: str, lane: Callable[..., Job], work: Callable[..., Any]) -> None:
        """Start a job unless the very same is under way."""
        if not self._bar.runs(name):
            self._bar.watch(lane(name, work), self._told)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")

    def _open_folder(self, folder: Path) -> None:
        from app.core.files import open_with_system

        job = self._session.jobs.read("打开文件夹", lambda ticket: open_with_system(folder))
        self._bar.watch(job, lambda _: None, quiet=True)

    def _forget(self) -> None:
        self.dialog = None
