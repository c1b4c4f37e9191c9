"""What was found in whole batches: kept beside the cases, and gone with the imports it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from app.core.findings import CaseReview, Finding, Overview, Person, Standing, State
from app.core.store.casebook import FINDINGS, KEEP_FINDING, read_stored
from app.core.store.codec import pack
from app.core.store.law import set_numbers
from app.core.store.link import Link
from app.core.store.phrases import Phrases, deflate
from app.core.store.repeats import DESTROYED
from app.core.store.rows import StoredOverview
from app.core.store.verdicts import write_finding
from app.core.store.written import numbered

KEEP = """
    INSERT INTO overviews (desk, unit, label, cases, as_of, law_edition, made_at, law_set, content)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (desk, unit, label) DO UPDATE SET cases = excluded.cases, as_of = excluded.as_of,
        law_edition = excluded.law_edition, made_at = excluded.made_at, law_set = excluded.law_set,
        content = excluded.content
"""
REST_ON = """
    INSERT INTO overview_batches (overview_id, batch_id)
    SELECT DISTINCT ?, batch_id FROM cases WHERE desk = ? AND record_id IN (SELECT value FROM json_each(?))
"""
GONE = f"""
    DELETE FROM overviews WHERE desk = ? AND id NOT IN (SELECT value FROM json_each(?))
        AND id NOT IN (SELECT overview_id FROM overview_batches WHERE batch_id IN {DESTROYED})
"""
KEEP_SIGHTING = """
    INSERT INTO sightings (overview_id, key, place, current, last_seen, content) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (overview_id, key) DO UPDATE SET place = excluded.place, current = 1,
        last_seen = excluded.last_seen, content = excluded.content
"""


class Overviews:
    """The overviews of all desks."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._phrases = Phrases(link)

    def put(
        self,
        desk: str,
        overviews: Iterable[tuple[Overview, Iterable[int]]],
        findings_of: Callable[[Overview], Iterable[Finding]],
        *,
        as_of: date,
        law_edition: str,
        now: str,
    ) -> int:
        """Put these overviews in place of all the desk had, each with the records of its proposals; returns how many.

        A finding under a known key keeps its state and first day; an overview that is not made again goes.
        """
        kept: list[int] = []
        with self._link.atomic():
            for each, records in overviews:
                facts = (desk, each.unit, each.label)
                # The verdicts are kept as those of a case are, of nobody.
                told = CaseReview(Person(""), each.label, each.unit, Standing.UNJUDGED, (), each.verdicts)
                read = set_numbers(self._link, [each.law_read])[each.law_read]
                made = (as_of.isoformat(), law_edition, now, read)
                self._link.change(KEEP, (*facts, each.cases, *made, deflate(told)))
                found = self._link.row("SELECT id FROM overviews WHERE desk = ? AND unit = ? AND label = ?", facts)
                assert found is not None
                number = int(found[0])
                kept.append(number)
                self._link.change("DELETE FROM overview_batches WHERE overview_id = ?", (number,))
                self._link.change(REST_ON, (number, desk, pack(list(records))))
                self._link.change("UPDATE sightings SET current = 0 WHERE overview_id = ?", (number,))
                for place, key, finding in numbered(findings_of(each)):
                    state = State.OPEN.value
                    self._link.change(KEEP_FINDING, (key, finding.desk, finding.verdict.rule, state, now))
                    self._link.change(KEEP_SIGHTING, (number, key, place, now, write_finding(finding)))
            self._link.change(GONE, (desk, pack(kept)))
        return len(kept)

    def all(self, desk: str) -> list[StoredOverview]:
        """The overviews of a desk by unit and name, with their current findings."""
        sql = "SELECT id, unit, label, cases, as_of, content FROM overviews WHERE desk = ? ORDER BY unit, label"
        mine = f"{FINDINGS} WHERE s.overview_id = ? AND s.current = 1 ORDER BY s.place"
        return [
            StoredOverview(
                unit, label, cases, self._phrases.read(content).verdicts, number, as_of,
                tuple(read_stored(row) for row in self._link.rows(mine, (number,))),
            )
            for number, unit, label, cases, as_of, content in self._link.rows(sql, (desk,))
        ]  # fmt: skip
