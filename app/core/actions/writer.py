"""The files of a run: numbers taken and words kept first, then the files, then their entry; any moment may be the last.

Files go to the disk while the next cases are worked on, and are entered together with the numbers of those.
What a power cut leaves is a paper with its number, the name of its file and the checksum of its bytes: going on, the
same words under the same number give the same file again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.core.actions.drafts import Draft
from app.core.actions.order import Issued, Order
from app.core.actions.paper_choices import pattern_of
from app.core.actions.paper_copies import COPY, SIGNED, copies_of, signers_of
from app.core.actions.papers import sent_out
from app.core.documents.fill import Template
from app.core.documents.kinds import PROPOSAL, kind
from app.core.documents.merge import Merger
from app.core.documents.numbering import format_number
from app.core.documents.package import Member, read_package, write_package
from app.core.errors import UserError
from app.core.files import drop_unfinished, explain, safe_name, unique_path, write_whole
from app.core.store.database import Rooms, Store
from app.core.store.rows import Paper, PaperState, Series
from app.core.store.runs import PaperRun

MERGED_FOLDER = "合并打印"
NUMBER = "文号"
AT_ONCE = 16  # files on their way to the disk, which takes many as quickly as one


@dataclass(frozen=True, slots=True)
class _Made:
    paper: Paper
    path: Path
    parts: Sequence[Member]
    sha256: str


class Writer:
    """Takes drafts within a transaction, then writes and enters them."""

    def __init__(
        self, store: Store, order: Order, compiled: Mapping[str, Template], run: PaperRun, issued: Issued
    ) -> None:
        self.store = store
        self.order = order
        self.issued = issued
        self._compiled = compiled
        self._run = run
        self._pending: list[_Made] = []  # taken, not yet on their way to the disk
        self._sent: list[tuple[_Made, Future[UserError | None]]] = []
        self._done = run.done  # cases whose documents are all on their way
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._taken: set[int] = set()
        self._paths: set[Path] = set()
        self._mergers: dict[str, Merger] = {each: Merger() for each in compiled}
        self._apart: dict[str, UserError] = {}
        if run.done:
            self._made_before()

    @property
    def wrote(self) -> bool:
        """Whether any document was written, or is on its way to the disk."""
        return bool(self.issued.files or self._sent)

    def fonts(self, kind_id: str) -> frozenset[str]:
        """The fonts the template of a kind names."""
        return self._compiled[kind_id].fonts

    def take(self, case_id: int, draft: Draft, numbers: Mapping[str, str]) -> str:
        """Take the number, fill, and put down what will be written where; the number."""
        paper = self._reserve(case_id, draft, numbers)
        self._taken.add(paper.id)
        template, words = self._compiled[draft.kind.id], {**draft.words, NUMBER: paper.number}
        words[SIGNED] = signers_of(self.store, draft.kind)
        try:
            parts = _copies(template, words, copies_of(self.store, draft.kind))
        except UserError as fault:
            self.issued.problems.append(fault)
            return paper.number
        path, sha256 = self._path(paper, draft), _digest(write_package(parts))
        self.store.papers.claim(paper.id, file=path.name, sha256=sha256)
        self.store.runs.put_words(self._run.id, paper.id, template.kept(words))
        self._pending.append(_Made(paper, path, parts, sha256))
        return paper.number

    def send(self, done: int) -> None:
        """Send what was taken to the disk: the documents of all cases up to the first `done` of the run."""
        self._sent = [(each, self._pool.submit(_write, each)) for each in self._pending]
        self._done = done
        self._pending = []

    def enter(self) -> None:
        """Enter, within a transaction, what was sent before, and put down that those cases had their turn."""
        for made, written in self._sent:
            fault = written.result()
            if fault is None:
                self._enter(made)
            else:
                self.issued.problems.append(fault)
        self._sent = []
        self.store.runs.advance(self._run.id, self._done)

    def close(self) -> None:
        """Wait for what is still on its way."""
        self._pool.shutdown()

    def merge(self) -> None:
        """Write one file a kind to print, of the kinds with more than one document."""
        self.issued.problems += self._apart.values()
        order = self.order
        for kind_id, merger in self._mergers.items():
            if merger.count < 2 or kind_id in self._apart:
                continue
            stem = safe_name(f"{kind(kind_id).name}（合并打印{merger.count}份）")
            try:
                path = unique_path(order.print_folder or order.folder / MERGED_FOLDER, stem, ".docx")
                write_whole(path, merger.merged())
            except UserError as fault:
                self.issued.problems.append(fault)
                continue
            self.issued.merged.append(path)

    @staticmethod
    def settle(store: Store, paper_id: int, order: Order) -> bool:
        """Enter a document that was written whole and not entered; whether it was so."""
        paper = store.papers.paper(paper_id)
        path = paper_path(order.folder, paper)
        if paper.state is not PaperState.RESERVED or not paper.file:
            return False
        drop_unfinished(path)
        if not _is(path, paper.sha256):
            return False
        store.papers.mark_issued(paper.id, file=paper.file, sha256=paper.sha256, now=order.now, who=order.who)
        sent_out(store, paper, now=order.now, who=order.who)
        return True

    def _enter(self, made: _Made) -> None:
        kind_id = made.paper.kind
        self.store.papers.mark_issued(
            made.paper.id,
            file=made.path.name,
            sha256=made.sha256,
            now=self.order.now,
            who=self.order.who,
        )
        sent_out(self.store, made.paper, now=self.order.now, who=self.order.who)
        self.issued.files.append(made.path)
        self._join(kind_id, made.parts)

    def _join(self, kind_id: str, parts: Sequence[Member]) -> None:
        try:
            self._mergers[kind_id].add_members(parts)
        except UserError as fault:
            self._apart[kind_id] = fault

    def _made_before(self) -> None:
        """What was made before the run was cut short is printed with the rest."""
        place = {case_id: number for number, case_id in enumerate(self._run.cases)}
        papers = [self.store.papers.paper(each) for each in self.store.runs.papers_of(self._run.id)]
        done = [each for each in papers if each.state is PaperState.ISSUED and each.case_id in place]
        for each in sorted(done, key=lambda each: (place[each.case_id or 0], each.id)):
            path = paper_path(self.order.folder, each)
            if _is(path, each.sha256):
                self._join(each.kind, read_package(path.read_bytes()))
            else:
                what = f"“{path.name}”已不在原处，或者写出后改过，没有合并到打印文件里"
                self.issued.problems.append(UserError(what, do="请单独打印"))

    def _path(self, paper: Paper, draft: Draft) -> Path:
        """Where the document goes: the place it was on its way to when the power failed, else one that is free."""
        before = paper_path(self.order.folder, paper)
        if paper.file and before not in self._paths and _is(before, paper.sha256):
            path = before
        else:
            stem = safe_name(draft.kind.file_stem({**draft.words, "受文单位": draft.to}))
            path = unique_path(self.order.folder / safe_name(draft.kind.name), stem, ".docx", self._paths)
        self._paths.add(path)
        return path

    def _reserve(self, case_id: int, draft: Draft, numbers: Mapping[str, str]) -> Paper:
        """The document's number: its own from its series, or the one it carries of another."""
        wanted, order = draft.kind, self.order
        series_id = wanted.series_for(str(draft.words.get(PROPOSAL) or ""))
        if series_id is None:
            return self.store.papers.draft_for(
                case_id,
                wanted.id,
                template=wanted.template,
                number=numbers.get(wanted.number_from, ""),
                finding_keys=draft.keys,
                taken=self._taken,
                now=order.now,
                who=order.who,
            )
        pattern, year = pattern_of(self.store, series_id), order.day.year
        return self.store.papers.reserve_for(
            case_id,
            wanted.id,
            Series(series_id, year, order.office.department),
            lambda n: format_number(pattern, order.office.short, order.office.department, year, n),
            template=wanted.template,
            finding_keys=draft.keys,
            taken=self._taken,
            now=order.now,
            who=order.who,
        )


