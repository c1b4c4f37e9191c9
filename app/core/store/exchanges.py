"""What other offices sent: each file that was taken in, what they said of findings, and the documents they made.

Their words never become ours: they are kept beside, with the office's name, and shown with the finding they are about.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.core.errors import UserError
from app.core.store.audit import Audit
from app.core.store.batches import Batches
from app.core.store.codec import pack
from app.core.store.life_rows import TheirStep, TheirWord
from app.core.store.link import Link
from app.core.store.rows import Series

COLUMNS = "id, code, office, file, made_at, made_by, batches, rows, accepted, rejected, taken_at, taken_by"
WORD_COLUMNS = "key, desk, rule, rule_name, level, name, case_name, unit, says, state, steps"
PAPER_COLUMNS = "kind, number, state, name, made_at, file, sha256"
OF_FINDING = f"""
    SELECT e.office, {", ".join(f"w.{each}" for each in WORD_COLUMNS.split(", "))}
    FROM exchange_words w JOIN exchanges e ON e.id = w.exchange_id WHERE w.key = ? AND e.undone_at = '' ORDER BY e.id
"""
TAKE_NUMBER = "INSERT OR IGNORE INTO numbers (series, year, office, n, taken_at) VALUES (?, ?, ?, ?, ?)"


class TheirPaper(NamedTuple):
    """A document the other office made, as its ledger has it."""

    kind: str
    number: str
    state: str
    name: str
    made_at: str
    file: str
    sha256: str


class Taken(NamedTuple):
    """An exchange file that was taken in; rows = accepted + rejected."""

    id: int
    code: str
    office: str
    file: str
    made_at: str
    made_by: str
    batches: tuple[int, ...]
    rows: int
    accepted: int
    rejected: int
    taken_at: str
    taken_by: str


class Exchanges:
    """The files taken in from other offices."""

    def __init__(self, link: Link, audit: Audit, batches: Batches) -> None:
        self._link, self._audit, self._batches = link, audit, batches

    def all(self) -> list[Taken]:
        """Those that stand, oldest first."""
        found = self._link.rows(f"SELECT {COLUMNS} FROM exchanges WHERE undone_at = '' ORDER BY id")
        return [Taken._make((*row[:6], tuple(json.loads(row[6])), *row[7:])) for row in found]

    def known(self, code: str) -> Taken | None:
        """The file of this code, if it was taken in and not taken back."""
        return next((each for each in self.all() if each.code == code), None)

    def add(
        self,
        facts: Taken,
        words: Sequence[TheirWord],
        papers: Sequence[TheirPaper],
        numbers: Sequence[tuple[Series, int]],
    ) -> int:
        """Put down a file with what it says, and take the document numbers it bears; how many of those were free.

        `facts.id` is not looked at. Numbers that are taken here already stay as they are.
        """
        with self._link.atomic():
            values = facts._asdict() | {"batches": pack(list(facts.batches))}
            del values["id"]
            number = self._link.insert("exchanges", values)
            sql = f"INSERT INTO exchange_words (exchange_id, {WORD_COLUMNS}) VALUES (?{', ?' * 11})"
            rows = [(number, *each[:-1], pack([list(step) for step in each.steps])) for each in words]
            self._link.change_many(sql, rows)
            sql = f"INSERT INTO exchange_papers (exchange_id, place, {PAPER_COLUMNS}) VALUES (?, ?{', ?' * 7})"
            self._link.change_many(sql, [(number, place, *each) for place, each in enumerate(papers)])
            before = self._count()
            self._link.change_many(TAKE_NUMBER, [(*series, n, facts.taken_at) for series, n in numbers])
            return self._count() - before

    def of_finding(self, key: str) -> list[tuple[str, TheirWord]]:
        """What offices said of a finding: each with the office's name."""
        return of_finding(self._link, key)

    def words(self, number: int) -> list[TheirWord]:
        """All that one file says of findings."""
        sql = f"SELECT {WORD_COLUMNS} FROM exchange_words WHERE exchange_id = ? ORDER BY desk, name, rule"
        return [_word(row) for row in self._link.rows(sql, (number,))]

    def papers(self, number: int) -> list[TheirPaper]:
        """The documents one file tells of."""
        sql = f"SELECT {PAPER_COLUMNS} FROM exchange_papers WHERE exchange_id = ? ORDER BY place"
        return [TheirPaper(*row) for row in self._link.rows(sql, (number,))]

    def undo(self, number: int, *, now: str, who: str) -> None:
        """Take a whole file back: its rows, cases and words go; document numbers stay taken.

        UserError when a document was already made from one of its rows.
        """
        taken = next((each for each in self.all() if each.id == number), None)
        if taken is None:
            raise UserError("这个交换文件已经撤回", do="不必再操作")
        standing = {each.id for each in self._batches.all()}
        with self._link.atomic():
            for batch in taken.batches:
                if batch in standing:
                    self._batches.withdraw(batch, now=now, who=who)
            self._link.change("DELETE FROM exchange_words WHERE exchange_id = ?", (number,))
            self._link.change("DELETE FROM exchange_papers WHERE exchange_id = ?", (number,))
            self._link.change("UPDATE exchanges SET undone_at = ?, undone_by = ? WHERE id = ?", (now, who, number))
            what = {"单位": taken.office, "核对码": taken.code, "批次": list(taken.batches)}
            self._audit.note("撤回交换文件", what, at=now, who=who)

    def rows_like(self, table: str, labels: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
        """The rows in the store of a table read with the same columns: what they hold → batch and row."""
        found: dict[str, tuple[int, int]] = {}
        for batch in self._batches.all():
            if batch.table == table and tuple(batch.labels().items()) == tuple(labels):
                sql = "SELECT cells, row FROM records WHERE batch_id = ?"
                found |= {cells: (batch.id, row) for cells, row in self._link.rows(sql, (batch.id,))}
        return found

    def raw(self, ids: Sequence[int]) -> list[tuple[int, int, int, str]]:
        """Rows as they lie in the store: id, batch, row in the sheet, cells."""
        return [(a, b, c, d) for a, b, c, d in self._batches.rows_under(ids)]

    def _count(self) -> int:
        found = self._link.row("SELECT count(*) FROM numbers")
        return int(found[0]) if found else 0


def of_finding(link: Link, key: str) -> list[tuple[str, TheirWord]]:
    """What offices said of a finding: each with the office's name."""
    return [(office, _word(row)) for office, *row in link.rows(OF_FINDING, (key,))]


def _word(row: Sequence[Any]) -> TheirWord:
    return TheirWord._make((*row[:-1], tuple(TheirStep(*each) for each in json.loads(row[-1]))))
