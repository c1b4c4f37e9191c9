"""Help: F1 opens the page of the window in front, links and search lead on, back leads back."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

import app.ui
from app.core import manual
from app.core.findings import Outcome
from app.ui import idle_lock
from app.ui.desk_tab import DeskTab
from app.ui.help_dialog import HelpDialog, place_of
from app.ui.help_pages import WINDOWS, chapters
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.sign_in import SignIn
from tests.ui.conftest import PATIENCE, cut_words

HEADINGS = {page.name: [heading for heading, _ in page.sections()] for each in chapters() for page in each.pages}


@pytest.fixture
def dialog(qtbot: QtBot) -> HelpDialog:
    """The help on the screen."""
    each = HelpDialog(chapters())
    qtbot.addWidget(each)
    each.show()
    qtbot.waitExposed(each)
    return each


def test_every_window_named_is_there_and_has_its_page() -> None:
    there = {
        name
        for module in pkgutil.iter_modules(app.ui.__path__)
        for name, each in inspect.getmembers(importlib.import_module(f"app.ui.{module.name}"), inspect.isclass)
        if issubclass(each, QDialog | QMainWindow)
    }
    assert set(WINDOWS) <= there
    for place in WINDOWS.values():
        name, _, heading = place.partition("#")
        assert not heading or heading in HEADINGS[name], place


def test_links_search_and_back(dialog: HelpDialog) -> None:
    dialog.text.anchorClicked.emit(QUrl("导入表格.md#四、看导入结果"))
    assert dialog.place == "导入表格#四、看导入结果"
    assert dialog.text.verticalScrollBar().value() > 0
    assert dialog.tree.currentItem().text(0) == "导入表格"
    dialog.search.setText("依据待核")
    assert dialog.found.isVisible()
    assert dialog._count.text() == f"找到 {dialog.found.topLevelItemCount()} 处"
    (item,) = (each for each in dialog.found.findItems("词汇表", Qt.MatchFlag.MatchContains) if "自己" in each.text(0))
    dialog.found.itemClicked.emit(item, 0)
    assert dialog.place.startswith("词汇表")
    dialog.back.click()
    dialog.back.click()
    assert dialog.place == "使用手册"
    assert not dialog.back.isEnabled()
    dialog.forth.click()
    assert dialog.place == "导入表格#四、看导入结果"
    dialog.search.setText("绝没有这个词")
    assert dialog._count.text() == "没有找到"
    dialog.search.clear()
    assert dialog.tree.isVisible()


def test_a_link_is_read_whether_encoded_or_not() -> None:
    assert place_of(QUrl("设置.md#口令")) == place_of(QUrl.fromEncoded(QUrl("设置.md#口令").toEncoded())) == "设置#口令"


def test_every_page_can_be_shown(dialog: HelpDialog) -> None:
    for name in HEADINGS:
        dialog.show_place(name)
        text = dialog.text.toPlainText()
        assert len(text) > 100, name
        assert "**" not in text, name
        assert "](" not in text, name


def test_links_are_told_by_more_than_their_colour(dialog: HelpDialog) -> None:
    block, seen = dialog.text.document().begin(), 0
    while block.isValid():
        parts = block.textFormats()
        underlined = [each.format.fontUnderline() for each in parts if each.format.isAnchor()]
        assert all(underlined), block.text()
        seen, block = seen + len(underlined), block.next()
    assert seen > 5


@pytest.mark.parametrize("points", [11, 18])
def test_no_word_is_cut_off(dialog: HelpDialog) -> None:
    assert cut_words(dialog) == []
    assert dialog.width() <= dialog.screen().availableSize().width()
    assert all(each.accessibleName() or each.text() for each in dialog.findChildren(QPushButton))


def test_f1_opens_the_page_of_the_window_in_front(
    window: MainWindow, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.help.dialog.place == "减刑审查"
    window.help.dialog.reject()
    window.show_settings()
    settings = next(each for each in window.findChildren(QDialog) if each.windowTitle() == "设置")
    settings.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is settings, timeout=PATIENCE)
    QTest.keyClick(settings, Qt.Key.Key_F1)
    assert window.help.dialog.place == "设置"
    assert window.help.dialog.isVisible()
    settings.reject()
    settled()
    window.close()
    assert not window.help.dialog.isVisible()


def test_a_window_that_was_closed_answers_for_no_other(window: MainWindow, qtbot: QtBot) -> None:
    window.close()
    dialog = QDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert not dialog.findChildren(QShortcut)


def test_the_menu_leads_to_the_pages(window: MainWindow, settled: Callable[[], None]) -> None:
    (button,) = (each for each in window.findChildren(QPushButton) if each.text() == "帮助(&A)")
    actions = {each.text().partition("(")[0]: each for each in button.menu().actions() if isinstance(each, QAction)}
    for name, place in (("使用手册", "使用手册"), ("词汇表", "词汇表"), ("快捷键", "快捷键"), ("常见问题", "常见问题")):
        actions[name].trigger()
        assert window.help.dialog.place == place
    actions["依据条文"].trigger()
    assert window.help.dialog.place != "依据条文"  # it is being made
    settled()
    assert window.help.dialog.place == "依据条文"
    assert "| 法律 |" not in window.help.dialog.text.toPlainText()
    window.help.dialog.reject()


def test_a_finding_says_why_and_leads_to_its_article(
    window: MainWindow, tab: DeskTab, imported: Path, settled: Callable[[], None]
) -> None:
    tab.table.go_to(tab.model.ids[1])
    detail = tab.panel.detail
    verdict = tab.panel.chosen_finding().verdict
    words = detail._why.text()
    assert detail._why_head.text() == "为什么提示"
    assert verdict.evidence[0].raw in words
    assert verdict.steps[-1] in words
    assert f"{verdict.rule} {verdict.rule_name}" in words
    links = re.findall(r'<a href="(help:[^"]+)"', detail._law.text())
    assert links
    detail._law.linkActivated.emit(links[0])
    settled()
    law, _, article = window.help.dialog.place.partition("#")
    assert (law, article) == (f"依据条文 {verdict.basis[0].law}", verdict.basis[0].article)
    assert verdict.rule in window.help.dialog.text.toPlainText()
    window.help.dialog.reject()
    rows: list[object] = []
    detail.row_wanted.disconnect()
    detail.row_wanted.connect(rows.append)
    detail._why.linkActivated.emit(re.findall(r"<a href='(cell:\d+)'", words)[0])
    assert rows == [verdict.evidence[0]]


def test_what_was_not_judged_says_where_it_would_stand_and_what_to_do(
    window: MainWindow, tab: DeskTab, imported: Path, settled: Callable[[], None]
) -> None:
    tab.table.go_to(tab.model.ids[0])
    verdicts = tab.panel.view.verdicts
    wanted: list[object] = []
    tab.asking_wanted.disconnect()
    tab.asking_wanted.connect(wanted.append)
    blind = [place for place, each in enumerate(verdicts) if each.outcome is Outcome.NOT_EVALUATED]
    assert blind
    for place in blind:
        tab.panel.list.go_to(place)
        words = tab.panel.detail._why.text()
        assert tab.panel.detail._why_head.text() == "为什么没有判断"
        for item in verdicts[place].missing:
            assert escape(item) in words
            assert "怎么办" in words, (verdicts[place].rule, item)
    asked = next(place for place in blind if "月考核表" in verdicts[place].missing)
    tab.panel.list.go_to(asked)
    tab.panel.detail.ask.click()
    assert wanted == [["R4"]]


def test_pictures_are_there_and_keep_within_the_page(dialog: HelpDialog) -> None:
    seen = 0
    for page in (page for each in chapters() for page in each.pages if "![" in page.text):
        dialog.show_place(page.name)
        for wide in (1200, 700):
            dialog.resize(wide, 600)
            QApplication.processEvents()
            block = dialog.text.document().begin()
            while block.isValid():
                for piece in block:
                    if piece.fragment().charFormat().isImageFormat():
                        seen += 1
                        width = piece.fragment().charFormat().toImageFormat().width()
                        assert 100 < width < dialog.text.viewport().width()
                block = block.next()
    assert seen >= 8


def test_f1_helps_before_the_passphrase_is_typed(qtbot: QtBot, tmp_path: Path, session: Session) -> None:
    door = SignIn(tmp_path / "没有.db", session.jobs)
    qtbot.addWidget(door)
    door.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is door, timeout=PATIENCE)
    QTest.keyClick(door, Qt.Key.Key_F1)
    (help_,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog) and each.isVisible())
    assert help_.place == "口令和恢复密钥"
    door.reject()
    assert not help_.isVisible()


def test_every_key_of_the_window_is_in_the_list_of_keys(window: MainWindow) -> None:
    page = manual.read_page("快捷键").text
    keys = {each.key().toString() for each in window.findChildren(QShortcut)}
    keys |= {each.shortcut().toString() for each in window.findChildren(QAction)}
    assert {"F1", "F5", "Ctrl+O", "Ctrl+F"} <= keys
    assert {each for each in keys - {""} if f"| {each} |" not in page} == set()
    assert f"| {idle_lock.KEYS} |" in page
