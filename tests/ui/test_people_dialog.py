"""Who is who in the real window: the card, the words, the warning, and taking a word back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.store.rows import Word
from app.ui.main_window import MainWindow
from tests.core.actions.test_endings import Play
from tests.core.actions.test_people import COURT, ROSTER
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]


def test_two_are_compared_joined_and_parted_again(
    qtbot: QtBot, window: MainWindow, settled: Wait, person: Person, tmp_path: Path
) -> None:
    tab = window.desks["correction"]
    work = next(each for each in window.works if each.tab is tab)
    play = Play(tab._session.store, tmp_path)
    play.take([COURT, ROSTER])
    play.review()
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    tab.buttons["people"].click()
    qtbot.waitUntil(lambda: work.people.dialog is not None, timeout=PATIENCE)
    dialog = work.people.dialog
    assert dialog is not None
    words = {
        dialog.facts.item(row, 0).text(): dialog.facts.item(row, 3).text() for row in range(dialog.facts.rowCount())
    }
    assert words["姓名"] == "相同"
    assert words["案号"] == "不同"
    assert words["身份证号"] == "只有一边有"
    assert "SJ-01" in dialog._rests.text()
    person.reason, person.agrees = "核对卷宗，住址一致", False
    dialog.same.click()
    qtbot.waitUntil(lambda: dialog.past.rowCount() == 1, timeout=PATIENCE)
    assert dialog.pairs.rowCount() == 0
    assert dialog.past.item(0, 2).text() == Word.SAME
    dialog.past.selectRow(0)
    dialog.undo.click()
    qtbot.waitUntil(lambda: dialog.pairs.rowCount() == 1, timeout=PATIENCE)
    assert not dialog.undo.isEnabled()
    dialog.reject()
    settled()
    assert any("重新运行审查" in each for each in person.asked)


def test_a_finding_that_rests_on_a_weak_match_leads_to_the_card(
    qtbot: QtBot, window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    tab = window.desks["correction"]
    work = next(each for each in window.works if each.tab is tab)
    play = Play(tab._session.store, tmp_path)
    play.take([COURT, ROSTER])
    play.review()
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    for case in tab.model.ids:
        tab.table.go_to(case)
        if tab.panel.chosen_finding() is not None:
            break
    detail = tab.panel.view.detail
    assert detail.people.isVisibleTo(detail)
    detail.people.click()
    qtbot.waitUntil(lambda: work.people.dialog is not None, timeout=PATIENCE)
    settled()
