"""Flips one bit at random places of a store and looks whether that can pass as other data.

Run as `python -m tests.tools.flip_bits [--flips 1000] [--seed N]`. After each flip the store either does not open, or
a check or a reading names the damage, or everything in it reads as before; and a copy put back gives all of it again.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from unittest.mock import patch

from app.core.actions import safekeep
from app.core.errors import FileUnreadable, StoreDamaged, UserError
from app.core.jobs import Ticket
from app.core.store import keys
from app.core.store.backup import Why
from app.core.store.database import Store
from tests.tools.kill_base import quick_stretching
from tests.tools.power_cut import NOW, WHO, prepared

KEY = keys.random_key()
CASES = 40
REFUSED, NAMED, HARMLESS, SILENT = "did not open", "named by reading or check", "harmless", "SILENT"
PASSPHRASE = "翻转比特试验用口令"
GROWING = {"audit", "sqlite_sequence"}  # putting a copy back adds a line to the log
RESTORED_OF = 20  # one flip in so many is followed by putting the copy back


def content(store: Store, but: Collection[str] = ()) -> str:
    """A digest of every row of every table but these."""
    digest = hashlib.sha256()
    for (name,) in store._link.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        for row in () if name in but else store._link.rows(f'SELECT * FROM "{name}"'):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def prepare(folder: Path) -> tuple[Path, Path, str]:
    """A store, a copy of it, and what is in it."""
    path = folder / "数据.db"
    with patch.object(keys, "random_key", lambda: KEY), Store.create(path, PASSPHRASE) as store:
        prepared(store, folder, CASES)
        copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket()).path
        return path, copy, content(store)


def after_flip(path: Path, expected: str) -> str:
    """What comes of a store with a flipped bit."""
    try:
        with Store(path, KEY) as store:
            faults = store.problems()
            try:
                same = content(store) == expected
            except StoreDamaged:
                return NAMED
            if faults:
                return NAMED
            return HARMLESS if same else SILENT
    except (StoreDamaged, FileUnreadable):
        return REFUSED


def put_back(path: Path, copy: Path) -> bool:
    """Whether a copy put back into a damaged store, or in its place, gives everything again."""
    try:
        with Store(path, KEY) as store:
            safekeep.put_back(store, copy, now=NOW, who=WHO, ticket=Ticket())
    except UserError:
        safekeep.replace_broken(path, copy, PASSPHRASE, now=NOW, who=WHO, ticket=Ticket())
    with Store(copy, KEY) as then, Store(path, KEY) as store:
        if store.problems() or store.audit.verify():
            return False
        lines = then.audit.entries()
        return store.audit.entries()[: len(lines)] == lines and content(store, GROWING) == content(then, GROWING)


def flip(flips: int, chance: random.Random, folder: Path) -> tuple[Counter[str], list[str]]:
    """So many flips, each in a fresh copy of one store; how often what came of it, and what was wrong."""
    with quick_stretching():
        return _flipped(flips, chance, folder)


def _flipped(flips: int, chance: random.Random, folder: Path) -> tuple[Counter[str], list[str]]:
    path, copy, expected = prepare(folder)
    sound, tried = path.read_bytes(), folder / "坏" / path.name
    tried.parent.mkdir()
    seen: Counter[str] = Counter()
    wrong = []
    for number in range(flips):
        place, bit = chance.randrange(len(sound)), chance.randrange(8)
        damaged = bytearray(sound)
        damaged[place] ^= 1 << bit
        tried.write_bytes(damaged)
        outcome = after_flip(tried, expected)
        seen[outcome] += 1
        if outcome == SILENT:
            wrong.append(f"byte {place}, bit {bit}: other data, and nobody says so")
        if number % RESTORED_OF == 0:
            tried.write_bytes(damaged)
            if not put_back(tried, copy):
                wrong.append(f"byte {place}, bit {bit}: the copy put back is not whole")
            shutil.rmtree(tried.parent)
            tried.parent.mkdir()
    return seen, wrong


def main(argv: Sequence[str]) -> int:
    """Flip so many bits; 1 when one of them passed unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20_261_122)
    words = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        seen, wrong = flip(words.flips, random.Random(words.seed), Path(folder))
    for each in wrong:
        print(each)
    print(f"{words.flips} flips: " + ", ".join(f"{count} {outcome}" for outcome, count in seen.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
