"""A desk: filters and search, what it says when empty, what the desks to come need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.tabs import DESKS, REDUCTION
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.conftest import PATIENCE

Wait = Callable[[], None]


def names(tab: DeskTab) -> list[str]:
    """The names in the list, from the top."""
    return [tab.model.index(row, 1).data() for row in range(tab.model.rowCount())]


def test_an_empty_desk_says_what_to_do(tab: DeskTab) -> None:
    assert tab._stack.currentIndex() == 0
    assert not tab.buttons["review"].isEnabled()
    assert tab.buttons["import"].isEnabled()
    words = " ".join(each.text() for each in tab.findChildren(QLabel) if each.isVisible())
    assert "拖到这里" in words
    assert "提请减刑（假释）案件表" in words


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.id)
def test_every_desk_says_what_it_needs(window: MainWindow, desk: object) -> None:
    tab = window.desks[desk.id]
    window.tabs.setCurrentWidget(tab)
    words = " ".join(each.text() for each in tab.findChildren(QLabel))
    assert all(need.table in words and need.holder in words for need in desk.needs)


def test_chips_choices_and_search_work_together(tab: DeskTab, imported: Path, qtbot: QtBot) -> None:
    chips = tab.filters._chips
    assert chips["建议不予提请"].text() == "建议不予提请 1"
    assert not chips["不能判断"].isVisible()
    chips["建议不予提请"].click()
    assert names(tab) == ["钱样二"]
    assert tab.filters._total.text() == "共 3 件，显示 1 件"
    assert chips["同意提请"].text() == "同意提请 1"
    chips["同意提请"].click()
    assert names(tab) == ["赵样一", "钱样二"]
    box = tab.filters._boxes["ward"]
    assert [box.itemText(place) for place in range(box.count())] == ["全部监区", "一监区", "二监区"]
    box.setCurrentIndex(2)
    assert names(tab) == ["钱样二"]
    tab.filters.clear()
    assert len(names(tab)) == 3
    tab.filters._search.setText("诈骗")
    qtbot.waitUntil(lambda: names(tab) == ["孙样三"], timeout=PATIENCE)
    tab.filters._search.setText("没有这个人")
    qtbot.keyClick(tab.filters._search, Qt.Key.Key_Return)
    assert names(tab) == []
    assert tab._stack.currentIndex() == 2
    assert tab.panel._stack.currentIndex() == 0


def test_an_emptied_search_has_no_cross_any_more(tab: DeskTab, imported: Path, qtbot: QtBot) -> None:
    line = tab.filters._search
    cross = line.findChild(QToolButton)
    assert cross is not None
    line.setText("诈骗")
    qtbot.waitUntil(lambda: names(tab) == ["孙样三"], timeout=PATIENCE)
    assert cross.isVisible()
    with qtbot.waitSignal(tab.filters.changed):
        tab.filters.clear()
    assert not tab.filters._timer.isActive(), "asked once is enough"
    qtbot.waitUntil(lambda: not cross.isVisible(), timeout=PATIENCE)


def test_clicking_a_title_sorts_and_keeps_the_case(tab: DeskTab, imported: Path) -> None:
    third = tab.model.ids[2]
    tab.table.go_to(third)
    tab.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(tab) == ["钱样二", "赵样一", "孙样三"]
    assert tab.table.current_id() == third
    tab.table.sortByColumn(8, Qt.SortOrder.DescendingOrder)
    assert names(tab)[-1] == "赵样一"


def test_the_panel_says_when_a_case_was_not_reviewed(
    tab: DeskTab, work: DeskWork, qtbot: QtBot, book: Path, settled: Wait
) -> None:
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.review_after.setChecked(False)
    work.intake.dialog.accept()
    settled()
    assert tab.panel.header._conclusion.text() == "未审查"
    assert "还没有审查" in tab.panel.header._reasons.text()
    assert not tab.panel.view.isVisible()
    tab.buttons["review"].click()
    settled()
    assert tab.panel.view.isVisible()


def test_a_tool_pressed_twice_works_once(tab: DeskTab, work: DeskWork, imported: Path, settled: Wait) -> None:
    reviews = [each for each in tab._session.reader.audit.entries() if each.act == "审查"]
    work.review()
    work.review()
    assert "正在进行" in work.bar.text()
    settled()
    again = [each for each in tab._session.reader.audit.entries() if each.act == "审查"]
    assert len(again) == len(reviews) + 1


def test_several_cases_are_counted_and_issued_together(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait
) -> None:
    tab.table.selectAll()
    assert tab.bulk.isVisible()
    assert tab.bulk.text().startswith("已选 3 件")
    work.papers.ask()
    settled()
    dialog = work.papers.dialog
    assert dialog.only_selected.isChecked()
    assert dialog._agree.text().startswith("生成 9 份文书")
    assert {name for name, box in dialog.kinds.items() if box.isChecked()} == {"review_report", "opinion", "receipt"}
    for box in dialog.kinds.values():
        box.setChecked(False)
    assert not dialog._agree.isEnabled()
    assert "至少选一种" in dialog._says.text()
    next(iter(dialog.kinds.values())).setChecked(True)
    dialog.folder.setText("")
    assert not dialog._agree.isEnabled()
    dialog.reject()


def test_an_undecided_case_says_what_is_missing(
    tab: DeskTab, work: DeskWork, tmp_path: Path, qtbot: QtBot, settled: Wait
) -> None:
    path = write_book(tmp_path / "缺.xlsx", ("一", [{**PROPOSAL, "原判刑种": "", "原判刑期": ""}]))
    work.intake.look([path])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    assert tab.panel.header._conclusion.text() == "不能判断"
    assert "缺少" in tab.panel.header._reasons.text()
    assert "可向监狱调取" in tab.panel.header._reasons.text()
    verdict = tab.panel.view.verdicts[tab.panel.list.place()]
    assert verdict.rule in tab._session.reader.casebook.review_of(tab.table.current_id()).reasons


def test_the_desk_one_left_comes_back(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    window.tabs.setCurrentIndex(1)
    assert session.settings.desk == "correction"
    assert 'desk = "correction"' in session.settings_file.read_text(encoding="utf-8")
    again = MainWindow(session)
    qtbot.addWidget(again)
    assert again.tabs.currentIndex() == 1


def test_desks_have_names_of_their_own() -> None:
    assert len({desk.id for desk in DESKS}) == len({desk.title for desk in DESKS}) == len(DESKS)


def test_rarer_tools_stand_in_a_menu(qtbot: QtBot, session: Session) -> None:
    desk = replace(REDUCTION, tools=("import", "review"), more=("export", "withdraw"))
    tab = DeskTab(desk, session)
    qtbot.addWidget(tab)
    tab.refresh()
    assert list(tab.buttons) == ["import", "review"]
    assert [each.text() for each in tab.more_button.menu().actions()] == ["导出台账(&L)", "已导入(&W)"]
    assert not tab.more["export"].isEnabled()  # nothing to export yet
    with qtbot.waitSignal(tab.tool_pressed) as pressed:
        tab.more["withdraw"].trigger()
    assert pressed.args == ["withdraw"]
    assert not hasattr(DeskTab(replace(desk, more=()), session), "more_button")
