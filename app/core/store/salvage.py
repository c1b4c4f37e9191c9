"""A damaged store read as far as it can be, into a new one: row by row around the pages that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import StoreDamaged, UserError
from app.core.jobs import Ticket
from app.core.store import migrations
from app.core.store.faults import told
from app.core.store.keys import StoreKey
from app.core.store.link import Link

AT_ONCE = 500
FARTHEST = 1 << 40  # no row has a number beyond
OWN_TABLES = ("sqlite_", "_sqlite_")
NUMBERS_OF_PAPERS = """
    INSERT OR IGNORE INTO numbers (series, year, office, n, taken_at)
    SELECT series, year, office, n, reserved_at FROM papers WHERE n IS NOT NULL
"""
NAMES = {
    "batches": "导入的表格", "records": "导入的行", "rejects": "退回的行", "cases": "案件", "reviews": "审查结果",
    "findings": "线索", "steps": "线索的办理记录", "papers": "文书", "numbers": "文号", "audit": "操作记录",
    "settings": "设置", "mappings": "列的对应关系", "templates": "模板", "law_changes": "法律数据的修改",
    "paper_events": "文书的办理记录", "sightings": "线索与案件的联系", "judgements": "人员认定",
}  # fmt: skip


class Told(NamedTuple):
    """What became of one table: rows read, rows lost; None when nobody knows how many there were."""

    table: str
    kept: int
    lost: int | None

    def says(self) -> str:
        """In words, for whoever reads the report."""
        name = NAMES.get(self.table, f"内部表 {self.table}")
        lost = "有一部分读不出来" if self.lost is None else f"{self.lost} 行读不出来"
        return f"{name}：救出 {self.kept} 行，{lost}"


def salvage(source: Path, key: StoreKey, target: Path, ticket: Ticket) -> list[Told]:
    """Fill a new store at `target`, under the same key, with all that can still be read; tells of tables with loss.

    StoreDamaged when not even the list of tables can be read. The source is not written to.
    """
    ticket.step(0, 0, "正在抢救数据")
    reader = _Reader(source, key)
    try:
        tables = reader.tables()
        if not tables:
            raise StoreDamaged("数据文件损坏严重，读不出任何内容", do="请用备份恢复，并保留这个文件备查")
        link = Link(target, key, alone=True)
        try:
            with told(target):
                migrations.steps().apply(link.db)
            link.db.execute("PRAGMA foreign_keys = OFF")
            known = {str(name): columns for name, columns in _columns(link)}
            found = []
            for place, table in enumerate(each for each in known if each in tables):
                ticket.step(place, len(known), f"正在抢救“{NAMES.get(table, table)}”")
                found.append(_copy_table(reader, link, table, known[table]))
            link.change(NUMBERS_OF_PAPERS)
            _keep_counters(reader, link)
            return [each for each in found if each.lost != 0]
        finally:
            link.close()
    finally:
        reader.close()


class _Reader:
    """The damaged store. After a page that is gone the connection reads nothing more: it is opened anew each time."""

    def __init__(self, path: Path, key: StoreKey) -> None:
        self._path, self._key = path, key
        self._link: Link | None = None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]] | None:
        """The rows of a query; None when it meets damage."""
        try:
            if self._link is None:
                self._link = Link(self._path, self._key, writes=False)
            return self._link.rows(sql, values)
        except UserError:
            self.close()
            return None

    def tables(self) -> set[str]:
        """The names of all tables; none when even those cannot be read."""
        return {str(name) for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'") or ()}

    def close(self) -> None:
        """Close the connection, if there is one."""
        link, self._link = self._link, None
        if link is not None:
            link.close()


def _columns(link: Link) -> Iterator[tuple[str, list[str]]]:
    names = [str(name) for (name,) in link.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    for name in names:
        if not name.startswith(OWN_TABLES):
            yield name, [str(each[1]) for each in link.rows(f'PRAGMA table_info("{name}")')]


def _copy_table(reader: _Reader, link: Link, table: str, columns: Sequence[str]) -> Told:
    there = {str(each[1]) for each in reader.rows(f'PRAGMA table_info("{table}")') or ()}
    shared = [each for each in columns if each in there]
    total = reader.rows(f'SELECT count(*) FROM "{table}"')
    (without,) = link.rows("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,))[0]
    named = ", ".join(f'"{each}"' for each in (shared if without else ["rowid", *shared]))
    sql = f'INSERT OR IGNORE INTO "{table}" ({named}) VALUES ({", ".join("?" * (len(shared) + (not without)))})'
    kept, damaged = 0, False
    portions = _whole(reader, table, named) if without else _around_damage(reader, table, named)
    for portion in portions:
        if portion is None:
            damaged = True
            continue
        link.change_many(sql, portion)
        kept += len(portion)
    if total:
        return Told(table, kept, max(int(total[0][0]) - kept, 0))
    return Told(table, kept, None if damaged or kept == 0 else 0)


def _whole(reader: _Reader, table: str, named: str) -> Iterator[list[tuple[Any, ...]] | None]:
    """A table without row numbers: all of it or nothing."""
    yield reader.rows(f'SELECT {named} FROM "{table}"')


def _around_damage(reader: _Reader, table: str, named: str) -> Iterator[list[tuple[Any, ...]] | None]:
    """The rows in their order, in portions; None stands where some could not be read."""
    sql = f'SELECT {named} FROM "{table}" WHERE rowid >= ? ORDER BY rowid LIMIT ?'
    place, count = -FARTHEST, AT_ONCE
    while place <= FARTHEST:
        found = reader.rows(sql, (place, count))
        if found:
            yield found
            place, count = found[-1][0] + 1, min(count * 2, AT_ONCE)
        elif found is not None:
            return
        elif count > 1:
            count //= 2
        else:
            yield None
            place = _behind(reader, table, place)


def _behind(reader: _Reader, table: str, place: int) -> int:
    """The first place behind a damaged one from which something can be read again; beyond all rows if there is none."""
    sql = f'SELECT rowid FROM "{table}" WHERE rowid >= ? ORDER BY rowid LIMIT 1'
    low, step = max(place, 0), 1
    while reader.rows(sql, (low + step,)) is None:
        step *= 2
        if step > FARTHEST:
            return FARTHEST + 1
    bad, good = low + step // 2, low + step
    while good - bad > 1:
        middle = (bad + good) // 2
        if reader.rows(sql, (middle,)) is None:
            bad = middle
        else:
            good = middle
    return good


def _keep_counters(reader: _Reader, link: Link) -> None:
    """Numbers of rows are never given twice: the counters stay where they were, if they can be read."""
    for name, seq in reader.rows("SELECT name, seq FROM sqlite_sequence") or ():
        link.change("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (seq, name))
