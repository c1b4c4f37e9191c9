"""De-identified copies, as the user asks for them: of the chosen cases' documents, the key in another folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.core import paths
from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.work import Work

MAKING = "去标识副本"
MOST_TOLD = 10  # documents without a copy, by name
MORE = "姓名改为甲某、乙某，编号改为×××，单位和住址改为某某；对照表另存。外传以前请再通读一遍。"


class MaskedWork(Work):
    """Asks for two folders and writes the copies; documents that were issued stay as they are."""

    def ask(self) -> None:
        """Look which documents the chosen cases have, then ask where to."""
        reader, cases = self.session.reader, self.tab.table.selected_ids()

        def find(ticket: Ticket) -> list[int]:
            from app.core.actions.masked import newest_papers

            return newest_papers(reader, cases, ticket=ticket)

        self.read("查找文书", find, self._found)

    def _found(self, papers: Sequence[int]) -> None:
        window = self.tab.window()
        if not papers:
            talk.error(window, UserError("选中的案件还没有生成文书", do="请先选中案件，点“生成文书”"))
            return
        if not talk.ask(window, f"为选中案件的 {len(papers)} 份文书另写去标识副本？", MORE, yes="选择文件夹"):
            return
        start = self.session.settings.folder or str(paths.documents_folder())
        folder = talk.choose_folder(window, "去标识副本保存到哪个文件夹", start)
        if folder is None:
            return
        key = talk.choose_folder(window, "对照表保存到哪个文件夹（不能与副本放在一起）", str(Path.home()))
        if key is not None:
            self._write(papers, folder, key)

    def _write(self, papers: Sequence[int], folder: Path, key: Path) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.masked import masked_copies

            return masked_copies(store, papers, folder, key, now=now, who=who, ticket=ticket)

        self.write(MAKING, work, partial(self._written, folder))

    def _written(self, folder: Path, done: Done) -> None:
        self.told(done)
        problems = [str(each) for each in done.value.problems]
        more = f"\n……另有 {len(problems) - MOST_TOLD} 份" if len(problems) > MOST_TOLD else ""
        names = "\n".join(problems[:MOST_TOLD])
        talk.say(
            self.tab.window(), done.says, f"副本在 {folder}。" + (f"\n没有写出的：\n{names}{more}" if problems else "")
        )
