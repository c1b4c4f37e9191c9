"""The office's own changes of the law, and which reviews read what of the law.

What a review read stands once for all reviews that read the same: as a set of numbered keys.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.core.store.case_past import FACTS
from app.core.store.codec import pack
from app.core.store.link import Link
from app.core.store.rows import LawChange, PaperState, Resting

COLUMNS = "id, kind, content, why, made_at, made_by, undone_at, undone_by, undone_why"
PAST_CONCLUSION = f"p.facts ->> {FACTS.index('conclusion')}"
PAPERS = f"(SELECT count(*) FROM papers a WHERE a.case_id = c.id AND a.state = '{PaperState.ISSUED}')"
WHO = "c.desk, c.id, c.name, c.prisoner_no, c.unit, c.batch"
RESTING = f"""
    WITH wanted AS (
        SELECT s.id FROM law_sets s WHERE EXISTS (
            SELECT 1 FROM json_each(s.items) j JOIN law_items i ON i.id = j.value
            WHERE i.key IN (SELECT value FROM json_each(?))))
    SELECT {WHO}, c.conclusion, r.as_of, r.law_edition, r.made_at, {PAPERS}, 1
        FROM reviews r JOIN cases c ON c.id = r.case_id WHERE r.law_set IN wanted
    UNION ALL
    SELECT {WHO}, {PAST_CONCLUSION}, p.as_of, p.law_edition, p.made_at, {PAPERS}, 0
        FROM case_past p JOIN cases c ON c.id = p.case_id WHERE p.law_set IN wanted
    UNION ALL
    SELECT o.desk, 0, '', '', o.unit, o.label, '', o.as_of, o.law_edition, o.made_at, 0, 1
        FROM overviews o WHERE o.law_set IN wanted
    ORDER BY 1, 12 DESC, 5, 3, 2
"""


class Law:
    """What the office changed of the law, and what past reviews rest on."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def changes(self, *, undone: bool = False) -> list[LawChange]:
        """The changes in their order; with `undone` also those taken back.

        What a change says is None where it cannot be read.
        """
        where = "" if undone else "WHERE undone_at = ''"
        found = self._link.rows(f"SELECT {COLUMNS} FROM law_changes {where} ORDER BY id")
        return [LawChange(number, kind, _read(content), *rest) for number, kind, content, *rest in found]

    def add(self, kind: str, content: Mapping[str, Any], *, why: str, now: str, who: str) -> int:
        """Keep a change, said in plain JSON values; returns its number."""
        values = {"kind": kind, "content": pack(dict(content)), "why": why, "made_at": now, "made_by": who}
        return self._link.insert("law_changes", values)

    def undo(self, number: int, *, why: str, now: str, who: str) -> None:
        """Mark a change as taken back; it stays on record."""
        sql = "UPDATE law_changes SET undone_at = ?, undone_by = ?, undone_why = ? WHERE id = ? AND undone_at = ''"
        self._link.change(sql, (now, who, why, number))

    def resting_on(self, keys: Collection[str]) -> list[Resting]:
        """Every stored conclusion that read one of these keys of the law, by desk; earlier ones after those in force.

        A conclusion that called a case lawful is among them like any other.
        """
        return [Resting._make((*row[:-1], bool(row[-1]))) for row in self._link.rows(RESTING, (pack(sorted(keys)),))]


def set_numbers(link: Link, read: Iterable[frozenset[str]]) -> dict[frozenset[str], int]:
    """The numbers under which these sets of keys are kept; new ones are entered."""
    sets = set(read)
    keys = sorted(frozenset().union(*sets)) if sets else []
    link.change("INSERT OR IGNORE INTO law_items (key) SELECT value FROM json_each(?)", (pack(keys),))
    listed = "SELECT key, id FROM law_items WHERE key IN (SELECT value FROM json_each(?))"
    numbers: dict[str, int] = dict(link.rows(listed, (pack(keys),)))
    texts = {each: pack(sorted(numbers[key] for key in each)) for each in sets}
    wanted = pack(sorted(texts.values()))
    link.change("INSERT OR IGNORE INTO law_sets (items) SELECT value FROM json_each(?)", (wanted,))
    found = "SELECT items, id FROM law_sets WHERE items IN (SELECT value FROM json_each(?))"
    known: dict[str, int] = dict(link.rows(found, (wanted,)))
    return {each: known[text] for each, text in texts.items()}


def _read(content: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
