"""Documents out: which ones for which cases, and going on with a run that was cut short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing

from app.core.actions.case_files import CaseFile, CaseFiles
from app.core.actions.done import Done
from app.core.actions.drafts import Draft, Drafting, Idle
from app.core.actions.leaving import must_hold
from app.core.actions.order import Issued, Order
from app.core.actions.papers import unchecked
from app.core.actions.rare_names import look_at_names
from app.core.actions.rights import needs
from app.core.actions.templates import template_for
from app.core.actions.writer import Writer
from app.core.documents.context import served_words
from app.core.documents.fill import Template
from app.core.documents.glyphs import RareWords
from app.core.documents.kinds import PROPOSAL, DocumentKind, Rests, kind, kinds
from app.core.documents.levels import Objection, objection
from app.core.documents.suggest import suggested, verifying
from app.core.errors import Cancelled, UserError
from app.core.jobs import Ticket
from app.core.store.database import Store
from app.core.store.runs import PaperRun

CHUNK = 50  # cases whose numbers are taken, and whose files are entered, in one transaction
CHANGED = frozenset({"papers", "findings"})
GO_ON = "没有全部做完，再点“生成文书”可以接着做，文号不变"


@needs("papers")
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
    (TemplateFault); what cannot be made or written is listed and the rest goes on. A run stopped after documents were
    written ends with those, and says that it can be gone on with; before that it leaves by Cancelled.
    """
    asked = {"kinds": None if kind_ids is None else list(kind_ids), "keys": None if keys is None else sorted(keys)}
    compiled = _templates(store, case_ids, kind_ids, order)
    must_hold(order.folder, "文书")
    run_id = store.runs.begin(order.kept() | asked, case_ids, now=order.now, who=order.who)
    return _go_on(store, store.runs.run(run_id), order, compiled, ticket)


@needs("papers")
def resume(store: Store, run_id: int, *, now: str, who: str, ticket: Ticket) -> Done:
    """Go on with a run that was cut short: only what is missing is made, under the numbers taken for it."""
    run = store.runs.run(run_id)
    order = Order.again(run.asked, now, who)
    return _go_on(store, run, order, _templates(store, run.cases, run.asked["kinds"], order), ticket)


@needs("papers")
def drop_run(store: Store, run_id: int, *, now: str, who: str) -> Done:
    """Let a run be that was cut short; what it had written whole counts as made, what it had not keeps its number."""
    run = store.runs.run(run_id)
    found = 0
    with store.atomic():
        for paper_id in store.runs.papers_of(run_id):
            found += Writer.settle(store, paper_id, Order.again(run.asked, now, who))
        store.runs.end(run_id, now=now)
    more = f"，其中已写出而没有登记的 {found} 份补登为已制作" if found else ""
    return Done(f"不再继续上次的文书{more}", frozenset({"papers"}))


def _templates(
    store: Store, case_ids: Sequence[int], kind_ids: Sequence[str] | None, order: Order
) -> Mapping[str, Template]:
    rows = store.views.case_rows(case_ids)
    wanted = [kind(each) for each in kind_ids] if kind_ids is not None else _possible({each.desk for each in rows})
    return {each.id: template_for(store, each, order.templates) for each in wanted}


def _go_on(store: Store, run: PaperRun, order: Order, compiled: Mapping[str, Template], ticket: Ticket) -> Done:
    """The cases of a run that did not have their turn yet, some at a time."""
    keys = None if run.asked["keys"] is None else frozenset(run.asked["keys"])
    there = {each.id for each in store.views.case_rows(run.cases)}  # a batch may have been withdrawn since
    writer = Writer(store, order, compiled, run, Issued())
    work = _Run(writer, len(run.cases) > 1)
    files = CaseFiles(store, order.day, run.cases[run.done :])
    drafting = Drafting(files, order.office, order.day)
    with closing(writer):
        try:
            for first in range(run.done, len(run.cases), CHUNK):
                some = run.cases[first : first + CHUNK]
                with store.atomic():
                    for number, case_id in enumerate(some, first):
                        ticket.step(number, len(run.cases), f"生成文书 {number + 1}/{len(run.cases)}")
                        if case_id in there:
                            _case(work, files, drafting, case_id, run, keys)
                    writer.enter()
                writer.send(first + len(some))
            with store.atomic():
                writer.enter()
        except (Cancelled, UserError) as why:
            return _cut_short(store, writer, why)
    writer.issued.cautions += work.rare.says()
    writer.merge()
    issued = writer.issued
    try:
        store.runs.end(run.id, now=order.now)
    except UserError as fault:
        issued.problems.append(fault)
    says = f"生成文书 {len(issued.files)} 份" + (f"，{len(issued.problems)} 份未能写出" if issued.problems else "")
    return Done(says, CHANGED, issued)


