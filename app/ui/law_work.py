"""The law as the office sees and changes it: open it, keep a change, take one back, show what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.core.law.catalogue import TABLE_ROW, Entry, Line
from app.core.law.changes import Change
from app.core.store.rows import Resting
from app.ui import talk
from app.ui.allow import allow
from app.ui.job_bar import JobBar
from app.ui.law_dialog import LawDialog, RestingDialog
from app.ui.law_form import AddForm, EndForm, LawForm
from app.ui.law_row_form import RowForm
from app.ui.session import Session

SAVE, UNDO, LOOK = "保存法律数据的修改", "撤销法律数据的修改", "查找受影响的结论"


class LawWork(QObject):
    """Joins the dialog of the law with the actions."""

    def __init__(self, window: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: LawDialog | None = None
        self.form: LawForm | None = None
        self.resting: RestingDialog | None = None

    def open(self) -> None:
        """Show the law in force."""
        self.dialog = LawDialog(self._window)
        buttons = self.dialog.page.buttons
        allow(self._session.store, "law", *(buttons[each] for each in ("add", "end", "undo")))
        buttons = self.dialog.holidays.buttons
        allow(self._session.store, "law", *(buttons[each] for each in ("save", "undo")))
        self.dialog.page.wanted.connect(self._wanted)
        self.dialog.holidays.changed.connect(self._keep)
        self.dialog.holidays.undo_wanted.connect(self._undo)
        self.dialog.holidays.affected_wanted.connect(lambda year: self._look(str(year), f"{year}年节假日"))
        self.dialog.finished.connect(self._forget)
        self._show()
        self.dialog.open()

    def _show(self) -> None:
        from app.core.actions.law import law_in_force

        if self.dialog is not None:
            reader = self._session.reader
            years = {
                int(str((each.content or {}).get("target", 0))): each.id
                for each in reader.law.changes()
                if each.kind == "year"
            }
            self.dialog.show_law(law_in_force(reader), years)

    def _wanted(self, tool: str, entry: Entry, line: Line | None) -> None:
        from app.core.actions.law import law_in_force

        if self.dialog is None:
            return
        if tool == "undo" and line is not None:
            self._undo(line.change)
        elif tool == "affected":
            self._look(entry.id, entry.name)
        elif tool == "add":
            law = law_in_force(self._session.reader)
            form = RowForm if entry.kind == TABLE_ROW else AddForm
            self._fill(form(self.dialog, law, entry, self._session.today()))
        elif tool == "end" and line is not None:
            self._fill(EndForm(self.dialog, law_in_force(self._session.reader), entry, line))

    def _fill(self, form: LawForm) -> None:
        self.form = form
        form.ready.connect(self._keep)
        form.finished.connect(self._forget_form)
        form.open()

    def _keep(self, change: Change, why: str) -> None:
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.law import change_law

            ticket.step(0)
            return change_law(store, change, why=why, now=now, who=who)

        self._start(SAVE, work, self._told)

    def _undo(self, number: int) -> None:
        why = talk.ask_reason(
            self.dialog or self._window, "撤销本院修改", f"撤销第 {number} 处修改的理由（写入日志）："
        )
        if why is None:
            return
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.law import undo_change

            ticket.step(0)
            return undo_change(store, number, why=why, now=now, who=who)

        self._start(UNDO, work, self._told)

    def _look(self, target: str, name: str) -> None:
        reader = self._session.reader

        def work(ticket: Ticket) -> list[Resting]:
            from app.core.actions.law import affected, law_in_force

            ticket.step(0)
            return affected(reader, law_in_force(reader), target)

        job = self._session.jobs.read(LOOK, work)
        self._bar.watch(job, partial(self._show_resting, name), quiet=True)

    def _show_resting(self, name: str, resting: list[Resting]) -> None:
        self.resting = RestingDialog(self.dialog or self._window, name, resting)
        self.resting.finished.connect(self._forget_resting)
        self.resting.open()

    def _start(self, name: str, work: Callable[..., Any], then: Callable[[Done], None]) -> None:
        if not self._bar.runs(name):
            self._bar.watch(self._session.jobs.write(name, work), then)

    def _told(self, done: Done) -> None:
        self._bar.tell(done.says)
        if self.dialog is not None:
            self._show()
            self.dialog.say(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None

    def _forget_form(self) -> None:
        self.form = None

    def _forget_resting(self) -> None:
        self.resting = None
