"""The office's own words, kept in the store."""

from __future__ import annotations

from dataclasses import asdict, fields

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.documents.context import Office
from app.core.store.database import Rooms, Store

PREFIX = "office."


def read_office(store: Rooms) -> Office:
    """The office as last written; empty fields print as 【待填】."""
    return Office(**{each.name: store.settings.get(PREFIX + each.name) for each in fields(Office)})


@needs("office")
def write_office(store: Store, office: Office, *, now: str, who: str) -> Done:
    """Keep the office's words."""
    with store.atomic():
        for name, value in asdict(office).items():
            store.settings.set(PREFIX + name, value)
        store.audit.note("修改本院信息", asdict(office), at=now, who=who)
    return Done("已保存本院信息", frozenset({"settings"}), office)
