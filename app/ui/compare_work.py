"""A list beside the one before it, as the user sees it: fetched, shown, and what was found out put down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui.compare_dialog import MOST_LISTED, CompareDialog
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.compare import Beside


class CompareWork(Work):
    """Opens the comparison of a batch with the one before it."""

    dialog: CompareDialog | None = None

    def show(self, batch_id: int) -> None:
        """Fetch how a batch stands to the one before it, then show it."""
        self._fetch(batch_id, self._open)

    def _fetch(self, batch_id: int, then: Callable[[Beside], None]) -> None:
        reader = self.session.reader

        def work(ticket: Ticket) -> Beside:
            from app.core.actions.compare import beside

            ticket.step(0, 0, "与上一批比较")
            return beside(reader, batch_id, MOST_LISTED)

        self.read("与上一批比较", work, then, quiet=True)

    def _open(self, shown: Beside) -> None:
        dialog = CompareDialog(self.tab.window(), shown)
        dialog.answered.connect(lambda ids, note: self._answer(shown.batch.id, ids, note))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _answer(self, batch_id: int, ids: Sequence[int], note: str) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.decide import answer

            ticket.step(0, 0, f"{len(ids)} 行")
            return answer(store, ids, note, who=who, now=now)

        def then(done: Done) -> None:
            self.told(done)
            self._fetch(batch_id, self._renew)

        self.write("写明核实情况", work, then, quiet=True)

    def _renew(self, shown: Beside) -> None:
        if self.dialog is not None:
            self.dialog.show_all(shown)
