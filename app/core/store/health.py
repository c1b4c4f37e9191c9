"""Whether the file is sound: every page's seal, the structure, and the links between tables; and how it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.core.errors import StoreDamaged
from app.core.jobs import Ticket
from app.core.store.audit import Audit
from app.core.store.link import Link
from app.core.store.salvage import NAMES

CHECKS = ("正在核对每一页", "正在核对结构和索引", "正在核对表与表的联系", "正在核对操作记录")
ROUNDS = 20  # a row taken out may leave others without what they belong to


class Report(NamedTuple):
    """What a full check found: damaged pages, faults of structure and indexes, loose rows, faults of the log."""

    pages: tuple[str, ...] = ()
    structure: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """One sentence each."""
        return (*self.pages, *self.structure, *self.loose, *self.log)


def quick(link: Link, ticket: Ticket) -> tuple[str, ...]:
    """The check at every start: the structure, and thereby the seal of every page in use; () when it is sound."""
    try:
        with link.stoppable(ticket):
            return _structure(link, "quick_check")
    except StoreDamaged as error:
        return (error.what,)


def problems(link: Link) -> tuple[str, ...]:
    """What is wrong, one Chinese sentence each; () when the file is sound. Reads the whole file."""
    try:
        link.fold()
        return (*_pages(link), *_structure(link, "quick_check"), *_loose(link))
    except StoreDamaged as error:
        return (str(error),)


def examine(link: Link, ticket: Ticket) -> Report:
    """Everything that can be checked, the indexes row by row and the log line by line too."""
    with link.stoppable(ticket):
        try:
            ticket.step(0, len(CHECKS), CHECKS[0])
            link.fold()
            pages = _pages(link)
            ticket.step(1, len(CHECKS), CHECKS[1])
            structure = _structure(link, "integrity_check")
            ticket.step(2, len(CHECKS), CHECKS[2])
            loose = _loose(link)
            ticket.step(3, len(CHECKS), CHECKS[3])
            return Report(pages, structure, loose, tuple(Audit(link).verify()))
        except StoreDamaged as error:
            return Report(pages=(error.what,))


def mend(link: Link, found: Report) -> list[str]:
    """Mend what needs no row to be read anew: indexes are rebuilt, rows that belong to nothing taken out. In words."""
    said = []
    if found.structure:
        link.change("REINDEX")
        said.append("已重建全部索引")
    return said + take_out_loose(link)


def take_out_loose(link: Link) -> list[str]:
    """Take out rows whose owner is gone; what must stay on record stays, and is named."""
    counts: dict[str, int] = {}
    fixed = _fixed_tables(link)
    for _ in range(ROUNDS):
        loose = {(str(table), number) for table, number, *_ in link.rows("PRAGMA foreign_key_check")}
        taken = [(table, number) for table, number in loose if number is not None and table not in fixed]
        if not taken:
            break
        with link.atomic():
            for table, number in taken:
                link.change(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))
                counts[table] = counts.get(table, 0) + 1
    left = {table for table, *_ in link.rows("PRAGMA foreign_key_check")}
    said = [f"{_name(table)}：{count} 行所属的内容已经不在，已移出" for table, count in counts.items()]
    return said + [f"{_name(table)}：有几行所属的内容已经不在，按规定保留" for table in sorted(left)]


def _pages(link: Link) -> tuple[str, ...]:
    return tuple(f"有一页数据损坏（{found}）" for (found,) in link.rows("PRAGMA cipher_integrity_check"))


def _structure(link: Link, check: str) -> tuple[str, ...]:
    return tuple(f"数据结构有误（{found}）" for (found,) in link.rows(f"PRAGMA {check}") if found != "ok")


def _loose(link: Link) -> tuple[str, ...]:
    found: Iterable[tuple[str, int]] = ((str(each[0]), each[1]) for each in link.rows("PRAGMA foreign_key_check"))
    return tuple(f"{_name(table)}第 {number} 行缺少它所属的内容" for table, number in found)


def _fixed_tables(link: Link) -> set[str]:
    """Tables whose rows may not be deleted, by a trigger of their own."""
    sql = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'"
    return {str(name) for (name,) in link.rows(sql)}


def _name(table: str) -> str:
    return f"“{NAMES[table]}”" if table in NAMES else f"内部表 {table} "
