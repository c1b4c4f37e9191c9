"""Counts over many cases and findings, and how many each rule found in each review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.core.store.link import Link

# One line a finding, as it was last seen, under the unit of its case, since cases are counted by units as well; the
# rule's version is that of the review which found it first.
LEADS = """
    WITH seen AS (
        SELECT f.key AS key, f.desk AS desk, f.rule AS rule, f.state AS state, f.first_seen AS first_seen,
            f.decided_at AS decided_at, coalesce(s.content, e.content) AS content,
            max(coalesce(s.current, 0)) AS current, c.unit AS whose
        FROM findings f LEFT JOIN sightings s ON s.key = f.key LEFT JOIN cases c ON c.id = s.case_id
            LEFT JOIN endings e ON e.key = f.key
        GROUP BY f.key HAVING coalesce(s.content, e.content) IS NOT NULL
    )
    SELECT seen.*, coalesce(whose, content ->> '$.unit') AS unit, content ->> '$.verdict.name' AS name,
        content ->> '$.verdict.level' AS level, coalesce(content ->> '$.verdict.gravity', '') AS gravity,
        coalesce(content ->> '$.verdict.harm', '') AS harm, coalesce(content ->> '$.verdict.document', '') AS document,
        coalesce(content ->> '$.person[0]', '') || '|' || coalesce(content ->> '$.person[1]', '') || '|'
            || coalesce(content ->> '$.person[2]', '') AS person, coalesce(content ->> '$.person[3]', '') AS match,
        coalesce(r.law_edition, '') AS edition, coalesce(r.program, '') AS program
    FROM seen LEFT JOIN review_runs r ON r.id =
        (SELECT max(id) FROM review_runs WHERE desk = seen.desk AND made_at = seen.first_seen)
"""
CUBE = f"""
    WITH leads AS ({LEADS})
    SELECT desk, unit, rule, max(name), level, gravity, substr(first_seen, 1, 7), state, edition, program, current,
        count(*)
    FROM leads WHERE first_seen >= ? AND first_seen < ? GROUP BY desk, unit, rule, level, gravity,
        substr(first_seen, 1, 7), state, edition, program, current
    ORDER BY desk, unit, rule
"""
CODED = f"""
    WITH leads AS ({LEADS})
    SELECT desk, unit, person, match, rule, level, gravity, harm, document, state, substr(first_seen, 1, 10),
        substr(decided_at, 1, 10), edition, program, current
    FROM leads ORDER BY key
"""
CASES = """
    SELECT desk, unit, count(*), sum(n_unlawful > 0) FROM cases WHERE reviewed_as_of <> '' GROUP BY desk, unit
"""
MATTERS = """
    SELECT desk, unit, name || '|' || id_number || '|' || prisoner_no, proposal, filed_on, conclusion,
        n_unlawful, n_doubt, n_hint, n_data, n_not_evaluated
    FROM cases WHERE reviewed_as_of <> '' ORDER BY id
"""
YIELDS = """
    SELECT r.id, r.desk, r.as_of, r.law_edition, r.program, r.made_at, r.cases, y.rule, y.asked, y.found, y.blind
    FROM review_runs r JOIN rule_yields y ON y.run_id = r.id WHERE ? = 0 OR r.id IN
        (SELECT max(id) FROM review_runs GROUP BY desk) ORDER BY r.id, y.rule
"""
FILED = "SELECT desk, filed_on, count(*) FROM cases WHERE filed_on <> '' GROUP BY desk, filed_on"
DECIDED = """
    SELECT after, substr(at, 1, 7), count(DISTINCT key) FROM steps s
    WHERE kind = '核查' AND before <> after AND NOT EXISTS (SELECT 1 FROM steps u WHERE u.undoes = s.id)
    GROUP BY after, substr(at, 1, 7)
"""
RUNS = "INSERT INTO review_runs (desk, as_of, law_edition, program, made_at, cases) VALUES (?, ?, ?, ?, ?, ?)"
BEGINNING, END = "", "9999"


class Count(NamedTuple):
    """How many findings agree in all of these; `month` is that of the first day, `current` 1 while still found."""

    desk: str
    unit: str
    rule: str
    name: str
    level: str
    gravity: str
    month: str
    state: str
    edition: str
    program: str
    current: int
    n: int


class UnitCases(NamedTuple):
    """The reviewed cases of a unit, and how many of them have a finding that is unlawful."""

    desk: str
    unit: str
    cases: int
    flagged: int


class Coded(NamedTuple):
    """A finding with whom it is about, days in ISO form; what is handed on must not name the person or the unit."""

    desk: str
    unit: str
    person: str
    match: str
    rule: str
    level: str
    gravity: str
    harm: str
    document: str
    state: str
    first_day: str
    decided_on: str
    edition: str
    program: str
    current: int


class Matter(NamedTuple):
    """A reviewed case with whom it is about; what is handed on must not name the person or the unit."""

    desk: str
    unit: str
    person: str
    proposal: str
    filed_on: str
    conclusion: str
    n_unlawful: int
    n_doubt: int
    n_hint: int
    n_data: int
    n_not_evaluated: int


class RuleYield(NamedTuple):
    """What one rule gave in one review.

    `asked` cases it could judge, `found` those of them with a finding, `blind` those it lacked data for.
    """

    run: int
    desk: str
    as_of: str
    edition: str
    program: str
    made_at: str
    cases: int
    rule: str
    asked: int
    found: int
    blind: int


class Statistics:
    """Counts of all desks; nothing here names a person except `coded` and `matters`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def put_run(
        self,
        desk: str,
        yields: Iterable[tuple[str, int, int, int]],
        *,
        as_of: date,
        law_edition: str,
        program: str,
        cases: int,
        now: str,
    ) -> None:
        """Keep what each rule gave in a review: rule, cases asked, found, lacking data."""
        with self._link.atomic():
            run = self._link.next_id("review_runs")
            self._link.change(RUNS, (desk, as_of.isoformat(), law_edition, program, now, cases))
            rows = [(run, *each) for each in yields]
            self._link.change_many("INSERT INTO rule_yields VALUES (?, ?, ?, ?, ?)", rows)

    def yields(self, *, newest: bool = False) -> list[RuleYield]:
        """What each rule gave in every review, oldest first, or only in the last one of each desk."""
        return [RuleYield._make(row) for row in self._link.rows(YIELDS, (int(newest),))]

    def counts(self, first: str = BEGINNING, before: str = END) -> list[Count]:
        """All findings, grouped; those first found from a day on and before another (ISO)."""
        return [Count._make(row) for row in self._link.rows(CUBE, (first, before))]

    def unit_cases(self) -> list[UnitCases]:
        """The reviewed cases by desk and unit."""
        return [UnitCases._make(row) for row in self._link.rows(CASES)]

    def filed(self) -> list[tuple[str, str, int]]:
        """How many cases of a desk were filed on a day (ISO)."""
        return [(desk, day, n) for desk, day, n in self._link.rows(FILED)]

    def decided(self) -> list[tuple[str, str, int]]:
        """On how many findings somebody's word stands, by the state it gave and the month it was given in."""
        return [(state, month, n) for state, month, n in self._link.rows(DECIDED)]

    def coded(self) -> list[Coded]:
        """Every finding, one line each."""
        return [Coded._make(row) for row in self._link.rows(CODED)]

    def matters(self) -> list[Matter]:
        """Every reviewed case, one line each."""
        return [Matter._make(row) for row in self._link.rows(MATTERS)]
