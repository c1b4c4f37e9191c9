"""The quality of what was delivered, as the user sees it: have it looked at, show the report, save the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.quality_dialog import QualityDialog
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.quality_paper import Sender
    from app.core.checks.quality.report import SheetQuality

PAPER = "数据体检单"


class QualityWork(Work):
    """The way from imported sheets to the paper that goes back to whoever sent them."""

    dialog: QualityDialog | None = None

    def ask(self, batch_ids: Collection[int], first: int = 0) -> None:
        """Look at some imported sheets, compared with each other; `first` is the number of the one shown first."""
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.quality import quality

            return quality(reader, batch_ids, day, ticket=ticket)

        self.read("数据体检", work, lambda done: self._show(done, first))

    def _show(self, done: Done, first: int) -> None:
        self.bar.tell(done.says)
        report: Sequence[SheetQuality] = done.value
        if not report:
            return
        place = next((place for place, each in enumerate(report) if each.number == first), 0)
        self.dialog = QualityDialog(self.tab.window(), report, place)
        self.dialog.paper_wanted.connect(self.save)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def save(self, sheets: Sequence[SheetQuality], sender: Sender) -> None:
        """Ask where, then write the paper."""
        from app.core.actions.settings import read_office
        from app.core.files import safe_name

        stem = safe_name(f"{PAPER}_{sender.name or Path(sheets[0].file).stem}")
        start = Path(self.session.settings.folder) / f"{stem}.docx"
        path = talk.choose_new_file(self.dialog or self.tab, f"保存{PAPER}", str(start), talk.WORD)
        if path is None:
            return
        target = path if path.suffix == ".docx" else Path(f"{path}.docx")
        office = read_office(self.session.reader)
        store, now, day = self.session.store, self.session.now(), self.session.today()
        who = office.handler or self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.quality import PaperOrder, save_quality

            order = PaperOrder(target, sender, office, day, now, who)
            return save_quality(store, sheets, order, ticket=ticket)

        self.write(f"生成{PAPER}", work, self._saved)

    def _saved(self, done: Done) -> None:
        self.told(done)
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None
