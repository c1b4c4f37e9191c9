"""Into the store: by a passphrase or the recovery key, each wrong one costing time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.core.errors import UserError, WrongPassphrase
from app.core.rights import Account
from app.core.store import keyring
from app.core.store.database import Store, salt_of
from app.core.store.locks import RECOVERED, Taken, long_enough
from app.core.store.tries import Tries

T = TypeVar("T")


def several_accounts(path: Path) -> bool:
    """Whether more than one may open a store; False when that cannot be told yet."""
    try:
        return len(keyring.read_ring(path, salt_of(path)).accounts()) > 1
    except UserError:
        return False  # opening it will say why


def sign_in(path: Path, passphrase: str, *, now: datetime) -> Store:
    """Open a store for the account whose passphrase this is; TooSoon, or errors as `Store.open`."""
    return counted(path, now, lambda: Store.open(path, passphrase))


def sign_in_or_make(path: Path, passphrase: str, name: str = "", *, now: datetime) -> Store:
    """As `sign_in`; where there is no store yet, one is made, whose first account has this name."""
    if path.exists():
        return sign_in(path, passphrase, now=now)
    return Store.create(path, passphrase, name.strip() or keyring.FIRST)


def recover(path: Path, typed: str, passphrase: str, *, now: datetime) -> Store:
    """Open a store by its recovery key, with a new passphrase for its first manager; errors as `sign_in`."""
    long_enough(passphrase)
    store = counted(path, now, lambda: Store.recover(path, typed))
    try:
        manager = store.locks.managers()[0]
        store.locks.set(manager.number, passphrase, now=now.isoformat(timespec="seconds"), who=RECOVERED)
        store.locks.sign_in(manager)
    except BaseException:
        store.close()
        raise
    return store


def unlock(store: Store, passphrase: str, *, now: datetime) -> Account:
    """Who sits there now, by the passphrase; TooSoon, or WrongPassphrase when it is nobody's."""
    return counted(store.path, now, lambda: store.locks.whose(passphrase))


def counted(path: Path, now: datetime, way: Callable[[], T]) -> T:
    """Do what a passphrase is tried with; a wrong one, or one that is another's, counts. TooSoon while it must wait."""
    tries = Tries(path)
    tries.allow(now)
    try:
        found = way()
    except (WrongPassphrase, Taken):
        tries.failed(now)
        raise
    tries.succeeded()
    return found
