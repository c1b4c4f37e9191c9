"""A workbook of plain tables of texts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.reports.ledger import write_sheet
from app.core.workbook import new_book


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, its columns (label → width in characters) and its rows."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str]]


def tables_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as bytes; every cell is a text, never a formula or a link."""
    stream = io.BytesIO()
    with new_book(stream) as book:
        for each in sheets:
            write_sheet(book, each.title, each.columns, each.rows)
    return stream.getvalue()
