"""The statistics, as the user sees them: counted in a job, shown, saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.statistics_dialog import StatisticsDialog

if TYPE_CHECKING:
    from app.core.actions.statistics import Figures

NAME, TABLES, RESEARCH = "统计", "统计表.xlsx", "研究数据（无身份信息）.xlsx"


class StatisticsWork(QObject):
    """Opens the statistics of all desks."""

    def __init__(self, window: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: StatisticsDialog | None = None

    def open(self) -> None:
        """Count, then show."""
        if self._bar.runs(NAME):
            self._bar.tell(f"“{NAME}”正在进行，请稍候")
            return
        self._count("", self._open)

    def _count(self, desk: str, then: Callable[[Figures], None]) -> None:
        reader, day = self._session.reader, self._session.today()

        def work(ticket: Ticket) -> Figures:
            from app.core.actions.statistics import figures

            return figures(reader, day, desk, ticket=ticket)

        self._bar.watch(self._session.jobs.read(NAME, work), then)

    def _open(self, shown: Figures) -> None:
        from app.core.actions.statistics import desk_words

        self.dialog = StatisticsDialog(self._window, desk_words(), shown)
        self.dialog.desk_chosen.connect(lambda desk: self._count(desk, self._renew))
        self.dialog.save_wanted.connect(self._save)
        self.dialog.research_wanted.connect(self._save_research)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _renew(self, shown: Figures) -> None:
        if self.dialog is not None:
            self.dialog.show_figures(shown)

    def _forget(self) -> None:
        self.dialog = None

    def _save(self) -> None:
        path = talk.choose_new_file(self._window, "保存统计表", TABLES, talk.WORKBOOK)
        if path is None or self.dialog is None:
            return
        shown, target = self.dialog.shown, path if path.suffix else path.with_suffix(".xlsx")

        def work(ticket: Ticket) -> Done:
            from app.core.actions.statistics import save_figures

            ticket.step(0, 0, target.name)
            return save_figures(shown, target)

        self._bar.watch(self._session.jobs.read("保存统计表", work), self._told)

    def _save_research(self) -> None:
        path = talk.choose_new_file(self._window, "导出研究数据", RESEARCH, talk.WORKBOOK)
        if path is None:
            return
        reader, day = self._session.reader, self._session.today()
        target = path if path.suffix else path.with_suffix(".xlsx")

        def work(ticket: Ticket) -> Done:
            from app.core.actions.research import save_research

            return save_research(reader, day, target, ticket=ticket)

        self._bar.watch(self._session.jobs.read("导出研究数据", work), self._told)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
