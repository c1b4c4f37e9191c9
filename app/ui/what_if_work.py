"""Trying a case with other facts, as the user asks for it: fetched, tried in jobs, shown; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui.what_if_dialog import WhatIfDialog
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.what_if import Typed
    from app.core.checks.reduction.case import ReductionCase
    from app.core.checks.reduction.what_if import Key


class WhatIfWork(Work):
    """Opens the trial of the current case."""

    dialog: WhatIfDialog | None = None

    def ask(self, case_id: int) -> None:
        """Fetch a case with everything known of the person, then ask what is to be tried."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.what_if import open_case
            from app.core.law.book import shipped

            return open_case(reader, shipped(), case_id, day, ticket=ticket)

        self.read("试算", work, self._open)

    def _open(self, done: Done) -> None:
        case, asked = done.value
        dialog = WhatIfDialog(self.tab.window(), done.says, asked)
        dialog.tried.connect(lambda typed: self._try(case, typed))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _try(self, case: ReductionCase, typed: Mapping[Key, Typed]) -> None:
        def work(ticket: Ticket) -> Done:
            from app.core.actions.what_if import try_case

            return try_case(case, typed, ticket=ticket)

        def then(done: Done) -> None:
            if self.dialog is not None:
                self.dialog.show_tried(done.says, done.value)

        self.read("试算一次", work, then, quiet=True)
