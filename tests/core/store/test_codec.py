"""Cells come back equal to what was put in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.records import Cell, Value
from app.core.store.codec import (
    CellReader,
    CellWriter,
    SlimReader,
    read_cells,
)
from app.core.values import Deprivation, Money, OffenceTerm, Sentence, SentenceKind, Term

TEXT = st.text(max_size=8)
TERMS = st.builds(Term, st.integers(0, 25), st.integers(0, 11), st.integers(0, 29))
SENTENCES = st.builds(Sentence, st.sampled_from(SentenceKind), st.none() | TERMS)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    TEXT,
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False).map(Decimal),
    st.dates(),
    st.builds(Money, st.integers()),
    TERMS,
    SENTENCES,
    st.builds(Deprivation, TERMS, st.booleans(), st.booleans()),
    st.lists(st.builds(OffenceTerm, TEXT, SENTENCES), max_size=2).map(tuple),
)
LABELS = {"name": "姓名", "sentence": "原判刑期", "filed_on": "报请日期"}
COLUMNS = st.sampled_from([*LABELS.values(), "另一列"])
CELLS = st.dictionaries(st.sampled_from([*LABELS, "unknown"]), st.builds(Cell, VALUES, TEXT, COLUMNS, TEXT))
ALIKE = TEXT.map(lambda text: {"name": Cell(text, text, "姓名")})


@given(CELLS | ALIKE)
def test_cells_come_back(cells: Mapping[str, Cell]) -> None:
    text = CellWriter(LABELS).write(cells)
    found = read_cells(text, LABELS)
    assert found == dict(cells)
    assert CellReader(LABELS).read(text) == found
    assert all(type(found[key].value) is type(each.value) for key, each in cells.items())


def test_what_the_batch_knows_is_not_written_into_each_record() -> None:
    cells = {"name": Cell("赵样一", "赵样一", "姓名"), "filed_on": Cell(date(2026, 1, 2), "2026.1.2", "报请日期")}
    written = json.loads(CellWriter({"name": "姓名", "ward": "监区", "filed_on": "报请日期"}).write(cells))
    assert written == ["x赵样一", 0, ["d2026-01-02", "2026.1.2"]]


def test_a_reader_of_many_rows_reads_what_was_written() -> None:
    labels = {"name": "姓名", "filed_on": "报请日", "ward": "监区"}
    rows = [
        {
            "name": Cell("赵样", " 赵样", "罪犯姓名"),
            "filed_on": Cell(date(2026, 1, number % 2 + 1), "2026.1", "报请日", "疑"),
            **({"ward": Cell(None, "", "监区")} if number else {}),
            "more": Cell(7, "七", "另一列"),
        }
        for number in range(4)
    ]
    writer, reader = CellWriter(labels), CellReader(labels)
    back = [reader.read(writer.write(each)) for each in rows]
    assert back == rows
    assert back[1]["filed_on"] is back[3]["filed_on"]


@given(CELLS | ALIKE)
def test_a_slim_row_has_the_filled_cells_of_the_fields_asked_for(cells: Mapping[str, Cell]) -> None:
    asked = {"name", "unknown"}
    reader = SlimReader({7: ("T1", "表.xlsx", "一", LABELS)}, {"T1": asked})
    (found,) = reader.read([(3, 7, 12, CellWriter(LABELS).write(cells))])
    assert (found.table, found.file, found.sheet, found.row, found.id) == ("T1", "表.xlsx", "一", 12, 3)
    wanted = {key: Cell(each.value, each.raw, "") for key, each in cells.items() if key in asked and each.raw}
    assert dict(found.cells.items()) == wanted
    assert all(type(found[key]) is type(each.value) for key, each in wanted.items())


def test_slim_rows_share_what_is_the_same() -> None:
    other_labels = {"name": "罪犯"}
    rows = [
        (1, 7, 2, CellWriter(LABELS).write({"name": Cell("赵样", "赵样", "姓名")})),
        (2, 8, 2, CellWriter(other_labels).write({"name": Cell("赵样", "赵样", "罪犯")})),
    ]
    sheets = {7: ("T1", "", "", LABELS), 8: ("T2", "", "", other_labels)}
    one, other = SlimReader(sheets, {"T1": {"name"}, "T2": {"name"}}).read(rows)
    assert one.cells["name"] is other.cells["name"]
