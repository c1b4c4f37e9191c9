"""What is done with several cases at once: a word on their findings and its undoing, the ledger, a printed list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QMenu

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.store.rows import CaseRow, StoredFinding
from app.ui import talk
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.work import Work

MOST_PRINTED = 1000  # cases on one list
LEDGER = "选中案件的台账.xlsx"


class BulkWork(Work):
    """The menu of the selected cases of one desk."""

    dialog: object = None

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar) -> None:
        super().__init__(tab, session, bar)
        self._last: Sequence[str] = ()
        menu = QMenu(tab.bulk)
        menu.addAction("记录核查结果(&J)…", self.ask)
        self._undo = menu.addAction("撤销上一次批量处理(&U)", self.undo)
        self._undo.setEnabled(False)
        menu.addSeparator()
        menu.addAction("生成文书(&D)…", lambda: tab.tool_pressed.emit("issue"))
        menu.addAction("导出选中案件的台账(&L)…", self.export)
        menu.addAction("打印清单(&P)…", self.print_list)
        tab.bulk.setMenu(menu)

    def ask(self) -> None:
        """Ask what is to be put down on the findings of the selected cases."""
        cases, reader = self.tab.table.selected_ids(), self.session.reader

        def work(ticket: Ticket) -> list[StoredFinding]:
            from app.core.actions.bulk import findings_of

            return findings_of(reader, cases, ticket=ticket)

        self.read("查看线索", work, lambda found: self._offer(cases, found))

    def _offer(self, cases: Sequence[int], findings: Sequence[StoredFinding]) -> None:
        from app.ui.bulk_dialog import BulkDialog

        self.dialog = dialog = BulkDialog(self.tab.window(), len(cases), findings, self.session.today())
        dialog.agreed.connect(lambda *said: self.decide(findings, *said))
        dialog.open()

    def decide(self, findings: Sequence[StoredFinding], state: State, why: str, code: str, until: date | None) -> None:
        """Put it down."""
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.bulk import decide_many

            said = {"who": who, "why": why, "now": now, "code": code, "until": until}
            return decide_many(store, findings, state, **said, ticket=ticket)

        self.write("批量记录核查结果", work, self._decided)

    def undo(self) -> None:
        """Take the last word on many findings back."""
        store, now, who, keys = self.session.store, self.session.now(), self.session.who(), self._last

        def work(ticket: Ticket) -> Done:
            from app.core.actions.bulk import undo_many

            return undo_many(store, keys, who=who, now=now, ticket=ticket)

        self.write("撤销批量处理", work, self._undone)

    def export(self) -> None:
        """Save the ledger of the selected cases."""
        path = talk.choose_new_file(self.tab, "导出选中案件的台账", LEDGER, talk.WORKBOOK)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")
        store, desk, cases = self.session.store, self.tab.desk.id, self.tab.table.selected_ids()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.export import export_ledger

            return export_ledger(store, desk, target, cases=cases, ticket=ticket)

        self.write("导出台账", work, self.told)

    def print_list(self) -> None:
        """Print the selected cases, or all that are shown, with the columns that are shown."""
        chosen = self.tab.table.selected_ids()
        cases = chosen if len(chosen) > 1 else list(self.tab.model.ids)
        window = self.tab.window()
        if len(cases) > MOST_PRINTED:
            do = "请先筛选，或者导出台账以后打印"
            talk.error(window, UserError(f"一次最多打印 {MOST_PRINTED} 件，现在是 {len(cases)} 件", do=do))
            return
        page = QTextDocument()
        page.setHtml(self.listed(self.session.reader.views.case_rows(cases)))
        if talk.print_page(window, page):
            self.bar.tell(f"已把 {len(cases)} 件案件的清单送去打印")

    def listed(self, rows: Sequence[CaseRow]) -> str:
        """The list as it is printed."""
        desk = self.tab.desk
        columns = {each.field: each for each in desk.columns}
        shown = [columns[each.field] for each in self.tab.columns.placed() if each.shown]
        head = "".join(f"<th align='left'>{escape(each.title)}</th>" for each in (*shown,))
        lines = "".join(
            f"<tr><td>{number}</td>"
            + "".join(f"<td>{escape(each.text(getattr(row, each.field)))}</td>" for each in shown)
            + "</tr>"
            for number, row in enumerate(rows, 1)
        )
        title = f"<h3>{escape(desk.title)}清单（{len(rows)} 件，{self.session.today()}）</h3>"
        return f"{title}<table border='1' cellspacing='0' cellpadding='3'><tr><th>序号</th>{head}</tr>{lines}</table>"

    def _decided(self, done: Done) -> None:
        self._last = done.value
        self._undo.setEnabled(True)
        self._renew(done)

    def _undone(self, done: Done) -> None:
        self._last = ()
        self._undo.setEnabled(False)
        self._renew(done)

    def _renew(self, done: Done) -> None:
        self.bar.tell(done.says)
        self.tab.refresh()
