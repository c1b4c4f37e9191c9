"""What a sheet says of every row outside its columns: above the table, or by the kind of form it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.core.intake.headers import Header
from app.core.intake.sheet import Sheet
from app.core.intake.unit_names import named_unit, whole_unit
from app.core.intake.words import WORDS, label_key
from app.core.records import TableKind

PRISON = "prison"
_PRISON = re.compile(WORDS["unit"]["prison"])


@dataclass(frozen=True, slots=True)
class Said:
    """A value the sheet states outside its columns, for every row: the text, and where it stands."""

    text: str
    where: str


def stated_above(header: Header, table: TableKind, given: Collection[str]) -> dict[str, Said]:
    """What the lines above the header say (填报单位：…) for fields of the table without a column, by field id."""
    wanted = {each.id for each in table.fields} - set(given)
    said: dict[str, Said] = {}
    for field_id, pattern in WORDS["above"].items():
        if field_id in wanted:
            for line in header.above:
                if found := re.search(pattern, line):
                    said.setdefault(field_id, Said(whole_unit(found[1]), line))
    return said


def named_above(header: Header, sheet: Sheet, table: TableKind, given: Collection[str]) -> dict[str, Said]:
    """The prison that a list of prisoners names in its title, its sheet or its file, where nothing states it."""
    if PRISON in given or all(each.id != PRISON for each in table.fields):
        return {}
    stem = sheet.file.rpartition(".")[0] or sheet.file
    for text in (*header.above, sheet.name, stem):
        name = named_unit(text)
        if _PRISON.search(name):
            return {PRISON: Said(name, text)}
    return {}


def implied(table: TableKind, labels: Iterable[str], given: Collection[str]) -> dict[str, Said]:
    """A form about one thing says it in its columns' names only: 禁闭起日 makes every row a 禁闭."""
    keys = {label_key(label): label for label in labels}
    return {
        each["field"]: Said(each["value"], keys[label_key(each["column"])])
        for each in WORDS["implied"]
        if each["table"] == table.id and label_key(each["column"]) in keys and each["field"] not in given
    }
