"""What keeps the data safe, as jobs: copies made, proven and put back; a last copy before the window closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.errors import StoreDamaged, UserError
from app.core.jobs import Ticket
from app.core.self_check import Line
from app.core.store.backup import Backup, Why, folder_of
from app.core.store.health import Report
from app.ui import talk
from app.ui.allow import allow
from app.ui.backup_page import BackupPage
from app.ui.destroy_work import DestroyWork, finish
from app.ui.job_bar import JobBar
from app.ui.leaving_work import LeavingWork
from app.ui.log_work import LogWork
from app.ui.safety_dialog import SafetyDialog
from app.ui.session import Session

MAKE, CHECK, RESTORE, LEAVE = "备份", "检查备份", "恢复备份", "退出前备份"
QUICK, EXAMINE, REPAIR, LOOK = "快速检查", "全面检查", "修复数据", "自检"
SELF_CHECK_FILE = "刑执智检自检结果.txt"


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
        allow(session.store, "restore", page.restore, page.other_file, self.dialog.health.repair)
        allow(session.store, "log", self.dialog.log.export)
        self.dialog.health.check_wanted.connect(self.examine)
        self.dialog.health.repair_wanted.connect(self.repair)
        self.dialog.self_check.look_wanted.connect(self.look_at_self)
        self.dialog.self_check.save_wanted.connect(self.save_self_check)
        LogWork(self.dialog.log, session, self._bar).read()
        LeavingWork(self.dialog.leaving, session, self._bar)
        DestroyWork(self.dialog.destroying, session, self._bar, self._destroyed)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()
        self.look_at_self()

    def begin(self, well: Callable[[], None] = lambda: None) -> None:
        """The quick check at every start, beside all other work; only damage is told, `well` is called without any."""
        session = self._session
        if not session.store.lasting:
            return
        reader = session.store.reader()

        def work(*, ticket: Ticket) -> tuple[str, ...]:
            try:
                return reader.quick_check(ticket) or tuple(reader.audit.verify())
            finally:
                reader.close()

        def then(faults: tuple[str, ...]) -> None:
            if faults:
                do = "请打开“数据安全”，运行“健康检查”并修复，或者用备份恢复"
                talk.error(self._window, StoreDamaged(f"数据文件有损坏：{faults[0]}", do=do))
            else:
                well()

        self._bar.watch(session.jobs.read(QUICK, work), then, quiet=True)
        finish(session, self._bar)

    def _destroyed(self) -> None:
        self.everything_changed.emit()
        self._renew()

    def examine(self) -> None:
        """Check everything."""
        store = self._session.store

        def then(found: Report) -> None:
            self._bar.tell(f"全面检查发现 {len(found.all())} 处问题" if found.all() else "全面检查：数据完好")
            if self.dialog is not None:
                self.dialog.health.show_report(found)

        self._start(EXAMINE, store.examine, then)

    def repair(self, found: Report) -> None:
        """Mend what was found."""
        session, who = self._session, self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.safekeep import repair

            return repair(session.store, found, now=session.now(), who=who, ticket=ticket)

        def then(done: Done) -> None:
            self.everything_changed.emit()
            self._told(done)
            if self.dialog is not None:
                self.dialog.health.show_mended(done.says, done.value.lines, done.value.left)

        self._start(REPAIR, work, then)

    def look_at_self(self) -> None:
        """Look whether the program is offline, where its things lie, and which copy of it this is."""
        session = self._session

        def work(*, ticket: Ticket) -> list[Line]:
            from app.core.actions.safekeep import self_check

            ticket.step(0)
            return self_check(session.reader, session.settings.backup_folder)

        def then(lines: list[Line]) -> None:
            if self.dialog is not None:
                self.dialog.self_check.show_lines(lines)

        self._bar.watch(session.jobs.read(LOOK, work), then, quiet=True)

    def save_self_check(self) -> None:
        """Keep what was found as a text."""
        path = talk.choose_new_file(self.dialog, "保存自检结果", SELF_CHECK_FILE, talk.TEXT)
        if path is None or self.dialog is None:
            return
        lines, now = self.dialog.self_check.shown, self._session.now()

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.safekeep import save_self_check

            ticket.step(0)
            return save_self_check(lines, path, now=now)

        self._bar.watch(
            self._session.jobs.read("保存自检结果", work), lambda done: self._bar.tell(done.says), quiet=True
        )

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

    def _start(self, name: str, work: Callable[[Ticket], Any], then: Callable[[Any], None]) -> None:
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
