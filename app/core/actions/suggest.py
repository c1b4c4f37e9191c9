"""Which documents the findings of many cases ask for, so that a window can offer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.core.actions.case_files import CLASS
from app.core.documents.suggest import suggested
from app.core.jobs import Ticket
from app.core.store.database import Rooms
from app.core.store.rows import StoredFinding


def asked_for(store: Rooms, desk: str, case_ids: Sequence[int], *, ticket: Ticket) -> Mapping[int, frozenset[str]]:
    """For each case the ids of the kinds its findings ask for, those always made among them."""
    ticket.step(0, 0, "查看线索建议的文书")
    found: dict[int, list[StoredFinding]] = defaultdict(list)
    for each in store.casebook.findings(desk=desk):
        found[each.case_id].append(each)
    asked = {}
    for row in store.views.case_rows(case_ids):
        kinds = suggested(desk, found[row.id], about_many=row.proposal == CLASS)
        asked[row.id] = frozenset(each.id for each in kinds)
    return asked
