"""Whether the file is sound: every page's seal, the structure, and the links between tables."""

from __future__ import annotations

from app.core.errors import StoreDamaged
from app.core.store.link import Link


def problems(link: Link) -> tuple[str, ...]:
    """What is wrong, one Chinese sentence each; () when the file is sound. Reads the whole file."""
    try:
        link.fold()
        pages = [str(found) for (found,) in link.rows("PRAGMA cipher_integrity_check")]
        structure = [str(found) for (found,) in link.rows("PRAGMA quick_check") if found != "ok"]
        loose = [(str(table), number) for table, number, *_ in link.rows("PRAGMA foreign_key_check")]
    except StoreDamaged as error:
        return (str(error),)
    return (
        *(f"有一页数据损坏（{each}）" for each in pages),
        *(f"数据结构有误（{each}）" for each in structure),
        *(f"{table} 表第 {number} 行缺少它所属的内容" for table, number in loose),
    )
