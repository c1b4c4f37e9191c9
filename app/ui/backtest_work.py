"""The back-test as the user sees it: run, shown, and saved as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.core.actions.done import Done
from app.core.findings import Evidence
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.backtest_dialog import BacktestDialog
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.work import Work

WORKBOOK = "回测.xlsx"


class BacktestWork(Work):
    """Asks past rulings again beside all other work; nothing is written but the workbook."""

    dialog: BacktestDialog | None = None

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar, show_row: Callable[[Evidence], None]) -> None:
        super().__init__(tab, session, bar)
        self._show_row = show_row

    def run(self) -> None:
        """Ask every past ruling again, then show how the answers agree."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.backtest import backtest
            from app.core.actions.law import law_in_force

            return backtest(reader, law_in_force(reader), day, ticket=ticket)

        self.read("裁定回测", work, self._open)

    def _open(self, done: Done) -> None:
        self.bar.tell(done.says)
        dialog = BacktestDialog(self.tab.window(), done.says, done.value)
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
        path = talk.choose_new_file(self.dialog, "保存回测结果", start, talk.WORKBOOK)
        if path is None:
            return
        target, tested = path if path.suffix else path.with_suffix(".xlsx"), self.dialog.tested

        def work(ticket: Ticket) -> Done:
            from app.core.actions.backtest import save_backtest

            ticket.step(0, 0, target.name)
            return save_backtest(tested, target)

        self.read("保存回测结果", work, self._saved)

    def _saved(self, done: Done) -> None:
        self.bar.tell(done.says)
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None
