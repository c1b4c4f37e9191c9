"""The office's templates and numbers as the office changes them: pick, check, try, use, restore, number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.core import paths
from app.core.actions.done import Done
from app.core.documents.kinds import kind
from app.core.documents.lint import Complaint
from app.core.documents.templates import Examined
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.allow import allow
from app.ui.copies_page import CopiesPage
from app.ui.job_bar import JobBar
from app.ui.number_page import NumberPage
from app.ui.session import Session
from app.ui.templates_dialog import ExaminedDialog, TemplatesDialog, WordsDialog

TRIALS = "试填"


class TemplateWork(QObject):
    """Joins the dialog of templates with the actions; `case` tells which case is chosen in the window, 0 for none."""

    def __init__(self, window: QWidget, session: Session, bar: JobBar, case: Callable[[], int]) -> None:
        super().__init__(window)
        self._window, self._session, self._bar, self._case = window, session, bar, case
        self.dialog: TemplatesDialog | None = None
        self.over: QDialog | None = None  # what lies over the dialog

    def open(self) -> None:
        """Show the templates in use."""
        self.dialog = TemplatesDialog(self._window, NumberPage(), CopiesPage())
        numbers, copies = self.dialog.numbers, self.dialog.copies
        changing = (self.dialog.again, self.dialog.buttons["replace"], self.dialog.buttons["restore"])
        keeping = (numbers.keep_pattern, numbers.keep_reply, copies.keep)
        allow(self._session.store, "templates", *changing, *keeping)
        self.dialog.wanted.connect(self._wanted)
        self.dialog.earlier_wanted.connect(self._restore_earlier)
        self.dialog.numbers.pattern_wanted.connect(self._keep_pattern)
        self.dialog.numbers.reply_wanted.connect(self._keep_reply)
        self.dialog.copies.wanted.connect(self._keep_copies)
        self.dialog.finished.connect(self._forget)
        self._show()
        self.dialog.open()

    def _show(self) -> None:
        from app.core.actions.paper_choices import number_lines, reply_lines
        from app.core.actions.paper_copies import copy_lines
        from app.core.actions.settings import read_office
        from app.core.actions.templates import in_use

        if self.dialog is not None:
            reader = self._session.reader
            self.dialog.show_kinds(in_use(reader))
            office = read_office(reader)
            year = self._session.today().year
            names = (office.short, office.department)
            self.dialog.numbers.show_lines(number_lines(reader, year), reply_lines(reader), names, year)
            self.dialog.copies.show_lines(copy_lines(reader))

    def _wanted(self, tool: str, kind_id: str) -> None:
        tools: dict[str, Callable[[str], None]] = {
            "past": self._show_past,
            "replace": self.replace,
            "words": self.words,
            "check": self.check,
            "try_sample": self.try_sample,
            "try_case": self.try_case,
            "save_shipped": partial(self.save, shipped=True),
            "save_used": partial(self.save, shipped=False),
            "restore": self.restore,
        }
        tools[tool](kind_id)

    def _show_past(self, kind_id: str) -> None:
        if self.dialog is not None:
            self.dialog.show_past(self._session.reader.templates.history(kind_id))

    def replace(self, kind_id: str) -> None:
        """Let the user pick a file for a kind, and look at it."""
        path = talk.choose_file(self._parent(), f"选择《{kind(kind_id).name}》的本院模板", "", talk.WORD)
        if path is None:
            return

        def work(ticket: Ticket) -> Examined:
            from app.core.actions.templates import look_at

            return look_at(kind_id, path, ticket=ticket)

        self._read("检查模板", work, partial(self._examined, kind_id))

    def _examined(self, kind_id: str, examined: Examined) -> None:
        over = ExaminedDialog(self._parent(), kind(kind_id).name, examined.complaints, examined)
        over.agreed.connect(partial(self._use, kind_id, examined))
        over.trial_wanted.connect(partial(self._try, kind_id, 0, examined))
        self._lay_over(over)

    def check(self, kind_id: str) -> None:
        """Look at the template in use."""
        reader = self._session.reader

        def work(ticket: Ticket) -> tuple[Complaint, ...]:
            from app.core.actions.templates import check_in_use

            return check_in_use(reader, kind_id, ticket=ticket)

        def show(said: tuple[Complaint, ...]) -> None:
            self._lay_over(ExaminedDialog(self._parent(), kind(kind_id).name, said))

        self._read("检查模板", work, show)

    def words(self, kind_id: str) -> None:
        """Show the words a template of the kind may use."""
        from app.core.actions.templates import word_list

        self._lay_over(WordsDialog(self._parent(), kind(kind_id).name, word_list(kind_id)))

    def try_sample(self, kind_id: str) -> None:
        """Fill the template in use with the names of the words."""
        self._try(kind_id, 0, None)

    def try_case(self, kind_id: str) -> None:
        """Fill it with the case chosen in the window."""
        case = self._case()
        if not case:
            talk.error(self._parent(), UserError("没有选中案件", do="请先在案件列表里选一件，再打开这个窗口"))
            return
        self._try(kind_id, case, None)

    def _try(self, kind_id: str, case: int, examined: Examined | None) -> None:
        reader, day = self._session.reader, self._session.today()
        folder = Path(self._session.settings.folder or paths.documents_folder()) / TRIALS

        def work(ticket: Ticket) -> Done:
            from app.core import files
            from app.core.actions.templates import try_template

            done = try_template(reader, kind_id, folder, day, case_id=case, examined=examined, ticket=ticket)
            files.open_with_system(done.value)
            return done

        self._read("试填模板", work, lambda done: self._say(f"{done.says}，在“{folder}”里。"))

    def save(self, kind_id: str, *, shipped: bool) -> None:
        """Write a template into a file the user names."""
        start = kind(kind_id).template
        path = talk.choose_new_file(self._parent(), "另存模板", start, talk.WORD)
        if path is None:
            return
        reader, target = self._session.reader, path.with_suffix(".docx")

        def work(ticket: Ticket) -> Done:
            from app.core.actions.templates import save_copy

            ticket.step(0)
            return save_copy(reader, kind_id, target, shipped=shipped)

        self._read("另存模板", work, lambda done: self._say(f"{done.says}。请在 Word 或 WPS 里修改。"))

    def restore(self, kind_id: str) -> None:
        """Go back to the shipped template."""
        from app.core.actions.templates import restore_shipped

        question = f"《{kind(kind_id).name}》恢复成出厂模板？"
        if talk.ask(self._parent(), question, "本院的这一份仍然保存，以后可以再恢复。", yes="恢复"):
            self._change("恢复出厂模板", partial(restore_shipped, kind_id=kind_id))

    def _restore_earlier(self, number: int) -> None:
        from app.core.actions.templates import restore_earlier

        self._change("恢复以前的模板", partial(restore_earlier, number=number))

    def _use(self, kind_id: str, examined: Examined) -> None:
        from app.core.actions.templates import use_template

        self._change("换用本院模板", partial(use_template, kind_id=kind_id, examined=examined))

    def _keep_pattern(self, series_id: str, pattern: str) -> None:
        from app.core.actions.paper_choices import keep_pattern

        self._change("保存文号", partial(keep_pattern, series_id=series_id, pattern=pattern))

    def _keep_reply(self, kind_id: str, count: int, unit: str) -> None:
        from app.core.actions.paper_choices import keep_reply

        self._change("保存回复期限", partial(keep_reply, kind_id=kind_id, count=count, unit=unit))

    def _keep_copies(self, kind_id: str, copies: str, signers: str) -> None:
        from app.core.actions.paper_copies import keep_copies

        self._change("保存联和署名", partial(keep_copies, kind_id=kind_id, copies=copies, signers=signers))

    def _change(self, name: str, action: Callable[..., Done]) -> None:
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            ticket.step(0)
            return action(store, now=now, who=who)

        def told(done: Done) -> None:
            self._say(f"{done.says}。")
            self._show()

        if not self._bar.runs(name):
            self._bar.watch(self._session.jobs.write(name, work), told)

    def _read(self, name: str, work: Callable[..., Any], then: Callable[[Any], None]) -> None:
        if not self._bar.runs(name):
            self._bar.watch(self._session.jobs.read(name, work), then)

    def _say(self, text: str) -> None:
        self._bar.tell(text)
        if self.dialog is not None:
            self.dialog.say(text)

    def _lay_over(self, dialog: QDialog) -> None:
        self.over = dialog
        dialog.finished.connect(self._uncover)
        dialog.open()

    def _parent(self) -> QWidget:
        return self.dialog or self._window

    def _uncover(self) -> None:
        self.over = None

    def _forget(self) -> None:
        self.dialog = None
