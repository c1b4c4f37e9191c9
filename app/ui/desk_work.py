"""What happens when a tool of a desk is pressed: the actions, run as jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.findings import Evidence
from app.core.jobs import Ticket
from app.core.records import Record
from app.core.store.backup import Why
from app.core.store.rows import Batch
from app.ui import talk
from app.ui.allow import allow
from app.ui.backtest_work import BacktestWork
from app.ui.batches_dialog import BatchesDialog
from app.ui.bulk_work import BulkWork
from app.ui.decision_work import DecisionWork
from app.ui.desk_tab import DeskTab
from app.ui.exchange_work import ExchangeWork
from app.ui.forecast_work import ForecastWork
from app.ui.intake_work import IntakeWork
from app.ui.issue_work import IssueWork
from app.ui.job_bar import JobBar
from app.ui.line_work import LineWork
from app.ui.masked_work import MaskedWork
from app.ui.model_work import ModelWork
from app.ui.overview_work import OverviewWork
from app.ui.people_work import PeopleWork
from app.ui.quality_work import QualityWork
from app.ui.row_dialog import RowDialog
from app.ui.session import Session
from app.ui.state_dialog import StateDialog
from app.ui.three_lists_work import ThreeListsWork
from app.ui.view_work import ViewWork
from app.ui.what_if_work import WhatIfWork
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.state import DeskState

LEDGER = "线索台账.xlsx"


class DeskWork(Work):
    """Joins one desk's page with the actions."""

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar) -> None:
        super().__init__(tab, session, bar)
        self.quality = QualityWork(tab, session, bar)
        self.intake = IntakeWork(tab, session, bar, self.review, self.quality)
        self.papers = IssueWork(tab, session, bar)
        self.masked = MaskedWork(tab, session, bar)
        self.exchange = ExchangeWork(tab, session, bar)
        self.decisions = DecisionWork(tab, session, bar)
        self.overviews = OverviewWork(tab, session, bar, self.decisions.decide, self.show_row)
        self.backtests = BacktestWork(tab, session, bar, self.show_row)
        self.people = PeopleWork(tab, session, bar, self.review)
        self.line = LineWork(tab, session, bar)
        self.forecast = ForecastWork(tab, session, bar)
        self.what_if = WhatIfWork(tab, session, bar)
        self.three_lists = ThreeListsWork(tab, session, bar, self.show_row)
        self.models = ModelWork(tab, session, bar)
        self.views = ViewWork(tab, session, bar)
        self.bulk = BulkWork(tab, session, bar)
        self.models.look = self.intake.look
        self._tools = {
            "import": self.choose_files,
            "ask": lambda: tab.asking_wanted.emit(()),
            "review": self.review,
            "issue": self.papers.ask,
            "print": self.papers.print_selected,
            "export": self.export,
            "withdraw": self.show_batches,
            "overview": self.overviews.show,
            "backtest": self.backtests.run,
            "masked": self.masked.ask,
            "exchange": self.exchange.ask,
            "people": self.people.show,
            "state": self.show_state,
            "forecast": self.forecast.ask,
            "compare": self.three_lists.run,
            "models": self.models.show,
            "columns": tab.columns.choose,
        }
        tab.tool_pressed.connect(lambda name: self._tools[name]())
        tab.files_dropped.connect(self.intake.look)
        tab.panel.decision_wanted.connect(self.decisions.decide)
        tab.panel.row_wanted.connect(self.show_row)
        tab.panel.people_wanted.connect(self.people.show)
        tab.panel.what_if_wanted.connect(lambda: self.what_if.ask(tab.table.current_id()))

    def choose_files(self) -> None:
        """Let the user pick workbooks, then look at them."""
        paths = talk.choose_tables(self.tab, "")
        if paths:
            self.intake.look(paths)

    def review(self) -> None:
        """Check every case of the desk under the law of its day."""
        store, desk, day = self.session.store, self.tab.desk.id, self.session.today()
        now, who = self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.law import law_in_force
            from app.core.actions.review import review

            return review(store, law_in_force(store), desk, day, now=now, who=who, ticket=ticket)

        self.write("运行审查", work, self.told)

    def show_row(self, evidence: Evidence) -> None:
        """Find the row a cell stands in and show all of it."""
        batches = self.session.reader.batches

        def work(ticket: Ticket) -> Record | None:
            ticket.step(0, 0, f"第 {evidence.row} 行")
            return batches.record_at(evidence.file, evidence.sheet, evidence.row)

        def then(record: Record | None) -> None:
            if record is None:
                what = f"“{evidence.file}”工作表“{evidence.sheet}”第 {evidence.row} 行已不在数据里"
                talk.error(self.tab.window(), UserError(what, do="如果撤回过导入，请重新运行审查"))
            else:
                RowDialog(self.tab.window(), evidence, record).open()

        self.read("查找原始行", work, then, quiet=True)

    def export(self) -> None:
        """Save the ledger workbook."""
        path = talk.choose_new_file(self.tab, "导出台账", LEDGER, talk.WORKBOOK)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")
        store, desk = self.session.store, self.tab.desk.id

        def work(ticket: Ticket) -> Done:
            from app.core.actions.export import export_ledger

            return export_ledger(store, desk, target, ticket=ticket)

        self.write("导出台账", work, self.told)

    def show_batches(self) -> None:
        """List what was imported: it can be looked at, compared with the one before, and taken back."""
        reader = self.session.reader
        times, asked = reader.repeats.times(), reader.repeats.open_questions()
        dialog = BatchesDialog(self.tab.window(), reader.batches.all(), times, asked)
        allow(self.session.store, "import", dialog.withdrawal)
        dialog.withdrawal_wanted.connect(self.withdraw)
        dialog.quality_wanted.connect(self.quality.ask)
        dialog.compare_wanted.connect(self.intake.compare.show)
        dialog.open()

    def show_state(self) -> None:
        """Show the lists and their age, what is missing, and the leads by unit."""
        reader, desk, day = self.session.reader, self.tab.desk.id, self.session.today()

        def work(ticket: Ticket) -> DeskState:
            from app.core.actions.state import desk_state

            return desk_state(reader, desk, day, ticket=ticket)

        def then(shown: DeskState) -> None:
            dialog = StateDialog(self.tab.window(), shown)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self.read("名单与线索", work, then)

    def withdraw(self, batch: Batch) -> None:
        """Take one sheet back whole."""
        store, now, who = self.session.store, self.session.now(), self.session.who()
        second = self.session.settings.backup_folder

        def work(ticket: Ticket) -> Done:
            from app.core.actions.safekeep import safe_before
            from app.core.actions.withdraw import withdraw

            safe_before(store, Why.DELETING, second, now=now, who=who, ticket=ticket)
            ticket.step(0, 0, batch.file)
            return withdraw(store, batch.id, now=now, who=who)

        self.write("撤回导入", work, self.told)
