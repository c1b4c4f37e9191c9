"""The declared tables: one file a table beside this module, read once; and those of models, told at the start."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.core.records import Field, FieldType, Repeat, Stated, TableKind

TABLES = Path(__file__).parent / "tables"


_models: dict[str, TableKind] = {}
_forget: list[Callable[[], None]] = []  # what rests on the tables and must be worked out anew


@cache
def shipped_tables() -> Mapping[str, TableKind]:
    """The tables of the desks by id, in the order of their ids."""
    kinds = [read_table(path) for path in sorted(TABLES.glob("*.toml"))]
    return {each.id: each for each in kinds}


def tables() -> Mapping[str, TableKind]:
    """All declared tables by id: those of the desks, then those of supervision models."""
    return {**shipped_tables(), **_models} if _models else shipped_tables()


def model_tables() -> Mapping[str, TableKind]:
    """The tables of supervision models by id."""
    return _models


def declare(kinds: Iterable[TableKind]) -> None:
    """Let the tables of models be known, in the place of those told before."""
    given = {each.id: each for each in kinds}
    if given != _models:
        _models.clear()
        _models.update(given)
        for each in _forget:
            each()


def resting(forget: Callable[[], None]) -> None:
    """Call this whenever the tables of models change."""
    _forget.append(forget)


def read_table(path: Path) -> TableKind:
    """One declaration file; ValueError when a field id or a column name stands twice, or an unknown field is named."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    fields = tuple(_field(each) for each in data["field"])
    for words in ([each.id for each in fields], [each.name for each in fields]):
        twice = {word for word in words if words.count(word) > 1}
        if twice:
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stands twice")
    repeat = _repeat(data.get("repeat", {}))
    stated = tuple(Stated(tuple(each["sources"]), each["parts"]) for each in data.get("stated", ()))
    named = repeat.fields().union(*({*each.sources, *each.parts.values()} for each in stated))
    if strange := named - {each.id for each in fields}:
        raise ValueError(f"{path.name}: no field {', '.join(sorted(strange))}")
    return TableKind(data["id"], data["name"], data["holder"], data["desk"], fields, repeat, stated)


def _repeat(data: Mapping[str, Any]) -> Repeat:
    words = {name: tuple(data.get(name, ())) for name in ("unit", "scope", "part", "period", "year")}
    key = tuple(tuple(way) for way in data.get("key", ()))
    return Repeat(**words, key=key, by_person=data.get("by_person", False))


def _field(data: Mapping[str, Any]) -> Field:
    return Field(
        data["id"],
        data["name"],
        FieldType(data["type"]),
        tuple(data.get("synonyms", ())),
        data.get("required", False),
        {word: tuple(others) for word, others in data.get("choices", {}).items()},
        tuple(data.get("unlocks", ())),
    )
