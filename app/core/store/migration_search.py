"""What is searched, as the step of `migrations` makes it.

The words are columns reckoned from the others, kept by SQLite itself in indexes that alone answer a search: whatever
changes a row (a review, a withdrawal, a repair), its words are right. At 100 000 findings an index with grams of two or
three letters answered in a tenth of the time, but cost seven times as much whenever a case was reviewed.
"""

from __future__ import annotations

SEARCH = """
ALTER TABLE cases ADD COLUMN words TEXT AS (lower(name || ' ' || prisoner_no || ' ' || id_number || ' ' || offence
    || ' ' || sentence || ' ' || proposal || ' ' || unit || ' ' || ward || ' ' || batch || ' ' || court
    || ' ' || filed_on)) VIRTUAL;
CREATE INDEX cases_searched ON cases (desk, record_id, words);
ALTER TABLE sightings ADD COLUMN told TEXT AS (lower((content ->> '$.verdict.rule')
    || ' ' || (content ->> '$.verdict.name') || ' ' || coalesce(content ->> '$.verdict.message', ''))) VIRTUAL;
CREATE INDEX sightings_searched ON sightings (case_id, current, told);
CREATE INDEX papers_searched ON papers (case_id, number);
CREATE INDEX findings_said ON findings (desk, key) WHERE state <> '待核查';
CREATE INDEX cases_by_id_number ON cases (desk, id_number);
"""
