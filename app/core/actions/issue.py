"""Documents out: reserve the number, fill, write whole, mark issued; a failed one keeps its number for the next try."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.core.actions.case_files import CaseFile, CaseFiles
from app.core.actions.done import Done
from app.core.actions.drafts import Draft, Drafting, Idle
from app.core.actions.papers import sent_out, unchecked
from app.core.actions.templates import template_for
from app.core.documents.context import Office, served_words
from app.core.documents.fill import Template
from app.core.documents.kinds import PROPOSAL, DocumentKind, Rests, kind, kinds
from app.core.documents.levels import Objection, objection
from app.core.documents.merge import merge_documents
from app.core.documents.numbering import format_number, series
from app.core.documents.suggest import suggested, verifying
from app.core.errors import UserError
from app.core.files import safe_name, unique_path, write_whole
from app.core.jobs import Ticket
from app.core.store.database import Store
from app.core.store.rows import Paper, Series

MERGED_FOLDER = "合并打印"
NUMBER = "文号"


@dataclass(slots=True)
class Issued:
    """What was written, the merged files to print, what could not be written and why, what to look at before sending.

    `cautions` are sentences, each once; `idle` counts cases, of several, that had nothing for a kind.
    """

    files: list[Path] = field(default_factory=list)
    merged: list[Path] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are to be made: folder, office, the day on them, when and by whom.

    `templates` are the office's own template folders; merged files go to `print_folder`, by default inside `folder`.
    """

    folder: Path
    office: Office
    day: date
    now: str
    who: str
    templates: tuple[Path, ...] = ()
    print_folder: Path | None = None


def issue(
    store: Store,
    case_ids: Sequence[int],
    kind_ids: Sequence[str] | None,
    order: Order,
    *,
    ticket: Ticket,
    keys: Collection[str] | None = None,
) -> Done:
    """Make documents of some kinds for some cases, one file each and one merged file a kind to print.

    Without `kind_ids` each case gets what its findings ask for, and only that. `keys` choose the findings, else those
    that ask for a document bear it. A template that cannot be used stops the whole run before a number is taken
    (TemplateFault); what cannot be made or written is listed and the rest goes on.
    """
    rows = store.views.case_rows(case_ids)
    wanted = [kind(each) for each in kind_ids] if kind_ids is not None else _possible({each.desk for each in rows})
    several = len(case_ids) > 1
    run = _Run(store, order, several, {each.id: template_for(store, each, order.templates) for each in wanted})
    files = CaseFiles(store, order.day, case_ids)
    drafting = Drafting(files, order.office, order.day)
    for number, case_id in enumerate(case_ids):
        ticket.step(number, len(case_ids), f"生成文书 {number + 1}/{len(case_ids)}")
        try:
            file = files.open(case_id)
        except UserError as fault:
            run.issued.problems.append(fault)
            continue
        asked = wanted
        if kind_ids is None:
            asked = list(suggested(file.row.desk, file.findings, about_many=file.about_many))
        run.case(file, drafting, asked, keys, chosen=kind_ids is not None)
    _merge(run.made, wanted, order, run.issued)
    issued = run.issued
    says = f"生成文书 {len(issued.files)} 份" + (f"，{len(issued.problems)} 份未能写出" if issued.problems else "")
    return Done(says, frozenset({"papers", "findings"}), issued)


def _possible(desks: set[str]) -> list[DocumentKind]:
    return [each for each in kinds() if desks & set(each.desks)]


