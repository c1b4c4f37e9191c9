"""The comparison of three lists as the user sees it: made, shown, and saved as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.core.actions.done import Done
from app.core.findings import Evidence
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.three_lists_dialog import ThreeListsDialog
from app.ui.work import Work

WORKBOOK = "三方名单比对.xlsx"


class ThreeListsWork(Work):
    """Compares beside all other work; nothing is written but the workbook."""

    dialog: ThreeListsDialog | None = None

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar, show_row: Callable[[Evidence], None]) -> None:
        super().__init__(tab, session, bar)
        self._show_row = show_row

    def run(self) -> None:
        """Compare the lists as they are now, then show it."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.law import law_in_force
            from app.core.actions.three_lists import three_lists

            return three_lists(reader, law_in_force(reader), day, ticket=ticket)

        self.read("三方名单比对", work, self._open)

    def _open(self, done: Done) -> None:
        self.bar.tell(done.says)
        dialog = ThreeListsDialog(self.tab.window(), done.value)
        dialog.row_wanted.connect(self._show_row)
        dialog.workbook_wanted.connect(self.save)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def save(self) -> None:
        """Ask where, then write the workbook."""
        if self.dialog is None:
            return
        start = str(Path(self.session.settings.folder) / WORKBOOK)
        path = talk.choose_new_file(self.dialog, "保存比对结果", start, talk.WORKBOOK)
        if path is None:
            return
        target, found = path if path.suffix else path.with_suffix(".xlsx"), self.dialog.found

        def work(ticket: Ticket) -> Done:
            from app.core.actions.three_lists import save_three_lists

            ticket.step(0, 0, target.name)
            return save_three_lists(found, target)

        self.read("保存比对结果", work, self._saved)

    def _saved(self, done: Done) -> None:
        self.bar.tell(done.says)
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None
