"""Lists that come again: which rows a newer list took over, and what has to be asked about rows that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.core.errors import UserError
from app.core.store.audit import Audit
from app.core.store.codec import pack, read_values
from app.core.store.link import Link, in_chunks
from app.core.store.rows import Batch, Question, QuestionState

# A row that no newer list repeats is in force. The batches of one import are numbered on, so are their rows.
IN_FORCE = "NOT EXISTS (SELECT 1 FROM repeats WHERE old_id = records.id)"
DESTROYED = "(SELECT id FROM batches WHERE destroyed_at <> '')"  # batches whose rows are empty; what they led to stays
VALUES = f"SELECT id, cells FROM records WHERE +batch_id = ? AND id > ? AND id <= ? AND {IN_FORCE} ORDER BY id LIMIT ?"
ENDS = "SELECT min(id), max(id) FROM records WHERE batch_id = ?"
PORTION = 5000
PAIR = "INSERT INTO repeats (old_id, new_id, batch_id, changed) VALUES (?, ?, ?, ?)"
FRESH = """
    SELECT id FROM records WHERE batch_id = ? AND id NOT IN (SELECT new_id FROM repeats WHERE batch_id = ?)
    ORDER BY row LIMIT ?
"""
ASK = "INSERT INTO questions (batch_id, record_id, person, what, state, asked_at) VALUES (?, ?, ?, ?, ?, ?)"
QUESTIONS = """
    SELECT q.id, q.batch_id, q.record_id, q.person, q.what, q.state, q.asked_at, q.answered_at, q.answered_by, q.note,
        coalesce(n.batch_id, 0)
    FROM questions q LEFT JOIN repeats n ON n.old_id = q.record_id
"""
OPEN = """
    SELECT batch_id, count(*) FROM questions
    WHERE state = ? AND record_id NOT IN (SELECT old_id FROM repeats) GROUP BY batch_id
