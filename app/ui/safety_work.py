"""What keeps the data safe, as jobs: copies made, proven and put back; a last copy before the window closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.store.backup import Backup, Why, folder_of
from app.ui import talk
from app.ui.backup_page import BackupPage
from app.ui.job_bar import JobBar
from app.ui.safety_dialog import SafetyDialog
from app.ui.session import Session

MAKE, CHECK, RESTORE, LEAVE = "备份", "检查备份", "恢复备份", "退出前备份"


class SafetyWork(QObject):
    """Joins the window of safety with the actions."""

    everything_changed = Signal()  # the data are others now

    def __init__(self, window: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: SafetyDialog | None = None
        self._left = False

    def open(self) -> None:
        """Show the copies."""
        session = self._session
        page = BackupPage(self._copies(), folder_of(session.store.path), session.settings.backup_folder)
        page.made_wanted.connect(self.make)
        page.checked_wanted.connect(self.check)
        page.restored_wanted.connect(self.restore)
        page.second_chosen.connect(self._keep_second)
        self.dialog = SafetyDialog(self._window, page)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def make(self) -> None:
        """Make a copy now."""
        self._start(MAKE, lambda ticket: self._back_up(Why.ASKED, ticket), self._told)

    def check(self, copies: Sequence[Backup]) -> None:
        """Prove all copies again."""
        session = self._session

        def work(ticket: Ticket) -> Done:
            from app.core.actions.safekeep import check_backups

            return check_backups(session.store, copies, now=session.now(), ticket=ticket)

        self._start(CHECK, work, self._told)

    def restore(self, copy: Path) -> None:
        """Put a copy back; one of another store needs that store's passphrase."""
        session, who = self._session, self._session.who()
        phrase = ""
        try:
            known = session.store.knows_key_of(copy)
        except UserError as fault:
            talk.error(self._window, fault)
            return
        if not known:
            given = talk.ask_passphrase(
                self.dialog or self._window, "恢复备份", "这份备份来自另一份数据，请输入那份数据的口令："
            )
            if not given:
                return
            phrase = given

        def work(ticket: Ticket) -> Done:
            from app.core.actions.safekeep import put_back

            return put_back(session.store, copy, phrase, now=session.now(), who=who, ticket=ticket)

        self._start(RESTORE, work, self._restored)

    def leaving(self, close: Callable[[], None]) -> bool:
        """Begin a last copy before the window closes, once, and call `close` when it is made or was not wanted.

        False when there is nothing to copy.
        """
        if self._left or not self._session.store.needs_backup():
            return False
        self._left = True

        def work(ticket: Ticket) -> Done | UserError:
            try:
                return self._back_up(Why.CLOSING, ticket)
            except UserError as fault:
                return fault

        def then(done: Done | UserError) -> None:
            if isinstance(done, UserError):
                more = f"{done.do}。不备份就退出吗？"
                if not talk.ask(self._window, f"退出前的备份没有做成：{done.what}。", more, yes="退出", no="回到程序"):
                    self._left = False
                    return
            close()

        self._bar.tell("正在备份，完成后自动退出……")
        self._bar.watch(self._session.jobs.write(LEAVE, lambda *, ticket: work(ticket)), then, close)
        return True

    def _back_up(self, why: Why, ticket: Ticket) -> Done:
        from app.core.actions.safekeep import back_up

        session = self._session
        second = session.settings.backup_folder
        return back_up(session.store, why, second, now=session.now(), who=session.who(), ticket=ticket)

    def _copies(self) -> list[Backup]:
        from app.core.actions.safekeep import backups

        return backups(self._session.reader, self._session.settings.backup_folder)

    def _start(self, name: str, work: Callable[[Ticket], Done], then: Callable[[Done], None]) -> None:
        if self._bar.runs(name):
            self._bar.tell(f"“{name}”正在进行，请稍候")
            return
        self._bar.watch(self._session.jobs.write(name, lambda *, ticket: work(ticket)), then, self._renew)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
        self._renew()

    def _restored(self, done: Done) -> None:
        self.everything_changed.emit()
        self._told(done)
        talk.say(self.dialog or self._window, f"{done.says}。")

    def _renew(self) -> None:
        if self.dialog is not None:
            self.dialog.backups.show_copies(self._copies())

    def _keep_second(self, folder: str) -> None:
        self._session.settings.backup_folder = folder
        self._session.keep_settings()
        self._renew()

    def _forget(self) -> None:
        self.dialog = None
