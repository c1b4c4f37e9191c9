"""Files in: look at them, let the user mend the reading, take them into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.actions.cases import go_on, open_cases
from app.core.actions.compare import Compared, Taken, follow
from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.rights import needs
from app.core.checks.reduction.review import PROPOSALS
from app.core.errors import UserError
from app.core.intake.blank import is_guide
from app.core.intake.declared import tables
from app.core.intake.headers import Header, find_header, header_at
from app.core.intake.hidden import Hidden, hidden_in
from app.core.intake.mapping import (
    BY_HAND,
    ColumnMap,
    Remembered,
    choose,
    fingerprint,
    known_words,
    match,
    recognise,
    why_unrecognised,
)
from app.core.intake.parts import parts
from app.core.intake.reading import TableRead, read_table
from app.core.intake.rejects import rejects_workbook
from app.core.intake.sheets import Sheet, iter_files, read_sheets
from app.core.intake.unit import unit_of_sheet, units_of
from app.core.intake.unit_names import unit_form
from app.core.intake.words import IGNORED_COLUMNS, label_key
from app.core.jobs import Ticket
from app.core.records import Record, Reject
from app.core.store.database import Store
from app.core.store.rows import BatchFacts

NO_HEADER = "没有找到认识的表头"
NO_TABLE = "表头看不出是哪一种表"
PREVIEW_ROWS = 200
MOST_TOLD = 2


class Unread(UserError):
    """A file of which nothing was taken; `file` is its name."""

    def __init__(self, file: str, fault: UserError) -> None:
        super().__init__(fault.what, do=fault.do, where=fault.where)
        self.file = file


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet as it will be received; `problem` says, in Chinese, why it cannot be as it stands.

    `unit` is whose list it is, as far as the sheet tells or a person said (`unit_by_hand`).
    """

    path: Path
    sha256: str
    sheet: Sheet
    header: Header | None
    mapping: ColumnMap | None
    problem: str = ""
    unit: str = ""
    unit_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What one sheet gave; `skipped` says why nothing was taken from it; `known` that it was received before.

    `compared` is how it stands to the list before it, None for the first of its kind.
    """

    file: str
    sheet: str
    table: str
    header_row: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    rows: int
    accepted: int
    rejected: tuple[Reject, ...]
    labels: tuple[str, ...] = ()
    batch_id: int = 0
    skipped: str = ""
    known: bool = False
    hidden: Hidden = field(default_factory=Hidden)
    compared: Compared | None = None


def look(
    paths: Iterable[Path], remembered: Sequence[Remembered] = (), *, ticket: Ticket
) -> tuple[list[SheetPlan], list[Unread]]:
    """Read files and folders and guess what their sheets hold; what cannot be read is listed, the rest goes on."""
    plans: list[SheetPlan] = []
    problems: list[Unread] = []
    for path in iter_files(paths):
        ticket.step(0, 0, f"读取 {path.name}")
        try:
            sheets = read_sheets(path, ticket)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except UserError as fault:
            problems.append(Unread(path.name, fault))
            continue
        filled = [
            each for each in sheets if any(text.strip() for row in each.rows for text in row) and not is_guide(each)
        ]
        if not filled:
            empty = UserError(f"文件里没有内容：{path.name}", do="请确认导出时有数据，再导入")
            problems.append(Unread(path.name, empty))
        known = known_words() | {label_key(label) for each in remembered for label in each.columns}
        plans += [_plan(path, digest, part, remembered, known) for each in filled for part in parts(each, known)]
    return plans, problems


def _plan(path: Path, digest: str, sheet: Sheet, remembered: Sequence[Remembered], known: Collection[str]) -> SheetPlan:
    header = find_header(sheet, known)
    if header is None:
        return SheetPlan(path, digest, sheet, None, None, NO_HEADER)
    unit = unit_of_sheet(sheet, header, None, path.parent.name)
    mapping = recognise(header, _nearest(remembered, unit), sheet)
    told = unit_of_sheet(sheet, header, mapping, path.parent.name)
    if told != unit and any(each.unit for each in remembered):
        mapping = recognise(header, _nearest(remembered, told), sheet)
    problem = "" if mapping is not None else f"{NO_TABLE}，{why_unrecognised(header, sheet)}"
    return SheetPlan(path, digest, sheet, header, mapping, problem, told)


def _nearest(remembered: Sequence[Remembered], unit: str) -> list[Remembered]:
    """The same mappings, those of other units last."""
    return sorted(remembered, key=lambda each: bool(each.unit) and each.unit != unit)


def remap(
    plan: SheetPlan,
    *,
    header_rows: tuple[int, int] | None = None,
    table_id: str | None = None,
    columns: Mapping[int, str] | None = None,
) -> SheetPlan:
    """The plan after the user moved the header (first and last row from 1), chose a table or set columns to fields."""
    header = plan.header if header_rows is None else header_at(plan.sheet, *header_rows)
    if header is None:
        return plan
    if table_id is None and plan.mapping is not None:
        table_id = plan.mapping.table.id if columns is not None else None
    if table_id is None:
        mapping = recognise(header, (), plan.sheet)
    elif columns is None:
        mapping = match(header, tables()[table_id], plan.sheet)
    else:
        mapping = choose(header, table_id, columns)
    problem = _lacking(mapping) if mapping is not None else NO_TABLE
    unit = plan.unit if plan.unit_by_hand else unit_of_sheet(plan.sheet, header, mapping, plan.path.parent.name)
    return replace(plan, header=header, mapping=mapping, problem=problem, unit=unit)


def name_unit(plan: SheetPlan, unit: str) -> SheetPlan:
    """The plan after the user said whose list it is."""
    return replace(plan, unit=unit_form(unit), unit_by_hand=True)


def _lacking(mapping: ColumnMap) -> str:
    absent = mapping.lacking()
    return f"缺少必需的列：{'、'.join(absent)}" if absent else ""


def preview(plan: SheetPlan, limit: int = PREVIEW_ROWS) -> list[Record | Reject]:
    """The first rows as they will be read, in the order of the sheet; empty while the plan has no table."""
    if plan.header is None or plan.mapping is None:
        return []
    read = read_table(plan.sheet, plan.header, plan.mapping, limit=limit)
    return sorted((*read.records, *read.rejects), key=lambda each: each.row)


@needs("import")
def receive(store: Store, plans: Sequence[SheetPlan], *, now: str, who: str, ticket: Ticket) -> Done:
    """Take sheets into the store, all or none; a plan with a problem or received before is skipped, and said so."""
    results: list[SheetResult] = []
    with store.atomic():
        first = PROPOSALS not in store.batches.tables_present() and sum(map(_proposes, plans)) == 1
        for number, plan in enumerate(plans):
            ticket.step(number, len(plans), f"导入 {plan.path.name}《{plan.sheet.name}》")
            beside = {result.batch_id for other, result in zip(plans, results, strict=False) if other.path == plan.path}
            results.append(_receive_one(store, plan, beside, first=first, now=now, who=who, ticket=ticket))
        taken = [each for each in results if not each.skipped]
        if taken:
            store.audit.note("导入", {"批次": [each.batch_id for each in taken]}, at=now, who=who)
        lists = [_taken(*each) for each in zip(plans, results, strict=True) if not each[1].skipped]
        followed = follow(store, lists, now=now, ticket=ticket)
        for batch in () if first else followed.order:
            if batch.table == PROPOSALS:
                go_on(store, batch.id, followed.pairs)
    results = [replace(each, compared=followed.compared.get(each.batch_id)) for each in results]
    accepted = sum(each.accepted for each in results)
    rejected = sum(len(each.rejected) for each in results)
    says = f"导入 {accepted} 行" + (f"，退回 {rejected} 行" if rejected else "")
    told = list(dict.fromkeys(str(each.compared) for each in results if each.compared is not None))
    says = "；".join((says, *told)) if len(told) <= MOST_TOLD else f"{says}；{len(told)} 份名单与上一批不同"
    return Done(says, frozenset({"batches", "cases"}) if taken else frozenset(), results)


def _proposes(plan: SheetPlan) -> bool:
    return plan.mapping is not None and plan.mapping.table.id == PROPOSALS


def _receive_one(
    store: Store, plan: SheetPlan, beside: Collection[int], *, first: bool, now: str, who: str, ticket: Ticket
) -> SheetResult:
    """`beside` are the batches of the same file just taken in: a sheet may hold several tables."""
    if plan.header is None or plan.mapping is None or plan.problem:
        return _skipped(plan, plan.problem or NO_TABLE)
    place = (plan.sheet.name, plan.header.row)
    same = [
        each
        for each in store.batches.same_file(plan.sha256)
        if (each.sheet, each.header_row) == place and each.id not in beside
    ]
    if same:
        why = f"与{same[0].imported_at[:10]}导入的“{same[0].file}”内容相同，未重复导入"
        return replace(_skipped(plan, why), known=True)
    read = read_table(plan.sheet, plan.header, plan.mapping, ticket=ticket)
    facts = BatchFacts(
        file=plan.sheet.file,
        sha256=plan.sha256,
        sheet=plan.sheet.name,
        table=plan.mapping.table.id,
        header_row=plan.header.row,
        mapping=plan.mapping.by_label(),
        unmapped=plan.mapping.unmapped,
        rows=read.rows,
        accepted=len(read.records),
        rejected=len(read.rejects),
        header_first=plan.header.first,
        hidden=plan.sheet.hidden,
        aside=read.aside,
        unit=plan.unit,
    )
    batch_id = store.batches.add(facts, now=now, who=who)
    ids = store.batches.put_records(batch_id, read.records)
    store.batches.put_rejects(batch_id, read.rejects)
    if first and facts.table == PROPOSALS:
        open_cases(store, batch_id, zip(ids, read.records, strict=True))
    # A guess is guessed anew, so that better words reach it; refused rows must find their table again.
    if plan.mapping.reason == BY_HAND or read.rejects:
        unit = plan.unit if len(units_of(plan.unit)) == 1 else ""
        store.mappings.remember(fingerprint(plan.header), unit, facts.table, facts.mapping)
    return _result(plan, read, batch_id)


def _taken(plan: SheetPlan, result: SheetResult) -> Taken:
    """What was taken in, for the comparison; rows mended and sent again are no list by themselves."""
    labels = plan.header.labels if plan.header is not None else ()
    mended = any(label_key(each) in IGNORED_COLUMNS for each in labels)
    return Taken(result.batch_id, result.rejected, whole=not mended)


def _result(plan: SheetPlan, read: TableRead, batch_id: int) -> SheetResult:
    mapping = read.mapping
    return SheetResult(
        plan.sheet.file,
        plan.sheet.name,
        mapping.table.id,
        read.header.row,
        mapping.by_label(),
        mapping.unmapped,
        read.rows,
        len(read.records),
        read.rejects,
        mapping.labels,
        batch_id,
        hidden=hidden_in(plan.sheet),
    )


def _skipped(plan: SheetPlan, why: str) -> SheetResult:
    row = plan.header.row if plan.header is not None else 0
    labels = plan.header.labels if plan.header is not None else ()
    hidden = hidden_in(plan.sheet)
    return SheetResult(plan.sheet.file, plan.sheet.name, "", row, {}, (), 0, 0, (), labels, skipped=why, hidden=hidden)


def save_rejects(result: SheetResult, path: Path) -> Done:
    """Write a sheet's refused rows to a workbook with the reason beside each."""
    hand_out(path, rejects_workbook(result.labels, result.rejected, result.sheet))
    return Done(f"已保存退回的 {len(result.rejected)} 行：{path.name}", value=path)
