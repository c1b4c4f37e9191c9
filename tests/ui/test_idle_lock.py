"""The window goes away when nobody touches it, and only the passphrase brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.jobs import Jobs
from app.core.settings import Settings, read_settings, write_settings
from app.core.store.database import Store
from app.ui import idle_lock
from app.ui.idle_lock import IdleLock, seconds_untouched, session_is_locked
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import PATIENCE

PHRASE = "例县的口令2026"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Store.create(tmp_path / "数据.db", PHRASE) as store:
        each = Session(store, Jobs(), Settings(folder=str(tmp_path / "文书")), tmp_path / "设置.toml")
        yield each
        each.jobs.close()


@pytest.fixture
def lock(window: MainWindow, session: Session) -> Iterator[IdleLock]:
    window.show()
    each = IdleLock(window, session)
    each.begin()
    yield each
    if each.dialog is not None:
        each.dialog.hide()
        each.dialog.deleteLater()


def test_everything_is_put_away_until_the_passphrase_is_typed(
    lock: IdleLock, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(window, session, window.bar)
    dialog.open()
    lock.lock()
    assert not window.isVisible()
    assert not dialog.isVisible()
    asked = lock.dialog
    assert asked.isVisible()
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    asked.try_it()
    assert "还没有输入" in asked.fault.text()
    asked.phrase.setText("不是这个口令")
    asked.try_it()
    qtbot.waitUntil(lambda: "口令不正确" in asked.fault.text(), timeout=PATIENCE)
    assert not window.isVisible()
    asked.phrase.setText(PHRASE)
    asked.try_it()
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert dialog.isVisible()
    dialog.close()


def test_wrong_ones_cost_time_here_too(lock: IdleLock, qtbot: QtBot) -> None:
    lock.lock()
    asked = lock.dialog
    for _ in range(3):
        asked.phrase.setText("不是这个口令")
        asked.try_it()
        qtbot.waitUntil(asked.agree.isEnabled, timeout=PATIENCE)
    asked.phrase.setText(PHRASE)
    asked.try_it()
    qtbot.waitUntil(lambda: "才能再试" in asked.fault.text(), timeout=PATIENCE)
    assert not asked.agree.isEnabled()


@pytest.mark.parametrize(("minutes", "seconds", "locked"), [(15, 899, False), (15, 900, True), (0, 99_999, False)])
def test_it_is_time_after_the_minutes_of_the_settings(
    lock: IdleLock, session: Session, monkeypatch: pytest.MonkeyPatch, minutes: int, seconds: int, locked: bool
) -> None:
    session.settings.lock_minutes = minutes
    monkeypatch.setattr(idle_lock, "seconds_untouched", lambda: float(seconds))
    lock.look()
    assert (lock.dialog is not None) is locked


def test_a_locked_windows_locks_the_program_at_once(lock: IdleLock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_lock, "session_is_locked", lambda: True)
    lock.look()
    assert lock.dialog.isVisible()


def test_the_minutes_are_kept_within_reason(tmp_path: Path) -> None:
    path = tmp_path / "设置.toml"
    for given, kept in ((-3, 0), (30, 30), (9999, 240)):
        write_settings(path, Settings(lock_minutes=given))
        assert read_settings(path).lock_minutes == kept


def test_the_settings_offer_the_minutes(window: MainWindow, session: Session) -> None:
    dialog = SettingsDialog(window, session, window.bar)
    assert dialog.rest_box.currentData() == 15
    dialog.rest_box.setCurrentIndex(0)
    dialog.accept()
    assert session.settings.lock_minutes == 0


def test_only_windows_tells_of_its_own_lock() -> None:
    assert session_is_locked() is False
    assert seconds_untouched() == 0


def test_data_without_a_passphrase_is_never_locked(window: MainWindow, tmp_path: Path) -> None:
    with Store.temporary() as store:
        each = IdleLock(window, Session(store, Jobs(), Settings(), tmp_path / "设置.toml"))
        each.begin()
        each.lock()
        assert each.dialog is None
