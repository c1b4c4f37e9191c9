"""A sheet with several tables, one below another or side by side, in its parts; every cell keeps its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from app.core.intake.aside import repeats
from app.core.intake.declared import resting, tables
from app.core.intake.headers import is_data
from app.core.intake.sheet import Sheet
from app.core.intake.words import FOOTER, PERSON_WORDS, TOTAL, label_key
from app.core.records import FieldType

LEAST_KNOWN = 3  # words that make a row a header wherever it stands
MOSTLY = 0.7
MOST_HEADER_LINES = 3
MOST_TITLES = 3
LEAST_WIDE = 2  # columns of a table beside another


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The words for a column of names, as they are written and as labels are compared."""
    fields = [field for table in tables().values() for field in table.fields if field.type is FieldType.NAME]
    written = frozenset((*PERSON_WORDS, *(word for field in fields for word in (field.name, *field.synonyms))))
    return written, frozenset(map(label_key, written))


resting(_names.cache_clear)


def parts(sheet: Sheet, known: Collection[str]) -> list[Sheet]:
    """The tables of a sheet, each as a sheet with the others blanked out; the sheet itself when there is one table."""
    headers = list(_headers(sheet.rows, known))
    starts = [0, *[_start(sheet.rows, index) for index in _different(sheet.rows, headers)]]
    found = []
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        rows = _rows(sheet, start, end) if len(starts) > 1 else sheet
        header = next((index for index in headers if start <= index < end), None)
        found += [rows] if header is None else _beside(rows, header, known)
    return found


def _headers(rows: Sequence[tuple[str, ...]], known: Collection[str]) -> Iterator[int]:
    """The rows that are headers by their words alone."""
    written, _ = _names()
    lonely = True
    for index, row in enumerate(rows):
        if not row:
            lonely = True
            continue
        if lonely or not written.isdisjoint(row):
            filled = [text for text in row if text and not text.isspace()]
            words = {key for text in filled if (key := label_key(text)) in known}
            if len(words) >= LEAST_KNOWN and len(words) >= MOSTLY * len({*filled}) and not any(map(is_data, filled)):
                yield index
        lonely = len(row) - row.count("") <= 1


def _different(rows: Sequence[tuple[str, ...]], headers: Sequence[int]) -> Iterator[int]:
    """Those headers below the first that begin another table: other words, and rows between."""
    lines: list[int] = []
    for index in headers:
        if not lines:
            lines = [index]
        elif index <= lines[-1] + 1 and len(lines) < MOST_HEADER_LINES:
            lines.append(index)
        elif not repeats(rows[index], [rows[each] for each in lines]):
            lines = [index]
            yield index


def _start(rows: Sequence[tuple[str, ...]], header: int) -> int:
    """The row where a lower table's titles begin."""
    start, blanks = header, 0
    for index in range(header - 1, max(header - MOST_TITLES - 2, 0), -1):
        filled = [text.strip() for text in rows[index] if text and not text.isspace()]
        if len(filled) > 1 or (filled and (FOOTER.fullmatch(filled[0]) or TOTAL.fullmatch(filled[0]))):
            break
        blanks += not filled
        if blanks > 1:
            break
        start = index
    return start


def _rows(sheet: Sheet, start: int, end: int) -> Sheet:
    return replace(
        sheet,
        rows=[*[()] * start, *sheet.rows[start:end]],
        merged=[each for each in sheet.merged if start <= each[0] < end],
        hidden_rows=tuple(each for each in sheet.hidden_rows if start < each <= end),
    )


def _beside(sheet: Sheet, header: int, known: Collection[str]) -> list[Sheet]:
    """The tables side by side below one header row: the same labels again, or others behind a blank column."""
    row = sheet.rows[header]
    keys = [label_key(text) for text in row]
    names = [column for column, key in enumerate(keys) if key in _names()[1]]
    if len(names) <= 1:
        return [sheet]
    edges = _repeated(keys, names) or _gaps(sheet.rows[header:], keys, known)
    if not edges:
        return [sheet]
    ends = [*edges[1:], max(map(len, sheet.rows))]
    return [_columns(sheet, header, left, right) for left, right in zip(edges, ends, strict=True)]


def _repeated(keys: Sequence[str], names: Sequence[int]) -> list[int]:
    """Where the same labels begin again and again; empty when they do not."""
    wide = names[1] - names[0]
    if wide < LEAST_WIDE or any(after - before != wide for before, after in pairwise(names)):
        return []
    for first in range(max(names[0] - wide + 1, 0), names[0] + 1):
        blocks = [tuple(keys[at : at + wide]) for at in range(first, first + wide * len(names), wide)]
        lengths = [len("".join(block)) for block in blocks]
        bare = [tuple(filter(None, block)) for block in blocks]
        if lengths[0] and len(set(bare)) == 1 and len(bare[0]) >= LEAST_WIDE and not any(keys[:first]):
            return list(range(first, first + wide * len(names), wide))
    return []


def _gaps(rows: Sequence[tuple[str, ...]], keys: Sequence[str], known: Collection[str]) -> list[int]:
    """Where tables begin behind wholly blank columns, each with names and words of its own; empty when there is one."""
    blank = {
        at for at, key in enumerate(keys) if not key and not any(at < len(row) and row[at].strip() for row in rows)
    }
    blocks: list[list[int]] = [[]]
    for at in range(len(keys)):
        if at in blank:
            blocks += [[]] if blocks[-1] else []
        else:
            blocks[-1].append(at)
    blocks = [each for each in blocks if each]
    named = [
        any(keys[at] in _names()[1] for at in block) and sum(keys[at] in known for at in block) >= LEAST_WIDE
        for block in blocks
    ]
    return [block[0] for block in blocks] if len(blocks) > 1 and all(named) else []


def _columns(sheet: Sheet, header: int, left: int, right: int) -> Sheet:
    """The columns of one table, all of what stands above it."""
    below = [(*[""] * left, *row[left:right]) for row in sheet.rows[header:]]
    return replace(
        sheet,
        rows=[*sheet.rows[:header], *below],
        merged=[each for each in sheet.merged if each[0] < header or left <= each[1] < right],
        hidden_columns=tuple(each for each in sheet.hidden_columns if left < each <= right),
    )
