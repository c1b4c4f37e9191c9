"""The key file exchanged together with a line in the log: both, or neither."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.files import drop, drop_unfinished, explain, write_whole
from app.core.store import keyring
from app.core.store.keyring import KeyRing

NEW, OLD = ".new", ".old"


@contextmanager
def swapped(store: Path, old: KeyRing, new: KeyRing) -> Iterator[None]:
    """The key file is the new one inside; when that fails, or what is done inside, it is the old one again.

    What needs room on the disk is done first: to exchange files, either way, they are only given other names.
    """
    places = (keyring.file_of(store), keyring.spare_of(store))
    try:
        for place in places:
            write_whole(_aside(place, OLD), keyring.text_of(old))
            write_whole(_aside(place, NEW), keyring.text_of(new))
        try:
            for place in places:
                _rename(_aside(place, NEW), place)
            yield
        except BaseException:
            for place in places:
                with suppress(OSError):  # what went wrong first is what must be told
                    os.replace(_aside(place, OLD), place)
            raise
    finally:
        tidy(store)


def tidy(store: Path) -> None:
    """Remove what a power cut left of an exchange."""
    for place in (keyring.file_of(store), keyring.spare_of(store)):
        drop_unfinished(place)
        for ending in (NEW, OLD):
            drop_unfinished(_aside(place, ending))
            drop(_aside(place, ending))


def _rename(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        raise explain(error, target) from error


def _aside(place: Path, ending: str) -> Path:
    return place.with_name(f".{place.name}{ending}")
