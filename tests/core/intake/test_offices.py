"""Lists headed in the words of their offices: which table, which field each column; and lists that are none of ours."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words, recognise
from app.core.intake.sheet import Sheet

LISTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("offices.toml").read_text(encoding="utf-8"))[
    "list"
]


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each["title"] or each["columns"][1][0])
def test_an_offices_own_words(each: dict[str, Any]) -> None:
    labels = tuple(label for label, _ in each["columns"])
    rows = [(each["title"],), labels, tuple(each.get("first", ()))]
    sheet = Sheet("a.xlsx", "Sheet1", rows)
    header = find_header(sheet, known_words())
    mapped = None if header is None else recognise(header, (), sheet)
    if not each["table"]:
        assert mapped is None
        return
    assert header is not None
    assert mapped is not None
    until = {column: f",{field.id}" for column, field in mapped.until.items()}
    found = {column: field.id + until.get(column, "") for column, field in mapped.columns.items()}
    wanted = {column: field for column, (_, field) in enumerate(each["columns"]) if field not in ("", "#")}
    assert (mapped.table.id, found) == (each["table"], wanted)