def _copies(template: Template, words: Mapping[str, object], copies: Sequence[str]) -> list[Member]:
    """The document, or all its copies in a row, each on pages of its own and under its name."""
    if not copies:
        return template.members(words)
    merger = Merger()
    for each in copies:
        merger.add_members(template.members({**words, COPY: each}))
    return merger.merged_members()


def paper_path(folder: Path, paper: Paper) -> Path:
    """Where a document lies in the folder of its run."""
    return folder / safe_name(kind(paper.kind).name) / paper.file


def folder_of(store: Rooms, paper: Paper, otherwise: Path) -> Path:
    """The folder a document was written to; `otherwise` when that was not kept."""
    run = store.runs.run_of(paper.id)
    return otherwise if run is None else Path(run.asked["folder"])


def _write(made: _Made) -> UserError | None:
    try:
        data = write_package(made.parts)
        write_whole(made.path, data)
        if made.path.read_bytes() != data:
            what = f"“{made.path.name}”写出后读回来不一样"
            return UserError(what, do="请检查磁盘，或者换一个文件夹再生成")
    except UserError as fault:
        return fault
    except OSError as fault:
        return explain(fault, made.path)
    return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is(path: Path, sha256: str) -> bool:
    """Whether a file holds the very bytes with this checksum."""
    try:
        return _digest(path.read_bytes()) == sha256
    except OSError:
        return False
