"""Who could be proposed and was not, as the user asks for it: reckoned in a job, shown, saved as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.actions.done import Done
from app.core.findings.asked_again import Forecast
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.forecast_dialog import ForecastDialog
from app.ui.work import Work

FILE = "应提请未提请.xlsx"


class ForecastWork(Work):
    """Opens the list for the whole store; nothing in the store changes."""

    dialog: ForecastDialog | None = None

    def ask(self) -> None:
        """Reckon for everybody, then show the list."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.forecast import forecast
            from app.core.law.book import shipped

            return forecast(reader, shipped(), day, ticket=ticket)

        self.read("应提请未提请", work, self._open)

    def _open(self, done: Done) -> None:
        self.bar.tell(done.says)
        self.dialog = ForecastDialog(self.tab.window(), done.value, done.says)
        self.dialog.export_wanted.connect(self.save)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def save(self, shown: Sequence[Forecast]) -> None:
        """Save the rows shown as a workbook."""
        path = talk.choose_new_file(self.dialog or self.tab, "导出应提请未提请", FILE, talk.WORKBOOK)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")

        def work(ticket: Ticket) -> Done:
            from app.core.actions.forecast import save_forecast

            return save_forecast(shown, target, ticket=ticket)

        self.read("导出应提请未提请", work, self.told)
