"""The time line of the person chosen in the list: fetched when its page is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.checks.entries import TimeLine


class LineWork(Work):
    """Joins the page with the action."""

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar) -> None:
        super().__init__(tab, session, bar)
        tab.panel.line_wanted.connect(self.fetch)

    def fetch(self, case_id: int) -> None:
        """Read the rows of the case's person; what cannot be shown is said on the page."""
        reader, panel = self.session.reader, self.tab.panel

        def work(ticket: Ticket) -> TimeLine | UserError:
            from app.core.actions.law import law_in_force
            from app.core.actions.time_line import line_of_case

            try:
                return line_of_case(reader, law_in_force(reader), case_id, ticket=ticket)
            except UserError as fault:
                return fault

        self.read("整理时间线", work, lambda found: panel.show_line(case_id, found), quiet=True)
