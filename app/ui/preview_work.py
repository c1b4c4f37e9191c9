"""Looking at a document before it is printed: read as a job, shown, handed to the printer or to the office program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui.job_bar import JobBar
from app.ui.preview_dialog import PreviewDialog
from app.ui.session import Session

if TYPE_CHECKING:
    from app.core.documents.preview import Shown

READING, PAINTING, PRINTING, OPENING = "打开预览", "准备打印版面", "打印", "打开文书"


class PreviewWork(QObject):
    """Opens previews over a window; one that was closed gets nothing any more."""

    def __init__(self, owner: QObject, session: Session, bar: JobBar) -> None:
        super().__init__(owner)
        self._session, self._bar = session, bar
        self.dialog: PreviewDialog | None = None

    def show(self, parent: QWidget, path: Path) -> None:
        """Show a document."""
        dialog = PreviewDialog(parent, path.stem)
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.print_wanted.connect(lambda copies, pages: self._print(path, copies, pages))
        dialog.open_wanted.connect(lambda: self._open(path))
        self.dialog = dialog
        dialog.open()

        def work(ticket: Ticket) -> Shown | UserError:
            from app.core.documents.preview import read_preview

            ticket.step(0, 0, path.name)
            try:
                return read_preview(path)
            except UserError as fault:
                return fault

        def then(found: Shown | UserError) -> None:
            if self.dialog is not dialog:
                return
            if isinstance(found, UserError):
                dialog.fail(str(found))
                return
            dialog.show_document(found)
            self._paint(dialog, path)

        self._read(READING, work, then)

    def _paint(self, dialog: PreviewDialog, path: Path) -> None:
        """Where this computer has what it takes, the pages as they will be printed follow."""

        def work(ticket: Ticket) -> list[QImage]:
            from app.core.actions.printing import page_pictures

            return [QImage.fromData(each) for each in page_pictures(path, ticket=ticket)]

        def then(pictures: list[QImage]) -> None:
            whole = bool(pictures) and not any(each.isNull() for each in pictures)
            if whole and self.dialog is dialog:
                dialog.show_pictures(pictures)

        self._read(PAINTING, work, then)

    def _print(self, path: Path, copies: int, pages: str) -> None:
        def work(ticket: Ticket) -> Done:
            from app.core.actions.printing import print_all

            return print_all([path], copies=copies, pages=pages, ticket=ticket)

        def then(done: Done) -> None:
            said = "\n".join([done.says + "。", *(str(each) for each in done.value.failed)])
            self._bar.tell(done.says)
            if self.dialog is not None:
                self.dialog.say(said)

        self._read(PRINTING, work, then)

    def _open(self, path: Path) -> None:
        def work(ticket: Ticket) -> None:
            from app.core.files import open_with_system

            ticket.step(0, 0, path.name)
            open_with_system(path)

        self._read(OPENING, work, lambda _: None)

    def _read(self, name: str, work: Callable[..., object], then: Callable[..., None]) -> None:
        self._bar.watch(self._session.jobs.read(name, work), then, quiet=True)

    def _forget(self, dialog: PreviewDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
