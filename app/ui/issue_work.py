"""Documents out, as the user sees it: ask what is wanted, make them, say what came of it, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import paths
from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.issue_dialog import IssueDialog, Wish
from app.ui.issue_result import IssueResult
from app.ui.settings_dialog import keep_office
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.order import Issued

MOST_PRINTED_UNASKED = 3


class IssueWork(Work):
    """The way of a case into Word and to the printer."""

    dialog: IssueDialog | None = None
    result: IssueResult | None = None

    def ask(self) -> None:
        """Ask which documents for which cases; unreviewed cases are reviewed first."""
        selected, shown = self.tab.table.selected_ids(), list(self.tab.model.ids)
        if not shown:
            talk.error(self.tab.window(), UserError("列表里没有案件", do="请先导入案件表并运行审查，或者清除筛选条件"))
            return
        reader, desk = self.session.reader, self.tab.desk.id

        def look(ticket: Ticket) -> Mapping[int, frozenset[str]]:
            from app.core.actions.suggest import asked_for

            return asked_for(reader, desk, shown, ticket=ticket)

        self.read("查看建议的文书", look, partial(self._offer, selected, shown))

    def _offer(self, selected: Sequence[int], shown: Sequence[int], asked: Mapping[int, frozenset[str]]) -> None:
        from app.core.actions.settings import read_office
        from app.core.documents.kinds import kinds

        folder = Path(self.session.settings.folder or paths.documents_folder())
        office, desk = read_office(self.session.reader), self.tab.desk.id
        self.dialog = IssueDialog(self.tab.window(), desk, kinds(desk), selected, shown, folder, office, asked)
        self.dialog.wished.connect(self.issue)
        self.dialog.open()

    def issue(self, wish: Wish) -> None:
        """Make the documents."""
        keep_office(self.session, self.bar, wish.office)
        self.session.settings.folder = str(wish.folder)
        self.session.keep_settings()
        store, now, day = self.session.store, self.session.now(), self.session.today()
        who = wish.office.handler or self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.issue import issue
            from app.core.actions.order import Order

            order = Order(wish.folder, wish.office, day, now, who)
            return issue(store, wish.case_ids, wish.kinds, order, ticket=ticket)

        self.write("生成文书", work, lambda done: self._issued(done, wish.folder))

    def _issued(self, done: Done, folder: Path) -> None:
        self.told(done)
        issued: Issued = done.value
        self.result = IssueResult(self.tab.window(), issued, str(folder))
        self.result.folder_wanted.connect(partial(self.open_folder, folder))
        self.result.print_wanted.connect(partial(self.print_files, issued.merged or issued.files))
        self.result.finished.connect(self._forget_result)
        self.result.open()

    def open_folder(self, folder: Path) -> None:
        """Show the folder in the system's own way."""
        from app.core.files import open_with_system

        self.read("打开文件夹", lambda ticket: open_with_system(folder), lambda _: None)

    def print_selected(self) -> None:
        """Print what was made for the selected cases; when nothing was, say so."""
        cases = self.tab.table.selected_ids()
        folder = Path(self.session.settings.folder or paths.documents_folder())
        reader = self.session.reader

        def find(ticket: Ticket) -> tuple[list[Path], int]:
            from app.core.documents.kinds import kind
            from app.core.files import safe_name
            from app.core.store.rows import PaperState

            made = []
            for case in cases:
                ticket.step(0, 0, "查找已生成的文书")
                # Of what was made twice on the same findings the newer one counts.
                issued = reader.papers.all(case_id=case, state=PaperState.ISSUED)
                papers = {(each.kind, each.finding_keys): each for each in issued}
                made += [folder / safe_name(kind(each.kind).name) / each.file for each in papers.values()]
            there = [each for each in made if each.exists()]
            return there, len(made) - len(there)

        self.read("查找文书", find, self._found)

    def _found(self, found: tuple[list[Path], int]) -> None:
        files, missing = found
        if not files:
            what = f"{missing} 份文书不在原来的文件夹里" if missing else "选中的案件还没有生成文书"
            do = "请在存放文书的文件夹里打印，或者重新生成" if missing else "请先点“生成文书”"
            talk.error(self.tab.window(), UserError(what, do=do))
            return
        more = f"另有 {missing} 份不在原来的文件夹里，不能打印。" if missing else ""
        if len(files) <= MOST_PRINTED_UNASKED or talk.ask(
            self.tab.window(), f"把 {len(files)} 份文书送去打印？", more, yes="打印"
        ):
            self.print_files(files)

    def print_files(self, files: Sequence[Path]) -> None:
        """Hand finished files to the system's printing program, one after another."""

        def work(ticket: Ticket) -> int:
            from app.core.files import open_with_system

            for number, each in enumerate(files):
                ticket.step(number, len(files), each.name)
                open_with_system(each, "print")
            return len(files)

        self.read("打印", work, lambda count: self.bar.tell(f"已把 {count} 个文件送去打印"))

    def _forget_result(self) -> None:
        self.result = None
