"""Sheets that came in: their records with every cell, the rows refused, and taking a whole sheet back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.core.errors import UserError
from app.core.records import Aside, Record, Reject
from app.core.store import case_past, endings
from app.core.store.audit import Audit
from app.core.store.codec import CellReader, CellWriter, RecordReader, Sheets, SlimReader, pack, read_cells
from app.core.store.link import CHUNK, Link, Row, in_chunks
from app.core.store.papers import Papers
from app.core.store.repeats import ENDS, IN_FORCE, close_up
from app.core.store.rows import Batch, BatchFacts, PaperState

FACTS = (
    "file, sha256, sheet, kind, header_row, mapping, unmapped, rows, accepted, rejected, header_first, hidden, aside,"
    " unit"
)
COLUMNS = f"id, {FACTS}, before_id, imported_at, imported_by"
RECORD_COLUMNS = "id, batch_id, row, cells"
REJECT_COLUMNS = "file, sheet, row, column_label, value, reason, texts"


class Batches:
    """Imported sheets, called batches; a withdrawn one is gone from here but its number is not given again."""

    def __init__(self, link: Link, audit: Audit, papers: Papers) -> None:
        self._link = link
        self._audit = audit
        self._papers = papers

    def add(self, facts: BatchFacts, *, now: str, who: str) -> int:
        """Enter a sheet; returns its number, under which `put_records` and `put_rejects` add the rows."""
        values = {
            "file": facts.file,
            "sha256": facts.sha256,
            "sheet": facts.sheet,
            "kind": facts.table,
            "header_row": facts.header_row,
            "mapping": pack(dict(facts.mapping)),
            "unmapped": pack(facts.unmapped),
            "rows": facts.rows,
            "accepted": facts.accepted,
            "rejected": facts.rejected,
            "header_first": facts.header_first,
            "hidden": int(facts.hidden),
            "aside": pack([(each.row, each.why, each.text) for each in facts.aside]),
            "unit": facts.unit,
            "imported_at": now,
            "imported_by": who,
        }
        return self._link.insert("batches", values)

    def put_records(self, batch_id: int, records: Iterable[Record]) -> Sequence[int]:
        """Store the records of a batch; returns their ids in the same order.

        ValueError when a record comes from another table, file or sheet than the batch.
        """
        with self._link.atomic():
            batch = self.batch(batch_id)
            writer = CellWriter(batch.labels())
            first = following = self._link.next_id("records")
            for chunk in in_chunks(records):
                if any((each.table, each.file, each.sheet) != (batch.table, batch.file, batch.sheet) for each in chunk):
                    raise ValueError(f"a record does not belong to batch {batch_id}")
                rows = [
                    (following + place, batch_id, each.row, writer.write(each.cells))
                    for place, each in enumerate(chunk)
                ]
                self._link.change_many("INSERT INTO records (id, batch_id, row, cells) VALUES (?, ?, ?, ?)", rows)
                following += len(rows)
        return range(first, following)

    def put_rejects(self, batch_id: int, rejects: Iterable[Reject]) -> None:
        """Store the refused rows of a batch with their reasons."""
        sql = f"INSERT INTO rejects (batch_id, {REJECT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        with self._link.atomic():
            self.batch(batch_id)
            for chunk in in_chunks(rejects):
                rows = [(batch_id, r.file, r.sheet, r.row, r.column, r.value, r.reason, pack(r.texts)) for r in chunk]
                self._link.change_many(sql, rows)

    def rejects(self, batch_id: int) -> list[Reject]:
        """The refused rows of a batch, in their order."""
        found = self._link.rows(f"SELECT {REJECT_COLUMNS} FROM rejects WHERE batch_id = ? ORDER BY id", (batch_id,))
        return [
            Reject(file, sheet, row, column, value, reason, tuple(json.loads(texts)))
            for file, sheet, row, column, value, reason, texts in found
        ]

    def records(self, table: str | None = None, ids: Iterable[int] | None = None) -> Iterator[Record]:
        """Records in force, of one table or all, batch by batch; or those under given ids, in force or not.

        They are fetched in portions, for any number. A row that a newer list repeats is no longer in force.
        """
        numbers = [each.id for each in self.all() if table in (None, each.table)]
        yield from self.reader(table).read(self._of_batches(numbers) if ids is None else self.rows_under(ids))

    def reader(self, table: str | None = None) -> RecordReader:
        """What reads rows as they lie in the store, of one table or all."""
        return RecordReader(_described(each for each in self.all() if table in (None, each.table)))

    def slim(self, fields: Mapping[str, Collection[str]]) -> Iterator[Record]:
        """The records in force of these tables, in the order of these, with no more than these fields as far as filled.

        Their cells do not name their columns: whoever shows one fetches the whole record under its id.
        """
        batches = {table: [each for each in self.all() if each.table == table] for table in fields}
        numbers = [each.id for some in batches.values() for each in some]
        reader = SlimReader(_described(each for some in batches.values() for each in some), fields)
        yield from reader.read(self._of_batches(numbers))

    def records_of(self, batch_id: int) -> Iterator[Record]:
        """The records of one batch in their order, in force or not, in portions; KeyError when there is none such."""
        batch = self.batch(batch_id)
        read = CellReader(batch.labels()).read
        for record_id, _, row, cells in self._of_batches([batch_id], every=True):
            yield Record(batch.table, batch.file, batch.sheet, row, read(cells), record_id)

    def record_at(self, file: str, sheet: str, row: int) -> Record | None:
        """The record read from one row of a sheet; of a sheet imported twice the newer one, None when it is gone."""
        for batch in reversed([each for each in self.all() if (each.file, each.sheet) == (file, sheet)]):
            sql = f"SELECT {RECORD_COLUMNS} FROM records WHERE batch_id = ? AND row = ?"
            found = self._link.row(sql, (batch.id, row))
            if found is not None:
                record_id, _, _, cells = found
                return Record(batch.table, file, sheet, row, read_cells(cells, batch.labels()), record_id)
        return None

    def _of_batches(self, numbers: Iterable[int], *, every: bool = False) -> Iterator[Row]:
        # A batch's rows lie together: by their ids they are read as they lie, whatever the index says.
        wanted = "+batch_id = ? AND id > ? AND id <= ?" + ("" if every else f" AND {IN_FORCE}")
        sql = f"SELECT {RECORD_COLUMNS} FROM records WHERE {wanted} ORDER BY id LIMIT {CHUNK}"
        for number in numbers:
            first, end = self._link.row(ENDS, (number,)) or (None, None)
            last = (first or 0) - 1
            while found := self._link.rows(sql, (number, last, end)):
                yield from found
                last = found[-1][0]

    def rows_under(self, ids: Iterable[int]) -> Iterator[Row]:
        """The rows of records as they lie in the store, for its `reader`; in force or not, in the order of ids."""
        sql = f"SELECT {RECORD_COLUMNS} FROM records WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        for chunk in in_chunks(sorted(ids)):
            yield from self._link.rows(sql, (pack(chunk),))

    def tables_present(self) -> set[str]:
        """The ids of the tables of which at least one sheet is in the store."""
        return {str(kind) for (kind,) in self._link.rows("SELECT DISTINCT kind FROM batches WHERE withdrawn_at = ''")}

    def all(self) -> list[Batch]:
        """Every batch that was not withdrawn, oldest first."""
        return self._select("", ())

    def same_file(self, sha256: str) -> list[Batch]:
        """The batches that came from a file with these very bytes."""
        return self._select("AND sha256 = ?", (sha256,))

    def withdraw(self, batch_id: int, *, now: str, who: str) -> None:
        """Take a whole batch back: its rows, cases, reviews and reserved papers go; what people decided is kept apart.

        Rows and cases it took over from an earlier list are as they were before.
        UserError when a document was already made for one of its cases.
        """
        with self._link.atomic():
            batch = self.batch(batch_id)
            made = [each for each in self._papers.of_batch(batch_id) if each.state is PaperState.ISSUED]
            if made:
                numbers = next((f"（{each.number}）" for each in made if each.number), "")
                made_of_it = f"这批数据已制作文书{len(made)}份{numbers}，不能撤销导入"
                raise UserError(made_of_it, do="确需撤销的，请先将这些文书作废")
            case_past.give_back(self._link, batch_id)
            for paper in self._papers.of_batch(batch_id):
                if paper.state is PaperState.RESERVED:
                    self._papers.void(paper.id, why=f"撤销导入第{batch_id}批", now=now, who=who)
            close_up(self._link, batch_id)
            endings.withdrawn(self._link, batch, now)
            for sql in WITHDRAWAL:
                self._link.change(sql, (batch_id,))
            gone = "UPDATE batches SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ?"
            self._link.change(gone, (now, who, batch_id))
            what = {"batch": batch_id, "file": batch.file, "sheet": batch.sheet, "records": batch.accepted}
            self._audit.note("撤销导入", what, at=now, who=who)

    def batch(self, batch_id: int) -> Batch:
        """One batch; KeyError when it was withdrawn or never there."""
        found = self._select("AND id = ?", (batch_id,))
        if not found:
            raise KeyError(f"no batch {batch_id}")
        return found[0]

    def _select(self, condition: str, values: Sequence[Any]) -> list[Batch]:
        sql = f"SELECT {COLUMNS} FROM batches WHERE withdrawn_at = '' {condition} ORDER BY id"
        return [_read_batch(row) for row in self._link.rows(sql, values)]


# from the outermost table inwards, so that nothing ever points at what is gone
WITHDRAWAL = (
    "DELETE FROM overviews WHERE id IN (SELECT overview_id FROM overview_batches WHERE batch_id = ?)",
    "UPDATE papers SET case_id = NULL WHERE case_id IN (SELECT id FROM cases WHERE batch_id = ?)",
    "DELETE FROM sightings WHERE case_id IN (SELECT id FROM cases WHERE batch_id = ?)",
    "DELETE FROM reviews WHERE case_id IN (SELECT id FROM cases WHERE batch_id = ?)",
    "DELETE FROM cases WHERE batch_id = ?",
    "DELETE FROM rejects WHERE batch_id = ?",
    "DELETE FROM records WHERE batch_id = ?",
)


def _described(batches: Iterable[Batch]) -> Sheets:
    return {each.id: (each.table, each.file, each.sheet, each.labels()) for each in batches}


def _read_batch(row: Sequence[Any]) -> Batch:
    number, file, sha256, sheet, table, header_row, mapping, unmapped, rows, accepted, rejected, *more = row
    header_first, hidden, aside, unit, before, at, who = more
    return Batch(
        id=number,
        file=file,
        sha256=sha256,
        sheet=sheet,
        table=table,
        header_row=header_row,
        mapping=json.loads(mapping),
        unmapped=tuple(json.loads(unmapped)),
        rows=rows,
        accepted=accepted,
        rejected=rejected,
        header_first=header_first,
        hidden=bool(hidden),
        aside=tuple(Aside(*each) for each in json.loads(aside)),
        unit=unit,
        before=before or 0,
        imported_at=at,
        imported_by=who,
    )
