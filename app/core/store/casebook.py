"""Cases, what reviews said about them, and every finding with the word that stands on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.core.findings import CaseReview, Person, Standing, State, Verdict
from app.core.store import case_past, person_cases
from app.core.store.law import set_numbers
from app.core.store.link import Link, in_chunks
from app.core.store.phrases import Phrases, deflate
from app.core.store.rows import StoredFinding
from app.core.store.verdicts import read_finding
from app.core.store.written import Written

NEEDED = ("record_id", "batch_id", "desk", "name")
TEXTS = (
    "prisoner_no", "id_number", "unit", "ward", "batch", "offence", "sentence", "proposal", "filed_on",
    "court",
)  # fmt: skip

OPEN = f"INSERT INTO cases (id, {', '.join(NEEDED + TEXTS)}) VALUES (?{', ?' * len(NEEDED + TEXTS)})"
WORTH_NEW_INDEXES = 2000  # cases
MOST = 0.5  # of the cases there are
KEEP_REVIEW = """
    INSERT INTO reviews (case_id, as_of, law_edition, made_at, law_set, content) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (case_id) DO UPDATE SET as_of = excluded.as_of, law_edition = excluded.law_edition,
        made_at = excluded.made_at, law_set = excluded.law_set, content = excluded.content
"""
KEEP_FINDING = """
    INSERT INTO findings (key, desk, rule, state, first_seen) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
"""
KEEP_SIGHTING = """
    INSERT INTO sightings (case_id, key, place, current, last_seen, content) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (case_id, key) DO UPDATE SET place = excluded.place, current = 1,
        last_seen = excluded.last_seen, content = excluded.content
"""
COUNT_CASE = """
    UPDATE cases SET conclusion = ?, reviewed_as_of = ?,
        n_unlawful = ?, n_doubt = ?, n_hint = ?, n_data = ?, n_not_evaluated = ? WHERE id = ?
"""
FINDINGS = """
    SELECT f.key, f.desk, s.content, coalesce(s.case_id, 0), f.state, f.first_seen, s.last_seen, s.current,
        f.decided_at, f.decided_by, f.why, f.code, f.until, f.checked_by, f.shelved
    FROM sightings s JOIN findings f ON f.key = s.key
