"""Documents out, as the user sees it: ask what is wanted, make them, say what came of it, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import paths
from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.issue_dialog import IssueDialog, Wish
from app.ui.issue_result import IssueResult
from app.ui.preview_work import PreviewWork
from app.ui.settings_dialog import keep_office
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.order import Issued

MOST_PRINTED_UNASKED = 3
MAKING = "生成文书"
MOST_TOLD = 10  # files that failed, by name


class IssueWork(Work):
    """The way of a case into Word and to the printer."""

    dialog: IssueDialog | None = None
    result: IssueResult | None = None

    @cached_property
    def preview(self) -> PreviewWork:
        """Looking at documents before they are printed."""
        return PreviewWork(self, self.session, self.bar)

    def ask(self) -> None:
        """Ask which documents for which cases; unreviewed cases are reviewed first."""
        selected, shown = self.tab.table.selected_ids(), list(self.tab.model.ids)
        if not shown:
            talk.error(self.tab.window(), UserError("列表里没有案件", do="请先导入案件表并运行审查，或者清除筛选条件"))
            return
        if self._goes_on():
            return
        reader, desk = self.session.reader, self.tab.desk.id

        def look(ticket: Ticket) -> tuple[Mapping[int, frozenset[str]], list[str]]:
            from app.core.actions.rare_names import rare_names
            from app.core.actions.suggest import asked_for
            from app.core.documents.kinds import kinds

            return asked_for(reader, desk, shown, ticket=ticket), rare_names(reader, shown, kinds(desk))

        self.read("查看建议的文书", look, partial(self._offer, selected, shown))

    def _goes_on(self) -> bool:
        """When the last run was cut short, ask whether to go on with it; what was let be is not asked again."""
        runs = self.session.reader.runs.open()
        if not runs or self.bar.runs(MAKING):
            return False
        run, store, now, who = runs[0], self.session.store, self.session.now(), self.session.who()
        question = f"{run.begun_at[:10]} 生成文书时中断，{len(run.cases)} 件案件做完了 {run.done} 件。继续做完吗？"
        more = "继续的，只补做没有做完的，文号不变；不再继续的，已经占用的文号留给以后这件案件的文书。"
        if talk.ask(self.tab.window(), question, more, yes="继续", no="不再继续"):
            folder = Path(run.asked["folder"])

            def go_on(ticket: Ticket) -> Done:
                from app.core.actions.issue import resume

                return resume(store, run.id, now=now, who=who, ticket=ticket)

            self.write(MAKING, go_on, lambda done: self._issued(done, folder))
            return True

        def let_be(ticket: Ticket) -> Done:
            from app.core.actions.issue import drop_run

            return drop_run(store, run.id, now=now, who=who)

        self.write("结束上次的文书", let_be, self.told)
        return False

    def _offer(
        self, selected: Sequence[int], shown: Sequence[int], looked: tuple[Mapping[int, frozenset[str]], list[str]]
    ) -> None:
        from app.core.actions.settings import read_office
        from app.core.documents.kinds import kinds

        asked, rare = looked
        folder = Path(self.session.settings.folder or paths.documents_folder())
        office, desk = read_office(self.session.reader), self.tab.desk.id
        self.dialog = IssueDialog(self.tab.window(), desk, kinds(desk), selected, shown, folder, office, asked)
        self.dialog.warn(rare)
        if current := (selected[0] if len(selected) == 1 else 0):
            self.dialog.choice.offer(current, self.session.reader.casebook.findings(current))
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
            return issue(store, wish.case_ids, wish.kinds, order, ticket=ticket, keys=wish.keys)

        self.write(MAKING, work, lambda done: self._issued(done, wish.folder))

    def _issued(self, done: Done, folder: Path) -> None:
        self.told(done)
        issued: Issued = done.value
        self.result = IssueResult(self.tab.window(), issued, str(folder))
        self.result.folder_wanted.connect(partial(self.open_folder, folder))
        self.result.print_wanted.connect(partial(self.print_files, issued.merged or issued.files))
        self.result.preview_wanted.connect(partial(self.preview.show, self.result))
        self.result.pdf_wanted.connect(partial(self.make_pdf, issued.merged or issued.files))
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

        def find(ticket: Ticket) -> tuple[list[Path], int, list[str]]:
            from app.core.actions.outdated import outdated, told
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
            return there, len(made) - len(there), [told(each) for each in outdated(reader, cases, ticket=ticket)]

        self.read("查找文书", find, self._found)

    def _found(self, found: tuple[list[Path], int, list[str]]) -> None:
        files, missing, stale = found
        if not files:
            what = f"{missing} 份文书不在原来的文件夹里" if missing else "选中的案件还没有生成文书"
            do = "请在存放文书的文件夹里打印，或者重新生成" if missing else "请先点“生成文书”"
            talk.error(self.tab.window(), UserError(what, do=do))
            return
        more = f"另有 {missing} 份不在原来的文件夹里，不能打印。" if missing else ""
        if stale:
            names = "\n".join(stale[:MOST_TOLD])
            more += f"\n制作以后数据有变化的文书 {len(stale)} 份：\n{names}\n过时的文书请重新生成。"
        if (len(files) <= MOST_PRINTED_UNASKED and not stale) or talk.ask(
            self.tab.window(), f"把 {len(files)} 份文书送去打印？", more, yes="打印"
        ):
            self.print_files(files)

    def print_files(self, files: Sequence[Path]) -> None:
        """Hand finished files to the system's printing program, one after another."""

        copies = self.result.copies.value() if self.result is not None else 1

        def work(ticket: Ticket) -> Done:
            from app.core.actions.printing import print_all

            return print_all(files, copies=copies, ticket=ticket)

        self.read("打印", work, self._sent)

    def make_pdf(self, files: Sequence[Path]) -> None:
        """A PDF beside each document, where an office suite is there to make it."""

        def work(ticket: Ticket) -> Done:
            from app.core.actions.printing import make_pdf

            return make_pdf(files, ticket=ticket)

        self.read("转换 PDF", work, self._sent)

    def _sent(self, done: Done) -> None:
        """Say what went through, and by name what did not."""
        self.bar.tell(done.says)
        failed = done.value.failed
        if failed:
            names = "\n".join(str(each) for each in failed[:MOST_TOLD])
            more = f"\n……另有 {len(failed) - MOST_TOLD} 个" if len(failed) > MOST_TOLD else ""
            talk.say(self.tab.window(), done.says, f"{names}{more}")

    def _forget_result(self) -> None:
        self.result = None
