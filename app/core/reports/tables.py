"""A workbook of plain tables of texts."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.core.reports.sheet import write_sheet
from app.core.workbook import new_book


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, its columns (label → width in characters), its rows, the labels of columns of numbers."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str]]
    figures: Collection[str] = ()


def tables_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as bytes; a cell is a text or a number, never a formula or a link."""
    stream = io.BytesIO()
    with new_book(stream) as book:
        for each in sheets:
            write_sheet(book, each.title, each.columns, each.rows, each.figures)
    return stream.getvalue()
