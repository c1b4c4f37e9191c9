"""Custody told in one cell: how offices and judgments write it, and that what was written is what is read."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks.reduction.cell_custody import Spell, read_custody
from app.core.sentence.credit import Measure

CELLS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "custody_cells.json").read_text(encoding="utf-8"))
FIRST = date(2018, 1, 1)


def spell(measure: str, start: str, until: str, same_act: bool | None = None) -> Spell:
    return Spell(Measure(measure), date.fromisoformat(start), date.fromisoformat(until) if until else None, same_act)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell["text"] or "blank")
def test_cell(cell: dict[str, Any]) -> None:
    told = read_custody(cell["text"], cell.get("held", True))
    assert list(told.spells) == [spell(*each) for each in cell["spells"]]
    assert list(told.unread) == cell.get("unread", [])


@st.composite
def rows(draw: st.DrawFn) -> list[Spell]:
    """Stretches one after the other, with days between them or none."""
    found, day = [], FIRST
    for _ in range(draw(st.integers(1, 5))):
        day += timedelta(days=draw(st.integers(0, 200)))
        until = day + timedelta(days=draw(st.integers(1, 200)))
        found.append(Spell(draw(st.sampled_from(list(Measure))), day, until))
        day = until
    return found


@given(
    rows(), st.sampled_from(["{0}至{1}{2}", "{2}：{0}-{1}", "自{0}起{2}至{1}止"]), st.sampled_from(["；", "，", "\n"])
)
def test_stretches_written_are_stretches_read(spells: list[Spell], shape: str, between: str) -> None:
    texts = [
        shape.format(
            each.start.strftime("%Y.%m.%d"), (each.until - timedelta(days=1)).strftime("%Y.%m.%d"), each.measure
        )
        for each in spells
        if each.until is not None
    ]
    told = read_custody(between.join(texts))
    assert told.unread == ()
    assert list(told.spells) == spells


@given(rows())
def test_days_from_which_a_measure_held_end_where_the_next_begins(spells: list[Spell]) -> None:
    text = "，".join(f"{each.start.year}年{each.start.month}月{each.start.day}日被{each.measure}" for each in spells)
    told = read_custody(text)
    assert told.unread == ()
    assert [(each.measure, each.start) for each in told.spells] == [(each.measure, each.start) for each in spells]
    assert [each.until for each in told.spells] == [*(each.start for each in spells[1:]), None]


PIECES = [
    "2018年1月10日",
    "同月三五日",
    "次日",
    "2018.1.10",
    "20180230",
    "至",
    "刑拘",
    "取保候审",
    "释放",
    "行政拘留",
    "一百二日",
]


@given(st.lists(st.sampled_from([*PIECES, "，", "；", " ", "十", "9", "羁押"]), max_size=8).map("".join))
def test_whatever_is_written_is_read_or_named(text: str) -> None:
    told = read_custody(text)
    assert all(each.until is None or each.until >= each.start for each in told.spells)
    assert all(each and each in text.replace(" ", "") for each in told.unread if "," not in each)
