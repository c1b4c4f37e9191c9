"""The checks of correction and deprivation: every one has its columns, and the tables declare just those."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from app.core.intake.declared import tables
from app.core.records import TableKind

CHECKS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "unlocks.toml").read_text(encoding="utf-8")
)
KNOWN = [*(f"SJ-{n:02}" for n in range(1, 70)), *(f"BQ-{n:02}" for n in range(1, 34))]
PERSON = ("name", "id_number")
NEW = [each for each in tables().values() if each.id.startswith("T")]


def test_every_check_of_the_catalogue_is_there_and_no_other() -> None:
    assert list(CHECKS) == KNOWN
    assert all(any(columns for columns in each.values()) for each in CHECKS.values())


@pytest.mark.parametrize("table", NEW, ids=lambda each: each.id)
def test_a_table_declares_the_agreed_columns(table: TableKind) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for check, of in CHECKS.items():
        for name in of.get(table.id, ()):
            wanted[name].add(check)
    every = {check for check, of in CHECKS.items() if table.id in of}
    for each in table.fields:
        if each.required or each.id in PERSON:
            wanted[each.name] |= every
    assert {each.name: set(each.unlocks) for each in table.fields if each.unlocks} == {
        name: found for name, found in wanted.items() if found
    }


def test_declared_ids_are_sorted_and_stand_once() -> None:
    for table in tables().values():
        for each in table.fields:
            assert list(each.unlocks) == sorted(set(each.unlocks)), (table.id, each.id)
