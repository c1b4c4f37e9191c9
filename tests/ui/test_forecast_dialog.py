"""The list of who could be proposed opens from the desk's menu, is sorted and filtered, shows its sums, is exported."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.findings.asked_again import Chance
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.forecast_dialog import HELD, ForecastDialog
from tests.ui.conftest import PATIENCE, Person


@pytest.fixture
def dialog(imported: Path, tab: DeskTab, work: DeskWork, qtbot: QtBot) -> ForecastDialog:
    """The list for what was imported."""
    tab.tool_pressed.emit("forecast")
    qtbot.waitUntil(lambda: work.forecast.dialog is not None, timeout=PATIENCE)
    return work.forecast.dialog


def test_everybody_stands_there_for_both_kinds(dialog: ForecastDialog) -> None:
    shown = dialog.model.shown
    assert {each.kind for each in shown} == {"减刑", "假释"}
    assert len(shown) == 2 * len({each.person.prisoner_no for each in shown})
    assert dialog.model.rowCount() == len(shown)
    assert dialog.model.index(0, 0).data() == shown[0].person.name


def test_filters_narrow_and_the_detail_follows(dialog: ForecastDialog) -> None:
    dialog.kind.setCurrentText("假释")
    assert {each.kind for each in dialog.model.shown} == {"假释"}
    assert dialog.current() is not None
    assert "假释" in dialog.detail.text()
    assert "来源：" in dialog.detail.text()
    dialog.search.setText("没有这个人")
    assert dialog.model.shown == []
    assert "没有符合条件的人员" in dialog.detail.text()
    assert not dialog.export.isEnabled()
    dialog.search.clear()
    dialog.kind.setCurrentIndex(0)
    dialog.chance.setCurrentText(HELD)
    assert all(each.urgent for each in dialog.model.shown)
    dialog.chance.setCurrentText(Chance.NEVER)
    assert {each.chance for each in dialog.model.shown} <= {Chance.NEVER}


def test_a_click_on_a_title_sorts_and_the_third_brings_the_order_of_urgency_back(dialog: ForecastDialog) -> None:
    first = list(dialog.model.shown)
    dialog.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    kinds = [each.kind for each in dialog.model.shown]
    assert kinds == sorted(kinds, reverse=True)
    dialog.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert dialog.model.shown == first


def test_what_is_shown_is_exported(dialog: ForecastDialog, person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    person.new_file = tmp_path / "推算"
    dialog.kind.setCurrentText("减刑")
    dialog.export.click()
    qtbot.waitUntil((tmp_path / "推算.xlsx").exists, timeout=PATIENCE)
    rows = openpyxl.load_workbook(tmp_path / "推算.xlsx")["全部人员"].max_row
    assert rows == 1 + len(dialog.model.shown)


def test_without_a_list_it_says_what_to_load(tab: DeskTab, person: Person, qtbot: QtBot) -> None:
    tab.tool_pressed.emit("forecast")
    qtbot.waitUntil(lambda: bool(person.errors), timeout=PATIENCE)
    assert "还没有罪犯名单" in str(person.errors[0])
