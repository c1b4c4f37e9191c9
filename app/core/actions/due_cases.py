"""The cases with something that falls due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.actions.due_aside import split
from app.core.actions.dues import dues
from app.core.jobs import Ticket
from app.core.store.database import Rooms


def due_cases(store: Rooms, desk: str, day: date, *, ticket: Ticket) -> Sequence[int]:
    """The cases of a desk with something that falls due by a day, without what was put aside; the oldest first."""
    standing, _ = split(store, dues(store, day, ticket=ticket))
    mine = (each.case_id for each in standing if each.desk == desk and each.case_id and each.last <= day)
    return list(dict.fromkeys(mine))
