"""Rows about artificial people, for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.records import Cell, Record


def row(place: int, table: str = "T02", **values: Any) -> Record:
    """One record; dates may be given as ISO texts in fields that end in _date or _on."""
    cells = {}
    for field_id, value in values.items():
        is_day = isinstance(value, str) and field_id.endswith(("_date", "_on"))
        cells[field_id] = Cell(date.fromisoformat(value) if is_day else value, str(value), field_id)
    return Record(table, f"{table}.xlsx", "名册", place, cells)
