"""What a case was before a newer list took it over, kept so that withdrawing that list restores it exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.store.codec import pack
from app.core.store.link import Link, in_chunks
from app.core.store.rows import PaperState

# A case's own columns, in the order they are kept in.
FACTS = (
    "record_id", "batch_id", "prisoner_no", "name", "id_number", "unit", "ward", "batch", "offence", "sentence",
    "proposal", "filed_on", "court", "conclusion", "n_unlawful", "n_doubt", "n_hint", "n_data", "n_not_evaluated",
    "reviewed_as_of",
)  # fmt: skip
REVIEWED = ("conclusion", "n_unlawful", "n_doubt", "n_hint", "n_data", "n_not_evaluated", "reviewed_as_of")
TAKEN = tuple(each for each in FACTS if each not in REVIEWED)
# Many rows go to the store in one statement, as JSON: a statement a row would take quadratic time inside a savepoint.
KEEP = f"""
    INSERT INTO case_past
        (case_id, batch_id, before_id, facts, as_of, law_edition, made_at, law_set, content, sightings)
    SELECT c.id, :batch, c.batch_id, json_array({", ".join(f"c.{each}" for each in FACTS)}),
        r.as_of, r.law_edition, r.made_at, r.law_set, r.content,
        (SELECT json_group_array(json_array(s.key, s.place, s.current, s.last_seen, s.content))
            FROM sightings s WHERE s.case_id = c.id)
    FROM json_each(:rows) j JOIN cases c ON c.id = j.value ->> 0 LEFT JOIN reviews r ON r.case_id = c.id
"""
TAKE = f"""
    UPDATE cases SET {", ".join(f"{each} = j.value ->> {place}" for place, each in enumerate(TAKEN, 1))}
    FROM json_each(:rows) j WHERE cases.id = j.value ->> 0
"""
MOVE_DRAFTS = f"""
    UPDATE papers SET batch_id = :batch
    WHERE state = '{PaperState.RESERVED}' AND case_id IN (SELECT value ->> 0 FROM json_each(:rows))
"""
EMPTY = {each: "0" if each.startswith("n_") else "''" for each in REVIEWED}
UNREVIEW = (
    f"""UPDATE cases SET {", ".join(f"{each} = {empty}" for each, empty in EMPTY.items())}
        WHERE id IN (SELECT value FROM json_each(?))""",
    "DELETE FROM reviews WHERE case_id IN (SELECT value FROM json_each(?))",
    "UPDATE sightings SET current = 0 WHERE case_id IN (SELECT value FROM json_each(?))",
)
# Cases that no later list took over are restored.
LAST = """p.batch_id = :batch AND NOT EXISTS
    (SELECT 1 FROM case_past n WHERE n.case_id = p.case_id AND n.before_id = :batch)"""
GIVE_BACK = (
    f"""UPDATE cases SET {", ".join(f"{each} = p.facts ->> {place}" for place, each in enumerate(FACTS))}
        FROM case_past p WHERE p.case_id = cases.id AND {LAST}""",
    f"""UPDATE papers SET batch_id = p.before_id FROM case_past p
        WHERE p.case_id = papers.case_id AND papers.state = '{PaperState.RESERVED}' AND {LAST}""",
    f"DELETE FROM reviews WHERE case_id IN (SELECT case_id FROM case_past p WHERE {LAST})",
    f"""INSERT INTO reviews (case_id, as_of, law_edition, made_at, law_set, content)
        SELECT case_id, as_of, law_edition, made_at, law_set, content
        FROM case_past p WHERE as_of IS NOT NULL AND {LAST}""",
    f"DELETE FROM sightings WHERE case_id IN (SELECT case_id FROM case_past p WHERE {LAST})",
    f"""INSERT INTO sightings (case_id, key, place, current, last_seen, content)
        SELECT p.case_id, s.value ->> 0, s.value ->> 1, s.value ->> 2, s.value ->> 3, s.value ->> 4
        FROM case_past p, json_each(p.sightings) s WHERE {LAST}""",
    # The next list that took the case over keeps, in place of the withdrawn list's state, the one before that.
    """UPDATE case_past SET (before_id, facts, as_of, law_edition, made_at, law_set, content, sightings) =
           (SELECT before_id, facts, as_of, law_edition, made_at, law_set, content, sightings FROM case_past p
                WHERE p.case_id = case_past.case_id AND p.batch_id = :batch)
       WHERE before_id = :batch AND case_id IN (SELECT case_id FROM case_past WHERE batch_id = :batch)""",
    "DELETE FROM case_past WHERE :batch IN (batch_id, before_id)",
)


def take_over(link: Link, batch_id: int, rows: Iterable[tuple[int, Mapping[str, str | int], bool]]) -> None:
    """Give cases (by id) the facts of a newer row; where values changed, they count as not yet reviewed.

    What they were is kept. `rows` have record_id, batch_id and the words of the case list.
    """
    for chunk in in_chunks(rows):
        listed = pack([(case_id, *(row.get(each, "") for each in TAKEN)) for case_id, row, _ in chunk])
        for sql in (KEEP, TAKE, MOVE_DRAFTS):
            link.change(sql, {"batch": batch_id, "rows": listed})
        changed = pack([case_id for case_id, _, other in chunk if other])
        for sql in UNREVIEW:
            link.change(sql, (changed,))


def give_back(link: Link, batch_id: int) -> None:
    """Restore the cases a batch took over, before it is withdrawn; those taken on by a later one skip it."""
    for sql in GIVE_BACK:
        link.change(sql, {"batch": batch_id})
