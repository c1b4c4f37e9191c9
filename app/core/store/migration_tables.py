"""The tables of the store, as the steps of `migrations` make them."""

from __future__ import annotations

BATCHES = """
CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, sheet TEXT NOT NULL,
    kind TEXT NOT NULL,
    header_row INTEGER NOT NULL,
    mapping TEXT NOT NULL,
    unmapped TEXT NOT NULL,
    rows INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
    header_first INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 0, aside TEXT NOT NULL DEFAULT '[]',
    imported_at TEXT NOT NULL, imported_by TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '', before_id INTEGER REFERENCES batches (id),
    withdrawn_at TEXT NOT NULL DEFAULT '', withdrawn_by TEXT NOT NULL DEFAULT '',
    destroyed_at TEXT NOT NULL DEFAULT '', destroyed_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX batches_by_file ON batches (sha256);
CREATE INDEX batches_by_before ON batches (before_id);
CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    row INTEGER NOT NULL,
    cells TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_row ON records (batch_id, row);
CREATE TABLE rejects (
    id INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    file TEXT NOT NULL, sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    column_label TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
    texts TEXT NOT NULL
) STRICT;
CREATE INDEX rejects_by_batch ON rejects (batch_id);
"""

CASES = """
CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id INTEGER NOT NULL REFERENCES records (id),
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    desk TEXT NOT NULL, key TEXT NOT NULL DEFAULT '',
    prisoner_no TEXT NOT NULL, name TEXT NOT NULL, id_number TEXT NOT NULL,
    unit TEXT NOT NULL, ward TEXT NOT NULL, batch TEXT NOT NULL,
    offence TEXT NOT NULL, sentence TEXT NOT NULL, proposal TEXT NOT NULL, filed_on TEXT NOT NULL,
    court TEXT NOT NULL DEFAULT '',
    conclusion TEXT NOT NULL DEFAULT '',
    n_unlawful INTEGER NOT NULL DEFAULT 0, n_doubt INTEGER NOT NULL DEFAULT 0, n_hint INTEGER NOT NULL DEFAULT 0,
    n_data INTEGER NOT NULL DEFAULT 0, n_not_evaluated INTEGER NOT NULL DEFAULT 0,
    reviewed_as_of TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX cases_by_record ON cases (record_id, desk) WHERE key = '';
CREATE UNIQUE INDEX cases_by_key ON cases (desk, key) WHERE key <> '';
CREATE INDEX cases_of_record ON cases (record_id);
CREATE INDEX cases_by_batch ON cases (batch_id);
CREATE INDEX cases_by_conclusion ON cases (desk, conclusion);
CREATE INDEX cases_by_name ON cases (desk, name);
CREATE INDEX cases_by_number ON cases (desk, prisoner_no);
CREATE INDEX cases_by_filing ON cases (desk, filed_on);
CREATE INDEX cases_by_unit ON cases (desk, unit);
CREATE INDEX cases_by_ward ON cases (desk, ward);
CREATE INDEX cases_by_label ON cases (desk, batch);
CREATE INDEX cases_by_offence ON cases (desk, offence);
CREATE INDEX cases_by_sentence ON cases (desk, sentence);
CREATE INDEX cases_by_proposal ON cases (desk, proposal);
CREATE INDEX cases_by_unlawful ON cases (desk, n_unlawful);
CREATE INDEX cases_by_doubt ON cases (desk, n_doubt);
CREATE INDEX cases_by_hint ON cases (desk, n_hint);
CREATE INDEX cases_by_data ON cases (desk, n_data);
CREATE INDEX cases_by_gaps ON cases (desk, n_not_evaluated);
CREATE TABLE reviews (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    as_of TEXT NOT NULL, law_edition TEXT NOT NULL, made_at TEXT NOT NULL,
    law_set INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE findings (
    key TEXT PRIMARY KEY,
    desk TEXT NOT NULL, rule TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    decided_at TEXT NOT NULL DEFAULT '', decided_by TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '', until TEXT NOT NULL DEFAULT '',
    checked_at TEXT NOT NULL DEFAULT '', checked_by TEXT NOT NULL DEFAULT '', shelved TEXT NOT NULL DEFAULT '',
    seals TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL REFERENCES findings (key), kind TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
    code TEXT NOT NULL, why TEXT NOT NULL, until TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
    paper_id INTEGER, origin TEXT NOT NULL, undoes INTEGER REFERENCES steps (id), prior TEXT NOT NULL
) STRICT;
CREATE INDEX steps_by_key ON steps (key);
CREATE INDEX steps_by_origin ON steps (origin) WHERE origin <> '';
CREATE TRIGGER steps_stay BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'a word given stays on record'); END;
CREATE TRIGGER steps_stand BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'a word given stays on record'); END;
CREATE TABLE overviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    desk TEXT NOT NULL, unit TEXT NOT NULL, label TEXT NOT NULL,
    cases INTEGER NOT NULL,
    as_of TEXT NOT NULL, law_edition TEXT NOT NULL, made_at TEXT NOT NULL,
    law_set INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (desk, unit, label)
) STRICT;
CREATE TABLE overview_batches (
    overview_id INTEGER NOT NULL REFERENCES overviews (id) ON DELETE CASCADE,
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    PRIMARY KEY (overview_id, batch_id)
) STRICT;
CREATE TABLE sightings (
    case_id INTEGER REFERENCES cases (id),
    overview_id INTEGER REFERENCES overviews (id) ON DELETE CASCADE,
    key TEXT NOT NULL REFERENCES findings (key),
    place INTEGER NOT NULL,
    current INTEGER NOT NULL,
    last_seen TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (case_id, key), UNIQUE (overview_id, key),
    CHECK ((case_id IS NULL) <> (overview_id IS NULL))
) STRICT;
CREATE INDEX sightings_by_key ON sightings (key);
CREATE TABLE endings (
    key TEXT PRIMARY KEY REFERENCES findings (key),
    desk TEXT NOT NULL, case_key TEXT NOT NULL,
    how TEXT NOT NULL, says TEXT NOT NULL,
    batch_id INTEGER NOT NULL,
    last_seen TEXT NOT NULL, ended_at TEXT NOT NULL,
    evidence TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX endings_by_case ON endings (desk, case_key);
CREATE INDEX endings_by_batch ON endings (batch_id);
CREATE TABLE phrases (
    id INTEGER PRIMARY KEY, desk TEXT NOT NULL, law_edition TEXT NOT NULL, words BLOB NOT NULL,
    UNIQUE (desk, law_edition)
) STRICT;
CREATE TABLE unasked (desk TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE review_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    desk TEXT NOT NULL, as_of TEXT NOT NULL,
    law_edition TEXT NOT NULL, program TEXT NOT NULL, made_at TEXT NOT NULL,
    cases INTEGER NOT NULL
) STRICT;
CREATE INDEX review_runs_by_moment ON review_runs (desk, made_at);
CREATE TABLE rule_yields (
    run_id INTEGER NOT NULL REFERENCES review_runs (id),
    rule TEXT NOT NULL,
    asked INTEGER NOT NULL, found INTEGER NOT NULL, blind INTEGER NOT NULL,
    PRIMARY KEY (run_id, rule)
) STRICT, WITHOUT ROWID;
"""

