"""A copy of the store is put back: checked first, brought up to date beside the store, then taken over in one go.

Two things of the present state outlive it: the document numbers that were taken, since they stand on paper and must
never be given again; and a copy of the whole, so that the step back can itself be taken back.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from app.core.errors import FileUnreadable, StoreDamaged, WrongPassphrase
from app.core.files import explain
from app.core.jobs import Ticket
from app.core.store import backup, health, keyring, keys, migrations
from app.core.store.audit import Audit
from app.core.store.backup import Why
from app.core.store.faults import told
from app.core.store.link import Link
from app.core.store.lock import Lock
from app.core.store.whole import COMPANIONS, discard, remove, whole

ACT = "恢复备份"
NUMBERS = "series, year, office, n, taken_at"


class Note(NamedTuple):
    """When it is done and by whom, for the log."""

    now: str
    who: str


class Restored(NamedTuple):
    """Where the state before lies, whether it is a sound copy, and how many numbers were carried over.

    `numbers` is None when the state before was so damaged that they could not be read.
    """

    before: Path
    sound: bool
    numbers: int | None


def key_of(copy: Path, ours: keys.StoreKey, passphrase: str = "") -> keys.StoreKey:
    """The key of a copy: ours, or that of the store it was made from; WrongPassphrase when it needs another."""
    try:
        with copy.open("rb") as file:
            salt = file.read(keys.SALT_BYTES)
    except OSError as fault:
        raise FileUnreadable(f"备份打不开：{copy.name}", do="请检查U盘是否插好，或者另选一份") from fault
    if salt == ours.salt:
        return ours
    if not keys.is_ours(salt):
        raise StoreDamaged(f"不是本程序的备份，或者文件开头已损坏：{copy.name}", do="请另选一份备份")
    if not passphrase:
        raise WrongPassphrase("这份备份来自另一份数据", do="请输入那份数据的口令")
    ring = keyring.read_ring(copy, salt)
    return ring.opened(passphrase, ring.accounts())[1]


def log_against_copy(present: Link, audit: Audit, key: keys.StoreKey) -> tuple[str, ...]:
    """What of the log the newest copy made since the last restoring tells otherwise; () when all agrees."""
    restored = audit.last(ACT)
    copies = [
        each
        for each in backup.listed(backup.folder_of(present.path), present.path.stem)
        if restored is None or each.made.isoformat() > restored.at
    ]
    if not copies:
        return ()
    link = Link(copies[0].path, key_of(copies[0].path, key), alone=True)
    try:
        then = Audit(link).last()
    finally:
        link.close()
    if then is None or audit.seal(then.id) == then.hash:
        return ()
    return (f"与备份 {copies[0].path.name} 不一致：那时已有 {then.id} 条，现在的第 {then.id} 条不同或者没有了",)


def put_back(
    link: Link,
    readers: Sequence[Link],
    key: keys.StoreKey,
    copy: Path,
    passphrase: str,
    note: Note,
    ticket: Ticket,
) -> Restored:
    """Let an open store become what a copy holds; UserError, and nothing is changed, when the copy will not do."""
    source_key = key_of(copy, key, passphrase)
    faults = backup.problems_of(copy, source_key, ticket)
    if faults:
        raise StoreDamaged(f"这份备份没有通过检查：{faults[0]}", do="请另选一份备份，现有数据没有改动")
    before, sound = _keep_present(link, key, note, ticket)
    beside = link.path.with_name(f".{link.path.name}.restore")
    remove(beside)
    try:
        _prepare(copy, source_key, beside, key, ticket)
        other = Link(beside, key, alone=True)
        try:
            numbers = _carry_numbers(link, other)
            what = {"备份": copy.name, "恢复前的数据": before.name, "沿用的文号": numbers}
            Audit(other).note(ACT, what, at=note.now, who=note.who)
            if sound:
                link.become(other, lambda done, total: ticket.step(done, total, "正在恢复"))
        finally:
            other.close()
        if not sound:
            exchange(link, readers, beside)
    finally:
        discard(beside)
    return Restored(before, sound, numbers)


def exchange(link: Link, readers: Sequence[Link], beside: Path) -> None:
    """Put a file in the place of a damaged store, into which nothing can be written any more."""
    try:
        with ExitStack() as closed:
            for each in (link, *readers):  # entered last is opened first: the writing one comes back last
                closed.enter_context(each.away())
            for ending in COMPANIONS:  # of the damaged one; it would be read into the new
                link.path.with_name(link.path.name + ending).unlink(missing_ok=True)
            os.replace(beside, link.path)
    except OSError as fault:
        raise explain(fault, link.path) from fault


def replace(path: Path, copy: Path, passphrase: str, note: Note, ticket: Ticket) -> Path:
    """Put a copy in the place of a store that does not open any more; returns where the broken one lies now."""
    lock = Lock(path)
    try:
        key = key_of(copy, keys.random_key(), passphrase)
        faults = backup.problems_of(copy, key, ticket)
        if faults:
            raise StoreDamaged(f"这份备份没有通过检查：{faults[0]}", do="请另选一份备份，现有数据没有改动")
        aside = backup.set_aside(path, note.now)
        if not keyring.fits(path, key.salt):
            keyring.copy_ring(copy, path)
        with whole(path) as beside:
            _prepare(copy, key, beside, key, ticket)
            with_note = Link(beside, key, alone=True)
            try:
                what = {"备份": copy.name, "恢复前的数据": aside.name}
                Audit(with_note).note(ACT, what, at=note.now, who=note.who)
            finally:
                with_note.close()
            for ending in COMPANIONS:  # of the broken one; it would be read into the new
                path.with_name(path.name + ending).unlink(missing_ok=True)
        return aside
    finally:
        lock.release()


def _keep_present(link: Link, key: keys.StoreKey, note: Note, ticket: Ticket) -> tuple[Path, bool]:
    """A copy of the present state; of a damaged one the files as they are."""
    try:
        return backup.make(link, key, why=Why.RESTORING, now=note.now, ticket=ticket).path, True
    except StoreDamaged:
        return backup.set_aside(link.path, note.now), False


def _prepare(copy: Path, source_key: keys.StoreKey, beside: Path, key: keys.StoreKey, ticket: Ticket) -> None:
    """The copy's content under a key, brought up to date; the copy itself is only read."""
    source = Link(copy, source_key, alone=True)
    try:
        source.copy_to(beside, key, lambda done, total: ticket.step(done, total, "正在读取备份"))
    finally:
        source.close()
    link = Link(beside, key, alone=True)
    try:
        with told(beside):
            if migrations.pending(link.db):
                migrations.steps().apply(link.db)
        faults = health.problems(link)
    finally:
        link.close()
    if faults:
        raise StoreDamaged(f"备份读出来没有通过检查：{faults[0]}", do="请另选一份备份，现有数据没有改动")


def _carry_numbers(present: Link, restored: Link) -> int | None:
    """Enter the numbers taken since the copy was made; None when the present ones cannot be read."""
    try:
        taken = present.rows(f"SELECT {NUMBERS} FROM numbers")
    except StoreDamaged:
        return None
    known = {tuple(row[:4]) for row in restored.rows(f"SELECT {NUMBERS} FROM numbers")}
    lacking = [row for row in taken if tuple(row[:4]) not in known]
    restored.change_many(f"INSERT INTO numbers ({NUMBERS}) VALUES (?, ?, ?, ?, ?)", lacking)
    return len(lacking)
