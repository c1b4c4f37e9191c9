"""The tables of what other offices sent, as a step of `migrations` makes them."""

from __future__ import annotations

EXCHANGES = """
CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL, office TEXT NOT NULL, file TEXT NOT NULL,
    made_at TEXT NOT NULL, made_by TEXT NOT NULL,
    batches TEXT NOT NULL, rows INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
    taken_at TEXT NOT NULL, taken_by TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT '', undone_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX exchanges_standing ON exchanges (code) WHERE undone_at = '';
CREATE TABLE exchange_words (
    exchange_id INTEGER NOT NULL REFERENCES exchanges (id),
    key TEXT NOT NULL,
    desk TEXT NOT NULL, rule TEXT NOT NULL, rule_name TEXT NOT NULL, level TEXT NOT NULL,
    name TEXT NOT NULL, case_name TEXT NOT NULL, unit TEXT NOT NULL, says TEXT NOT NULL,
    state TEXT NOT NULL, steps TEXT NOT NULL,
    PRIMARY KEY (exchange_id, key)
) STRICT;
CREATE INDEX exchange_words_by_key ON exchange_words (key);
CREATE TABLE exchange_papers (
    exchange_id INTEGER NOT NULL REFERENCES exchanges (id),
    place INTEGER NOT NULL,
    kind TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL,
    made_at TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (exchange_id, place)
) STRICT;
"""
