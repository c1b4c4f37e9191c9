"""Saved views: what was let through, searched, sorted and shown comes back under a name; chips take conditions away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.core.actions.saved_views import SHIPPED, SavedView, keep_views, saved_views
from app.core.findings import State
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.view_dialog import ViewDialog
from app.ui.view_work import DUE
from tests.ui.conftest import Person, cut_words

Wait = Callable[[], None]


def names(tab: DeskTab) -> list[str]:
    """The names in the list, from the top."""
    return [tab.model.index(row, 1).data() for row in range(tab.model.rowCount())]


def actions(tab: DeskTab) -> dict[str, QAction]:
    """What the menu of views offers."""
    return {each.text(): each for each in tab.filters.views.menu().actions() if each.text()}


def test_a_view_brings_everything_back(
    window: MainWindow, tab: DeskTab, person: Person, imported: Path, settled: Wait, session: Session
) -> None:
    tab.filters._boxes["ward"].setCurrentIndex(1)
    tab.filters._search.setText("盗窃")
    tab.filters.changed.emit()
    tab.table.sort_by("name", descending=True)
    tab.columns.place([each._replace(shown=each.field in ("name", "ward")) for each in tab.columns.placed()])
    person.line = "一监区的盗窃"
    actions(tab)["把现在的列表存为视图(&S)…"].trigger()
    settled()
    assert "已存为视图“一监区的盗窃”" in window.bar.text()
    before = tab.filters.query(), tab.table.order(), tab.columns.placed(), names(tab)
    tab.filters.clear()
    tab.table.sort_by("id", descending=False)
    tab.columns.place([each._replace(shown=True) for each in tab.columns.placed()])
    actions(tab)["一监区的盗窃"].trigger()
    assert (tab.filters.query(), tab.table.order(), tab.columns.placed(), names(tab)) == before
    assert saved_views(session.reader, "correction") == []


def test_the_shipped_view_shows_what_nobody_looked_at(
    tab: DeskTab, work: DeskWork, imported: Path, settled: Wait
) -> None:
    actions(tab)[SHIPPED[0].name].trigger()
    shown = names(tab)
    assert "钱样二" in shown
    assert "赵样一" not in shown
    assert tab.filters._only_chip.text() == f"只看：{SHIPPED[0].name} ✕"
    tab.table.go_to(tab.model.ids[shown.index("钱样二")])
    for each in tab._session.reader.casebook.findings(tab.table.current_id()):
        if each.verdict.level == "违法":
            work.decisions._decide(each, State.CHECKING, "", "", None, None)
    settled()
    tab.refresh()
    assert "钱样二" not in names(tab)
    tab.filters._only_chip.click()
    assert len(names(tab)) == 3
    assert not tab.filters._only_chip.isVisible()


def test_what_is_due_is_listed_or_said_not_to_be(tab: DeskTab, work: DeskWork, imported: Path, settled: Wait) -> None:
    actions(tab)[DUE].trigger()
    settled()
    if tab.filters._only_chip.isVisible():
        assert tab.filters._only_chip.text() == f"只看：{DUE} ✕"
    else:
        assert "没有今天到期" in work.bar.text()


def test_a_picked_out_lot_is_no_view(tab: DeskTab, person: Person, imported: Path, settled: Wait) -> None:
    tab.filters.show_only("几件", tab.model.ids[:1])
    actions(tab)["把现在的列表存为视图(&S)…"].trigger()
    assert "不能存为视图" in str(person.errors[0])


def test_a_name_of_the_programs_own_is_refused(tab: DeskTab, person: Person, imported: Path, settled: Wait) -> None:
    person.line = SHIPPED[0].name
    actions(tab)["把现在的列表存为视图(&S)…"].trigger()
    settled()
    assert "自带的视图" in str(person.errors[0])


def test_views_are_renamed_and_deleted(qtbot: QtBot, tab: DeskTab, session: Session, settled: Wait) -> None:
    keep_views(session.store, "reduction", [SavedView("甲"), SavedView("乙"), SavedView("丙")])
    tab.window().works[0].views.manage()
    dialog = tab.window().findChild(ViewDialog)
    assert cut_words(dialog) == []
    dialog.list.item(0).setText("乙")
    assert not dialog._agree.isEnabled()
    assert "同一个名称" in dialog._lacks.text()
    dialog.list.item(0).setText("甲改")
    dialog.list.setCurrentRow(2)
    dialog._delete.click()
    dialog.accept()
    settled()
    assert [each.name for each in saved_views(session.reader, "reduction")] == ["甲改", "乙"]
    assert {"甲改", "乙"} <= actions(tab).keys()


def test_broken_settings_are_no_views(session: Session) -> None:
    for text in ("", "{}", "[1]", '[{"name": "甲"}]', "不是"):
        session.store.settings.set("views.reduction", text)
        assert saved_views(session.reader, "reduction") == []


def test_each_condition_has_a_chip_that_takes_it_away(qtbot: QtBot, tab: DeskTab, imported: Path) -> None:
    filters = tab.filters
    filters._boxes["ward"].setCurrentIndex(1)
    filters._search.setText("盗窃")
    qtbot.keyClick(filters._search, Qt.Key.Key_Return)
    filters._chips["同意提请"].click()
    assert filters._off["ward"].text() == "监区：一监区 ✕"
    assert filters._off["search"].text() == "搜索：盗窃 ✕"
    assert filters._chips["同意提请"].text().endswith(" ✕")
    filters._off["ward"].click()
    assert not filters._off["ward"].isVisible()
    assert filters.query().search == "盗窃"
    filters._off["search"].click()
    assert filters._search.text() == ""
    filters._chips["同意提请"].click()
    assert not filters.query()
    assert len(names(tab)) == 3
