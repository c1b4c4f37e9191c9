"""Cases handed to another office: their rows, what was said of them and the documents made, as one locked file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.actions.settings import read_office
from app.core.checks.dossier import text_of
from app.core.documents.kinds import kind
from app.core.errors import UserError
from app.core.files import drop
from app.core.jobs import Ticket
from app.core.store import exchange_file
from app.core.store.database import Rooms, Store
from app.core.store.exchange_file import SUFFIX
from app.core.store.rows import CaseRow, Paper, PaperState, StoredFinding

NUMBERS = ("id_number", "prisoner_no", "correction_no")  # what a person's other rows are found by
SHORTEST_NUMBER = 4
PORTION = 2000  # rows between two looks at the ticket


@needs("exchange")
def send(  # noqa: PLR0913  what is sent, where to, locked with what, and who does it when
    store: Store,
    case_ids: Sequence[int],
    path: Path,
    passphrase: str,
    *,
    words: bool,
    papers: bool,
    now: str,
    who: str,
    ticket: Ticket,
) -> Done:
    """Write the cases with all rows of their people into an exchange file; its value is the code to be told by phone.

    `words`: with what was found and decided; `papers`: with the ledger of documents. UserError without a case, without
    the name of our office, or when nothing can be written.
    """
    office = read_office(store).name
    if not office:
        raise UserError("还没有填写本院名称", do="请在“设置”里填写，对方要看得出是哪个单位的")
    rows = store.views.case_rows(case_ids)
    if not rows:
        raise UserError("没有选中案件", do="请先在列表里选中要交给对方的案件")
    ids = _record_ids(store, rows, ticket)
    batches, records = _sheets(store, ids)
    said = [_word(store, each) for each in _findings(store, rows, ticket)] if words else []
    made = [_paper(store, each) for row in rows for each in store.papers.all(case_id=row.id)] if papers else []
    parts: dict[str, Any] = {
        "manifest": {"office": office, "made_at": now, "made_by": who, "cases": len(rows), "rows": len(records)},
        "cases": [[each.desk, each.name, each.prisoner_no, each.unit, each.batch, each.conclusion] for each in rows],
        "batches": batches,
        "records": records,
        "words": said,
        "papers": made,
    }
    target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    code = exchange_file.write(target, passphrase, parts, ticket=ticket)
    counts = {"案件": len(rows), "行": len(records), "线索": len(said), "文书": len(made)}
    try:
        store.audit.note("导出交换文件", {"文件": target.name, "核对码": code, **counts}, at=now, who=who)
    except UserError:
        drop(target)  # nothing goes out that the log does not tell of
        raise
    told = f"{len(records)} 行，线索 {len(said)} 条，文书 {len(made)} 份"
    return Done(f"已导出 {len(rows)} 件（{told}）：{target.name}，核对码 {code}", value=code)


def _record_ids(store: Rooms, rows: Sequence[CaseRow], ticket: Ticket) -> list[int]:
    """The rows a case stands on, those its conclusion quotes, and every other row with one of its numbers."""
    found = {each.record_id for each in rows}
    places: dict[tuple[str, str, int], None] = {}
    for number, each in enumerate(rows):
        ticket.step(number, len(rows), f"收集 {each.name}")
        review = store.casebook.review_of(each.id)
        if review is not None:
            places |= dict.fromkeys((e.file, e.sheet, e.row) for v in review.verdicts for e in v.evidence)
    for number, place in enumerate(places):
        if not number % PORTION:
            ticket.step(number, len(places), "收集依据的行")
        record = store.batches.record_at(*place)
        found |= {record.id} if record is not None else set()
    wanted = {each for row in rows for each in (row.id_number, row.prisoner_no) if len(each) >= SHORTEST_NUMBER}
    for number, record in enumerate(store.batches.records()):
        if not number % PORTION:
            ticket.step(number, 0, f"查找这些人的其他行 {number}")
        if any(text_of(record, each) in wanted for each in NUMBERS):
            found.add(record.id)
    return sorted(found)


def _sheets(store: Rooms, ids: Sequence[int]) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """The sheets those rows stand in, and the rows: the place of the sheet, the row's number, its cells as kept."""
    raw = store.exchanges.raw(ids)
    places: dict[int, int] = {}
    for _, batch_id, _, _ in raw:
        places.setdefault(batch_id, len(places))
    facts = []
    for batch_id in places:
        each = store.batches.batch(batch_id)
        facts.append(
            {
                "file": each.file,
                "sheet": each.sheet,
                "table": each.table,
                "header_row": each.header_row,
                "header_first": each.header_first,
                "mapping": dict(each.mapping),
                "unit": each.unit,
                "imported_at": each.imported_at,
            }
        )
    return facts, [[places[batch_id], row, cells] for _, batch_id, row, cells in raw]


def _findings(store: Rooms, rows: Iterable[CaseRow], ticket: Ticket) -> list[StoredFinding]:
    """Findings that stand, and those somebody gave a word on."""
    found: dict[str, StoredFinding] = {}
    for each in rows:
        ticket.step(0, 0, f"收集 {each.name} 的线索")
        for finding in store.casebook.findings(each.id, current=None):
            if finding.current or finding.decided_at:
                found.setdefault(finding.key, finding)
    return list(found.values())


def _word(store: Rooms, finding: StoredFinding) -> Mapping[str, Any]:
    steps = [
        [each.kind.value, each.before.value, each.after.value, each.why, each.at, each.who]
        for each in store.lives.told(finding.key).history
        if not each.undone
    ]
    return {
        "key": finding.key,
        "desk": finding.desk,
        "rule": finding.verdict.rule,
        "rule_name": finding.verdict.rule_name,
        "level": str(finding.verdict.level or ""),
        "name": finding.person.name,
        "case": finding.case,
        "unit": finding.unit,
        "says": finding.verdict.message,
        "state": finding.state.value,
        "steps": steps,
    }


def _paper(store: Rooms, paper: Paper) -> Mapping[str, Any]:
    row = next(iter(store.views.case_rows([paper.case_id or 0])), None)
    return {
        "kind": kind(paper.kind).name,
        "number": paper.number,
        "series": None if paper.series is None else [*paper.series, paper.n],
        "state": paper.state.value,
        "name": row.name if row is not None else "",
        "made_at": paper.made_at,
        "file": paper.file if paper.state is not PaperState.RESERVED else "",
        "sha256": paper.sha256,
    }
