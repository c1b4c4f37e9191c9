"""A full check of an open store, and its repair: the files are kept aside first, and what was mended is listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.core.errors import StoreDamaged, UserError
from app.core.jobs import Ticket
from app.core.store import backup, health
from app.core.store.audit import Audit
from app.core.store.health import Report
from app.core.store.keys import StoreKey
from app.core.store.link import Link
from app.core.store.restore import Note, exchange
from app.core.store.salvage import salvage
from app.core.store.whole import discard, remove

ACT = "修复数据"


class Mended(NamedTuple):
    """What was mended, a sentence each; where the state before lies; what is still wrong."""

    lines: tuple[str, ...]
    aside: Path | None
    left: Report


def repair(link: Link, readers: Sequence[Link], key: StoreKey, found: Report, note: Note, ticket: Ticket) -> Mended:
    """Mend what a full check found; a store with damaged pages is read into a new one as far as it goes."""
    if not found.all():
        return Mended((), None, found)
    aside = backup.set_aside(link.path, note.now)
    if found.pages:
        lines = _salvaged(link, readers, key, ticket)
    else:
        ticket.no_way_back()
        lines = health.mend(link, found)
    left = health.examine(link, ticket)
    lines += [f"操作记录：{each}（无法补回，保留原样）" for each in left.log]
    try:
        Audit(link).note(ACT, {"结果": lines, "修复前的数据": aside.name}, at=note.now, who=note.who)
    except UserError as fault:  # what was mended is mended
        lines.append(f"修复没有记入操作记录：{fault.what}")
    return Mended(tuple(lines), aside, left)


def _salvaged(link: Link, readers: Sequence[Link], key: StoreKey, ticket: Ticket) -> list[str]:
    """Read everything readable into a new store and put it in the place of the old one."""
    beside = link.path.with_name(f".{link.path.name}.repair")
    remove(beside)
    try:
        lost = salvage(link.path, key, beside, ticket)
        new = Link(beside, key, alone=True)
        try:
            loose = health.take_out_loose(new)
            faults = health.problems(new)
        finally:
            new.close()
        if faults:
            raise StoreDamaged(f"修复没有成功：{faults[0]}", do="现有文件没有改动，请用备份恢复")
        ticket.no_way_back()
        exchange(link, readers, beside)
    finally:
        discard(beside)
    if not lost:
        return ["损坏的页上没有内容，或者只有索引：全部内容已读出，写成新文件", *loose]
    return ["已把读得出的内容写成新文件", *(each.says() for each in lost), *loose]
