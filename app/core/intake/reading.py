"""A sheet with its header and mapping becomes records and rejects; every data row is one or the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.intake.aside import Below
from app.core.intake.cleaning import Plan
from app.core.intake.headers import Header
from app.core.intake.mapping import ColumnMap
from app.core.intake.marks import CARRIED, shown
from app.core.intake.sheet import Sheet
from app.core.jobs import Ticket
from app.core.records import Aside, FieldType, Record, Reject

ROWS_A_STEP = 200
SAME = frozenset(("同上", "同 上", "同　上", "同  上", "同前", "如上", "上同", "〃", "″", "＂", '"', "”", "''"))


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a sheet gave: accepted + rejected = rows; rows put aside are listed, blank ones are none."""

    header: Header
    mapping: ColumnMap
    rows: int
    records: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    aside: tuple[Aside, ...]


def read_table(
    sheet: Sheet, header: Header, mapping: ColumnMap, *, ticket: Ticket | None = None, limit: int | None = None
) -> TableRead:
    """Read the rows below the header; with `limit` only so many data rows (for a preview)."""
    ticket = ticket or Ticket()
    aside: list[Aside] = []
    plan = Plan(mapping, sheet, sheet.rows[header.last :])
    data = _data_rows(sheet, header, mapping, aside, ticket)
    read: list[Record | Reject] = []
    while block := list(islice(data, ROWS_A_STEP if limit is None else min(ROWS_A_STEP, limit - len(read)))):
        read += plan.read([number for number, _ in block], [texts for _, texts in block])
    records = tuple(each for each in read if isinstance(each, Record))
    rejects = tuple(each for each in read if isinstance(each, Reject))
    return TableRead(header, mapping, len(read), records, rejects, tuple(aside))


def _data_rows(
    sheet: Sheet, header: Header, mapping: ColumnMap, aside: list[Aside], ticket: Ticket
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of data with their numbers; the others, but for blank ones, go into `aside`."""
    below = Below(header, _names(mapping))
    carried = _carried(sheet, header)
    above: Sequence[str] = ()
    for index in range(header.last, len(sheet.rows)):
        if index % ROWS_A_STEP == 0:
            ticket.step(index, len(sheet.rows), f"读取《{sheet.name}》第{index + 1}行")
        row = sheet.rows[index]
        reason = below.reason(row)
        if reason is None:
            above = _as_above(_fill(row, carried[index]) if index in carried else row, above)
            yield index + 1, above
        elif reason:
            aside.append(Aside(index + 1, reason, " ".join(shown(text).strip() for text in row if text.strip())))


def _names(mapping: ColumnMap) -> list[int]:
    return [index for index, field in mapping.columns.items() if field.type is FieldType.NAME]


def _carried(sheet: Sheet, header: Header) -> Mapping[int, dict[int, str]]:
    """Texts that cells merged downwards carry into the rows below their first: row index → column → text."""
    carried: dict[int, dict[int, str]] = {}
    for top, left, bottom, right in sheet.merged:
        if top < header.last or bottom == top or right - left >= len(header.labels) - 1 > 0:
            continue
        text = sheet.rows[top][left] if top < len(sheet.rows) and left < len(sheet.rows[top]) else ""
        for index in range(top + 1, min(bottom + 1, len(sheet.rows))) if text.strip() else ():
            carried.setdefault(index, {})[left] = text
    return carried


def _as_above(row: Sequence[str], above: Sequence[str]) -> Sequence[str]:
    """The row with the text of the data row above wherever it says 同上; where nothing is above, it stays."""
    if SAME.isdisjoint(row):
        return row
    full = list(row)
    for column, text in enumerate(row[: len(above)]):
        if text in SAME:
            full[column] = CARRIED + above[column].removeprefix(CARRIED) if above[column] else ""
    return full


def _fill(row: tuple[str, ...], filled: Mapping[int, str]) -> tuple[str, ...]:
    wide = list(row) + [""] * (max(filled) + 1 - len(row))
    for column, text in filled.items():
        if not wide[column].strip():
            wide[column] = CARRIED + text
    return tuple(wide)
