"""A case is tried from its panel: texts are read as they are typed, and what changes stands side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.what_if_dialog import WhatIfDialog
from tests.ui.conftest import PATIENCE


@pytest.fixture
def dialog(imported: Path, tab: DeskTab, work: DeskWork, qtbot: QtBot) -> WhatIfDialog:
    """The trial of the first case."""
    qtbot.waitUntil(lambda: bool(tab.table.current_id()), timeout=PATIENCE)
    tab.panel.header.what_if.click()
    qtbot.waitUntil(lambda: work.what_if.dialog is not None, timeout=PATIENCE)
    return work.what_if.dialog


def put(dialog: WhatIfDialog, name: str, text: str) -> str:
    """Type a text for a fact of the proposal; returns what is said beside it."""
    key = next(each.fact.key for each in dialog._asked if each.name == name and not each.row)
    dialog.fields[key].setText(text)
    return dialog.notes[key].text()


def test_nothing_typed_cannot_be_tried(dialog: WhatIfDialog) -> None:
    assert not dialog.run.isEnabled()
    assert all(not each.text() for each in dialog.notes.values())


def test_a_wrong_day_is_said_beside_its_field(dialog: WhatIfDialog) -> None:
    assert "没有这一天" in put(dialog, "报请日期", "2022-02-30")
    assert not dialog.run.isEnabled()
    assert put(dialog, "报请日期", "2022.3.1") == "读作 2022-03-01"
    assert dialog.run.isEnabled()


def test_the_answers_that_change_stand_side_by_side(dialog: WhatIfDialog, qtbot: QtBot) -> None:
    assert "列出" in dialog.sums.text(), "what will stand there"
    put(dialog, "报请日期", "2021.1.5")
    dialog.run.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0, timeout=PATIENCE)
    rules = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
    place = rules.index("JX-T01")
    assert dialog.table.item(place, 2).text().startswith("合规")
    assert dialog.table.item(place, 3).text().startswith("违法")
    dialog.table.selectRow(place)
    assert "改动前" in dialog.sums.text()
    assert "2021-01-05" in dialog.sums.text()
    dialog.restore()
    assert not dialog.run.isEnabled()


def test_other_desks_have_no_trial(window: MainWindow) -> None:
    hidden = {name: desk.panel.header.what_if.isHidden() for name, desk in window.desks.items()}
    assert hidden == {"reduction": False, "correction": True, "deprivation": True, "models": True}
