"""Cases another office handed over: looked at first, then taken in beside ours, and taken back as a whole.

Nothing of ours is changed. Its rows come in as batches of their own, named after that office, so that its evidence
stays apart; a row we have already, word for word, is refused with the place where it stands. What the other office
found and decided is kept beside our own findings and never becomes our word. Document numbers it used are taken here
too, so that two computers of one office never give one number twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.core.actions.cases import open_cases
from app.core.actions.done import Done
from app.core.actions.exchange_read import Offer, Sheet, fields_of, open_offer, read_row
from app.core.actions.rights import needs
from app.core.checks.reduction.review import PROPOSALS
from app.core.errors import UserError
from app.core.findings import State
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.records import Record, Reject
from app.core.store.codec import CellWriter
from app.core.store.database import Rooms, Store
from app.core.store.exchanges import Taken
from app.core.store.life_rows import TheirWord
from app.core.store.rows import BOTH, BatchFacts

CHANGED = frozenset({"batches", "cases", "findings"})
UNKNOWN_TABLE = "本程序没有这种表，或者没有它的某一列，请安装与对方相同版本的程序"
UNREADABLE = "这一行的内容不合规格，请让对方重新导出"
TWICE = "同一行在文件里出现两次"
PORTION = 500


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of one sheet: those that can be taken in, and those refused, each with its reason."""

    sheet: Sheet
    table: str  # its name
    file: str  # as it is called here
    good: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    repeated: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other office says of a finding, beside what stands here: the state, "" where we have no such finding."""

    word: TheirWord
    ours: str

    @property
    def differs(self) -> bool:
        """Whether both gave a word, and not the same."""
        settled = {self.ours, self.word.state} - {"", State.OPEN.value}
        return len(settled) > 1


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come in: every sheet sorted, every word beside ours, numbers used by both; `before` if known."""

    offer: Offer
    sheets: tuple[Sorted, ...]
    words: tuple[Beside, ...]
    used: tuple[str, ...]
    before: Taken | None

    @property
    def accepted(self) -> int:
        """How many rows would be taken in."""
        return sum(len(each.good) for each in self.sheets)

    @property
    def rejected(self) -> int:
        """How many would not."""
        return sum(len(each.rejects) for each in self.sheets)


def look_in(store: Rooms, path: Path, passphrase: str, *, ticket: Ticket) -> Preview:
    """Open an exchange file and say what would come in; nothing is written. Errors as `open_offer`."""
    return preview_of(store, open_offer(path, passphrase, ticket=ticket), ticket=ticket)


def preview_of(store: Rooms, offer: Offer, *, ticket: Ticket) -> Preview:
    """What of an opened file would come in."""
    sheets = tuple(_sorted(store, offer, place, ticket) for place in range(len(offer.sheets)))
    return Preview(
        offer,
        sheets,
        tuple(Beside(each, _ours(store, each.key)) for each in offer.words),
        _used(store, offer),
        store.exchanges.known(offer.code),
    )


@needs("exchange")
def take_in(store: Store, shown: Preview, *, now: str, who: str, ticket: Ticket) -> Done:
    """Take in what a preview showed, all or nothing; rows = accepted + rejected. UserError when it came before."""
    offer = shown.offer
    if store.exchanges.known(offer.code) is not None:
        raise UserError("这个交换文件已经导入过，没有重复导入", do="要重新导入，请先在“交换文件”里撤回上一次")
    with store.atomic():
        batches = []
        for number, each in enumerate(shown.sheets):
            ticket.step(number, len(shown.sheets), f"导入 {each.file}")
            batches.append(_take_sheet(store, offer, number, each, now=now, who=who))
        facts = Taken(
            0, offer.code, offer.office, offer.file, offer.made_at, offer.made_by, tuple(batches),
            offer.rows, shown.accepted, shown.rejected, now, who,
        )  # fmt: skip
        store.exchanges.add(facts, offer.words, offer.papers, offer.numbers)
        what = {
            "单位": offer.office, "核对码": offer.code, "批次": batches, "导入": shown.accepted, "退回": shown.rejected,
            "对方线索": len(offer.words), "对方文书": len(offer.papers),
        }  # fmt: skip
        store.audit.note("导入交换文件", what, at=now, who=who)
    refused = f"，退回 {shown.rejected} 行" if shown.rejected else ""
    says = f"已导入{offer.office}的 {offer.rows} 行中的 {shown.accepted} 行{refused}，对方线索 {len(offer.words)} 条"
    return Done(says, CHANGED, batches)


