"""What is worked out, shown in a window of its own and saved as a workbook from there; nothing else is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.findings import Evidence
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.work import Work


class Shown(Protocol):
    """A window with what was worked out."""

    row_wanted: SignalInstance
    workbook_wanted: SignalInstance
    finished: SignalInstance

    def open(self) -> None:
        """Show it."""

    def say(self, text: str) -> None:
        """Tell what became of the workbook."""


class ShownWork(Work):
    """Keeps the window while it stands open, and saves what it shows."""

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar, show_row: Callable[[Evidence], None]) -> None:
        super().__init__(tab, session, bar)
        self._show_row = show_row
        self._open_now: Shown | None = None

    def stand(self, dialog: Shown, save: Callable[[], None], done: Done) -> None:
        """Open the window over the desk; `save` when it asks for the workbook."""
        self.bar.tell(done.says)
        dialog.row_wanted.connect(self._show_row)
        dialog.workbook_wanted.connect(save)
        dialog.finished.connect(self._forget)
        self._open_now = dialog
        dialog.open()

    def save_as(self, over: QWidget, title: str, name: str, write: Callable[[Path], Done]) -> None:
        """Ask where, then write the workbook."""
        path = talk.choose_new_file(over, title, str(Path(self.session.settings.folder) / name), talk.WORKBOOK)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")

        def work(ticket: Ticket) -> Done:
            ticket.step(0, 0, target.name)
            return write(target)

        self.read(title, work, self._saved)

    def _saved(self, done: Done) -> None:
        self.bar.tell(done.says)
        if self._open_now is not None:
            self._open_now.say(f"{done.says}。")

    def _forget(self) -> None:
        self._open_now = None
