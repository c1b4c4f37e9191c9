"""The first start: three steps, none of which can be passed by without what it asks, and two doors beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.core import paths
from app.core.actions import practice as acts
from app.core.actions.done import Done
from app.core.settings import Settings, read_settings
from app.core.store.database import Store
from app.ui.practice import PracticeStrip
from app.ui.recovery_dialog import RecoveryDialog
from app.ui.sign_in import SignIn
from app.ui.start import PASSPHRASE, Program
from app.ui.welcome import GONE, WARNING, Welcome
from tests.ui.conftest import PATIENCE, Person, cut_words

PHRASE = "一二三四五六七八"


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> Iterator[Program]:
    """The program at its very first start."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "家"))
    monkeypatch.delenv(PASSPHRASE, raising=False)
    monkeypatch.setattr(acts, "fill", lambda store, **_: Done("练习库已经备好", frozenset({"cases"}), 0))
    each = Program(qapp, Settings(), paths.settings_file())
    each.begin(None)
    yield each
    if each.window is not None:
        qtbot.waitUntil(lambda: not each.window.bar._watched, timeout=PATIENCE)
        each.window.close()
        qtbot.waitUntil(lambda: not each.window.isVisible(), timeout=PATIENCE)
        each.window.deleteLater()
    elif each.sign_in.isVisible():
        each.sign_in.reject()
    qtbot.waitUntil(lambda: not each.jobs.busy(), timeout=PATIENCE)
    each.end()


def at_the_last_step(program: Program) -> Welcome:
    """The name and the passphrase are given."""
    welcome = program.sign_in
    welcome.try_it()
    welcome.name.setText("测试承办")
    welcome.phrase.setText(PHRASE)
    welcome.again.setText(PHRASE)
    welcome.try_it()
    assert welcome.steps.currentIndex() == 2
    return welcome


def recovery(qtbot: QtBot, program: Program) -> RecoveryDialog:
    """The recovery key on the screen."""
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(RecoveryDialog)), timeout=PATIENCE)
    return program.window.findChild(RecoveryDialog)


def test_each_step_asks_for_what_it_needs(program: Program) -> None:
    welcome = program.sign_in
    shown = {each.text() for each in welcome.findChildren(QLabel) if each.isVisible()}
    assert str(paths.default_store()) in shown
    assert GONE not in shown
    welcome.try_it()
    assert WARNING in {each.text() for each in welcome.findChildren(QLabel) if each.isVisible()}
    for name, phrase, again, word in (
        ("", "", "", "姓名"),
        ("测试承办", "短口令", "", "太短"),
        ("测试承办", PHRASE, "一二三四五六七九", "不一样"),
    ):
        welcome.name.setText(name)
        welcome.phrase.setText(phrase)
        welcome.again.setText(again)
        welcome.try_it()
        assert word in welcome.fault.text()
        assert welcome.steps.currentIndex() == 1
    welcome.back()
    assert welcome.steps.currentIndex() == 0
    assert not paths.default_store().exists()


def test_it_leads_over_the_recovery_key_into_the_store_to_practise_in(qtbot: QtBot, program: Program) -> None:
    welcome = at_the_last_step(program)
    assert welcome.practise
    welcome.try_it()
    dialog = recovery(qtbot, program)
    assert (welcome.phrase.text(), welcome.again.text()) == ("", "")
    dialog.kept.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(
        lambda: program.window is not None and bool(program.window.findChildren(PracticeStrip)), timeout=PATIENCE
    )
    qtbot.waitUntil(lambda: not program.window.bar._watched, timeout=PATIENCE)
    assert read_settings(paths.settings_file()).store == str(paths.default_store())
    Store.open(paths.default_store(), PHRASE).close()


def test_whoever_wants_begins_with_an_empty_store_in_a_folder_of_his_own(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    person.folder = tmp_path / "别的 文件夹"
    person.folder.mkdir()
    program.sign_in.choose_folder()
    welcome = at_the_last_step(program)
    welcome.empty.setChecked(True)
    welcome.try_it()
    dialog = recovery(qtbot, program)
    dialog.kept.setChecked(True)
    dialog.accept()
    assert program.window.findChildren(PracticeStrip) == []
    assert program._session.store.path == person.folder / paths.default_store().name
    assert read_settings(paths.settings_file()).store == str(program._session.store.path)


def test_a_store_that_is_there_already_is_opened(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    old = tmp_path / "旧电脑" / paths.default_store().name
    Store.create(old, PHRASE).close()
    person.folder = old.parent
    person.agrees = False
    program.sign_in.choose_folder()
    assert isinstance(program.sign_in, Welcome)
    person.agrees = True
    program.sign_in.choose_folder()
    assert type(program.sign_in) is SignIn
    assert program.sign_in.isVisible()
    assert program.sign_in._path == old
    assert person.asked == ["这个文件夹里已有数据文件。"] * 2


def test_one_may_look_round_without_a_passphrase(qtbot: QtBot, program: Program) -> None:
    program.sign_in.round.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not program.window.bar._watched, timeout=PATIENCE)
    assert program._session.practice
    assert not paths.default_store().exists()
    program.to_store()
    qtbot.waitUntil(lambda: program.window is None and program.sign_in.isVisible(), timeout=PATIENCE)
    assert isinstance(program.sign_in, Welcome)


def test_a_folder_nobody_may_write_to_is_said_at_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    program.sign_in.try_it()
    assert "不能写入" in program.sign_in.fault.text()
    assert program.sign_in.steps.currentIndex() == 0


@pytest.mark.parametrize("points", [11, 22])
def test_no_step_is_cut_or_higher_than_a_small_screen(program: Program, qapp: QApplication) -> None:
    for step in range(3):
        program.sign_in._show_step(step)
        qapp.processEvents()
        assert cut_words(program.sign_in) == []
        assert program.sign_in.height() <= 728
