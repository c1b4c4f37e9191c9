"""The declared tables: one file a table beside this module, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.core.records import Field, FieldType, TableKind

TABLES = Path(__file__).parent / "tables"


@cache
def tables() -> Mapping[str, TableKind]:
    """All declared tables by id, in the order of their ids."""
    kinds = [read_table(path) for path in sorted(TABLES.glob("*.toml"))]
    return {each.id: each for each in kinds}


def read_table(path: Path) -> TableKind:
    """One declaration file; ValueError when a field id or a column name stands twice."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    fields = tuple(_field(each) for each in data["field"])
    for words in ([each.id for each in fields], [each.name for each in fields]):
        twice = {word for word in words if words.count(word) > 1}
        if twice:
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stands twice")
    return TableKind(data["id"], data["name"], data["holder"], data["desk"], fields)


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
