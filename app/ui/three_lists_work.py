"""The comparison of three lists as the user sees it: made, shown, and saved as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui.shown_work import ShownWork

if TYPE_CHECKING:
    from app.ui.three_lists_dialog import ThreeListsDialog

WORKBOOK = "三方名单比对.xlsx"


class ThreeListsWork(ShownWork):
    """Compares beside all other work."""

    dialog: ThreeListsDialog | None = None

    def run(self) -> None:
        """Compare the lists as they are now, then show it."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.law import law_in_force
            from app.core.actions.three_lists import three_lists

            return three_lists(reader, law_in_force(reader), day, ticket=ticket)

        self.read("三方名单比对", work, self._open)

    def _open(self, done: Done) -> None:
        from app.ui.three_lists_dialog import ThreeListsDialog

        self.dialog = ThreeListsDialog(self.tab.window(), done.value)
        self.stand(self.dialog, self.save, done)

    def save(self) -> None:
        """Ask where, then write the workbook."""
        if self.dialog is None:
            return
        found = self.dialog.found

        def write(target: Path) -> Done:
            from app.core.actions.three_lists import save_three_lists

            return save_three_lists(found, target)

        self.save_as(self.dialog, "保存比对结果", WORKBOOK, write)

    def _forget(self) -> None:
        super()._forget()
        self.dialog = None
