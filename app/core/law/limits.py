"""Time limits as data: what must be done, by whom, from which event they run and how long."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

COUNTINGS = ("days", "months")


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit; what the fields mean stands at the head of limits.toml."""

    id: str
    name: str
    ours: bool
    begins: str
    length: str
    counting: str
    longer: str = ""
    reply: bool = False
    roll: bool = True
    table: str = ""
    day: str = ""
    unless: tuple[str, ...] = ()
    holds: str = ""
    accused: bool = False
    made: tuple[str, ...] = ()
    event: str = ""
    papers: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@cache
def limits() -> Mapping[str, Limit]:
    """Every limit by its id; ValueError when one stands twice or is counted in nothing known."""
    raw = tomllib.loads(Path(__file__).with_name("limits.toml").read_text(encoding="utf-8"))["limit"]
    found = {each["id"]: Limit(**{name: _fixed(value) for name, value in each.items()}) for each in raw}
    if len(found) < len(raw) or any(each.counting not in COUNTINGS for each in found.values()):
        raise ValueError("a limit stands twice, or is counted in neither days nor months")
    return found


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