class _Run:
    """One run of the action: what was made so far."""

    def __init__(self, store: Store, order: Order, several: bool, compiled: Mapping[str, Template]) -> None:
        self.issued = Issued()
        self.made: dict[str, list[bytes]] = defaultdict(list)
        self._store = store
        self._order = order
        self._several = several
        self._compiled = compiled

    def case(
        self,
        file: CaseFile,
        drafting: Drafting,
        wanted: Sequence[DocumentKind],
        keys: Collection[str] | None,
        *,
        chosen: bool,
    ) -> None:
        """Make the documents of one case, those that serve others last.

        Unless somebody chose the kinds, an office that is not known yet gets nothing: a form to find out is made.
        """
        sent: list[tuple[Draft, str]] = []
        papers = [each for each in wanted if each.rests is not Rests.PAPER]
        for each in papers:
            try:
                for draft in drafting.drafts(file, each, keys):
                    if not chosen and each.rests is Rests.UNIT and draft.words["责任单位待查"]:
                        papers += [one for one in verifying(file.row.desk) if one not in papers]
                    elif self._allowed(draft):
                        number = self._make(file, draft, {})
                        sent.append((draft, number))
            except Idle as fault:
                self._pass_over(fault)
            except UserError as fault:
                self.issued.problems.append(fault)
        for each in (one for one in wanted if one.rests is Rests.PAPER):
            for draft, number in self._receipts(file, drafting, each, sent):
                self._make(file, draft, {each.number_from: number})

    def _pass_over(self, fault: Idle) -> None:
        """Of one case say why it has no such document, of several only how many have none."""
        if self._several:
            self.issued.idle += 1
        else:
            self.issued.problems.append(fault)

    def _allowed(self, draft: Draft) -> bool:
        """Whether our office may send it; what stands against it is said, before a number is taken."""
        if draft.kind.outgoing and (fault := unchecked(self._store, draft)) is not None:
            self.issued.problems.append(fault)
            return False
        against = objection(draft.kind, self._order.office.level, draft.to)
        if against is None:
            return True
        if against.forbids:
            self.issued.problems.append(UserError(against.says, do=against.do))
        elif (said := _caution(against)) not in self.issued.cautions:
            self.issued.cautions.append(said)
        return not against.forbids

    def _receipts(
        self, file: CaseFile, drafting: Drafting, receipt: DocumentKind, sent: Sequence[tuple[Draft, str]]
    ) -> Iterator[tuple[Draft, str]]:
        """A receipt for each office something was sent to; a case of commutation has one for its opinion besides."""
        by_office: dict[str, list[tuple[Draft, str]]] = defaultdict(list)
        for draft, number in sent:
            if draft.kind.approval and draft.kind.id != receipt.number_from:
                by_office[draft.to].append((draft, number))
        if (
            file.reduction is not None
            and receipt.number_from
            and (not by_office or any(each.kind.id == receipt.number_from for each, _ in sent))
        ):
            number = next((number for each, number in sent if each.kind.id == receipt.number_from), "")
            number = number or _earlier_number(self._store, file.row.id, receipt.number_from)
            yield Draft(receipt, drafting.whole(file), tuple(each.key for each in file.findings)), number
        elif not by_office:
            what = f"{file.row.name}（{file.review.case}）没有要送达的文书"
            self._pass_over(Idle(what, do="请把送达回证与要送达的文书一起制作"))
        for group in by_office.values():
            papers = [(_title(each), number, 1) for each, number in group]
            words = {**group[0][0].words, "送达文书": served_words(papers)}
            keys = tuple(dict.fromkeys(key for each, _ in group for key in each.keys))
            yield Draft(receipt, words, keys, group[0][0].to), group[0][1]

    def _make(self, file: CaseFile, draft: Draft, numbers: Mapping[str, str]) -> str:
        """Take the number, fill, write, enter; the number."""
        order, store, wanted = self._order, self._store, draft.kind
        paper = _reserve(store, file.row.id, draft, numbers, order)
        target = order.folder / safe_name(wanted.name)
        try:
            data = self._compiled[wanted.id].fill({**draft.words, NUMBER: paper.number})
            path = unique_path(target, safe_name(wanted.file_stem({**draft.words, "受文单位": draft.to})), ".docx")
            write_whole(path, data)
        except UserError as fault:
            self.issued.problems.append(fault)
            return paper.number
        with store.atomic():
            seal = hashlib.sha256(data).hexdigest()
            store.papers.mark_issued(paper.id, file=path.name, sha256=seal, now=order.now, who=order.who)
            if wanted.outgoing:
                sent_out(store, paper, draft, file.findings, now=order.now, who=order.who)
        self.issued.files.append(path)
        self.made[wanted.id].append(data)
        return paper.number


def _reserve(store: Store, case_id: int, draft: Draft, numbers: Mapping[str, str], order: Order) -> Paper:
    """The document's number: its own from its series, or the one it carries of another."""
    wanted = draft.kind
    proposal = str(draft.words.get(PROPOSAL) or "")
    series_id = wanted.series_for(proposal)
    if series_id is None:
        return store.papers.draft_for(
            case_id,
            wanted.id,
            template=wanted.template,
            number=numbers.get(wanted.number_from, ""),
            finding_keys=draft.keys,
            now=order.now,
            who=order.who,
        )
    pattern, year = series(series_id).pattern, order.day.year
    return store.papers.reserve_for(
        case_id,
        wanted.id,
        Series(series_id, year, order.office.department),
        lambda n: format_number(pattern, order.office.short, order.office.department, year, n),
        template=wanted.template,
        finding_keys=draft.keys,
        now=order.now,
        who=order.who,
    )


def _title(draft: Draft) -> str:
    return draft.kind.title_for(str(draft.words.get(PROPOSAL) or ""))


def _caution(against: Objection) -> str:
    return f"{against.says}。{against.do}。"


def _earlier_number(store: Store, case_id: int, kind_id: str) -> str:
    """The number a document of another kind already bears for this case; "" when there is none."""
    earlier = [each.number for each in store.papers.all(case_id=case_id) if each.kind == kind_id]
    return earlier[-1] if earlier else ""


def _merge(made: Mapping[str, list[bytes]], wanted: Sequence[DocumentKind], order: Order, issued: Issued) -> None:
    for each in wanted:
        documents = made.get(each.id, [])
        if len(documents) < 2:
            continue
        try:
            path = unique_path(
                order.print_folder or order.folder / MERGED_FOLDER,
                safe_name(f"{each.name}（合并打印{len(documents)}份）"),
                ".docx",
            )
            write_whole(path, merge_documents(documents))
        except UserError as fault:
            issued.problems.append(fault)
            continue
        issued.merged.append(path)
