"""The passphrase: asked for until it is right, found anew when it was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.jobs import Jobs
from app.core.store.database import Store
from app.core.store.tries import Tries
from app.ui.sign_in import SignIn
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


def test_a_forgotten_passphrase_is_set_anew_by_the_recovery_key(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path, person: Person
) -> None:
    path = tmp_path / "刑执智检.db"
    with Store.create(path, PHRASE, "测试承办") as store:
        text = store.locks.new_recovery(now="2026-11-21T09:00:00", who="测试承办")
    dialog = opened(qtbot, path, jobs)
    dialog.recover()
    recovering = dialog.recovering
    recovering.try_it()
    assert "恢复密钥" in recovering.fault.text()
    recovering.key.setText(text[:-1] + ("A" if text[-1] != "A" else "B"))
    recovering.phrase.setText("另一个新口令12")
    recovering.again.setText("另一个新口令12")
    recovering.try_it()
    qtbot.waitUntil(lambda: "输错" in recovering.fault.text(), timeout=PATIENCE)
    recovering.key.setText(text)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        recovering.try_it()
    dialog.store.close()
    Store.open(path, "另一个新口令12").close()


def test_many_wrong_passphrases_shut_the_button_for_a_while(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path, person: Person
) -> None:
    path = tmp_path / "刑执智检.db"
    Store.create(path, PHRASE).close()
    tries = Tries(path)
    for _ in range(4):
        tries.failed(datetime.now())
    dialog = opened(qtbot, path, jobs)
    dialog.phrase.setText(PHRASE)
    dialog.try_it()
    qtbot.waitUntil(lambda: "连续输错 4 次" in dialog.fault.text(), timeout=PATIENCE)
    assert not dialog._agree.isEnabled()
    dialog._pause.left = 1
    qtbot.waitUntil(dialog._agree.isEnabled, timeout=PATIENCE)
    assert dialog.fault.text() == ""
    Tries(path).succeeded()
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        dialog.try_it()
    dialog.store.close()
