"""A model's parts as the text of its file, laid out for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

INLINE = ("where", "value", "over", "at_least", "under", "at_most", "equal", "not_equal")


def write_model(data: Mapping[str, Any]) -> bytes:
    """The file of a model given as the plain data its file holds."""
    lines: list[str] = []
    _table(data, (), lines)
    return ("\n".join(lines).strip() + "\n").encode("utf-8")


def _table(data: Mapping[str, Any], path: tuple[str, ...], lines: list[str]) -> None:
    """Plain values first, then what has a heading of its own."""
    plain = {name: value for name, value in data.items() if not _headed(name, value, path)}
    lines += [f"{_key(name)} = {_value(value)}" for name, value in plain.items()]
    for name, value in data.items():
        if name in plain:
            continue
        here = (*path, name)
        for each in [value] if isinstance(value, Mapping) else value:
            heading = ".".join(map(_key, here))
            lines += ["", f"[{heading}]" if isinstance(value, Mapping) else f"[[{heading}]]"]
            _table(each, here, lines)


def _headed(name: str, value: Any, path: tuple[str, ...]) -> bool:
    if path and path[-1] in ("rows", "choices"):
        return False
    if isinstance(value, Mapping):
        return True
    listed = isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
    return listed and name not in INLINE


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in value)}]"
        case Mapping():
            return f"{{ {', '.join(f'{_key(name)} = {_value(each)}' for name, each in value.items())} }}"
    return _text(str(value))


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _text(name)


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped.replace(chr(13), "")}"'
