"""Copies of the store: made whole, proven by opening them, listed, thinned with time, and put back.

A copy has the store's own key, and a key file of its own, so that the passphrases of that day open it. It lies in the
folder 备份 beside the store; its name tells when and why it was made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import FileUnreadable, FolderUnwritable, StoreDamaged, UserError
from app.core.files import explain, unique_path, write_whole
from app.core.jobs import Ticket
from app.core.store import health, keyring
from app.core.store.keys import SALT_BYTES, StoreKey
from app.core.store.link import Link
from app.core.store.whole import whole

FOLDER = "备份"
RECORD = "备份检查记录.json"
STAMP = "%Y%m%d_%H%M%S"
DAYS_EACH, WEEKS_EACH, MONTHS_EACH = 14, 8, 36
DAYS_LASTING = 60  # a copy made before something that cannot be undone
PIECE = 4 << 20
SAYS_COPYING, SAYS_CHECKING, SAYS_ELSEWHERE = "正在复制", "正在打开检查", "正在另存一份"


class Why(StrEnum):
    """What a copy was made for."""

    CLOSING = "退出时"
    ASKED = "手动"
    UPGRADE = "升级前"
    RESTORING = "恢复前"
    DELETING = "批量删除前"
    REPAIRING = "修复前"


LASTING = frozenset(Why) - {Why.CLOSING, Why.ASKED}


class Backup(NamedTuple):
    """A copy as it lies there; `checked` is when it was opened and looked through last, "" for never."""

    path: Path
    made: datetime
    why: Why
    size: int
    checked: str = ""
    faults: tuple[str, ...] = ()


def folder_of(store: Path) -> Path:
    """Where the copies of a store lie."""
    return store.parent / FOLDER


def make(link: Link, key: StoreKey, *, why: Why, now: str, ticket: Ticket) -> Backup:
    """Copy the store and prove the copy; one that does not pass never gets a name, and StoreDamaged says why."""
    folder, made = folder_of(link.path), datetime.fromisoformat(now)
    path = unique_path(folder, f"{link.path.stem}_{made:{STAMP}}_{why}", link.path.suffix)
    write_copy(link, key, path, ticket)
    _note_check(path, now, ())
    return Backup(path, made, why, path.stat().st_size, now)


def write_copy(link: Link, key: StoreKey, path: Path, ticket: Ticket) -> None:
    """A proven copy of the store under a name."""
    keyring.copy_ring(link.path, path)
    with whole(path) as beside:
        link.copy_to(beside, key, lambda done, total: ticket.step(done, total, SAYS_COPYING))
        faults = problems_of(beside, key, ticket)
    if faults:
        raise StoreDamaged(f"备份没有通过检查：{faults[0]}", do="请运行“健康检查”，并检查磁盘")


def problems_of(path: Path, key: StoreKey, ticket: Ticket) -> tuple[str, ...]:
    """Open a copy and look through all of it; what is wrong, one sentence each."""
    ticket.step(0, 0, SAYS_CHECKING)
    try:
        link = Link(path, key, alone=True)
    except StoreDamaged as fault:
        return (fault.what,)
    try:
        with link.stoppable(ticket):
            return health.problems(link)
    finally:
        link.close()


def check(backup: Backup, key: StoreKey, *, now: str, ticket: Ticket) -> Backup:
    """Prove a copy again, and put down what was found."""
    faults = problems_of(backup.path, key, ticket)
    _note_check(backup.path, now, faults)
    return backup._replace(checked=now, faults=faults)


def elsewhere(backup: Backup, folder: Path, *, now: str, ticket: Ticket) -> Path:
    """Put a copy of a copy into another folder, compared byte by byte; UserError when the folder is not there."""
    if not folder.is_dir():
        raise FolderUnwritable(f"第二备份文件夹不在：{folder}", do="请插好U盘，或者在设置里另选文件夹")
    path = folder / backup.path.name
    if path.exists() and _salt(path) != _salt(backup.path):  # of another computer, made in the same second
        path = unique_path(folder, path.stem, path.suffix)
    try:
        with whole(path) as beside:
            if _copied(backup.path, beside, ticket) != _digest(beside):
                raise FolderUnwritable(f"另存的备份读回来不一样：{path.name}", do="请换一个U盘或者文件夹")
        keyring.copy_ring(backup.path, path)
    except FileNotFoundError as fault:
        raise explain(fault, path) from fault
    _note_check(path, now, ())
    return path


def listed(folder: Path, stem: str) -> list[Backup]:
    """The copies of a store that lie in a folder, newest first; a folder that is not there has none."""
    pattern = re.compile(rf"{re.escape(stem)}_(?:(\d{{8}}_\d{{6}})_)?({'|'.join(Why)})(?:[-(].*)?\.\w+")
    record, found = _record(folder), []
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    for path in files:
        match = pattern.fullmatch(path.name)
        if match is None or path.suffix in keyring.ENDINGS:
            continue
        try:
            about = path.stat()
            made = datetime.strptime(match[1], STAMP) if match[1] else datetime.fromtimestamp(int(about.st_mtime))
        except (OSError, ValueError):
            continue
        said = record.get(path.name, {})
        known = said.get("size") == about.st_size and said.get("changed") == about.st_mtime_ns
        checked, faults = (str(said.get("at", "")), said.get("faults")) if known else ("", ())
        told = tuple(map(str, faults)) if isinstance(faults, list) else ()
        found.append(Backup(path, made, Why(match[2]), about.st_size, checked, told))
    return sorted(found, key=lambda each: (each.made, each.path.name), reverse=True)


def needed(link: Link) -> bool:
    """Whether the store holds something that its newest copy does not."""
    found = listed(folder_of(link.path), link.path.stem)
    if not found or link.changed():
        return True
    return max(each.path.stat().st_mtime for each in found) < link.path.stat().st_mtime


def thin(folder: Path, store: Path, today: date) -> tuple[Path, ...]:
    """Remove the copies of a store that have had their time; what cannot be removed stays. Returns what was removed.

    Copies another computer put onto the same stick are not touched, nor are damaged ones, which replace no sound one.
    """
    ours, removed = _salt(store), []
    found = [each for each in listed(folder, store.stem) if not each.faults and _salt(each.path) == ours]
    keep = kept([(each.made, each.why in LASTING) for each in found], today)
    for each, stays in zip(found, keep, strict=True):
        if not stays:
            try:
                each.path.unlink()
                keyring.drop_ring(each.path)
            except OSError:
                continue
            removed.append(each.path)
    return tuple(removed)


def kept(copies: Sequence[tuple[datetime, bool]], today: date) -> list[bool]:
    """Which copies stay, each given by when it was made and whether it lasts, in the order given.

    All of today stay, and those the clock dates later; then the newest of each day for two weeks, of each week for
    two months, of each month for three years; lasting ones for sixty days. The newest copy of all stays, however old.
    """
    newest: set[datetime] = {max((made for made, _ in copies), default=datetime.min)}
    for age, most, name in ((_days, DAYS_EACH, _day), (_weeks, WEEKS_EACH, _week), (_months, MONTHS_EACH, _month)):
        groups: dict[tuple[int, ...], datetime] = {}
        for made, _ in copies:
            if age(made.date(), today) <= most:
                groups[name(made.date())] = max(made, groups.get(name(made.date()), made))
        newest |= set(groups.values())
    lasts = timedelta(days=DAYS_LASTING)
    return [
        made in newest or made.date() >= today or (lasting and today - made.date() <= lasts) for made, lasting in copies
    ]


def _salt(path: Path) -> bytes:
    """What tells stores apart, and is the same in all copies of one."""
    try:
        with path.open("rb") as stream:
            return stream.read(SALT_BYTES)
    except OSError:
        return b""


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> tuple[int, ...]:
    return (day.year, day.month)


def _days(day: date, today: date) -> int:
    return today.toordinal() - day.toordinal()


def _weeks(day: date, today: date) -> int:
    return (today.toordinal() - today.weekday() - day.toordinal() + day.weekday()) // 7


def _months(day: date, today: date) -> int:
    return (today.year - day.year) * 12 + today.month - day.month


def chosen(backups: Iterable[Backup], path: Path) -> Backup:
    """The copy at a path, whether it is among those listed or not; UserError when there is none."""
    for each in backups:
        if each.path == path:
            return each
    try:
        about = path.stat()
    except OSError as fault:
        raise FileUnreadable(f"找不到备份文件：{path.name}", do="请检查U盘是否插好，或者另选一份") from fault
    return Backup(path, datetime.fromtimestamp(int(about.st_mtime)), Why.ASKED, about.st_size)


def set_aside(store: Path, now: str) -> Path:
    """Copy the files of a store as they are, damage and all, so that nothing is lost by mending it."""
    stamp = datetime.fromisoformat(now).strftime(STAMP)
    aside = unique_path(store.parent, f"{store.stem}_损坏_{stamp}", store.suffix)
    try:
        for ending in ("", "-wal"):
            here = store.with_name(store.name + ending)
            if here.exists():
                shutil.copyfile(here, aside.with_name(aside.name + ending))
        keyring.copy_ring(store, aside)
    except OSError as fault:
        for ending in ("", "-wal"):
            aside.with_name(aside.name + ending).unlink(missing_ok=True)
        raise explain(fault, aside) from fault
    return aside


def _copied(source: Path, target: Path, ticket: Ticket) -> str:
    """Copy bytes and return their digest."""
    digest, done, total = hashlib.sha256(), 0, source.stat().st_size
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(PIECE):
            ticket.step(done, total, SAYS_ELSEWHERE)
            writing.write(piece)
            digest.update(piece)
            done += len(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _record(folder: Path) -> dict[str, dict[str, Any]]:
    """What is put down about the copies of a folder; nothing when it cannot be read."""
    try:
        said = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: each for name, each in said.items() if isinstance(each, dict)} if isinstance(said, dict) else {}


def _note_check(path: Path, now: str, faults: Sequence[str]) -> None:
    """Put down that a copy was looked through; the list then tells, as long as the file stays as it is."""
    about = path.stat()
    said = {name: each for name, each in _record(path.parent).items() if (path.parent / name).exists()}
    said[path.name] = {"at": now, "size": about.st_size, "changed": about.st_mtime_ns, "faults": list(faults)}
    try:
        write_whole(path.parent / RECORD, json.dumps(said, ensure_ascii=False, indent=1).encode())
    except UserError:
        return  # the copy itself is sound; the list only cannot say so
