"""What is killed and how it is looked at: a store of its own for each point, and what must hold of any store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from app.core.errors import WrongPassphrase
from app.core.store import keyring, keys
from app.core.store.database import Store
from tests.tools.power_cut import prepared

KEY = keys.random_key()
CASES, DESK = 6, "reduction"
PASSPHRASES = [f"第{number:02}个试验用口令" for number in range(12)]
Say = Callable[[str], None]


class Work(NamedTuple):
    """What is killed: how a store for it is made, what is done with it, and what must hold afterwards."""

    prepare: Callable[[Path], None]
    do: Callable[[Path, Say], None]
    check: Callable[[Path, list[str]], list[str]]


def store_of(folder: Path) -> Path:
    """The store of a point."""
    return folder / "数据.db"


def opened(folder: Path) -> Store:
    """That store, open: the one with a key file by the first passphrase."""
    path = store_of(folder)
    return Store.open(path, PASSPHRASES[0]) if keyring.file_of(path).exists() else Store(path, KEY)


def prepare(folder: Path) -> None:
    """Cases, not reviewed, and some rows more."""
    with opened(folder) as store:
        prepared(store, folder, CASES, reviewed=False)


def prepare_reviewed(folder: Path) -> None:
    """Reviewed cases."""
    with opened(folder) as store:
        prepared(store, folder, CASES)


def sound(store: Store) -> list[str]:
    """What is wrong with any store at all: its pages, its log, batches of which not all rows are there, numbers."""
    said = [*store.problems(), *store.audit.verify()]
    rows = Counter(each.sheet for each in store.batches.records())
    wanted = sum(each.accepted for each in store.batches.all())
    if rows.total() != wanted:
        said.append(f"{rows.total()} rows of {wanted}")
    taken = [(each.series, each.n) for each in store.papers.all() if each.series is not None]
    said += [f"number {number} twice" for number, count in Counter(taken).items() if count > 1]
    return said


@contextmanager
def quick_stretching() -> Iterator[None]:
    """Passphrases are stretched next to not at all inside."""
    with patch.multiple(keys, ARGON_PASSES=1, ARGON_KIBIBYTES=64, ARGON_LANES=1):
        yield


def opens(folder: Path, phrase: str) -> bool:
    """Whether a passphrase opens the store."""
    try:
        Store.open(store_of(folder), phrase).close()
    except WrongPassphrase:
        return False
    return True


def prepare_passphrase(folder: Path) -> None:
    """A store with a key file; stretching a passphrase takes no time, so that the kills fall amid the writing."""
    with quick_stretching(), Store.create(store_of(folder), PASSPHRASES[0]) as store:
        prepared(store, folder, CASES, reviewed=False)