"""


class Casebook:
    """The cases of all desks."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.phrases = Phrases(link)

    def open_cases(self, rows: Iterable[Mapping[str, str | int]]) -> Sequence[int]:
        """Open a case for each row; returns their ids in the same order.

        A row has record_id, batch_id, desk and name, and may have prisoner_no, id_number, unit, ward, batch (the
        label people know it by), offence, sentence, proposal, filed_on; ValueError for any other word.
        """
        with self._link.atomic():
            first = following = self._link.next_id("cases")
            for chunk in in_chunks(rows):
                values = [(following + place, *_case_values(row)) for place, row in enumerate(chunk)]
                self._link.change_many(OPEN, values)
                following += len(values)
        return range(first, following)

    def take_over(self, batch_id: int, rows: Iterable[tuple[int, Mapping[str, str | int], bool]]) -> None:
        """Let cases (by id) go on with the row of a newer list, as `open_cases` takes it; they keep all that was done.

        The third part tells whether values changed: then the last review holds no longer and is put away.
        """
        with self._link.atomic():
            checked = ((case_id, row, changed) for case_id, row, changed in rows if _case_values(row))
            case_past.take_over(self._link, batch_id, checked)

    def keep_cases(self, desk: str, rows: Iterable[Mapping[str, str | int]]) -> dict[str, int]:
        """Open a case for each row whose key is new to the desk, give the others the row's words; key → case id.

        A row is as `open_cases` takes it but without batch_id and desk, and has a key beside: what the case is known
        by from import to import.
        """
        with self._link.atomic():
            return person_cases.keep(self._link, desk, list(rows))

    def drop_cases(self, desk: str, kept: Collection[int]) -> None:
        """Let go of the desk's keyed cases that are not among these; a case with a document stays, as not current."""
        with self._link.atomic():
            person_cases.drop_others(self._link, desk, kept)

    def put_unasked(self, desk: str, verdicts: Sequence[Verdict]) -> None:
        """Keep which rules of a desk nobody could be asked, and what is missing for them."""
        gaps = CaseReview(Person(""), "", "", Standing.UNJUDGED, (), tuple(verdicts))
        self._link.change("INSERT OR REPLACE INTO unasked VALUES (?, ?)", (desk, deflate(gaps)))

    def unasked(self, desk: str) -> tuple[Verdict, ...]:
        """What `put_unasked` kept at the last review."""
        found = self._link.row("SELECT content FROM unasked WHERE desk = ?", (desk,))
        return () if found is None else self.phrases.read(found[0]).verdicts

    def case_of(self, desk: str) -> dict[int, int]:
        """The cases of a desk: record id → case id."""
        return dict(self._link.rows("SELECT record_id, id FROM cases WHERE desk = ?", (desk,)))

    def key_of(self, case_id: int) -> str:
        """What a case is known by from import to import; "" for a case without a key, or when it is gone."""
        found = self._link.row("SELECT key FROM cases WHERE id = ?", (case_id,))
        return "" if found is None else str(found[0])

    def keyed(self, desk: str, beginning: str) -> list[int]:
        """The cases of a desk whose keys begin with a text, in the order they were opened."""
        sql = "SELECT id FROM cases WHERE desk = ? AND key <> '' AND substr(key, 1, length(?)) = ? ORDER BY id"
        return [number for (number,) in self._link.rows(sql, (desk, beginning, beginning))]

    def put_reviews(
        self,
        reviews: Iterable[tuple[int, Written]],
        *,
        as_of: date,
        law_edition: str,
        now: str,
        expected: int = 0,
    ) -> int:
        """Keep what a review said about each case (by case id); returns how many cases there were.

        A finding under a known key stays the same finding: its state and first day are kept, its words are renewed.
        A finding of the case that is no longer made is kept and marked as not current. One transaction for all.
        `expected`: how many cases there will be, about; cases may be opened and renewed meanwhile.
        """
        day, number = as_of.isoformat(), 0
        with self._link.bare("cases") if self._most_change(expected) else self._link.atomic():
            for chunk in in_chunks(reviews):
                number += len(chunk)
                read = set_numbers(self._link, (review.law_read for _, review in chunk))
                made = (day, law_edition, now)
                blobs = [(case_id, *made, read[review.law_read], review.content) for case_id, review in chunk]
                found = [(case_id, place, *each) for case_id, one in chunk for place, each in enumerate(one.findings)]
                many = self._link.change_many
                many(KEEP_REVIEW, blobs)
                many("UPDATE sightings SET current = 0 WHERE case_id = ?", [(case_id,) for case_id, _ in chunk])
                many(KEEP_FINDING, [(key, desk, rule, State.OPEN.value, now) for _, _, key, desk, rule, _ in found])
                many(KEEP_SIGHTING, [(case_id, key, place, now, text) for case_id, place, key, _, _, text in found])
                many(COUNT_CASE, [(review.conclusion, day, *review.counts, case_id) for case_id, review in chunk])
        return number

    def _most_change(self, expected: int) -> bool:
        """Whether it is quicker to make the indexes of cases anew than to keep them in step."""
        if expected < WORTH_NEW_INDEXES:
            return False
        there = self._link.row("SELECT count(*) FROM cases")
        return there is not None and expected >= there[0] * MOST

    def review_of(self, case_id: int) -> CaseReview | None:
        """The last review of a case, every verdict of it; None when it was not reviewed."""
        found = self._link.row("SELECT content FROM reviews WHERE case_id = ?", (case_id,))
        return None if found is None else self.phrases.read(found[0])

    def findings(
        self,
        case_id: int | None = None,
        *,
        desk: str | None = None,
        key: str | None = None,
        state: State | None = None,
        current: bool | None = True,
    ) -> list[StoredFinding]:
        """Findings in the order of cases and rules, of one case, desk, key or state; those about whole batches last.

        `current` picks those the last review made (True), those it did not make again (False), or both (None).
        """
        of = (("s.case_id = ?", case_id), ("f.desk = ?", desk), ("f.key = ?", key), ("f.state = ?", state))
        wanted = (*of, ("s.current = ?", current))
        where = [(condition, value) for condition, value in wanted if value is not None]
        condition = " AND ".join(each for each, _ in where) or "1"
        order = "s.case_id IS NULL, s.case_id, s.overview_id, s.current DESC, s.place"
        sql = f"{FINDINGS} WHERE {condition} ORDER BY {order}"
        return [read_stored(row) for row in self._link.rows(sql, [value for _, value in where])]


def _case_values(row: Mapping[str, str | int]) -> list[str | int]:
    strange = row.keys() - {*NEEDED, *TEXTS}
    if strange:
        raise ValueError(f"a case has no {', '.join(sorted(strange))}")
    return [*(row[each] for each in NEEDED), *(row.get(each, "") for each in TEXTS)]


def read_stored(row: Sequence[Any]) -> StoredFinding:
    """A finding as a row of `FINDINGS` holds it."""
    key, desk, content, case_id, state, first_seen, last_seen, current, decided_at, decided_by, why, *more = row
    code, until, checked_by, shelved = more
    person, case, unit, verdict = read_finding(content)
    return StoredFinding(
        key=key,
        desk=desk,
        person=person,
        case=case,
        unit=unit,
        verdict=verdict,
        case_id=case_id,
        state=State(state),
        first_seen=first_seen,
        last_seen=last_seen,
        current=bool(current),
        decided_at=decided_at,
        decided_by=decided_by,
        why=why,
        code=code,
        until=until,
        checked_by=checked_by,
        shelved=shelved,
    )