PAPERS = """
CREATE TABLE papers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, template TEXT NOT NULL,
    case_id INTEGER REFERENCES cases (id), batch_id INTEGER REFERENCES batches (id),
    series TEXT, year INTEGER, office TEXT, n INTEGER,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    finding_keys TEXT NOT NULL,
    reserved_at TEXT NOT NULL, made_at TEXT NOT NULL DEFAULT '',
    file TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '', void_why TEXT NOT NULL DEFAULT '',
    UNIQUE (series, year, office, n)
) STRICT;
CREATE INDEX papers_by_case ON papers (case_id, kind);
CREATE INDEX papers_by_batch ON papers (batch_id);
CREATE TABLE paper_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asked TEXT NOT NULL,
    cases TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0,
    begun_at TEXT NOT NULL, begun_by TEXT NOT NULL, ended_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE fillings (
    paper_id INTEGER PRIMARY KEY REFERENCES papers (id),
    run_id INTEGER NOT NULL REFERENCES paper_runs (id),
    words BLOB NOT NULL
) STRICT;
CREATE INDEX fillings_by_run ON fillings (run_id);
CREATE TABLE paper_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paper_id INTEGER NOT NULL REFERENCES papers (id),
    name TEXT NOT NULL, day TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
    said TEXT NOT NULL, told TEXT NOT NULL, steps TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, undoes INTEGER UNIQUE REFERENCES paper_events (id)
) STRICT;
CREATE INDEX paper_events_by_paper ON paper_events (paper_id);
CREATE TRIGGER paper_events_stay BEFORE DELETE ON paper_events
BEGIN SELECT RAISE(ABORT, 'what was entered about a document stays on record'); END;
CREATE TRIGGER paper_events_stand BEFORE UPDATE ON paper_events
BEGIN SELECT RAISE(ABORT, 'what was entered about a document stays on record'); END;
CREATE TABLE numbers (
    series TEXT NOT NULL, year INTEGER NOT NULL, office TEXT NOT NULL, n INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (series, year, office, n)
) STRICT;
CREATE TRIGGER numbers_stay BEFORE DELETE ON numbers BEGIN SELECT RAISE(ABORT, 'a number taken stays taken'); END;
CREATE TRIGGER numbers_stand BEFORE UPDATE ON numbers BEGIN SELECT RAISE(ABORT, 'a number taken stays taken'); END;
"""

