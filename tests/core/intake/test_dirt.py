"""Dirty workbooks give the very records of the clean truth they were made from, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.actions.receive import SheetPlan, look
from app.core.intake.reading import read_table
from app.core.jobs import Ticket
from app.core.records import Record, show
from tests.core.intake.dirt.kit import CASES, Case, every
from tests.core.intake.dirt.page import Expected

EVERY = {each.name: each for each in every()}


def records(read: tuple[Record, ...]) -> list[dict[str, object]]:
    return [
        {
            "row": record.row,
            "values": {name: show(cell.value) for name, cell in record.cells.items()},
            "doubts": sorted(name for name, cell in record.cells.items() if cell.doubt),
        }
        for record in read
    ]


def compare(plan: SheetPlan, expected: Expected) -> None:
    sheet = plan.sheet
    assert plan.header is not None, plan.problem
    assert plan.mapping is not None, plan.problem
    assert not plan.problem
    assert (plan.mapping.table.id, plan.header.row) == (expected.table, expected.header_row)
    assert expected.sheet in ("", sheet.name)
    read = read_table(sheet, plan.header, plan.mapping)
    found = records(read.records)
    for one, other in zip(found, expected.records, strict=False):
        assert one == other
    assert [each["row"] for each in found] == [each["row"] for each in expected.records]
    assert [(each.row, each.column) for each in read.rejects] == expected.rejected
    assert [(each.row, each.why) for each in read.aside] == expected.aside
    assert read.rows == len(read.records) + len(read.rejects)
    hidden = {"sheet": sheet.hidden, "rows": list(sheet.hidden_rows), "columns": list(sheet.hidden_columns)}
    assert hidden == (expected.hidden or {"sheet": False, "rows": [], "columns": []})


@pytest.mark.parametrize("name", EVERY)
def test_dirt(tmp_path: Path, name: str) -> None:
    made: Case = EVERY[name]
    path = tmp_path / name
    path.write_bytes(made.data)
    plans, problems = look([path], ticket=Ticket())
    assert not problems
    assert len(plans) == len(made.expected)
    for plan, expected in zip(plans, made.expected, strict=True):
        compare(plan, expected)


def test_there_are_enough_kinds_tables_and_formats() -> None:
    assert len(CASES) >= 60
    assert len({each.table for made in EVERY.values() for each in made.expected}) >= 9
    assert {Path(name).suffix for name in EVERY} == {".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv", ".txt"}
