"""The numbers of provincial practice the rules ask for, declared with their bounds; an office enters the values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.law.book import HERE, LawBook

LOCAL = "local"
EACH_ROW = "{row}"


@dataclass(frozen=True, slots=True)
class Local:
    """One number an office may enter: its name, unit, the least and most it can be, and what it does."""

    id: str
    name: str
    unit: str
    least: int
    most: int
    says: str


def locals_of(book: LawBook) -> Mapping[str, Local]:
    """All of them by id; where one stands for every row of the tables, one a row."""
    rows: dict[str, list[str]] = {}
    for each in book.rows:
        says = rows.setdefault(each.id, [])
        says += [each.says] if each.says not in says else []
    found: dict[str, Local] = {}
    for data in _declared():
        for row, words in rows.items() if EACH_ROW in data["id"] else (("", ()),):
            key = data["id"].replace(EACH_ROW, row)
            name = data["name"].replace(EACH_ROW, "；".join(words))
            found[key] = Local(key, name, data["unit"], data["least"], data["most"], data["says"])
    return found


@cache
def _declared() -> tuple[Mapping[str, Any], ...]:
    with (HERE / "local.toml").open("rb") as stream:
        return tuple(tomllib.load(stream)["local"])
