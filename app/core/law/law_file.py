"""A law file read as one from outside: its size, its depth, and every value's kind, so that no later step stumbles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.core.errors import FileUnreadable
from app.core.untrusted import read_bytes, read_toml

Holds = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _yes_no(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    return _whole(value) or _day(value)


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_whole, value))


def _each(holds: Holds) -> Holds:
    return lambda value: isinstance(value, dict) and all(map(holds, value.values()))


def _exempt(value: Any) -> bool:
    return _yes_no(value) or _text(value)


# what must stand in an entry, and what may
MUST: Mapping[str, Mapping[str, Holds]] = {
    "source": {"id": _text, "short": _text, "certainty": _text},
    "provision": {"id": _text, "law": _text, "article": _text, "says": _text},
    "parameter": {"id": _text, "value": _number, "cite": _text, "says": _text},
    "row": {
        "id": _text, "table": _text, "group": _text, "from": _day, "exempt": _exempt, "cites": _each(_text),
        "says": _text,
    },
}  # fmt: skip
MAY: Mapping[str, Mapping[str, Holds]] = {
    "source": {"title": _text, "from": _day, "to": _day},
    "provision": {"from": _day, "to": _day, "certainty": _text},
    "parameter": {"unit": _text, "from": _day, "to": _day},
    "row": {
        "to": _day, "band": _pair, "wait": _whole, "interval": _whole, "caps": _each(_whole), "ranges": _each(_pair),
        "floor": _whole, "absolute_cap": _whole, "interval_floor": _text,
    },
}  # fmt: skip


def read_law_file(path: Path) -> dict[str, Any]:
    """What a law file says, every entry checked; FileUnreadable, with the entry, when it is not what it should be."""
    data = read_toml(read_bytes(path), path.name)
    if not _text(data.get("edition", "")):
        raise _refused(path, "edition")
    for kind, must in MUST.items():
        entries = data.get(kind, [])
        if not isinstance(entries, list):
            raise _refused(path, kind)
        for number, each in enumerate(entries, 1):
            name = _fault(each, must, MAY[kind])
            if name:
                raise _refused(path, f"{kind} 第 {number} 条的 {name}")
    return data


def _fault(entry: Any, must: Mapping[str, Holds], may: Mapping[str, Holds]) -> str:
    """The name of what is missing or of the wrong kind; "" when nothing is."""
    if not isinstance(entry, dict):
        return "内容"
    for name, holds in must.items():
        if name not in entry or not holds(entry[name]):
            return name
    return next((name for name, holds in may.items() if name in entry and not holds(entry[name])), "")


def _refused(path: Path, where: str) -> FileUnreadable:
    return FileUnreadable(f"法律数据文件不能使用：{path.name}（{where} 不对）", do="请重新安装程序，或者换回原来的文件")
