"""What was said of whole batches, as the user sees it: fetched, shown, decided on, and its cases listed on the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.findings import Evidence, State, Verdict
from app.core.jobs import Ticket
from app.core.store.rows import StoredFinding, StoredOverview
from app.ui import talk
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.overview_dialog import OverviewDialog
from app.ui.session import Session
from app.ui.verdict_detail import Extra
from app.ui.work import Work

Decide = Callable[[StoredFinding, State | Extra, Callable[[Done], None]], None]
LEAST = "batch_least"


class OverviewWork(Work):
    """Opens the view of whole batches; `decide` and `show_row` are those of the desk."""

    dialog: OverviewDialog | None = None

    def __init__(
        self, tab: DeskTab, session: Session, bar: JobBar, decide: Decide, show_row: Callable[[Evidence], None]
    ) -> None:
        super().__init__(tab, session, bar)
        self._decide, self._show_row = decide, show_row

    def show(self) -> None:
        """Fetch what the last review said of the batches, then show it."""
        self._fetch(self._open)

    def _fetch(self, then: Callable[[Sequence[StoredOverview]], None]) -> None:
        reader, desk = self.session.reader, self.tab.desk.id

        def work(ticket: Ticket) -> list[StoredOverview]:
            ticket.step(0, 0, "批次情况")
            return reader.overviews.all(desk)

        self.read("批次情况", work, then, quiet=True)

    def _open(self, overviews: Sequence[StoredOverview]) -> None:
        if not overviews:
            talk.error(self.tab.window(), UserError("还没有批次情况", do="请先导入提请名单，再运行审查（F5）"))
            return
        from app.core.actions.law import law_in_force

        least = int(law_in_force(self.session.reader).parameter(LEAST, self.session.today()).value)
        dialog = OverviewDialog(self.tab.window(), overviews, least, self.session.reader.lives.told)
        dialog.row_wanted.connect(self._show_row)
        dialog.decision_wanted.connect(lambda finding, state: self._decide(finding, state, self._decided))
        dialog.cases_wanted.connect(self._find_cases)
        dialog.view.detail.help_wanted.connect(self.tab.panel.detail.help_wanted)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _decided(self, done: Done) -> None:
        self.bar.tell(done.says)
        self._fetch(self._renew)

    def _renew(self, overviews: Sequence[StoredOverview]) -> None:
        if self.dialog is not None and overviews:
            self.dialog.renew(overviews)

    def _find_cases(self, verdict: Verdict) -> None:
        views, desk = self.session.reader.views, self.tab.desk.id
        places = list(dict.fromkeys((each.file, each.sheet, each.row) for each in verdict.evidence))

        def work(ticket: Ticket) -> list[int]:
            ticket.step(0, 0, verdict.rule_name)
            return views.cases_at(desk, places)

        def then(ids: Sequence[int]) -> None:
            if not ids:
                what = "这一项的依据不在提请名单的行里"
                talk.error(self.dialog or self.tab.window(), UserError(what, do="请选一处证据，点“查看原始行”"))
                return
            if self.dialog is not None:
                self.dialog.accept()
            self.tab.filters.show_only(f"{verdict.rule_name} {len(ids)} 件", ids)

        self.read("查找所涉案件", work, then, quiet=True)

    def _forget(self) -> None:
        self.dialog = None