def _cut_short(store: Store, writer: Writer, why: Cancelled | UserError) -> Done:
    """What was made before somebody stopped the run, or before the store could take no more; it can be gone on with.

    Raises why when nothing was made.
    """
    issued = writer.issued
    if not writer.wrote:
        raise why
    if isinstance(why, UserError):
        issued.problems.append(why)
    else:
        with store.atomic():
            writer.enter()
    issued.cautions.append(GO_ON)
    return Done(f"生成文书 {len(issued.files)} 份后停下。{GO_ON}", CHANGED, issued)


def _case(
    work: _Run, files: CaseFiles, drafting: Drafting, case_id: int, run: PaperRun, keys: Collection[str] | None
) -> None:
    try:
        file = files.open(case_id)
    except UserError as fault:
        work.issued.problems.append(fault)
        return
    chosen = run.asked["kinds"]
    if chosen is None:
        wanted = list(suggested(file.row.desk, file.findings, about_many=file.about_many))
    else:
        wanted = [kind(each) for each in chosen]
    work.case(file, drafting, wanted, keys, chosen=chosen is not None)


def _possible(desks: set[str]) -> list[DocumentKind]:
    return [each for each in kinds() if desks & set(each.desks)]


class _Run:
    """What one run makes of its cases."""

    def __init__(self, writer: Writer, several: bool) -> None:
        self.issued = writer.issued
        self._writer = writer
        self._several = several
        self.rare = RareWords()

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
                        number = self._writer.take(file.row.id, draft, {})
                        sent.append((draft, number))
            except Idle as fault:
                self._pass_over(fault)
            except UserError as fault:
                self.issued.problems.append(fault)
        for each in (one for one in wanted if one.rests is Rests.PAPER):
            for draft, number in self._receipts(file, drafting, each, sent):
                self._writer.take(file.row.id, draft, {each.number_from: number})

    def _pass_over(self, fault: Idle) -> None:
        """Of one case say why it has no such document, of several only how many have none."""
        if self._several:
            self.issued.idle += 1
        else:
            self.issued.problems.append(fault)

    def _allowed(self, draft: Draft) -> bool:
        """Whether our office may send it; what stands against it is said, before a number is taken."""
        look_at_names(self.rare, draft.words, self._writer.fonts(draft.kind.id))
        if draft.kind.outgoing and (fault := unchecked(self._writer.store, draft)) is not None:
            self.issued.problems.append(fault)
            return False
        against = objection(draft.kind, self._writer.order.office.level, draft.to)
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
            number = number or _earlier_number(self._writer.store, file.row.id, receipt.number_from)
            yield Draft(receipt, drafting.whole(file), tuple(each.key for each in file.findings)), number
        elif not by_office:
            what = f"{file.row.name}（{file.review.case}）没有要送达的文书"
            self._pass_over(Idle(what, do="请把送达回证与要送达的文书一起制作"))
        for group in by_office.values():
            papers = [(_title(each), number, 1) for each, number in group]
            words = {**group[0][0].words, "送达文书": served_words(papers)}
            keys = tuple(dict.fromkeys(key for each, _ in group for key in each.keys))
            yield Draft(receipt, words, keys, group[0][0].to), group[0][1]


def _title(draft: Draft) -> str:
    return draft.kind.title_for(str(draft.words.get(PROPOSAL) or ""))


def _caution(against: Objection) -> str:
    return f"{against.says}。{against.do}。"


def _earlier_number(store: Store, case_id: int, kind_id: str) -> str:
    """The number a document of another kind already bears for this case; "" when there is none."""
    earlier = [each.number for each in store.papers.all(case_id=case_id) if each.kind == kind_id]
    return earlier[-1] if earlier else ""
