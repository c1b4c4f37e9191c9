"""Whose list a sheet is: the unit that filled it in, as far as the sheet says so."""

from __future__ import annotations

import re
from collections import Counter

from app.core.intake.headers import Header
from app.core.intake.mapping import ColumnMap
from app.core.intake.sheet import Sheet
from app.core.intake.unit_names import named_unit, unit_form, whole_unit
from app.core.intake.words import WORDS

JOINED = "、"
NEARLY_ALL = 0.95
MOST_UNITS = 60  # more different values are no list of units
_STATED = re.compile(WORDS["unit"]["stated"])


def units_of(text: str) -> frozenset[str]:
    """The units a batch's unit stands for."""
    return frozenset(each for each in text.split(JOINED) if each)


def unit_of_sheet(sheet: Sheet, header: Header, mapping: ColumnMap | None, folder: str = "") -> str:
    """Whose list it is: stated above the header, else in a column, else plainly named by title, sheet, file or folder.

    Several units of a column are joined by 、; "" when nothing tells.
    """
    for line in header.above:
        if found := _STATED.search(line):
            return whole_unit(unit_form(found[1]))
    if mapping is not None and (told := _of_column(sheet, header, mapping)):
        return told
    stem = sheet.file.rpartition(".")[0] or sheet.file
    return next((name for text in (sheet.name, *header.above, stem, folder) if (name := named_unit(text))), "")


def _of_column(sheet: Sheet, header: Header, mapping: ColumnMap) -> str:
    """The value a unit's column has in nearly all rows, or all its values."""
    places = [column for column, each in mapping.columns.items() if each.id in mapping.table.repeat.unit]
    for column in places:
        written = Counter(row[column] for row in sheet.rows[header.last :] if column < len(row))
        counted: Counter[str] = Counter()
        for text, times in written.items():
            if form := unit_form(text):
                counted[form] += times
        if not counted:
            continue
        first, times = counted.most_common(1)[0]
        if times >= NEARLY_ALL * counted.total():
            return first
        return JOINED.join(sorted(counted)) if len(counted) <= MOST_UNITS else ""
    return ""
