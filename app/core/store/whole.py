"""A store file made beside its place and swapped in, so that a half one never bears its name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.files import drop, explain
from app.core.store.lock import ENDING

COMPANIONS = ("-wal", "-shm", "-journal")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to make a store under; it takes its place when all went well, else it is removed."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(beside)
        try:
            yield beside
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(beside, path)
        finally:
            discard(beside)
    except OSError as error:
        raise explain(error, path) from error


def remove(path: Path) -> None:
    """Remove a store file with everything that may lie beside it; UserError when something holds it."""
    for each in _all_of(path):
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise explain(error, each) from error


def discard(path: Path) -> None:
    """As `remove`, for what is not needed any more: what cannot be removed stays, and goes the next time."""
    for each in _all_of(path):
        drop(each)


def _all_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in ("", *COMPANIONS, ENDING)]
