"""Into the store: by a passphrase or the recovery key, each wrong one costing time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.core.errors import UserError, WrongPassphrase
from app.core.store import keyring
from app.core.store.database import Store, salt_of
from app.core.store.locks import RECOVERED, SET, long_enough
from app.core.store.tries import Tries

T = TypeVar("T")


def account_names(path: Path) -> list[tuple[str, str]]:
    """Slot and name of those who may open a store, for the list at sign-in; [] when that cannot be told yet."""
    try:
        return [(each.id, each.name) for each in keyring.read_ring(path, salt_of(path)).accounts()]
    except UserError:
        return []  # opening it will say why


def sign_in(path: Path, passphrase: str, name: str = "", *, now: datetime) -> Store:
    """Open a store by an account's passphrase ("": whichever it opens); TooSoon, or errors as `Store.open`."""
    return _tried(path, now, lambda: Store.open(path, passphrase, name))


def sign_in_or_make(path: Path, passphrase: str, name: str = "", *, now: datetime) -> Store:
    """As `sign_in`; where there is no store yet, one is made."""
    if path.exists():
        return sign_in(path, passphrase, name, now=now)
    return Store.create(path, passphrase, name.strip() or keyring.FIRST)


def recover(path: Path, typed: str, slot: str, passphrase: str, *, now: datetime) -> Store:
    """Open a store by its recovery key and set a new passphrase for an account; errors as `sign_in`."""
    long_enough(passphrase)
    store = _tried(path, now, lambda: Store.recover(path, typed))
    try:
        at, who = now.isoformat(timespec="seconds"), RECOVERED
        store.locks.set(slot, passphrase, SET, now=at, who=who)
    except BaseException:
        store.close()
        raise
    store.close()
    return Store.open(path, passphrase, dict(account_names(path)).get(slot, ""))


def unlock(store: Store, passphrase: str, *, now: datetime) -> None:
    """Make sure that whoever sits there is the one who signed in; TooSoon or WrongPassphrase when not."""
    _tried(store.path, now, lambda: store.locks.holds(store.locks.slot, passphrase))


def _tried(path: Path, now: datetime, way: Callable[[], T]) -> T:
    tries = Tries(path)
    tries.allow(now)
    try:
        found = way()
    except WrongPassphrase:
        tries.failed(now)
        raise
    tries.succeeded()
    return found
