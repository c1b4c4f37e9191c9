"""Nonsense in cells gives records or rejects, and every row is one of the two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.intake.declared import tables
from app.core.intake.marks import CARRIED, CUT, ERROR, LOSSY, UNSAVED
from app.core.intake.sheet import Sheet
from tests.core.intake.damage import take_in

LABELS = st.sampled_from([field.name for table in tables().values() for field in table.fields])
DIRT = (
    "| |/|无|不详|合计|姓名|备注：x|1|01|2|是|样一|2022.6.31|1900/1/0|六个月|1.6|减为有期徒刑二十二年|"
    "三年（缓刑四年）|2万元|"
    "4.13E+17|没收财产|2022.8.21-2025.8.20|李某某(女)"
)
TEXTS = st.sampled_from(DIRT.split("|")) | st.text(max_size=12)
MARKED = st.builds(lambda mark, text: mark + text, st.sampled_from(["", LOSSY, ERROR, UNSAVED, CARRIED, CUT]), TEXTS)
MERGES = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 3), st.integers(0, 3)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)


@given(
    st.lists(TEXTS, max_size=4),
    st.lists(LABELS, min_size=1, max_size=8),
    st.lists(st.lists(MARKED, max_size=9), max_size=8),
    st.lists(MERGES, max_size=3),
)
def test_nonsense_in_cells(
    title: list[str], labels: list[str], rows: list[list[str]], merged: list[tuple[int, int, int, int]]
) -> None:
    take_in(Sheet("a.xlsx", "S", [tuple(title), ("姓名", *labels), *map(tuple, rows)], merged=merged))
