"""The tables of supervision models, as a step of `migrations` makes them."""

from __future__ import annotations

MODELS = """
CREATE TABLE models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,
    content BLOB NOT NULL, sha256 TEXT NOT NULL,
    origin TEXT NOT NULL,
    added_at TEXT NOT NULL, added_by TEXT NOT NULL,
    stands INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX models_standing ON models (model) WHERE stands = 1;
CREATE TABLE model_switches (model TEXT PRIMARY KEY, running INTEGER NOT NULL) STRICT;
CREATE TRIGGER models_stay BEFORE DELETE ON models
BEGIN SELECT RAISE(ABORT, 'a version of a model is replaced, never deleted'); END;
CREATE TRIGGER models_stand BEFORE UPDATE OF model, version, name, content, sha256, origin, added_at, added_by ON models
BEGIN SELECT RAISE(ABORT, 'a version of a model is replaced, never rewritten'); END;
"""
