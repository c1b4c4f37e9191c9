"""Leads that a review did not find again: why not, kept until they are found again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from app.core.findings import Evidence
from app.core.store.audit import Audit
from app.core.store.casebook import read_stored
from app.core.store.codec import pack
from app.core.store.life_book import LifeBook
from app.core.store.link import Link, in_chunks
from app.core.store.repeats import DESTROYED
from app.core.store.rows import Batch, Ended, Ending
from app.core.store.verdicts import write_finding

WATCHED = f"""
    SELECT c.key, c.record_id, coalesce(r.law_edition, ''), coalesce(r.as_of, ''), f.rule, f.key, s.last_seen
    FROM sightings s JOIN findings f ON f.key = s.key JOIN cases c ON c.id = s.case_id
    LEFT JOIN reviews r ON r.case_id = c.id
    WHERE c.desk = ? AND c.key <> '' AND s.current = 1 AND c.batch_id NOT IN {DESTROYED} ORDER BY c.id, s.place
"""
NEWEST = """
    WITH RECURSIVE chain (first, id) AS (
        SELECT value, value FROM json_each(?)
        UNION ALL SELECT chain.first, n.new_id FROM chain JOIN repeats n ON n.old_id = chain.id)
    SELECT first, max(id) FROM chain GROUP BY first
"""
BEFORE = """
    SELECT n.old_id, n.changed, b.imported_at FROM repeats n
    JOIN records r ON r.id = n.old_id JOIN batches b ON b.id = r.batch_id WHERE n.new_id = ?
"""
IMPORTED = """
    SELECT r.id, r.batch_id FROM records r JOIN batches b ON b.id = r.batch_id
    WHERE r.id IN (SELECT value FROM json_each(?)) AND b.imported_at > ?
"""
COLUMNS = "key, desk, case_key, how, says, batch_id, last_seen, ended_at, evidence, content"
READ = """
    SELECT f.key, f.desk, e.content, coalesce(c.id, 0), f.state, f.first_seen, e.last_seen, f.decided_at, f.decided_by,
        f.why, f.code, f.until, f.checked_by, f.shelved, e.case_key, e.how, e.says, e.evidence, e.batch_id, e.ended_at
    FROM endings e JOIN findings f ON f.key = e.key LEFT JOIN cases c ON c.desk = e.desk AND c.key = e.case_key
"""
FOUND_AGAIN = "desk = ? AND key IN (SELECT key FROM sightings WHERE current = 1)"
GONE_WITH = f"""
    INSERT OR REPLACE INTO endings ({COLUMNS})
    SELECT s.key, c.desk, c.key, ?, ?, 0, s.last_seen, ?, '[]', s.content
    FROM sightings s JOIN cases c ON c.id = s.case_id WHERE c.batch_id = ? AND c.key <> '' AND s.current = 1
"""


class Watched(NamedTuple):
    """A lead the last review found: its key and rule, when, and of its case the key, row, law and day."""

    case_key: str
    record_id: int
    law_edition: str
    as_of: str
    rule: str
    key: str
    last_seen: str


class Endings:
    """The leads of people in lists that came to an end."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def watched(self, desk: str) -> list[Watched]:
        """Every lead the last review of a desk found in cases known by a key, in their order."""
        return [Watched._make(row) for row in self._link.rows(WATCHED, (desk,))]

    def newest(self, ids: Collection[int]) -> dict[int, int]:
        """Rows by their ids → the row that counts in their place now, themselves when none does."""
        found: dict[int, int] = {}
        for chunk in in_chunks(ids):
            found |= dict(self._link.rows(NEWEST, (pack(chunk),)))
        return found

    def news(self, ids: Collection[int], since: str) -> dict[int, tuple[int, int]]:
        """Of these rows those that were not there, or not with these values, at a moment (ISO text).

        Each with its batch and the row that stood in its place then, 0 for none.
        """
        found: dict[int, tuple[int, int]] = {}
        for number, batch in self._link.rows(IMPORTED, (pack(list(ids)), since)):
            row, changed, then = number, False, False
            while not then and (before := self._link.row(BEFORE, (row,))) is not None:
                row, other, imported_at = before
                changed, then = changed or bool(other), imported_at <= since
            if not then or changed:
                found[number] = batch, row if then else 0
        return found

    def put(self, endings: Iterable[Ended]) -> None:
        """Keep why leads ended; an earlier word on the same lead is replaced."""
        sql = f"INSERT OR REPLACE INTO endings ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        with self._link.atomic():
            for chunk in in_chunks(endings):
                self._link.change_many(sql, [_values(each) for each in chunk])

    def reopen(self, desk: str) -> int:
        """Let go of what is said about leads that are found again; returns how many."""
        with self._link.atomic():
            found = self._link.row(f"SELECT count(*) FROM endings WHERE {FOUND_AGAIN}", (desk,))
            self._link.change(f"DELETE FROM endings WHERE {FOUND_AGAIN}", (desk,))
        return int(found[0]) if found else 0

    def carry(self, old: str, new: str, *, now: str, who: str) -> None:
        """Let a lead nobody decided on take over what was decided on an earlier one under another key, and log it."""
        with self._link.atomic():
            LifeBook(self._link, self._audit).carry(old, new, now=now, who=who)

    def of_case(self, case_id: int) -> list[Ended]:
        """What ended in a case."""
        return self._read("WHERE c.id = ? AND c.key <> ''", (case_id,))

    def of_desk(self, desk: str) -> list[Ended]:
        """All that ended at a desk, also where the case is gone."""
        return self._read("WHERE e.desk = ?", (desk,))

    def _read(self, condition: str, values: Sequence[Any]) -> list[Ended]:
        rows = self._link.rows(f"{READ} {condition} ORDER BY e.ended_at, e.key", values)
        return [_ended(row) for row in rows]


def withdrawn(link: Link, batch: Batch, now: str) -> None:
    """Note on leads of the cases that go with a batch that it was withdrawn; those it answered must be asked again."""
    gone = f"依据的“{batch.file}”（工作表“{batch.sheet}”）已撤回"
    link.change(GONE_WITH, (Ending.WITHDRAWN, gone, now, batch.id))
    again = f"回答这条线索的“{batch.file}”（工作表“{batch.sheet}”）已撤回，请重新核查"
    sql = "UPDATE endings SET how = ?, says = ?, evidence = '[]', batch_id = 0 WHERE batch_id = ?"
    link.change(sql, (Ending.AGAIN, again, batch.id))


def _values(each: Ended) -> tuple[Any, ...]:
    finding = each.finding
    cells = pack(each.evidence)
    return (
        *(finding.key, finding.desk, each.case_key, each.how, each.says, each.batch),
        *(finding.last_seen, each.ended_at, cells, write_finding(finding)),
    )


def _ended(row: Sequence[Any]) -> Ended:
    *lead, case_key, how, says, cells, batch, ended_at = row
    finding = read_stored((*lead[:7], False, *lead[7:]))
    evidence = tuple(Evidence(*each) for each in json.loads(cells))
    return Ended(finding, case_key, Ending(how), says, evidence, batch, ended_at)
