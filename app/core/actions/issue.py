"""Documents out: reserve the number, fill, write whole, mark issued; a failed one keeps its number for the next try."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.checks.desk import findings_of
from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import DESK, TABLES, build_cases
from app.core.documents.context import Office, case_context
from app.core.documents.fill import Template, compile_template
from app.core.documents.kinds import DocumentKind, kind
from app.core.documents.merge import merge_documents
from app.core.documents.numbering import format_number, series
from app.core.documents.templates import find_template
from app.core.errors import UserError
from app.core.files import safe_name, unique_path, write_whole
from app.core.findings import CaseReview
from app.core.jobs import Ticket
from app.core.sentence.workdays import deadline
from app.core.store.database import Store
from app.core.store.rows import Paper, Series

MERGED_FOLDER = "合并打印"
NUMBER = "文号"


@dataclass(slots=True)
class Issued:
    """What was written, the merged files to print, and what could not be written and why."""

    files: list[Path] = field(default_factory=list)
    merged: list[Path] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)


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


def issue(store: Store, case_ids: Sequence[int], kinds: Sequence[str], order: Order, *, ticket: Ticket) -> Done:
    """Make documents of some kinds for some cases, one file each and one merged file a kind to print.

    A template that cannot be used stops the whole run before a number is taken (TemplateFault); a file that cannot
    be written is listed and the rest goes on.
    """
    wanted = [kind(each) for each in kinds]
    compiled = {each.id: compile_template(find_template(each, order.templates)) for each in wanted}
    issued = Issued()
    made: dict[str, list[bytes]] = defaultdict(list)
    cases = _cases(store, order.day)
    by_case = {case_id: record_id for record_id, case_id in store.casebook.case_of(DESK).items()}
    for number, case_id in enumerate(case_ids):
        ticket.step(number, len(case_ids), f"生成文书 {number + 1}/{len(case_ids)}")
        case = cases[by_case[case_id]]
        review = store.casebook.review_of(case_id)
        if review is None:
            issued.problems.append(UserError(f"{case.person.name}的案件还没有审查，未生成文书", do="请先运行审查"))
            continue
        for kind_id, data in _case_documents(store, case_id, review, case, wanted, compiled, order, issued):
            made[kind_id].append(data)
    _merge(made, wanted, order, issued)
    says = f"生成文书 {len(issued.files)} 份" + (f"，{len(issued.problems)} 份未能写出" if issued.problems else "")
    return Done(says, frozenset({"papers"}), issued)


def _cases(store: Store, day: date) -> Mapping[int, ReductionCase]:
    """The cases by the record id of their proposal."""
    records = (each for table in TABLES for each in store.batches.records(table))
    return {each.proposal.id: each for each in build_cases(records, law_in_force(store), day)}


def _case_documents(
    store: Store,
    case_id: int,
    review: CaseReview,
    case: ReductionCase,
    wanted: Sequence[DocumentKind],
    compiled: Mapping[str, Template],
    order: Order,
    issued: Issued,
) -> Iterator[tuple[str, bytes]]:
    """The documents of one case as they were written, kind by kind."""
    numbers: dict[str, str] = {}
    words = case_context(
        review, case.proposal, case.history, order.office, "", order.day, due_on=_due_on(case, order.day)
    )
    keys = tuple(each.key for each in findings_of(DESK, review))
    proposal = text_of(case.proposal, "proposal_kind")
    for each in wanted:
        paper = _reserve(store, case_id, each, proposal, numbers, keys, order)
        numbers[each.id] = paper.number
        target = order.folder / safe_name(each.name)
        try:
            data = compiled[each.id].fill({**words, NUMBER: paper.number})
            path = unique_path(target, safe_name(each.file_stem(words)), ".docx")
            write_whole(path, data)
        except UserError as fault:
            issued.problems.append(fault)
            continue
        store.papers.mark_issued(
            paper.id, file=path.name, sha256=hashlib.sha256(data).hexdigest(), now=order.now, who=order.who
        )
        issued.files.append(path)
        yield each.id, data


def _due_on(case: ReductionCase, day: date) -> date | None:
    """The day by which our opinion is due; None when the day of receipt was not delivered."""
    received = case.day("received_on")
    if received is None:
        return None
    due = deadline(received, case.law.number("opinion_days", day), case.law.calendar)
    return due.moved or due.plain


def _reserve(
    store: Store,
    case_id: int,
    wanted: DocumentKind,
    proposal: str,
    numbers: Mapping[str, str],
    keys: Sequence[str],
    order: Order,
) -> Paper:
    """The document's number: its own from its series, or the one it carries of another kind."""
    series_id = wanted.series_for(proposal)
    if series_id is None:
        number = numbers.get(wanted.number_from, "") or _earlier_number(store, case_id, wanted.number_from)
        return store.papers.draft_for(
            case_id, wanted.id, template=wanted.template, number=number, finding_keys=keys, now=order.now, who=order.who
        )
    pattern, year = series(series_id).pattern, order.day.year
    return store.papers.reserve_for(
        case_id,
        wanted.id,
        Series(series_id, year, order.office.department),
        lambda n: format_number(pattern, order.office.short, order.office.department, year, n),
        template=wanted.template,
        finding_keys=keys,
        now=order.now,
        who=order.who,
    )


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
