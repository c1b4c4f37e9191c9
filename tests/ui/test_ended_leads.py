"""Leads that new lists answered, in the panel: why, and the row that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.core.store.rows import Ending
from app.ui.main_window import MainWindow
from tests.core.actions.test_endings import CASES, Play


def test_an_answered_lead_is_shown_with_the_answering_row(
    window: MainWindow, settled: Callable[[], None], tmp_path: Path
) -> None:
    play = Play(window.desks["correction"]._session.store, tmp_path)
    for each in CASES[2]["round"]:
        play.take(each["import"])
        play.review()
    tab = window.desks["correction"]
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    tab.table.go_to(tab.model.ids[0])
    titles = [tab.panel.view.list.topLevelItem(each).text(0) for each in range(tab.panel.view.list.topLevelItemCount())]
    assert "以前的线索，现在不再成立（1）" in titles
    (place,) = tab.panel.view.list._ended
    tab.panel.view.list.go_to(place)
    assert str(Ending.ANSWERED) in tab.panel.view.detail._message.text()
    assert tab.panel.view.detail.table.item(0, 0).text() == "名册四月.xlsx"
    asked = []
    tab.panel.row_wanted.connect(asked.append)
    tab.panel.view.detail.table.setCurrentCell(0, 0)
    tab.panel.view.detail._want_row()
    assert asked[0].file == "名册四月.xlsx"
    settled()