AUDIT = """
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""

PEOPLE = """
CREATE TABLE judgements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    one TEXT NOT NULL, other TEXT NOT NULL,
    one_says TEXT NOT NULL, other_says TEXT NOT NULL,
    word TEXT NOT NULL,
    why TEXT NOT NULL CHECK (trim(why) <> ''),
    warning TEXT NOT NULL,
    judged_at TEXT NOT NULL, judged_by TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT '', undone_by TEXT NOT NULL DEFAULT '', undone_why TEXT NOT NULL DEFAULT '',
    CHECK (one < other)
) STRICT;
CREATE UNIQUE INDEX judgements_standing ON judgements (one, other) WHERE undone_at = '';
"""

OFFICE = """
CREATE TABLE mappings (
    fingerprint TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL,
    PRIMARY KEY (fingerprint, unit)
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

TEMPLATES = """
CREATE TABLE templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL,
    added_at TEXT NOT NULL, added_by TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT '', ended_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX templates_standing ON templates (kind) WHERE ended_at = '';
CREATE TRIGGER templates_stay BEFORE DELETE ON templates
BEGIN SELECT RAISE(ABORT, 'a template is replaced, never deleted'); END;
CREATE TRIGGER templates_stand BEFORE UPDATE OF kind, file, sha256, content, added_at, added_by ON templates
BEGIN SELECT RAISE(ABORT, 'a template is replaced, never rewritten'); END;
"""

REPEATS = """
CREATE TABLE repeats (
    old_id INTEGER PRIMARY KEY REFERENCES records (id),
    new_id INTEGER NOT NULL REFERENCES records (id),
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX repeats_by_new ON repeats (new_id);
CREATE INDEX repeats_by_batch ON repeats (batch_id);
CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    record_id INTEGER NOT NULL UNIQUE REFERENCES records (id),
    person TEXT NOT NULL, what TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answered_at TEXT NOT NULL DEFAULT '', answered_by TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX questions_by_batch ON questions (batch_id);
CREATE TABLE case_past (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    before_id INTEGER NOT NULL REFERENCES batches (id),
    facts TEXT NOT NULL,
    as_of TEXT, law_edition TEXT, made_at TEXT, law_set INTEGER, content BLOB,
    sightings TEXT NOT NULL,
    PRIMARY KEY (case_id, batch_id)
) STRICT;
CREATE INDEX case_past_by_batch ON case_past (batch_id);
CREATE INDEX case_past_by_before ON case_past (before_id);
"""

LAW = """
CREATE TABLE law_items (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE law_sets (id INTEGER PRIMARY KEY, items TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE law_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, content TEXT NOT NULL, why TEXT NOT NULL,
    made_at TEXT NOT NULL, made_by TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT '', undone_by TEXT NOT NULL DEFAULT '', undone_why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER law_changes_stay BEFORE DELETE ON law_changes
BEGIN SELECT RAISE(ABORT, 'a change of the law is taken back, never deleted'); END;
CREATE TRIGGER law_changes_stand BEFORE UPDATE OF kind, content, why, made_at, made_by ON law_changes
BEGIN SELECT RAISE(ABORT, 'a change of the law is taken back, never rewritten'); END;
"""
