"""The passphrase: chosen with care at the first start, asked for until it is right at later ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.core.jobs import Jobs
from app.core.store.database import Store
from app.ui.sign_in import WARNING, SignIn
from tests.ui.conftest import PATIENCE, Person

PHRASE = "一二三四五六七八"


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    each = Jobs()
    yield each
    each.close()


def opened(qtbot: QtBot, path: Path, jobs: Jobs) -> SignIn:
    """The dialog on the screen."""
    dialog = SignIn(path, jobs)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_first_start_asks_twice_and_warns(qtbot: QtBot, jobs: Jobs, tmp_path: Path, person: Person) -> None:
    path = tmp_path / "数据 目录" / "刑执智检.db"
    dialog = opened(qtbot, path, jobs)
    assert dialog.first
    assert WARNING in {each.text() for each in dialog.findChildren(QLabel)}
    dialog.phrase.setText("短口令")
    dialog.try_it()
    assert "太短" in dialog.fault.text()
    dialog.phrase.setText(PHRASE)
    dialog.again.setText("一二三四五六七九")
    dialog.try_it()
    assert "不一样" in dialog.fault.text()
    assert not path.exists()
    dialog.again.setText(PHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        dialog.try_it()
    dialog.store.close()
    Store.open(path, PHRASE).close()


def test_later_starts_ask_until_it_is_right(qtbot: QtBot, jobs: Jobs, tmp_path: Path, person: Person) -> None:
    path = tmp_path / "刑执智检.db"
    Store.create(path, PHRASE).close()
    dialog = opened(qtbot, path, jobs)
    assert not dialog.first
    assert not dialog.again.isVisible()
    dialog.try_it()
    assert dialog.fault.text() == "还没有输入口令。"
    dialog.phrase.setText("不是这个口令")
    dialog.try_it()
    assert not dialog.phrase.isEnabled()
    qtbot.waitUntil(lambda: "口令不对" in dialog.fault.text(), timeout=PATIENCE)
    assert dialog.phrase.isEnabled()
    dialog.phrase.setText(PHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        dialog.try_it()
    dialog.store.close()


def test_a_file_that_is_no_store_is_said_so(qtbot: QtBot, jobs: Jobs, tmp_path: Path, person: Person) -> None:
    path = tmp_path / "别的.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(200))
    dialog = opened(qtbot, path, jobs)
    dialog.phrase.setText(PHRASE)
    dialog.try_it()
    qtbot.waitUntil(lambda: len(person.errors) == 1, timeout=PATIENCE)
    assert dialog.store is None
    assert dialog.isVisible()
