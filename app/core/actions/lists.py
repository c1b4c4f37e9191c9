"""Which lists are in the store, and up to which day each is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.checks.persons import Lists
from app.core.intake.declared import tables
from app.core.store.database import Rooms

_UNTIL = re.compile(r"截[至止](?:日期)?[:：]?\s*(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})")


def lists_of(store: Rooms, as_of: date, districts: Sequence[str] = ()) -> Lists:
    """The loaded lists; one that names the day it ends (截至…) in file or sheet ends there, others at `as_of`."""
    through: dict[str, date] = {}
    batches = store.batches.all()
    for batch in batches:
        until = min(stated_end(batch.sheet) or stated_end(batch.file) or as_of, as_of)
        through[batch.table] = max(through.get(batch.table, until), until)
    names = {key: (kind.name, kind.holder) for key, kind in tables().items()}
    units = {(each.file, each.sheet): each.unit for each in batches}
    return Lists(as_of, through, names, tuple(districts), units=units)


def stated_end(text: str) -> date | None:
    """The day a list says it ends with; None when it says none."""
    found = _UNTIL.search(text)
    try:
        return date(*(int(each) for each in found.groups())) if found else None
    except ValueError:
        return None
