"""What is pending, as the user works with it: shown, entered, taken back, declared void, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.core import paths
from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.event_dialog import EventDialog
from app.ui.job_bar import JobBar
from app.ui.matters_dialog import MattersDialog
from app.ui.preview_work import PreviewWork
from app.ui.session import Session

if TYPE_CHECKING:
    from app.core.actions.checks_due import Waiting
    from app.core.actions.due_line import DueLine
    from app.core.actions.office_books import Matters
    from app.core.actions.paper_list import PaperLine
    from app.core.life import Event

LOOKING, ENTERING, SAVING = "整理待办", "登记文书办理情况", "保存报表"
VOID_QUESTION = "为什么作废《{name}》{number}？\n文号不再使用，所依据的线索回到制发以前的状态。"


class MattersWork(QObject):
    """Joins the dialog with the actions; `case_wanted` when the user turns to a case, `changed` when findings moved."""

    case_wanted = Signal(str, int)  # a desk, a case
    changed = Signal(object)  # a Done

    def __init__(self, window: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: MattersDialog | None = None
        self.over: QDialog | None = None
        self.preview = PreviewWork(self, session, bar)

    def open(self) -> None:
        """Work out what is pending, then show it."""
        self._look(self._show)

    def enter(self, event: Event, lines: Sequence[PaperLine]) -> None:
        """Ask what must be told with an event, then enter it about these documents."""
        over = EventDialog(self.dialog, event, lines, self._session.today())
        over.agreed.connect(partial(self._enter, event, [each.paper.id for each in lines]))
        over.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        over.finished.connect(self._forget_over)
        self.over = over
        over.open()

    def open_paper(self, line: PaperLine) -> None:
        """Open a document in the system's own way, where it was written to."""

        def work(ticket: Ticket) -> None:
            from app.core.files import open_with_system

            open_with_system(self._path_of(line))

        self._read("打开文书", work, lambda _: None)

    def preview_paper(self, line: PaperLine) -> None:
        """Look at a document as it will be printed."""

        def then(path: Path) -> None:
            if self.dialog is not None:
                self.preview.show(self.dialog, path)

        self._read("查找文书", lambda ticket: self._path_of(line), then)

    def _path_of(self, line: PaperLine) -> Path:
        """Where a document lies; UserError when it is not there. For a job."""
        from app.core.actions.writer import folder_of, paper_path

        otherwise = Path(self._session.settings.folder or paths.documents_folder())
        path = paper_path(folder_of(self._session.reader, line.paper, otherwise), line.paper)
        if not path.exists():
            raise UserError(f"“{path.name}”不在原来的文件夹里", do="请在存放文书的文件夹里查找")
        return path

    def take_back(self, line: PaperLine) -> None:
        """Take the last entry about a document back."""
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.paper_life import take_back

            ticket.step(0)
            return take_back(store, line.paper.id, now=now, who=who)

        self._write(work)

    def void(self, line: PaperLine) -> None:
        """Ask why, then declare a document void."""
        question = VOID_QUESTION.format(name=line.name, number=line.paper.number)
        why = talk.ask_reason(self.dialog, "作废文书", question)
        if why is None:
            return
        if not why:
            talk.error(self.dialog, UserError("作废文书要写明理由", do="请用一句话写明为什么作废"))
            return
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.paper_life import void

            ticket.step(0)
            return void(store, line.paper.id, why, now=now, who=who)

        self._write(work)

    def put_aside(self, lines: Sequence[DueLine]) -> None:
        """Ask how they were met, then put deadlines aside."""
        why = talk.ask_reason(self.dialog, "记为已办", f"这 {len(lines)} 项怎样办的？")
        if why is None:
            return
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.due_aside import put_aside

            ticket.step(0)
            return put_aside(store, lines, why, now=now, who=who)

        self._write(work)

    def bring_back(self, lines: Sequence[DueLine]) -> None:
        """Let deadlines stand again."""
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.due_aside import bring_back

            ticket.step(0)
            return bring_back(store, lines, now=now, who=who)

        self._write(work)

    def save(self, page: str) -> None:
        """Save what a page shows as a workbook."""
        if self.dialog is None:
            return
        from app.core.actions.due_line import WORKBOOK, save_dues
        from app.core.actions.office_books import ADVICE_BOOK, PAPER_BOOK, save_ledger, save_register

        shown, reader = self.dialog.shown, self._session.reader
        name = {"dues": WORKBOOK, "papers": PAPER_BOOK, "advice": ADVICE_BOOK}[page]
        path = talk.choose_new_file(self.dialog, SAVING, str(Path(self._session.settings.folder) / name), talk.WORKBOOK)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")

        def work(ticket: Ticket) -> Done:
            ticket.step(0, 0, target.name)
            if page == "papers":
                return save_register(reader, shown.papers, target, ticket=ticket)
            return save_dues(shown.dues, target) if page == "dues" else save_ledger(shown.ledger, target)

        self._read(SAVING, work, self._say)

    def save_books(self) -> None:
        """Save everything an office hands in into a folder."""
        start = self._session.settings.folder or str(paths.documents_folder())
        folder = talk.choose_folder(self.dialog or self._window, "报表保存到哪个文件夹", start)
        if folder is None:
            return
        reader, day = self._session.reader, self._session.today()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.office_books import save_books

            return save_books(reader, folder, day, ticket=ticket)

        self._read(SAVING, work, self._say)

    def _look(self, then: Callable[[Matters], None]) -> None:
        reader, day = self._session.reader, self._session.today()

        def work(ticket: Ticket) -> Matters:
            from app.core.actions.office_books import matters

            return matters(reader, day, ticket=ticket)

        self._read(LOOKING, work, then)

    def _show(self, shown: Matters) -> None:
        if self.dialog is not None:
            self.dialog.show_matters(shown)
            return
        self.dialog = dialog = MattersDialog(self._window, shown)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.dues.opened.connect(self._open_line)
        dialog.checks.opened.connect(self._open_case)
        dialog.dues.aside_wanted.connect(self.put_aside)
        dialog.dues.back_wanted.connect(self.bring_back)
        dialog.papers.event_wanted.connect(self.enter)
        dialog.papers.open_wanted.connect(self.open_paper)
        dialog.papers.preview_wanted.connect(self.preview_paper)
        dialog.papers.undo_wanted.connect(self.take_back)
        dialog.papers.void_wanted.connect(self.void)
        dialog.saved_wanted.connect(self.save)
        dialog.books_wanted.connect(self.save_books)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _open_line(self, line: DueLine) -> None:
        """Turn to the document, or close and turn to the case."""
        if line.paper_id and self.dialog is not None:
            self.dialog.show_paper(line.paper_id)
        else:
            self._open_case(line)

    def _open_case(self, line: DueLine | Waiting) -> None:
        if line.case_id and self.dialog is not None:
            self.dialog.close()
            self.case_wanted.emit(line.desk, line.case_id)

    def _enter(self, event: Event, papers: Sequence[int], day: date, said: str, told: dict[str, str]) -> None:
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.paper_life import enter

            ticket.step(0)
            return enter(store, papers, event.name, day, said=said, told=told, now=now, who=who)

        self._write(work)

    def _write(self, work: Callable[..., Done]) -> None:
        def then(done: Done) -> None:
            self._say(done)
            self.changed.emit(done)
            if self.dialog is not None:
                self._look(self._show)

        self._bar.watch(self._session.jobs.write(ENTERING, work), then)

    def _read(self, name: str, work: Callable[..., Any], then: Callable[[Any], None]) -> None:
        if self._bar.runs(name):
            self._bar.tell(f"“{name}”正在进行，请稍候")
            return
        self._bar.watch(self._session.jobs.read(name, work), then)

    def _say(self, done: Done) -> None:
        self._bar.tell(done.says)
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")

    def _forget(self) -> None:
        self.dialog = None

    def _forget_over(self) -> None:
        self.over = None
