"""The tables of correction and deprivation: told apart by their columns, their codes and rows read."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.core.intake.cleaning import Column, Plan
from app.core.intake.columns import words_of
from app.core.intake.declared import tables
from app.core.intake.headers import Header, header_at
from app.core.intake.likeness import COMMON
from app.core.intake.mapping import recognise
from app.core.intake.sheet import Sheet
from app.core.intake.words import label_key
from app.core.records import Field, FieldType, Record, TableKind, show

HERE = Path(__file__).parent
DATA: dict[str, Any] = tomllib.loads((HERE / "declared.toml").read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, str]] = tomllib.loads((HERE / "declared_rows.toml").read_text(encoding="utf-8"))
NEW = sorted(DATA["tables"])
SURE = 0.7
MOST_REQUIRED = 3


def header_of(labels: Sequence[str]) -> Header:
    return header_at(Sheet("a.xlsx", "S", [tuple(dict.fromkeys(labels))]), 1, 1)


def told(labels: Sequence[str]) -> str:
    """The table a header is recognised as, with the columns nothing claims."""
    mapped = recognise(header_of(labels))
    assert mapped is not None
    return " ".join((mapped.table.id, *mapped.unmapped))


def parts(table: TableKind) -> tuple[list[str], list[Field]]:
    """What each half of a table keeps (the person and what is required), and its other fields."""
    kept = [each for each in table.fields if each.required or each.id in ("name", "id_number")]
    return [each.name for each in kept], [each for each in table.fields if each not in kept and each.id not in COMMON]


def halves() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every second column of each table, and every second one of those no other table has."""
    counted = Counter(key for table_id in tables() for key in words_of(table_id))
    for table in tables().values():
        kept, rest = parts(table)
        own = [each for each in rest if counted[label_key(each.name)] == 1]
        for fields in (rest, own):
            for first in (0, 1):
                if len(fields) > 1:
                    yield table.id, (*kept, *(each.name for each in fields[first::2]))


def test_all_tables_are_declared() -> None:
    assert list(tables()) == [*(f"R{number}" for number in range(1, 8)), *(f"T{number:02}" for number in range(1, 29))]
    assert {each.desk for each in tables().values()} == {"reduction", "correction", "deprivation"}


@pytest.mark.parametrize("table_id", NEW)
def test_columns_are_the_agreed_ones(table_id: str) -> None:
    assert [each.name for each in tables()[table_id].fields] == DATA["tables"][table_id]["columns"]


@pytest.mark.parametrize("table_id", NEW)
def test_little_is_required(table_id: str) -> None:
    required = [each.id for each in tables()[table_id].fields if each.required]
    assert "name" in required
    assert len(required) <= MOST_REQUIRED


def test_one_id_is_one_kind_of_value() -> None:
    kinds: dict[str, set[FieldType]] = {}
    for table in tables().values():
        for each in table.fields:
            kinds.setdefault(each.id, set()).add(each.type)
    assert {each for each, found in kinds.items() if len(found) > 1} == set()


def test_choices_do_not_share_a_spelling() -> None:
    for table in tables().values():
        for field in table.fields:
            spellings = [each for word, others in field.choices.items() for each in (word, *others)]
            assert len(spellings) == len(set(spellings)), (table.id, field.id)


@pytest.mark.parametrize("table_id", [each for each in NEW if "used" in DATA["tables"][each]])
def test_a_table_is_told_by_the_columns_in_use(table_id: str) -> None:
    assert told(DATA["tables"][table_id]["used"]) == table_id


@pytest.mark.parametrize(("table_id", "labels"), list(halves()))
def test_a_table_is_told_by_half_of_its_columns(table_id: str, labels: tuple[str, ...]) -> None:
    assert told(labels) == table_id


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("table_id", NEW)
def test_a_table_is_told_by_other_words_for_its_columns(table_id: str, place: int) -> None:
    fields = tables()[table_id].fields
    assert told([(each.name, *each.synonyms)[min(place + 1, len(each.synonyms))] for each in fields]) == table_id


@pytest.mark.parametrize(("labels", "nearest"), DATA["unclear"]["headers"])
def test_what_cannot_be_told_is_not_claimed(labels: list[str], nearest: list[str]) -> None:
    mapped = recognise(header_of(labels))
    assert mapped is None or (mapped.table.id in nearest and mapped.confidence < SURE)


@pytest.mark.parametrize("labels", DATA["foreign"]["headers"])
def test_other_lists_are_no_table(labels: list[str]) -> None:
    assert recognise(header_of(labels)) is None


@pytest.mark.parametrize(("name", "text", "value"), DATA["codes"]["cell"])
def test_codes(name: str, text: str, value: str) -> None:
    table, _, field_id = name.partition(".")
    field = tables()[table].field(field_id)
    [cell] = Column(0, field.name, [field]).cells(text)
    assert (show(cell.value), bool(cell.doubt)) == (value, not value)


@pytest.mark.parametrize("table_id", NEW)
def test_a_row_is_read_without_doubt(table_id: str) -> None:
    labels, texts = tuple(ROWS[table_id]), tuple(ROWS[table_id].values())
    sheet = Sheet("a.xlsx", "S", [labels, texts])
    mapped = recognise(header_at(sheet, 1, 1), (), sheet)
    assert mapped is not None
    assert (mapped.table.id, mapped.unmapped) == (table_id, ())
    (record,) = Plan(mapped, sheet, [texts]).read([2], [texts])
    assert isinstance(record, Record)
    assert {key: each.doubt for key, each in record.cells.items() if each.doubt} == {}
    assert {key for key, each in record.cells.items() if each.value is None and each.raw} == set()
