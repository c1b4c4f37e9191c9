"""The desk of community correction in the real window: drop a roster, review, see what was found and its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.excluding import questions
from app.core.findings import Standing
from app.ui.main_window import MainWindow
from app.ui.state_dialog import StateDialog
from app.ui.tabs import DESKS
from tests.core.actions.test_endings import CASES, Play
from tests.core.actions.test_people_desks import RIGHT, ROSTER, SECOND
from tests.core.workbooks import write_book
from tests.ui.conftest import PATIENCE, drop

Wait = Callable[[], None]


def test_a_dropped_roster_is_reviewed(qtbot: QtBot, window: MainWindow, settled: Wait, tmp_path: Path) -> None:
    tab = window.desks["correction"]
    window.tabs.setCurrentWidget(tab)
    work = next(each for each in window.works if each.tab is tab)
    assert not tab.buttons["review"].isEnabled()
    assert not tab.buttons["issue"].isEnabled()
    assert drop(tab, write_book(tmp_path / "名册.xlsx", ("名册", [ROSTER, {**ROSTER, **SECOND, **RIGHT}])))
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    assert tab.buttons["review"].isEnabled()
    assert [tab.model.index(row, 0).data() for row in range(2)] == ["测试甲", "测试乙"]
    assert tab.model.index(0, 6).data() == Standing.BREACH
    tab.table.go_to(tab.model.ids[0])
    finding = tab.panel.chosen_finding()
    assert finding is not None
    assert "多算1日" in finding.verdict.message
    cells = [tab.panel.detail.table.item(row, 3).text() for row in range(tab.panel.detail.table.rowCount())]
    assert "社区矫正结束日期" in cells
    tab.buttons["issue"].click()
    settled()
    dialog = work.papers.dialog
    assert {name for name, box in dialog.kinds.items() if box.isChecked()} == {"notice", "receipt"}
    assert dialog._agree.text() == "生成约 2 份文书(&G)"
    dialog.accept()
    settled()
    assert sorted(each.name for each in (tmp_path / "文书").rglob("*.docx")) == [
        "测试甲_样本县第一司法所_纠正违法通知书.docx",
        "测试甲_样本县第一司法所_送达回证.docx",
    ]


def test_a_tab_and_its_desk_begin_with_the_same_lists() -> None:
    for desk in DESKS:
        if desk.id in PEOPLE_DESKS:
            assert desk.begin == PEOPLE_DESKS[desk.id].begin


def test_a_finding_shows_what_to_exclude_before_writing(window: MainWindow, settled: Wait, tmp_path: Path) -> None:
    tab = window.desks["correction"]
    play = Play(tab._session.store, tmp_path)
    play.take(CASES[2]["round"][0]["import"])
    play.review()
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    tab.table.go_to(tab.model.ids[0])
    detail = tab.panel.view.detail
    assert detail._exclude.text().count("□") == len(questions("SJ-20"))
    assert detail._exclude.isVisibleTo(detail)
    settled()


def test_lists_and_leads_are_shown(qtbot: QtBot, window: MainWindow, settled: Wait, tmp_path: Path) -> None:
    tab = window.desks["correction"]
    play = Play(tab._session.store, tmp_path)
    play.take(CASES[1]["round"][0]["import"])
    play.review()
    tab.refresh()
    window.tabs.setCurrentWidget(tab)
    tab.more["state"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(StateDialog)), timeout=PATIENCE)
    (dialog,) = window.findChildren(StateDialog)
    assert dialog.lists.item(0, 0).text() in ("法院裁判(非监禁刑/附加刑)", "社区矫正对象名册")
    assert dialog.lacks.rowCount() > 3
    assert dialog.units.item(0, 0).text()
    settled()
    dialog.tabs.setCurrentIndex(1)
    dialog.tabs.setCurrentIndex(2)
