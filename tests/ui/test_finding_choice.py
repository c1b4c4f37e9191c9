"""Choosing single findings for a document, and the levels that need a second person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.findings import Level
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.issue_dialog import IssueDialog
from app.ui.main_window import MainWindow
from app.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import PATIENCE, cut_words


def ask(work: DeskWork, qtbot: QtBot) -> IssueDialog:
    work.papers.dialog = None
    work.papers.ask()
    qtbot.waitUntil(lambda: work.papers.dialog is not None, timeout=PATIENCE)
    assert work.papers.dialog is not None
    return work.papers.dialog


def test_a_document_rests_on_the_findings_that_are_ticked(
    imported: Path, tab: DeskTab, work: DeskWork, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    case = next(each for each in tab.model.ids if work.session.reader.casebook.findings(each))
    tab.table.go_to(case)
    dialog = ask(work, qtbot)
    choice = dialog.choice
    assert choice.isVisible()
    assert cut_words(dialog) == []
    assert dialog.wish().keys is None
    choice.setChecked(True)
    for box in dialog.kinds.values():
        box.setChecked(False)
    dialog.kinds["clue"].setChecked(True)
    assert (dialog.wish().keys, dialog.wish().case_ids) == (frozenset(), [case])
    assert "勾选一条" in dialog._says.text()
    choice.list.item(0).setCheckState(Qt.CheckState.Checked)
    chosen = choice.list.item(0).data(Qt.ItemDataRole.UserRole)
    assert dialog.wish().keys == {chosen}
    assert not dialog._says.text()
    dialog.accept()
    settled()
    [paper] = work.session.store.papers.all()
    assert (paper.kind, paper.case_id, paper.finding_keys) == ("clue", case, (chosen,))


def test_several_cases_leave_the_choice_to_the_program(
    imported: Path, tab: DeskTab, work: DeskWork, qtbot: QtBot
) -> None:
    tab.table.selectAll()
    assert not ask(work, qtbot).choice.isVisible()


def test_levels_that_need_a_second_person_are_set_among_the_settings(
    window: MainWindow, settled: Callable[[], None]
) -> None:
    lives = window._session.store.lives
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert not any(box.isChecked() for box in dialog.levels.values())
    dialog.levels[Level.UNLAWFUL].setChecked(True)
    dialog.accept()
    settled()
    assert lives.levels() == {Level.UNLAWFUL}
    lines = len(window._session.store.audit.entries())
    window.show_settings()
    again = [each for each in window.findChildren(SettingsDialog) if each.isVisible()][-1]
    assert again.levels[Level.UNLAWFUL].isChecked()
    again.accept()
    settled()
    assert len(window._session.store.audit.entries()) == lines
