"""Cases to and from another office, as jobs: written, looked at, taken in, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.exchange_dialog import ExchangeDialog
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.exchange_in import Preview

SEND, LOOK, TAKE, BACK = "导出交换文件", "打开交换文件", "导入交换文件", "撤回交换文件"
FILE = "交换文件.jhwj"


class ExchangeWork(Work):
    """Opens the dialog for one desk's chosen cases and joins it with the actions."""

    dialog: ExchangeDialog | None = None

    def ask(self) -> None:
        """Show the three pages."""
        cases = self.tab.table.selected_ids()
        self.dialog = ExchangeDialog(self.tab.window(), len(cases), self.session.reader.exchanges.all())
        self.dialog.send_wanted.connect(lambda phrase, words, papers: self.send(cases, phrase, words, papers))
        self.dialog.look_wanted.connect(self.look)
        self.dialog.take_wanted.connect(self.take)
        self.dialog.back_wanted.connect(self.take_back)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def send(self, cases: list[int], phrase: str, words: bool, papers: bool) -> None:
        """Write the chosen cases."""
        path = talk.choose_new_file(self.dialog or self.tab, SEND, str(Path.home() / FILE), talk.EXCHANGE)
        if path is None:
            return
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.exchange_out import send

            return send(store, cases, path, phrase, words=words, papers=papers, now=now, who=who, ticket=ticket)

        def then(done: Done) -> None:
            self.told(done)
            if self.dialog is not None:
                self.dialog.show_sent(done.says)

        self.write(SEND, work, then)

    def look(self, path: Path, phrase: str) -> None:
        """Open a file and show what would come in."""
        reader = self.session.reader

        def work(ticket: Ticket) -> Preview:
            from app.core.actions.exchange_in import look_in

            return look_in(reader, path, phrase, ticket=ticket)

        def then(shown: Preview) -> None:
            if self.dialog is not None:
                self.dialog.show_preview(shown)

        self.read(LOOK, work, then)

    def take(self, shown: Preview) -> None:
        """Take in what was shown."""
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.exchange_in import take_in

            return take_in(store, shown, now=now, who=who, ticket=ticket)

        self.write(TAKE, work, self._changed)

    def take_back(self, number: int) -> None:
        """Take a whole file back; a copy of the data is made before."""
        store, now, who = self.session.store, self.session.now(), self.session.who()
        second = self.session.settings.backup_folder

        def work(ticket: Ticket) -> Done:
            from app.core.actions.exchange_in import take_back
            from app.core.actions.safekeep import safe_before
            from app.core.store.backup import Why

            safe_before(store, Why.DELETING, second, now=now, who=who, ticket=ticket)
            return take_back(store, number, now=now, who=who)

        self.write(BACK, work, self._changed)

    def _changed(self, done: Done) -> None:
        self.told(done)
        if self.dialog is not None:
            self.dialog.show_preview(None)
            self.dialog.show_taken(self.session.reader.exchanges.all())
            self.dialog.found.setText(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None
