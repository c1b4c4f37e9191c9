"""The columns of a list: moved, pulled, hidden, and as they were at the next start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import read_settings
from app.ui.column_dialog import ColumnDialog
from app.ui.columns import LEAST, MOST, Placed, told, usual, written
from app.ui.desk_tab import DeskTab
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.tabs import DESKS, REDUCTION
from tests.ui.conftest import cut_words

FIELDS = [each.field for each in REDUCTION.columns]


def titles(tab: DeskTab) -> list[str]:
    """The titles seen, from the left."""
    header = tab.table.horizontalHeader()
    order = sorted(range(header.count()), key=header.visualIndex)
    return [tab.desk.columns[each].title for each in order if not header.isSectionHidden(each)]


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.id)
def test_every_column_of_a_desk_stands_once(desk: object) -> None:
    fields = [each.field for each in desk.columns]
    assert len(set(fields)) == len(fields)
    assert told(written(usual(desk.columns)), desk.columns) == usual(desk.columns)


@given(
    st.lists(
        st.tuples(st.sampled_from(FIELDS), st.floats(LEAST, MOST), st.booleans()), unique_by=lambda each: each[0]
    ).map(lambda rows: [Placed(*each) for each in rows])
)
def test_columns_are_kept_and_new_ones_stand_behind(placed: list[Placed]) -> None:
    found = told(written(placed), REDUCTION.columns)
    if any(each.shown for each in placed):
        assert found[: len(placed)] == placed
        assert sorted(each.field for each in found) == sorted(FIELDS)
    else:
        assert found == usual(REDUCTION.columns)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "不是", '[["name", "宽", true]]', '[["name", 900, true]]', "[1]", "null"]
)
def test_what_cannot_be_used_is_as_on_the_first_day(text: str) -> None:
    assert told(text, REDUCTION.columns) == usual(REDUCTION.columns)


def test_columns_come_back_at_the_next_start(qtbot: QtBot, tab: DeskTab, session: Session, imported: Path) -> None:
    assert "身份证号码" not in titles(tab)
    header = tab.table.horizontalHeader()
    header.moveSection(header.visualIndex(1), 0)
    tab.columns.menu().actions()[FIELDS.index("id_number")].setChecked(True)
    header.resizeSection(0, 200)
    with qtbot.waitSignal(tab.columns.changed):
        pass
    assert titles(tab)[:2] == ["姓名", "罪犯编号"]
    assert "身份证号码" in titles(tab)
    kept = read_settings(session.settings_file)
    assert json.loads(kept.columns).keys() == {"reduction"}
    session.settings.columns = kept.columns
    again = MainWindow(session)
    qtbot.addWidget(again)
    assert titles(again.desks["reduction"]) == titles(tab)
    assert abs(again.desks["reduction"].table.columnWidth(0) - 200) <= 1
    tab.columns.menu().actions()[-1].trigger()
    assert tab.columns.placed() == usual(tab.desk.columns)


def test_the_last_column_cannot_be_taken_away(tab: DeskTab) -> None:
    tab.columns.place([each._replace(shown=each.field == "name") for each in tab.columns.placed()])
    assert titles(tab) == ["姓名"]
    actions = {each.text(): each for each in tab.columns.menu().actions()}
    assert not actions["姓名"].isEnabled()
    assert actions["罪名"].isEnabled()


def test_the_dialog_moves_hides_and_widens(qtbot: QtBot, tab: DeskTab) -> None:
    tab.more["columns"].trigger()
    dialog = tab.window().findChild(ColumnDialog)
    assert cut_words(dialog) == []
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    dialog._up.click()
    assert dialog.list.currentRow() == 0
    dialog.width_box.setValue(12)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    assert titles(tab)[0] == "姓名"
    assert "罪犯编号" not in titles(tab)
    assert tab.columns.placed()[0] == Placed("name", 12.0, True)


def test_the_dialog_wants_one_column_at_least(qtbot: QtBot, tab: DeskTab) -> None:
    dialog = ColumnDialog(tab, REDUCTION.columns, usual(REDUCTION.columns))
    qtbot.addWidget(dialog)
    for row in range(dialog.list.count()):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog._agree.isEnabled()
    dialog._reset.click()
    assert dialog.placed() == usual(REDUCTION.columns)


def test_every_column_sorts(tab: DeskTab, imported: Path) -> None:
    for number, each in enumerate(tab.desk.columns):
        tab.table.sortByColumn(number, Qt.SortOrder.DescendingOrder)
        assert len(tab.model.ids) == 3, each.title
