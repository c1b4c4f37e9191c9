"""How much a sheet looks like one declared table: by its words, its title, and the values in its first rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Any, NamedTuple

from app.core.intake.cells import reader_of
from app.core.intake.columns import Match, words_of
from app.core.intake.declared import model_tables, resting, shipped_tables
from app.core.intake.headers import Header
from app.core.intake.sheet import Sheet
from app.core.intake.words import GENERIC, WORDS
from app.core.records import Field, FieldType, TableKind

TITLE_BONUS = 1.0
HOLDER_BONUS = 0.6  # for a table of those the title speaks of
REQUIRED_BONUS = 0.3
WHOLE_BONUS = 0.5  # for a table all of whose fields are there
SAMPLE = 30  # rows
HALF_SURE = 0.9
STRANGE = 0.6  # for a table whose choices are none of the words in the sheet
PERSONAL = 0.4  # what sex or offence says about it
UNSPECIFIC = 0.5  # what a common word such as 日期 says about the kind of table
COMMON = ("prisoner_no", "name", "id_number")


@lru_cache(maxsize=2)
def _tellings(*, models: bool = False) -> Mapping[str, float]:
    """How much each word tells about the kind of table: 1 when only one table has it, less the more tables do."""
    given = model_tables() if models else shipped_tables()
    counted = Counter(key for table_id in given for key in words_of(table_id))
    most = log(1 + len(given))
    return {key: log(1 + len(given) / count) / most for key, count in counted.items()}


resting(_tellings.cache_clear)


class Likeness(NamedTuple):
    """How much words and title speak for a table: about one a word that only this table has, 0 when nothing does.

    `alone` says that it rests on a single word; `preferred` is what the title's words for its holder add.
    """

    score: float
    alone: bool
    preferred: float


def likeness(table: TableKind, found: Mapping[int, Match], header: Header, sheet: Sheet | None) -> Likeness:
    """How much a sheet whose columns were `found` looks like a table."""
    title = " ".join((*header.above, *((sheet.name, sheet.file) if sheet is not None else ())))
    own = [each for each in found.values() if each.field.id not in COMMON]
    score = sum(
        each.quality
        * _tellings(models=table.id in model_tables())[each.key]
        * (UNSPECIFIC if each.key in GENERIC else 1.0)
        * (PERSONAL if each.field.id in WORDS["about_person"] else 1.0)
        for each in own
    )
    score += REQUIRED_BONUS * sum(each.field.required and each.field.id not in COMMON for each in found.values())
    score += 0.1 * sum(1 for each in found.values() if each.field.id in COMMON)
    hints = WORDS["tables"].get(table.id, {})
    titles = (*hints.get("titles", ()), table.name)
    titled = any(word in title for word in titles)
    signature = hints.get("signature", ())
    about_list = [each for each in own if each.field.id not in WORDS["about_person"]]
    telling = [each for each in own if each.field.id in signature] if signature else about_list
    if not telling:
        return Likeness(0.0, alone=True, preferred=0.0)
    score += TITLE_BONUS * titled + WHOLE_BONUS * len(found) / len(table.fields)
    held = any(word in title for word in WORDS["holders"].get(table.holder, ()))
    needed = [each for each in own if each.field.required and each not in about_list]
    return Likeness(score, len(about_list) + len(needed) == 1 and not titled, HOLDER_BONUS * held)


def worth(header: Header, columns: Mapping[int, Field], sheet: Sheet | None) -> float:
    """What the values leave of a likeness, up to one: less where a record's needs are blank or choices unknown."""
    rows = sheet.rows[header.last : header.last + SAMPLE] if sheet is not None else ()
    rows = [row for row in rows if any(text.strip() for text in row)]
    if not rows:
        return 1.0
    needed = [column for column, each in columns.items() if each.required]
    whole = [row for row in rows if all(column < len(row) and row[column].strip() for column in needed)]
    return (HALF_SURE + (1 - HALF_SURE) * len(whole) / len(rows)) * _chosen(whole, columns)


def _chosen(rows: Sequence[Sequence[str]], columns: Mapping[int, Field]) -> float:
    """From STRANGE to one: which part of the words in the columns of a choice are among its words."""
    good = count = 0
    for column, each in columns.items():
        if each.type is FieldType.CHOICE and each.id not in WORDS["about_person"]:
            texts = {row[column] for row in rows if column < len(row) and row[column].strip()}
            count += len(texts)
            good += sum(_readable(reader_of(each), text) for text in texts)
    return STRANGE + (1 - STRANGE) * good / count if count else 1.0


def _readable(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
