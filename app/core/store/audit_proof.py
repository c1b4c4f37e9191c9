"""The log on its way out: a text that carries its own proof, and how such a text is checked without the store.

Every line is one JSON array of what stands in the store, the seal last; the first says what the text is. The seal of
the last line stands for all of them: whoever wrote it down on paper can tell whether anything was changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.core.errors import FileUnreadable
from app.core.store.audit import COLUMNS, pack_what, seal_of
from app.core.store.rows import AuditEntry

KIND, VERSION = "刑执智检操作记录", 1
WIDTH, LARGEST = len(COLUMNS.split(", ")), 1 << 63  # of a line; of its number
SHOWN_LETTERS = 16  # of a seal, on paper


class Checked(NamedTuple):
    """What a text of the log is: how many lines, the code of the last one, and what is wrong with it."""

    lines: int
    code: str
    faults: tuple[str, ...]


def written(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The text, line by line."""
    yield _line([KIND, VERSION, COLUMNS])
    for each in entries:
        yield _line([each.id, each.at, each.who, each.act, pack_what(each.what), each.hash])


def check(text: str) -> Checked:
    """Check a text of the log; FileUnreadable when it is none."""
    head, *lines = [_read(each) for each in text.split("\n") if each.strip()] or [None]  # a word may hold other breaks
    if head != [KIND, VERSION, COLUMNS]:
        raise FileUnreadable("这不是本程序导出的操作记录", do="请选择“导出操作记录”保存的文件")
    faults: list[str] = []
    expected, before = 1, ""
    for place, each in enumerate(lines, start=2):
        if not (isinstance(each, list) and len(each) == WIDTH and type(each[0]) is int and 0 < each[0] < LARGEST):
            faults.append(f"文件第 {place} 行读不出来")
            continue
        number, at, who, act, what, seal = each
        if number != expected:
            faults.append(
                f"缺少第 {expected} 条至第 {number - 1} 条" if number > expected else f"第 {number} 条次序不对"
            )
        elif seal != seal_of(before, number, *map(str, (at, who, act, what))):
            faults.append(f"第 {number} 条被改动过")
        expected, before = number + 1, str(seal)
    return Checked(len(lines), code_of(before), tuple(faults))


def code_of(seal: str) -> str:
    """A seal as it is written down on paper."""
    shown = seal[:SHOWN_LETTERS].upper()
    return "-".join(shown[at : at + 4] for at in range(0, len(shown), 4))


def _line(values: list[object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
