"""Who is who, as the user sees it: pairs are fetched, shown, judged, and judgements taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.core.store.rows import Word
from app.ui import talk
from app.ui.allow import allow
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.people_dialog import MOST_LISTED, PeopleDialog
from app.ui.session import Session
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.people import Card, Cards

AGAIN = "判断有了变化，要重新运行审查才生效。"


class PeopleWork(Work):
    """Opens the comparison of people of a desk."""

    dialog: PeopleDialog | None = None

    def __init__(self, tab: DeskTab, session: Session, bar: JobBar, review: Callable[[], None]) -> None:
        super().__init__(tab, session, bar)
        self._review = review

    def show(self, name: str = "") -> None:
        """Fetch the pairs, then show them; the first with this name is current."""
        self._fetch(lambda shown: self._open(shown, name), quiet=False)

    def _fetch(self, then: Callable[[Cards], None], *, quiet: bool) -> None:
        reader, desk = self.session.reader, self.tab.desk.id

        def work(ticket: Ticket) -> Cards:
            from app.core.actions.people import cards

            return cards(reader, desk, MOST_LISTED, ticket=ticket)

        self.read("人员比对", work, then, quiet=quiet)

    def _open(self, shown: Cards, name: str) -> None:
        dialog = PeopleDialog(self.tab.window(), shown, name)
        allow(self.session.store, "people", dialog.same, dialog.apart, dialog.undo)
        dialog.judged.connect(self._judge)
        dialog.undone.connect(self._undo)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        changed = self.dialog is not None and self.dialog.changed
        self.dialog = None
        if changed and talk.ask(self.tab.window(), AGAIN, "现在运行审查吗？", yes="运行审查", no="以后再说"):
            self._review()

    def _judge(self, card: Card, word: Word, why: str, warned: bool) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.people import judge

            ticket.step(0, 0, card.one.says)
            return judge(store, card.one, card.other, word, why=why, warned=warned, now=now, who=who)

        self.write("记录人员判断", work, self._done, quiet=True)

    def _undo(self, number: int, why: str) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.people import undo

            ticket.step(0, 0, "撤销判断")
            return undo(store, number, why=why, now=now, who=who)

        self.write("撤销人员判断", work, self._done, quiet=True)

    def _done(self, done: Done) -> None:
        self.bar.tell(done.says)
        if self.dialog is not None:
            self.dialog.changed = True
            self._fetch(self._renew, quiet=True)

    def _renew(self, shown: Cards) -> None:
        if self.dialog is not None:
            self.dialog.show_all(shown)
