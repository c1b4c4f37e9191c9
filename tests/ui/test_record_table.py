"""The paged table: rows are fetched by pages when painted, order and filters go to the source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelRoleData, QModelRoleDataSpan, Qt
from pytestqt.qtbot import QtBot

from app.core.store.rows import CaseRow
from app.ui import look
from app.ui.query import Query
from app.ui.record_table import PAGE, PAGES_KEPT, CaseModel, RecordTable
from app.ui.tabs import CASE_COLUMNS

ROLE = Qt.ItemDataRole
TITLES = [each.title for each in CASE_COLUMNS]


def case(number: int) -> CaseRow:
    """An artificial case; every third one was not reviewed."""
    texts = {field: f"{field}{number}" for field in CaseRow._fields}
    counts = {field: number % 3 for field in CaseRow._fields if field.startswith("n_")}
    word = "" if number % 3 == 0 else "建议不予提请"
    return CaseRow(**{**texts, **counts, "id": number, "conclusion": word, "sentence": "有期徒刑八年"})


class Source:
    """So many cases; notes what it was asked."""

    def __init__(self, count: int) -> None:
        self.ids = list(range(1, count + 1))
        self.asked: list[tuple[Any, ...]] = []
        self.fetched: list[int] = []

    def case_ids(
        self,
        desk: str,
        filters: Mapping[str, Collection[str]] = {},
        search: str = "",
        order_by: str = "id",
        descending: bool = False,
    ) -> list[int]:
        """All ids, backwards when asked so."""
        self.asked.append((desk, dict(filters), search, order_by, descending))
        return self.ids[::-1] if descending else list(self.ids)

    def case_rows(self, ids: Iterable[int]) -> list[CaseRow]:
        """The rows, none for an id that is gone."""
        wanted = list(ids)
        self.fetched += wanted
        return [case(each) for each in wanted if each in self.ids]


def made(count: int) -> tuple[Source, CaseModel]:
    """A source and the model on it, asked once."""
    source = Source(count)
    model = CaseModel(source, "reduction", CASE_COLUMNS)
    model.refresh()
    return source, model


def test_only_the_page_that_is_looked_at_is_fetched() -> None:
    source, model = made(100_000)
    assert model.rowCount() == 100_000
    assert source.fetched == []
    assert model.index(50_000, 1).data() == "name50001"
    assert len(source.fetched) == PAGE
    model.index(50_001, 2).data()
    assert len(source.fetched) == PAGE


def test_pages_do_not_pile_up() -> None:
    _, model = made(PAGE * (PAGES_KEPT + 5))
    for number in range(PAGES_KEPT + 5):
        model.index(number * PAGE, 0).data()
    assert len(model._pages) == PAGES_KEPT


def test_a_cell_says_its_word_in_its_colour() -> None:
    _, model = made(3)
    column = TITLES.index("结论")
    assert model.index(0, column).data() == "建议不予提请"
    assert model.index(0, column).data(ROLE.ForegroundRole).color() == look.colour_of("建议不予提请")
    assert model.index(2, column).data() == look.NOT_REVIEWED
    assert model.index(1, TITLES.index("违法")).data() == "2"
    assert model.index(2, TITLES.index("违法")).data() == ""
    assert model.index(0, TITLES.index("原判")).data() == "八年"
    assert model.index(0, 1).data(ROLE.ForegroundRole) is None


def test_all_roles_at_once_are_the_same_as_one_by_one() -> None:
    _, model = made(2)
    roles = [ROLE.DisplayRole, ROLE.ForegroundRole, ROLE.TextAlignmentRole, ROLE.ToolTipRole, ROLE.FontRole]
    for column in range(model.columnCount()):
        index = model.index(0, column)
        for role in roles:
            data = QModelRoleData(role)
            model.multiData(index, QModelRoleDataSpan(data))
            assert data.data() == model.data(index, role)


def test_sorting_and_filtering_go_to_the_source(qtbot: QtBot) -> None:
    source, model = made(10)
    table = RecordTable(model, CASE_COLUMNS, nullcontext())
    qtbot.addWidget(table)
    model.ask(Query({"ward": ["一监区"]}, "赵"))
    table.sortByColumn(TITLES.index("违法"), Qt.SortOrder.DescendingOrder)
    assert source.asked[-1] == ("reduction", {"ward": ["一监区"]}, "赵", "n_unlawful", True)
    assert model.ids[0] == 10
    model.sort(-1)
    assert source.asked[-1][3:] == ("id", False)


def test_the_cursor_and_the_marks_stay_on_their_cases(qtbot: QtBot) -> None:
    source, model = made(10)
    table = RecordTable(model, CASE_COLUMNS, nullcontext())
    qtbot.addWidget(table)
    table.selectRow(2)
    table.selectionModel().select(
        model.index(4, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    assert sorted(table.selected_ids()) == [3, 5]
    assert table.current_id() == 3
    source.ids.remove(5)
    with qtbot.waitSignal(table.current_changed) as told:
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert told.args == [3]
    assert table.current_id() == 3
    assert table.selected_ids() == [3]
    source.ids.remove(3)
    model.refresh()
    assert table.current_id() == 0
    assert table.selected_ids() == []


def test_a_case_that_went_away_meanwhile_is_an_empty_line() -> None:
    source, model = made(3)
    source.ids.remove(2)
    assert [model.index(row, 1).data() for row in range(3)] == ["name1", "", "name3"]


def test_the_painter_is_let_in_alone(qtbot: QtBot) -> None:
    entered: list[str] = []

    class Gate:
        def __enter__(self) -> None:
            entered.append("in")

        def __exit__(self, *_: object) -> None:
            entered.append("out")

    _, model = made(3)
    table = RecordTable(model, CASE_COLUMNS, Gate())
    qtbot.addWidget(table)
    table.show()
    table.grab()
    assert entered[:2] == ["in", "out"]


@pytest.mark.parametrize("section", range(len(CASE_COLUMNS)))
def test_headers_have_titles(section: int) -> None:
    _, model = made(0)
    assert model.headerData(section, Qt.Orientation.Horizontal) == TITLES[section]
