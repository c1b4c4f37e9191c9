"""A cell that holds the text of a whole sentence gives every field it speaks of, and contradicts none in silence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.intake.cleaning import Plan
from app.core.intake.declared import tables
from app.core.intake.headers import header_at
from app.core.intake.mapping import match
from app.core.intake.marks import CARRIED, GARBLED
from app.core.intake.sheet import Sheet
from app.core.intake.stated_parts import PARTS
from app.core.records import CARRIED_FROM, Cell, Record, Reject, show

ROWS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("stated.toml").read_text(encoding="utf-8"))["row"]
WORDS = "，；、。有期徒刑拘役管制缓刑年月二三四六个并处罚金万元剥夺政治权利终身无判处禁止0123456789 "


def read(table: str, *rows: dict[str, str]) -> list[Record | Reject]:
    kind = tables()[table]
    wanted = {each.name: "测试甲一" if each.id == "name" else "盗窃罪" for each in kind.fields if each.required}
    wanted |= {each.name: "2026-01-05" for each in kind.fields if each.required and each.type == "date"}
    wanted |= {each.name: "(2025)样01刑初1号" for each in kind.fields if each.required and each.id == "case_no"}
    filled = [{**wanted, **row} for row in rows]
    labels = tuple(filled[0])
    texts = [tuple(each.values()) for each in filled]
    sheet = Sheet("a.xlsx", "S", [labels, *texts])
    mapped = match(header_at(sheet, 1, 1), kind, sheet)
    assert not mapped.unmapped
    return Plan(mapped, sheet, texts).read(range(2, 2 + len(texts)), texts)


def one(table: str, cells: dict[str, str]) -> Record:
    [record] = read(table, cells)
    assert isinstance(record, Record)
    return record


def told(cells: dict[str, Cell], plain: set[str]) -> dict[str, list[str]]:
    return {key: [show(cell.value), cell.column] for key, cell in cells.items() if key not in plain}


@pytest.mark.parametrize("row", ROWS, ids=lambda each: each["why"])
def test_a_text_gives_its_fields(row: dict[str, Any]) -> None:
    record = one(row["table"], row["cells"])
    cells = dict(record.cells.items())
    required = {each.id for each in tables()[row["table"]].fields if each.required} - set(row["fields"])
    assert told(cells, required) == {key: each[:2] for key, each in row["fields"].items()}
    for key, (_, column, doubt) in row["fields"].items():
        assert cells[key].raw == row["cells"][column]
        assert doubt in cells[key].doubt
        assert bool(doubt) == bool(cells[key].doubt), key


def test_rows_keep_their_own() -> None:
    first, second, third = read(
        "T01", {"刑期": "三年"}, {"刑期": "有期徒刑三年，缓刑四年"}, {"刑期": "有期徒刑二年，罚金100元"}
    )
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(third, Record)
    assert "probation" not in first.cells
    assert show(second["probation"]) == "四年"
    assert "probation" not in third.cells
    assert show(third["fine"]) == "100元"


def test_a_required_value_another_cell_states_is_none_to_refuse() -> None:
    record = one("T01", {"罪名": "", "刑期": "犯盗窃罪，判处有期徒刑三年，缓刑四年"})
    assert (record["offence"], record.cells["offence"].column) == ("盗窃罪", "刑期")
    [refused] = read("T01", {"罪名": "", "刑期": "有期徒刑三年"})
    assert isinstance(refused, Reject)


def test_what_a_merged_cell_carries_says_so() -> None:
    cell = one("T01", {"刑期": f"{CARRIED}有期徒刑三年，缓刑四年"}).cells["sentence"]
    assert (cell.raw, cell.doubt) == ("有期徒刑三年，缓刑四年", CARRIED_FROM)


def test_a_text_with_lost_letters_states_nothing() -> None:
    record = one("T01", {"刑期": f"有期徒刑三{GARBLED}，缓刑四年", "判决结果": f"有期徒刑三年，罚金{GARBLED}000元"})
    assert record["sentence"] is None
    assert "probation" not in record.cells
    assert "fine" not in record.cells


def test_every_part_declared_is_known() -> None:
    for table in tables().values():
        for stated in table.stated:
            assert set(stated.parts) <= PARTS


@given(st.sampled_from(["R1", "T01", "T02", "T15", "T19", "T20"]), st.text(WORDS, max_size=30))
def test_whatever_stands_there_a_row_is_one_record(table: str, text: str) -> None:
    column = "原判主刑" if table == "T19" else "原判刑期"
    [record] = read(table, {column: text})
    assert isinstance(record, Record)
    own = record.cells["sentence"]
    assert own.raw == text
    assert own.value is not None or own.doubt or not text.strip("，；、。 无0")
    assert all(each.raw for key, each in record.cells.items() if each.value is not None)
