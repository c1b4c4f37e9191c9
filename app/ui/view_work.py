"""What the menu of views does: a view is shown, saved, renamed or deleted."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.actions.done import Done
from app.core.actions.saved_views import SavedView, keep_view, keep_views, saved_views
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.columns import told, written
from app.ui.desk_tab import DeskTab
from app.ui.filter_bar import ID
from app.ui.job_bar import JobBar
from app.ui.query import Query
from app.ui.session import Session
from app.ui.view_dialog import ViewDialog
from app.ui.work import Work

DUE = "今天到期和已经逾期的"


class ViewWork(Work):
    """The saved views of one desk."""

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar) -> None:
        super().__init__(tab, session, bar)
        button = tab.filters.views
        button.chosen.connect(self.show_view)
        button.due_wanted.connect(self.show_due)
        button.save_wanted.connect(self.save)
        button.manage_wanted.connect(self.manage)
        self._offer()

    def show_view(self, view: SavedView) -> None:
        """Show the list as it was when it was given the name."""
        if view.columns:
            self.tab.columns.place(told(view.columns, self.tab.desk.columns))
        self.tab.filters.show_query(Query(dict(view.filters), view.search), view.name)
        self.tab.table.sort_by(*view.order)
        self.bar.tell(f"视图：{view.name}")

    def show_due(self) -> None:
        """Show the cases with something that falls due today or is overdue."""
        reader, desk, day = self.session.reader, self.tab.desk.id, self.session.today()

        def work(ticket: Ticket) -> Sequence[int]:
            from app.core.actions.due_cases import due_cases

            return due_cases(reader, desk, day, ticket=ticket)

        def then(ids: Sequence[int]) -> None:
            if ids:
                self.tab.filters.show_only(DUE, ids)
            else:
                self.bar.tell("没有今天到期或者已经逾期的事项")

        self.read("清点到期的案件", work, then)

    def save(self) -> None:
        """Ask for a name and keep the list as it stands."""
        query = self.tab.filters.query()
        if ID in query.filters:
            fault = UserError("现在列出的是挑选出来的一批案件，不能存为视图", do="请先点“只看……”上的 ✕，再设定筛选条件")
            talk.error(self.tab.window(), fault)
            return
        name = talk.ask_line(self.tab.window(), "存为视图", "视图的名称(&N)：", self.tab.filters.name)
        if not name:
            return
        filters = {column: tuple(map(str, allowed)) for column, allowed in query.filters.items()}
        columns = written(self.tab.columns.placed())
        view = SavedView(name, filters, query.search, self.tab.table.order(), columns)
        store, desk = self.session.store, self.tab.desk.id

        def work(ticket: Ticket) -> Done:
            ticket.step(0)
            return keep_view(store, desk, view)

        self.write("保存视图", work, self._kept, quiet=True)

    def manage(self) -> None:
        """Open the dialog in which views are renamed and deleted."""
        dialog = ViewDialog(self.tab.window(), saved_views(self.session.reader, self.tab.desk.id))
        dialog.agreed.connect(self._keep)
        dialog.open()

    def _keep(self, views: Sequence[SavedView]) -> None:
        store, desk = self.session.store, self.tab.desk.id

        def work(ticket: Ticket) -> Done:
            ticket.step(0)
            return keep_views(store, desk, views)

        self.write("保存视图", work, self._kept, quiet=True)

    def _kept(self, done: Done) -> None:
        self.bar.tell(done.says)
        self._offer()

    def _offer(self) -> None:
        self.tab.filters.views.offer(saved_views(self.session.reader, self.tab.desk.id))