"""
# Before the rows of a withdrawn batch go, what came before it and what came after it close up.
CLOSE_UP = (
    # What it lacked, the next list lacks too, unless the row came again there; without a next list nothing is asked.
    """UPDATE questions SET batch_id = (SELECT min(id) FROM batches WHERE before_id = :batch AND withdrawn_at = '')
       WHERE batch_id = :batch AND record_id NOT IN (SELECT old_id FROM repeats)
           AND EXISTS (SELECT 1 FROM batches WHERE before_id = :batch AND withdrawn_at = '')""",
    "DELETE FROM questions WHERE batch_id = :batch",
    # What is asked about one of its rows goes to the row before that.
    """UPDATE OR REPLACE questions SET record_id = (SELECT old_id FROM repeats WHERE new_id = questions.record_id)
       WHERE record_id IN (SELECT new_id FROM repeats WHERE batch_id = :batch)""",
    "DELETE FROM questions WHERE record_id IN (SELECT id FROM records WHERE batch_id = :batch)",
    """UPDATE repeats SET (new_id, batch_id, changed) =
           (SELECT n.new_id, n.batch_id, max(n.changed, repeats.changed) FROM repeats n
            WHERE n.old_id = repeats.new_id)
       WHERE batch_id = :batch AND new_id IN (SELECT old_id FROM repeats)""",
    "DELETE FROM repeats WHERE batch_id = :batch OR old_id IN (SELECT id FROM records WHERE batch_id = :batch)",
    """UPDATE batches SET before_id = (SELECT before_id FROM batches WHERE id = :batch) WHERE before_id = :batch""",
)


class Times(NamedTuple):
    """How many rows of a batch repeat an earlier one, with the same values and with others."""

    same: int
    changed: int


class Pair(NamedTuple):
    """A row and the newer one that repeats it, by their ids; `changed` when values differ."""

    old: int
    new: int
    batch: int
    changed: bool


class Repeats:
    """What joins a list to the one before it."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def values(self, batch: Batch) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The rows of a batch that are in force: id, and the values as `records.encode` writes them; in portions."""
        labels = batch.labels()
        last, end = self._link.row(ENDS, (batch.id,)) or (None, None)
        last = (last or 0) - 1
        while rows := self._link.rows(VALUES, (batch.id, last, end, PORTION)):
            yield from ((record_id, read_values(cells, labels)) for record_id, cells in rows)
            last = rows[-1][0]

    def pair(self, pairs: Iterable[Pair]) -> None:
        """Put down which rows are repeated by newer ones, which count in their place."""
        with self._link.atomic():
            for chunk in in_chunks(pairs):
                self._link.change_many(PAIR, chunk)

    def pairs(self, batch_id: int, *, changed: bool = True) -> list[Pair]:
        """The rows of a batch that repeat earlier ones, with other values or with the same, in their order."""
        sql = "SELECT old_id, new_id, batch_id, changed FROM repeats WHERE batch_id = ? AND changed = ? ORDER BY new_id"
        found = self._link.rows(sql, (batch_id, changed))
        return [Pair(old, new, batch, bool(other)) for old, new, batch, other in found]

    def fresh(self, batch_id: int, most: int) -> list[int]:
        """The first rows of a batch that repeat no earlier one, by their ids."""
        return [number for (number,) in self._link.rows(FRESH, (batch_id, batch_id, most))]

    def times(self) -> dict[int, Times]:
        """How many rows were repeated, by the batch that repeats them."""
        found = self._link.rows("SELECT batch_id, count(*), sum(changed) FROM repeats GROUP BY batch_id")
        return {batch: Times(count - changed, changed) for batch, count, changed in found}

    def earlier(self, record_id: int) -> list[int]:
        """The rows a row took the place of, the newest first."""
        found: list[int] = []
        while row := self._link.row("SELECT old_id FROM repeats WHERE new_id = ?", (record_id,)):
            record_id = row[0]
            found.append(record_id)
        return found

    def follows(self, batch_id: int, before_id: int) -> None:
        """Put down which earlier batch one was compared with."""
        self._link.change("UPDATE batches SET before_id = ? WHERE id = ?", (before_id, batch_id))

    def ask(self, questions: Iterable[tuple[int, int, str, str]], *, now: str) -> None:
        """Raise questions about rows: the batch that lacks it, record id, person and what is asked.

        A row is asked about once: sqlite's error for a second question is a bug of the caller.
        """
        with self._link.atomic():
            for chunk in in_chunks(questions):
                self._link.change_many(ASK, [(*each, QuestionState.OPEN, now) for each in chunk])

    def asked(self, ids: Collection[int]) -> set[int]:
        """Of these rows, those there is a question about."""
        sql = "SELECT record_id FROM questions WHERE record_id IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._link.rows(sql, (pack(list(ids)),))}

    def questions(self, batch_id: int | None = None) -> list[Question]:
        """Questions in their order, of one batch or all."""
        condition, values = ("", ()) if batch_id is None else ("WHERE q.batch_id = ?", (batch_id,))
        found = self._link.rows(f"{QUESTIONS} {condition} ORDER BY q.id", values)
        return [Question._make((*row[:5], QuestionState(row[5]), *row[6:])) for row in found]

    def open_questions(self) -> dict[int, int]:
        """How many questions nobody has answered, nor a later list by bringing the row again, by batch."""
        return dict(self._link.rows(OPEN, (QuestionState.OPEN,)))

    def answer(self, ids: Sequence[int], note: str, *, now: str, who: str) -> None:
        """Put down what was found out; UserError without words. The rows themselves stay as they are."""
        if not note.strip():
            raise UserError("说明不能为空", do="请写明核实的情况，再确认")
        sql = "UPDATE questions SET state = ?, note = ?, answered_at = ?, answered_by = ? WHERE id = ?"
        with self._link.atomic():
            self._link.change_many(sql, [(QuestionState.ANSWERED, note.strip(), now, who, each) for each in ids])
            self._audit.note("说明减少的行", {"questions": list(ids), "note": note.strip()}, at=now, who=who)


def close_up(link: Link, batch_id: int) -> None:
    """Let what stood before a batch, and what came after it, follow each other: it is about to be withdrawn."""
    for sql in CLOSE_UP:
        link.change(sql, {"batch": batch_id})
