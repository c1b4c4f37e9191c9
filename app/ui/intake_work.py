"""Files in, as the user sees it: look at them, show what was understood, take them in, say what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.compare_work import CompareWork
from app.ui.desk_tab import DeskTab
from app.ui.intake_dialog import IntakeDialog
from app.ui.intake_result import IntakeResult
from app.ui.job_bar import JobBar
from app.ui.practice import strange_files_agreed
from app.ui.quality_work import QualityWork
from app.ui.session import Session
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.coverage import Coverage
    from app.core.actions.receive import SheetPlan, SheetResult

Looked = tuple[list["SheetPlan"], list[UserError]]


class IntakeWork(Work):
    """The way of a dropped file into the store."""

    def __init__(
        self, tab: DeskTab, session: Session, bar: JobBar, review: Callable[[], None], quality: QualityWork
    ) -> None:
        super().__init__(tab, session, bar)
        self.compare = CompareWork(tab, session, bar)
        self._review = review
        self._quality = quality
        self.dialog: IntakeDialog | None = None
        self.result: IntakeResult | None = None

    def look(self, paths: Sequence[Path]) -> None:
        """Read files and folders and guess what their sheets hold."""
        reader = self.session.reader

        def work(ticket: Ticket) -> Looked:
            from app.core.actions.mappings import remembered
            from app.core.actions.model_book import model_tables
            from app.core.actions.receive import look

            model_tables(reader)
            return look(paths, remembered(reader), ticket=ticket)

        self.read("读取表格", work, self._show_plans)

    def _show_plans(self, looked: Looked) -> None:
        plans, problems = looked
        if not plans and len(problems) == 1:
            talk.error(self.tab.window(), problems[0])
            return
        if not plans and not problems:
            what = "拖入的文件夹里没有表格"
            talk.error(self.tab.window(), UserError(what, do="请选择 Excel、WPS 表格或 CSV 文件"))
            return
        if not strange_files_agreed(self.tab.window(), self.session, plans):
            return
        self.bar.tell(f"读到 {len(plans)} 张表")
        self.dialog = IntakeDialog(self.tab.window(), plans, problems, self._preview, self._cover)
        self.dialog.agreed.connect(self._receive)
        self.dialog.asking_wanted.connect(lambda table: self.tab.asking_wanted.emit((table,)))
        self.dialog.open()

    def _preview(self, plan: SheetPlan, then: Callable[[list[object]], None]) -> None:
        def work(ticket: Ticket) -> list[object]:
            from app.core.actions.receive import preview

            ticket.step(0)
            return list(preview(plan))

        self.read("预览", work, then, quiet=True)

    def _cover(self, plan: SheetPlan, others: Sequence[SheetPlan], then: Callable[[Coverage], None]) -> None:
        store, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> Coverage:
            from app.core.actions.coverage import coverage
            from app.core.actions.law import law_in_force

            return coverage(plan, others, law_in_force(store), day, ticket=ticket)

        self.read("试查", work, then, quiet=True)

    def _receive(self, plans: Sequence[SheetPlan], review_after: bool) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.receive import receive

            return receive(store, plans, now=now, who=who, ticket=ticket)

        self.write("导入表格", work, lambda done: self._received(done, review_after))

    def _received(self, done: Done, review_after: bool) -> None:
        self.told(done)
        results: list[SheetResult] = done.value
        if any(each.rejected or each.skipped or each.hidden.says(()) or each.compared for each in results):
            self.result = IntakeResult(self.tab.window(), results)
            self.result.compare_wanted.connect(self.compare.show)
            self.result.save_wanted.connect(self._save_rejects)
            self.result.quality_wanted.connect(self._quality.ask)
            self.result.finished.connect(self._forget_result)
            self.result.open()
        if review_after and done.changed and self.tab.can_review():
            self._review()

    def _save_rejects(self, results: Sequence[SheetResult]) -> None:
        target = self._target(results)
        if target is None:
            return

        def work(ticket: Ticket) -> Done:
            from app.core.actions.receive import save_rejects
            from app.core.files import safe_name, unique_path

            if len(results) == 1:
                return save_rejects(results[0], target)
            for number, each in enumerate(results):
                ticket.step(number, len(results), each.sheet)
                stem = safe_name(f"{Path(each.file).stem}_{each.sheet}_退回")
                save_rejects(each, unique_path(target, stem, ".xlsx"))
            return Done(f"退回的行已存为 {len(results)} 个工作簿：{target.name}")

        self.read("保存退回的行", work, self._saved)

    def _saved(self, done: Done) -> None:
        self.bar.tell(done.says)
        if self.result is not None:
            self.result.say(done.says)

    def _forget_result(self) -> None:
        self.result = None

    def _target(self, results: Sequence[SheetResult]) -> Path | None:
        parent = self.result or self.tab
        if len(results) > 1:
            return talk.choose_folder(parent, "把退回的行保存到哪个文件夹", "")
        name = f"{Path(results[0].file).stem}_退回.xlsx"
        path = talk.choose_new_file(parent, "保存退回的行", name, talk.WORKBOOK)
        return path.with_suffix(".xlsx") if path is not None else None
