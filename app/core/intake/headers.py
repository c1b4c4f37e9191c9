"""Where the header of a sheet stands: below titles, one to three lines, merged or not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.core.intake.marks import shown
from app.core.intake.sheet import Sheet
from app.core.intake.split import LIFE, Split, above_unit, splits_of
from app.core.intake.words import (
    GENERIC,
    MAYBE_SERIAL,
    NEUTRAL_GROUPS,
    SERIAL_COLUMNS,
    dated_key,
    joined_key,
    label_form,
    label_key,
)

LOOK_AT = 60
MOST_LINES = 3
UPPER_AND_LOWER = 2
LEAST_KNOWN = 2
LONG_TEXT = 24
A_LINE = 0.1  # of two readings with equal words the one that takes the group labels in
LOOK_BELOW = 200
COUNTED = 20
_SAYING = re.compile(r"[:：].")
_DATA = re.compile(r"^\d+$|\d{5,}|\d+[-./]\d+|\d{4}年\d")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its lines (rows from 1), and one label a column, upper lines first.

    `labels` are unique and as the list writes them; a column with content and no label is 第N列. `upper` and `lower`
    are the group's and the lowest line's own words, `nearest` those of the line above the lowest where there are more.
    `above` are the texts above the header, `serial` the columns that only count, `splits` those with the parts of one
    value.
    """

    first: int
    last: int
    labels: tuple[str, ...]
    lower: tuple[str, ...]
    upper: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    serial: frozenset[int] = frozenset()
    nearest: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()

    @property
    def row(self) -> int:
        """The header's lowest row, as the spreadsheet counts."""
        return self.last


def find_header(sheet: Sheet, known: Collection[str]) -> Header | None:
    """The header by the words it uses; None when no row uses at least two known words."""
    best: tuple[int, int] | None = None
    most = LEAST_KNOWN - 1.0
    top = next((index for index, row in enumerate(sheet.rows) if any(row)), 0)
    near = [each for each in sheet.merged if each[0] < top + LOOK_AT + MOST_LINES]
    sheet = replace(sheet, merged=near)
    for index, row in enumerate(sheet.rows[top : top + LOOK_AT], top):
        if not any(label_key(text) in known for text in row if text) and not _groups(sheet, index):
            continue
        for lines in range(1, min(MOST_LINES, len(sheet.rows) - index) + 1):
            score = _score(_labels(sheet, index, index + lines - 1), known)
            score += sum(A_LINE if _groups(sheet, upper) else -A_LINE for upper in range(index, index + lines - 1))
            if score > most:
                best, most = (index + 1, index + lines), score
    return None if best is None else header_at(sheet, *best)


def header_at(sheet: Sheet, first: int, last: int) -> Header:
    """The header made of rows `first` to `last` (from 1), merged cells spread and lines joined."""
    columns = _labels(sheet, first - 1, last - 1)
    below = sheet.rows[last : last + LOOK_BELOW]
    width = max((len(row) for row in below), default=0)
    columns += [()] * (width - len(columns))
    labels: list[str] = []
    for column, parts in enumerate(columns):
        label = "".join(parts)
        if not label and any(column < len(row) and row[column].strip() for row in below):
            label = f"第{column + 1}列"
        labels.append(f"{label}（第{column + 1}列）" if label and label in labels else label)
    above = (shown(text).strip() for row in sheet.rows[: first - 1] for text in row if text.strip())
    return Header(
        first,
        last,
        tuple(labels),
        tuple(parts[-1] if parts else "" for parts in columns),
        tuple("".join(parts[:-1]) for parts in columns),
        tuple(above),
        frozenset(column for column, label in enumerate(labels) if _counts(sheet, last, column, label)),
        tuple(parts[-2] if len(parts) > UPPER_AND_LOWER else "" for parts in columns),
        splits_of(columns),
    )


def _score(columns: list[tuple[str, ...]], known: Collection[str]) -> float:
    """How many known words the labels make; text that looks like data counts against it."""
    hits: set[str] = set()
    noise = 0
    for parts in columns:
        if not parts:
            continue
        whole, unit = above_unit(parts)
        keys = [*_keys(parts), *(_keys(whole) if unit and whole and unit != LIFE else ())]
        hits |= set([key for key in keys if key in known][:1])
        noise += is_data(parts[-1])
    return len(hits) - 2 * noise


def _keys(parts: tuple[str, ...]) -> list[str]:
    """The words a column's lines may make."""
    upper, lower = "".join(parts[:-1]), label_key(parts[-1])
    keys = [label_key("".join(parts))]
    keys += [joined_key(upper, parts[-1]), dated_key(upper, parts[-1])] if upper else []
    keys += [joined_key(parts[-2], parts[-1])] if len(parts) > UPPER_AND_LOWER else []
    return [*keys, lower] if lower not in GENERIC or label_key(upper) in NEUTRAL_GROUPS else keys


def _labels(sheet: Sheet, first: int, last: int) -> list[tuple[str, ...]]:
    """For each column the words of rows `first` to `last` (from 0) that stand over it, each once."""
    width = max((len(row) for row in sheet.rows[first : last + 1]), default=0)
    lines: list[list[str]] = []
    for index in range(last, first - 1, -1):
        lines.insert(0, _spread(sheet, index, width, first, lines[0] if lines else None))
    return [
        tuple(dict.fromkeys(part for line in lines if label_form(part := _clean(line[column]))))
        for column in range(width)
    ]


def _clean(text: str) -> str:
    """A label as people read it, in one line; line breaks inside Chinese words go."""
    words = shown(text).split()
    return ("" if not text.isascii() else " ").join(words)


def _spread(sheet: Sheet, index: int, width: int, first: int, below: list[str] | None) -> list[str]:
    """One header line with its merged cells filled; an unmerged group label reaches over the blanks beside it.

    `below` is the line under it, filled already; None for the lowest one, which has no groups.
    """
    row = list(sheet.rows[index]) + [""] * (width - len(sheet.rows[index]))
    fixed: set[int] = set()
    for top, left, bottom, right in sheet.merged:
        if first <= top <= index <= bottom and left < width:
            text = sheet.rows[top][left] if left < len(sheet.rows[top]) else ""
            end = min(right + 1, width)
            row[left:end] = [text] * (end - left)
            fixed |= set(range(left, end))
    if below is None:
        return row
    for column in range(1, width):
        open_ = column not in fixed and column - 1 not in fixed
        if open_ and not row[column].strip() and row[column - 1].strip() and _both(below, column):
            row[column] = row[column - 1]
    return row


def _both(below: list[str], column: int) -> bool:
    return bool(below[column].strip() and below[column - 1].strip())


def _groups(sheet: Sheet, index: int) -> bool:
    """Whether a row may be the upper line of a header: two labels or more, with blanks between or beside them."""
    filled = [text for text in sheet.rows[index] if text.strip()]
    return 1 < len(filled) < len(sheet.rows[index]) and not any(
        is_data(text) or _SAYING.search(text) for text in filled
    )


def is_data(text: str) -> bool:
    """Whether a text looks like data, not like a label."""
    return bool(_DATA.search(text)) or len(text) > LONG_TEXT


def _counts(sheet: Sheet, last: int, column: int, label: str) -> bool:
    """Whether a column only counts its rows: by its label, or by 1, 2, 3 … below a label that may mean that."""
    key = label_key(label)
    if key in SERIAL_COLUMNS:
        return True
    if key not in MAYBE_SERIAL and label != f"第{column + 1}列":
        return False
    texts = [row[column].strip() for row in sheet.rows[last : last + COUNTED] if column < len(row)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) > 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
