"""Cases that are found anew at every review: each is known by a key, and its row may change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.core.store.codec import pack
from app.core.store.link import Link, in_chunks
from app.core.store.repeats import DESTROYED

TEXTS = (
    "name", "prisoner_no", "id_number", "unit", "ward", "batch", "offence", "sentence", "proposal", "filed_on",
    "court",
)  # fmt: skip
RENEWED = ("record_id", "batch_id", *TEXTS)
KEEP = f"""
    INSERT INTO cases (desk, key, {", ".join(RENEWED)})
    VALUES (?, ?, ?, (SELECT batch_id FROM records WHERE id = ?){", ?" * len(TEXTS)})
    ON CONFLICT (desk, key) WHERE key <> '' DO UPDATE SET {", ".join(f"{each} = excluded.{each}" for each in RENEWED)}
"""
# Only with the condition of the index of keys is it used; without it every portion would go through all cases.
IDS = "SELECT key, id FROM cases WHERE desk = ? AND key <> '' AND key IN (SELECT value FROM json_each(?))"
WITH_PAPER = "id IN (SELECT case_id FROM papers)"
LET_GO = (
    "DELETE FROM sightings WHERE case_id = ?",
    "DELETE FROM reviews WHERE case_id = ?",
    "DELETE FROM cases WHERE id = ?",
)


def keep(link: Link, desk: str, rows: Sequence[Mapping[str, str | int]]) -> dict[str, int]:
    """Open or renew a case for each row (key, record_id and `TEXTS`); returns their ids by key."""
    values = [
        (desk, row["key"], row["record_id"], row["record_id"], *(row.get(each, "") for each in TEXTS)) for row in rows
    ]
    link.change_many(KEEP, values)
    return dict(link.rows(IDS, (desk, pack([row["key"] for row in rows]))))


def drop_others(link: Link, desk: str, kept: Collection[int]) -> None:
    """Delete the desk's keyed cases that are not kept; those with a document lose only their present findings.

    A case whose rows were destroyed can be found by no review any more, and stays as it is.
    """
    sql = f"SELECT id, {WITH_PAPER} FROM cases WHERE desk = ? AND key <> '' AND batch_id NOT IN {DESTROYED}"
    found = link.rows(sql, (desk,))
    gone = [(number, bool(paper)) for number, paper in found if number not in kept]
    for chunk in in_chunks(gone):
        for sql in LET_GO:
            link.change_many(sql, [(number,) for number, paper in chunk if not paper])
        with_paper = [(number,) for number, paper in chunk if paper]
        link.change_many("UPDATE sightings SET current = 0 WHERE case_id = ?", with_paper)
