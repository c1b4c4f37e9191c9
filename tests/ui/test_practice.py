"""The store to practise in: reached from the window, marked, kept apart from the real one, left and thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core import paths
from app.core.actions import practice as acts
from app.core.actions.done import Done
from app.core.settings import Settings, read_settings
from app.core.store.database import Store
from app.ui import practice
from app.ui.start import PASSPHRASE, Program
from tests.core.workbooks import proposals
from tests.ui.conftest import PATIENCE, Person, cut_words

PHRASE = "练习以外的口令"


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> Iterator[Program]:
    """The program with its own store open."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "家"))
    monkeypatch.setenv(PASSPHRASE, PHRASE)
    each = Program(qapp, Settings(folder=str(tmp_path / "文书")), paths.settings_file())
    each.begin(None)
    qtbot.waitUntil(lambda: each.window is not None, timeout=PATIENCE)
    yield each
    if each.window is not None:
        qtbot.waitUntil(lambda: not each.window.bar._watched, timeout=PATIENCE)
        each.window.close()
        qtbot.waitUntil(lambda: not each.window.isVisible(), timeout=PATIENCE)
        each.window.deleteLater()
    if each.sign_in is not None:
        each.sign_in.reject()
    each.end()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is filled in."""
    monkeypatch.setattr(acts, "fill", lambda store, **_: Done("练习库已经备好", frozenset({"cases"}), 0))


def gone_over(qtbot: QtBot, program: Program) -> None:
    """The way from the real store to the other, by the menu."""
    first = program.window
    (action,) = (each for each in first.findChildren(QAction) if each.text().startswith("打开练习库"))
    action.trigger()
    qtbot.waitUntil(lambda: program.window not in (None, first), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not program.window.bar._watched, timeout=PATIENCE)


def test_the_whole_way_there_and_back(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_over(qtbot, program)
    window, session = program.window, program._session
    assert person.errors == []
    assert session.practice
    assert session.today() == date(2026, 11, 21)
    assert window.windowTitle() == practice.TITLE
    assert "审查 " in window.bar.text()
    assert len(window.desks["reduction"].model.ids) == 79
    strip = window.findChild(practice.PracticeStrip)
    assert strip.isVisible()
    assert "2026年11月21日" in strip._says.text()
    assert Path(session.settings.folder).parent == paths.practice_store().parent
    window._show_safety()
    assert person.said == ["练习库不备份。"]
    own = proposals(tmp_path / "真名册.xlsx", {})
    person.agrees = False
    window.take_in([own])
    qtbot.waitUntil(lambda: person.asked == ["这些表里没有真实人员吗？"], timeout=PATIENCE)
    assert window.works[0].intake.dialog is None
    qtbot.waitUntil(lambda: not window.bar._watched, timeout=PATIENCE)
    monkeypatch.delenv(PASSPHRASE)
    strip.back_wanted.emit()
    qtbot.waitUntil(lambda: program.sign_in is not None, timeout=PATIENCE)
    assert program.window is None
    assert program.sign_in._path == paths.default_store()
    assert read_settings(paths.settings_file()).store == ""
    Store.open(paths.default_store(), PHRASE).close()


def test_it_is_thrown_away_whole_after_a_question(qtbot: QtBot, program: Program, person: Person, quick: None) -> None:
    gone_over(qtbot, program)
    strip = program.window.findChild(practice.PracticeStrip)
    person.agrees = False
    strip._ask()
    assert paths.practice_store().exists()
    person.agrees = True
    strip._ask()
    qtbot.waitUntil(lambda: program.sign_in is not None, timeout=PATIENCE)
    assert person.asked == [practice.SURE] * 2
    assert not paths.practice_store().parent.exists()
    assert paths.default_store().exists()


def test_one_that_is_open_elsewhere_leads_back(qtbot: QtBot, program: Program, person: Person, quick: None) -> None:
    with acts.open_practice(paths.practice_store()):
        program.to_practice()
        qtbot.waitUntil(lambda: program.sign_in is not None, timeout=PATIENCE)
    assert "正在使用中" in person.errors[0].what


@pytest.mark.parametrize("points", [11, 22])
def test_its_words_are_not_cut(qtbot: QtBot, program: Program, quick: None) -> None:
    gone_over(qtbot, program)
    assert cut_words(program.window.findChild(practice.PracticeStrip)) == []
