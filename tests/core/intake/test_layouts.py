"""Sheets as offices make them: header, table, columns, records, refusals and rows put aside."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words, recognise, why_unrecognised
from app.core.intake.reading import read_table
from app.core.intake.sheet import Sheet
from app.core.records import show

LAYOUTS: dict[str, dict[str, Any]] = {
    each["name"]: each
    for each in tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))["layout"]
}


def sheet_of(layout: dict[str, Any]) -> Sheet:
    merged = [tuple(each) for each in layout.get("merged", ())]
    return Sheet(layout.get("file", "a.xlsx"), "Sheet1", [tuple(row) for row in layout["rows"]], merged=merged)


@pytest.mark.parametrize("name", [name for name, each in LAYOUTS.items() if each["header"]])
def test_header_and_columns(name: str) -> None:
    layout = LAYOUTS[name]
    sheet = sheet_of(layout)
    header = find_header(sheet, known_words())
    assert header is not None
    assert [header.first, header.last] == layout["header"]
    mapped = recognise(header, (), sheet)
    if not layout["table"]:
        assert mapped is None
        assert layout["why"] in why_unrecognised(header, sheet)
        return
    assert mapped is not None
    assert (mapped.table.id, mapped.by_label()) == (layout["table"], layout["mapping"])
    assert list(mapped.unmapped) == layout.get("unmapped", list(mapped.unmapped))
    assert {key: said.text for key, said in mapped.said.items()} == layout.get("said", {})
    assert 0 < mapped.confidence <= 1
    assert mapped.reason


@pytest.mark.parametrize("name", [name for name, each in LAYOUTS.items() if each.get("table")])
def test_rows(name: str) -> None:
    layout = LAYOUTS[name]
    sheet = sheet_of(layout)
    header = find_header(sheet, known_words())
    assert header is not None
    mapped = recognise(header, (), sheet)
    assert mapped is not None
    read = read_table(sheet, header, mapped)
    assert [each.row for each in read.records] == layout["records"]
    assert [(each.row, each.column) for each in read.rejects] == [tuple(each[:2]) for each in layout.get("rejects", ())]
    assert all(each[2] in reject.reason for each, reject in zip(layout.get("rejects", ()), read.rejects, strict=True))
    assert [[each.row, each.why] for each in read.aside] == layout.get("aside", [])
    assert read.rows == len(read.records) + len(read.rejects)
    first = read.records[0]
    assert {key: show(first[key]) for key in layout.get("values", {})} == layout.get("values", {})
    carried = [each.row for each in read.records if any("上面的单元格" in cell.doubt for cell in each.cells.values())]
    assert carried == layout.get("carried", [])
    assert {each["name"] for each in read.records} <= {"样一", "样二", "样三", "样四"}


def test_no_header_is_said() -> None:
    assert find_header(sheet_of(LAYOUTS["没有表头"]), known_words()) is None
