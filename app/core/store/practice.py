"""The store of artificial people: opened with a key of the program's own, and never copied."""

from __future__ import annotations

from pathlib import Path

from app.core.store.database import Store, salt_of
from app.core.store.keys import practice_key
from app.core.store.whole import whole


def open_practice_store(path: Path) -> Store:
    """Open the store, made when it is not there; errors as `Store.open`."""
    if not path.exists():
        with whole(path) as beside:
            Store(beside, practice_key()).close()
    store = Store(path, practice_key(salt_of(path)))
    store.lasting = False
    return store
