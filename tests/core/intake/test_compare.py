"""Two lists row by row: every row falls into one class, and only what is certain is paired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.intake.compare import EMPTY, UNREADABLE, changes, compare
from app.core.intake.declared import tables
from app.core.intake.pairing import Line, line_of
from app.core.people.names import compare_form
from app.core.records import Cell, Record

Values = Mapping[str, str]
COLUMNS = ("prisoner_no", "name", "batch", "ward", "proposed")


def lines(table: str, rows: Sequence[Values], first: int = 1, columns: tuple[str, ...] = COLUMNS) -> list[Line]:
    """Rows of encoded values as they are compared."""
    repeat = tables()[table].repeat
    return [
        line_of((first + place, first), {name: f"x{text}" for name, text in row.items() if text}, columns, repeat, form)
        for place, row in enumerate(rows)
        for form in [compare_form]
    ]


def classes(table: str, old: Sequence[Values], new: Sequence[Values]) -> tuple[int, int, int, int, int]:
    """How many are the same, changed, new, gone and undecided (of the old)."""
    found = compare(lines(table, old), lines(table, new, 1001), tables()[table].repeat)
    sizes = (found.unchanged, found.changed, found.new, found.vanished, found.undecided[0])
    return tuple(map(len, sizes))  # type: ignore[return-value]


def person(number: int, **more: str) -> dict[str, str]:
    return {"prisoner_no": f"900000000{number}", "name": f"赵样{number}", "batch": "2026年第四批", **more}


CASES = {
    "the same": ([person(1), person(2)], [person(2), person(1)], (2, 0, 0, 0, 0)),
    "a value": ([person(1, proposed="六个月")], [person(1, proposed="五个月")], (0, 1, 0, 0, 0)),
    "new and gone": ([person(1), person(2)], [person(2), person(3)], (1, 0, 1, 1, 0)),
    "another batch": ([person(1)], [person(1, batch="2026年第五批")], (0, 0, 0, 0, 0)),
    "another ward": ([person(1, ward="一"), person(2, ward="二")], [person(1, ward="一")], (1, 0, 0, 0, 0)),
    "no number, another name": (
        [{**person(1), "prisoner_no": ""}],
        [{**person(2), "prisoner_no": ""}],
        (0, 0, 1, 1, 0),
    ),
    "one name, two people": (
        [{**person(1), "name": "赵同名"}, {**person(2), "name": "赵同名"}],
        [{**person(2), "name": "赵同名"}],
        (1, 0, 0, 1, 0),
    ),
    "twice, then once": (
        [person(1, proposed="甲"), person(1, proposed="乙")],
        [person(1, proposed="丙")],
        (0, 0, 0, 0, 2),
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), CASES.values(), ids=CASES)
def test_rows_fall_into_their_classes(
    old: list[Values], new: list[Values], wanted: tuple[int, int, int, int, int]
) -> None:
    assert classes("R1", old, new) == wanted


FEW = st.sampled_from(["", "一", "二"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "prisoner_no": st.sampled_from(["", "1", "2", "3", "0"]),
            "name": st.sampled_from(["赵样", "钱样", "孙样"]),
            "batch": FEW,
            "ward": FEW,
            "proposed": FEW,
        }
    ),
    max_size=8,
)


@pytest.mark.parametrize("table", ["R1", "R2", "R3", "T01"])
@given(old=ROWS, new=ROWS)
def test_every_row_of_both_lists_is_in_one_class(table: str, old: list[Values], new: list[Values]) -> None:
    before, after = lines(table, old), lines(table, new, 1001)
    found = compare(before, after, tables()[table].repeat)
    olds = [each for each, _ in found.pairs()] + [*found.vanished, *found.undecided[0], *found.outside[0]]
    news = [each for _, each in found.pairs()] + [*found.new, *found.undecided[1], *found.outside[1]]
    assert sorted(each.id for each in olds) == [each.id for each in before]
    assert sorted(each.id for each in news) == [each.id for each in after]


@given(rows=ROWS, seed=st.randoms(use_true_random=False))
def test_a_list_beside_itself_in_another_order_has_nothing_new_or_changed(rows: list[Values], seed: object) -> None:
    shuffled = list(rows)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    _, changed, new, gone, _ = classes("R1", rows, shuffled)
    assert (changed, new, gone) == (0, 0, 0)


def test_a_column_one_list_lacks_is_no_change() -> None:
    old = lines("R1", [person(1, proposed="六个月")])
    new = lines("R1", [person(1)], 1001, ("prisoner_no", "name", "batch"))
    assert len(compare(old, new, tables()["R1"].repeat).unchanged) == 1


def test_a_change_is_told_as_the_sender_wrote_it() -> None:
    def row(**cells: Cell) -> Record:
        return Record("R1", "a.xlsx", "甲", 3, cells)

    old = row(name=Cell("赵样", "赵样", "姓名"), ward=Cell("一监区", "1监区", "监区"), batch=Cell(None, "", "批次"))
    new = row(
        name=Cell("赵样", "赵 样", "姓名"), ward=Cell(None, "？", "监区", "无法识别"), batch=Cell("四", "四", "批次")
    )
    told = [tuple(each) for each in changes(old, new, tables()["R1"])]
    assert told == [("监区", "1监区", f"？{UNREADABLE}"), ("批次", EMPTY, "四")]
