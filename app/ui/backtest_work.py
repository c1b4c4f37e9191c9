"""The back-test as the user sees it: run, shown, and saved as a workbook."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui.backtest_dialog import BacktestDialog
from app.ui.shown_work import ShownWork

WORKBOOK = "回测.xlsx"


class BacktestWork(ShownWork):
    """Asks past rulings again beside all other work."""

    dialog: BacktestDialog | None = None

    def run(self) -> None:
        """Ask every past ruling again, then show how the answers agree."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.backtest import backtest
            from app.core.actions.law import law_in_force

            return backtest(reader, law_in_force(reader), day, ticket=ticket)

        self.read("裁定回测", work, self._open)

    def _open(self, done: Done) -> None:
        self.dialog = BacktestDialog(self.tab.window(), done.says, done.value)
        self.stand(self.dialog, self.save, done)

    def save(self) -> None:
        """Ask where, then write the workbook."""
        if self.dialog is None:
            return
        tested = self.dialog.tested

        def write(target: Path) -> Done:
            from app.core.actions.backtest import save_backtest

            return save_backtest(tested, target)

        self.save_as(self.dialog, "保存回测结果", WORKBOOK, write)

    def _forget(self) -> None:
        super()._forget()
        self.dialog = None
