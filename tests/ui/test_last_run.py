"""A run that was cut short is told of at the next start, once, after the data were looked through."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core import log, paths
from app.core.settings import Settings
from app.core.store.database import Store
from app.ui.last_run import LastRunDialog, Running
from app.ui.start import PASSPHRASE, Program
from tests.ui.conftest import PATIENCE, Person, cut_words

ROOT = Path(__file__).resolve().parents[2]
PHRASE = "断电以前的口令"
CUT_SHORT = """
import os, sys
from pathlib import Path
from app.core.store.lock import Lock
from app.ui.last_run import Running
running, store = Running.begin(Path(sys.argv[1])), Lock(Path(sys.argv[2]))
os._exit(9) if sys.argv[3:] == [] else os.abort()
"""


def cut_short(folder: Path, store: Path, *how: str) -> None:
    """A run that ends without a word."""
    command = [sys.executable, "-c", CUT_SHORT, str(folder), str(store), *how]
    subprocess.run(command, cwd=ROOT, check=False, timeout=60, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the log."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "家"))
    return paths.log_folder()


def test_an_orderly_end_leaves_nothing(folder: Path) -> None:
    running = Running.begin(folder)
    assert running.since is None
    assert list(folder.iterdir())
    running.end()
    running.end()
    assert list(folder.iterdir()) == []


def test_a_second_window_says_nothing_and_takes_nothing_away(folder: Path) -> None:
    first = Running.begin(folder)
    second = Running.begin(folder)
    second.end()
    assert second.since is None
    assert len(list(folder.iterdir())) == 2
    first.end()


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    running = Running.begin(tmp_path / "文件" / "日志")
    assert running.since is None
    running.end()


def test_what_the_system_still_let_it_say_is_kept(folder: Path, tmp_path: Path) -> None:
    cut_short(folder, tmp_path / "数据.db", "hard")
    running = Running.begin(folder)
    assert running.since is not None
    assert "Fatal Python error" in running.trace
    running.end()


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> Iterator[Program]:
    """The program after a run that was cut short with the store open."""
    store = paths.default_store()
    Store.create(store, PHRASE).close()
    cut_short(folder, store)
    monkeypatch.setenv(PASSPHRASE, PHRASE)
    each = Program(qapp, Settings(), paths.settings_file())
    each.running = running = Running.begin(folder)
    log.start(folder)
    each.begin(None)
    qtbot.waitUntil(lambda: each.window is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(each.window.findChildren(LastRunDialog)), timeout=PATIENCE)
    yield each
    for dialog in each.window.findChildren(LastRunDialog):
        dialog.accept()
    qtbot.waitUntil(lambda: not each.window.bar._watched, timeout=PATIENCE)
    each.window.close()
    qtbot.waitUntil(lambda: not each.window.isVisible(), timeout=PATIENCE)
    each.window.deleteLater()
    each.end()
    running.end()
    log.stop()


@pytest.mark.parametrize("points", [11, 22])
def test_it_says_what_happened_what_was_checked_and_what_to_do(
    program: Program, person: Person, tmp_path: Path
) -> None:
    (dialog,) = program.window.findChildren(LastRunDialog)
    says = "".join(each.text() for each in dialog.says)
    for word in ("没有正常退出", "开始", "已经检查过数据", "需要时重做", "接管", "计算机"):
        assert word in says
    assert cut_words(dialog) == []
    person.new_file = tmp_path / "报告.txt"
    dialog.save.click()
    assert "【最近的运行记录】" in person.new_file.read_text(encoding="utf-8-sig")
    assert person.errors == []
    program._tell_of_last_run()
    dialog.accept()