@needs("exchange")
def take_back(store: Store, number: int, *, now: str, who: str) -> Done:
    """Take an exchange file back as a whole; UserError when a document was made from it."""
    store.exchanges.undo(number, now=now, who=who)
    return Done("已撤回这个交换文件的全部内容", CHANGED | {"papers"}, number)


def _take_sheet(store: Store, offer: Offer, place: int, each: Sorted, *, now: str, who: str) -> int:
    sheet = each.sheet
    facts = BatchFacts(
        file=each.file,
        sha256=hashlib.sha256(f"{offer.code}|{place}".encode()).hexdigest(),
        sheet=sheet.sheet,
        table=sheet.table,
        header_row=sheet.header_row,
        header_first=sheet.header_first,
        mapping=sheet.mapping,
        unmapped=(),
        rows=len(sheet.rows),
        accepted=len(each.good),
        rejected=len(each.rejects),
        unit=sheet.unit,
    )
    batch = store.batches.add(facts, now=now, who=f"{who}（{offer.office}交换）")
    ids = store.batches.put_records(batch, each.good)
    store.batches.put_rejects(batch, each.rejects)
    if sheet.table == PROPOSALS:
        open_cases(store, batch, zip(ids, each.good, strict=True))
    return batch


def _sorted(store: Rooms, offer: Offer, place: int, ticket: Ticket) -> Sorted:
    sheet = offer.sheets[place]
    known = fields_of(sheet)
    file = f"{sheet.file}（{offer.office}）"
    name = known.name if known is not None else tables()[sheet.table].name if sheet.table in tables() else sheet.table
    labels: dict[str, str] = {}
    for label, fields in sheet.mapping.items():
        for field_id in fields.split(BOTH):
            labels.setdefault(field_id, label)
    there = store.exchanges.rows_like(sheet.table, tuple(labels.items())) if known is not None else {}
    writer, seen = CellWriter(labels), set[int]()
    good, rejects, repeated = list[Record](), list[Reject](), 0
    for number, (row, cells) in enumerate(sheet.rows):
        if not number % PORTION:
            ticket.step(number, len(sheet.rows), f"核对 {file}")
        reason = UNKNOWN_TABLE if known is None else TWICE if row in seen else ""
        seen.add(row)
        if not reason and known is not None:
            try:
                record = Record(sheet.table, file, sheet.sheet, row, read_row(cells, labels, known))
                text = writer.write(record.cells)
            except ValueError:
                reason = UNREADABLE
            else:
                if text in there:
                    batch, other = there[text]
                    reason = f"与本机第 {batch} 批第 {other} 行完全相同，没有重复导入"
                    repeated += 1
                else:
                    good.append(record)
        if reason:
            rejects.append(Reject(file, sheet.sheet, row, "", "", reason))
    return Sorted(sheet, name, file, tuple(good), tuple(rejects), repeated)


def _ours(store: Rooms, key: str) -> str:
    found = store.casebook.findings(key=key, current=None)
    return found[0].state.value if found else ""


def _used(store: Rooms, offer: Offer) -> tuple[str, ...]:
    """Numbers of documents that were given here as well, to other documents."""
    ours = {(each.series, each.n): each for each in store.papers.all() if each.series is not None}
    theirs = {each.number: each.sha256 for each in offer.papers}
    return tuple(
        ours[number].number
        for number in offer.numbers
        if number in ours and theirs.get(ours[number].number) != ours[number].sha256
    )
