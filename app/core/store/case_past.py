"""What a case was before a newer list took it over, kept so that withdrawing that list restores it exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from app.core.store.link import Link, in_chunks
from app.core.store.rows import PaperState

# A case's own columns, in the order they are kept in.
FACTS = (
    "record_id", "batch_id", "prisoner_no", "name", "id_number", "unit", "ward", "batch", "offence", "sentence",
    "proposal", "filed_on", "conclusion", "n_unlawful", "n_doubt", "n_hint", "n_data", "n_not_evaluated",
    "reviewed_as_of",
)  # fmt: skip
REVIEWED = ("conclusion", "n_unlawful", "n_doubt", "n_hint", "n_data", "n_not_evaluated", "reviewed_as_of")
KEEP = f"""
    INSERT INTO case_past (case_id, batch_id, before_id, facts, as_of, law_edition, made_at, content, sightings)
    SELECT c.id, ?, c.batch_id, json_array({", ".join(f"c.{each}" for each in FACTS)}),
        r.as_of, r.law_edition, r.made_at, r.content,
        (SELECT json_group_array(json_array(s.key, s.place, s.current, s.last_seen, s.content))
            FROM sightings s WHERE s.case_id = c.id)
    FROM cases c LEFT JOIN reviews r ON r.case_id = c.id WHERE c.id = ?
"""
TAKEN_BY = "SELECT case_id, facts, as_of, law_edition, made_at, content, sightings FROM case_past WHERE batch_id = ?"
# The next list that took the case over keeps, in place of the withdrawn list's state, the one before that.
HAND_ON = """
    UPDATE case_past SET (before_id, facts, as_of, law_edition, made_at, content, sightings) =
        (SELECT before_id, facts, as_of, law_edition, made_at, content, sightings FROM case_past p
            WHERE p.case_id = case_past.case_id AND p.batch_id = :batch)
    WHERE before_id = :batch AND case_id IN (SELECT case_id FROM case_past WHERE batch_id = :batch)
"""
HEADS = """
    SELECT case_id FROM case_past p WHERE batch_id = :batch
        AND NOT EXISTS (SELECT 1 FROM case_past n WHERE n.case_id = p.case_id AND n.before_id = :batch)
"""
MOVE_DRAFTS = f"UPDATE papers SET batch_id = ? WHERE case_id = ? AND state = '{PaperState.RESERVED}'"
UNREVIEW = (
    f"UPDATE cases SET {', '.join(f'{each} = 0' if each[:2] == 'n_' else f'''{each} = '' ''' for each in REVIEWED)}"
)


def take_over(link: Link, batch_id: int, rows: Iterable[tuple[int, Mapping[str, str | int], bool]]) -> None:
    """Give cases (by id) the facts of a newer row; where values changed, they count as not yet reviewed.

    What they were is kept. `rows` have record_id, batch_id and the words of the case list.
    """
    for chunk in in_chunks(rows):
        link.change_many(KEEP, [(batch_id, case_id) for case_id, _, _ in chunk])
        names = [each for each in FACTS if each not in REVIEWED]
        sql = f"UPDATE cases SET {', '.join(f'{each} = ?' for each in names)} WHERE id = ?"
        link.change_many(sql, [(*(row.get(each, "") for each in names), case_id) for case_id, row, _ in chunk])
        link.change_many(MOVE_DRAFTS, [(batch_id, case_id) for case_id, _, _ in chunk])
        changed = [(case_id,) for case_id, _, other in chunk if other]
        link.change_many(f"{UNREVIEW} WHERE id = ?", changed)
        link.change_many("DELETE FROM reviews WHERE case_id = ?", changed)
        link.change_many("UPDATE sightings SET current = 0 WHERE case_id = ?", changed)


def give_back(link: Link, batch_id: int) -> None:
    """Restore the cases a batch took over, before it is withdrawn; those taken on by a later one skip it."""
    heads = {case_id for (case_id,) in link.rows(HEADS, {"batch": batch_id})}
    for case_id, facts, *review, sightings in link.rows(TAKEN_BY, (batch_id,)):
        if case_id in heads:
            _restore(link, case_id, json.loads(facts), review, json.loads(sightings))
    link.change(HAND_ON, {"batch": batch_id})
    link.change("DELETE FROM case_past WHERE ? IN (batch_id, before_id)", (batch_id,))


def _restore(
    link: Link,
    case_id: int,
    facts: Sequence[str | int],
    review: Sequence[object],
    sightings: Sequence[Sequence[object]],
) -> None:
    link.change(f"UPDATE cases SET {', '.join(f'{each} = ?' for each in FACTS)} WHERE id = ?", (*facts, case_id))
    link.change(MOVE_DRAFTS, (facts[1], case_id))
    link.change("DELETE FROM reviews WHERE case_id = ?", (case_id,))
    if review[0] is not None:
        sql = "INSERT INTO reviews (case_id, as_of, law_edition, made_at, content) VALUES (?, ?, ?, ?, ?)"
        link.change(sql, (case_id, *review))
    link.change("DELETE FROM sightings WHERE case_id = ?", (case_id,))
    sql = "INSERT INTO sightings (case_id, key, place, current, last_seen, content) VALUES (?, ?, ?, ?, ?, ?)"
    link.change_many(sql, [(case_id, *each) for each in sightings])
