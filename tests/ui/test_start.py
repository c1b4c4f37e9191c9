"""Starting: the smoke run, the passphrase from the environment, nothing heavy loaded, everything closed at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.core.settings import Settings, read_settings
from app.core.store.database import Store
from app.ui.start import PASSPHRASE, Program
from app.ui.welcome import GONE
from tests.ui.conftest import PATIENCE, Person

ROOT = Path(__file__).resolve().parents[2]
PHRASE = "演示用的口令"
HEAVY = ["pandas", "numpy", "openpyxl", "xlsxwriter", "docx", "docxtpl", "jinja2", "lxml", "sqlite_utils", "pypinyin"]


def run(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Python in the checkout, without a screen, with a home of its own."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XZZJ_HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_smoke_prints_one_line_and_ends_well(tmp_path: Path) -> None:
    done = run("-m", "app", "--smoke", home=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1
    said = json.loads(lines[0])
    assert said["ok"] is True
    assert said["accepted"] == said["cases"] > 10
    assert (said["written"], said["other_process"], said["built"]) == (1, True, False)
    assert said["tabs"] == ["减刑审查", "社区矫正", "剥夺政治权利", "监督模型"]


def test_nothing_heavy_is_loaded_before_the_passphrase(tmp_path: Path) -> None:
    code = (
        "import sys, app.ui.start as start\n"
        "from app.core.settings import Settings\n"
        "program = start.Program(start.dress(Settings()), Settings(), None)\n"
        f"program.begin(__import__('pathlib').Path({str(tmp_path / 'x.db')!r}))\n"
        "print(program.sign_in.isVisible())\n"
        "program.sign_in.reject(); program.end()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = run("-c", code, home=tmp_path)
    assert done.stdout.splitlines() == ["True", "[]"], done.stderr


def test_nothing_heavy_is_loaded_by_the_window_either(tmp_path: Path) -> None:
    """Not even by what opens the store, which would load pandas and numpy wherever they are installed."""
    code = (
        "import sys, app.ui.start as start\n"
        "from app.core.settings import Settings\n"
        "from app.core.store.database import Store\n"
        "program = start.Program(start.dress(Settings()), Settings(), None)\n"
        "program.open_window(Store.temporary(), remember=False)\n"
        "print(program.window.isVisible())\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules and name != 'sqlite_utils'])\n"
        "program.end()\n"
    )
    done = run("-c", code, home=tmp_path)
    assert done.stdout.splitlines() == ["True", "[]"], done.stderr


def test_the_environment_may_give_the_passphrase(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    path = tmp_path / "演示 数据.db"
    Store.create(path, PHRASE).close()
    monkeypatch.setenv(PASSPHRASE, PHRASE)
    program = Program(qapp, Settings(), tmp_path / "设置.toml")
    program.begin(path)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    qtbot.addWidget(program.window)
    assert program.sign_in is None
    assert "演示 数据" in program.window.windowTitle()
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=PATIENCE)  # a copy is made before
    program.end()
    assert read_settings(tmp_path / "设置.toml").store == ""
    Store.open(path, PHRASE).close()


def test_a_wrong_passphrase_of_the_environment_leads_to_the_dialog(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    path = tmp_path / "数据.db"
    Store.create(path, PHRASE).close()
    monkeypatch.setenv(PASSPHRASE, "别的口令")
    program = Program(qapp, Settings(store=str(path)), tmp_path / "设置.toml")
    program.begin(None)
    qtbot.waitUntil(lambda: program.sign_in is not None, timeout=PATIENCE)
    assert len(person.errors) == 1
    program.sign_in.phrase.setText(PHRASE)
    program.sign_in.try_it()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=PATIENCE)
    program.end()
    assert read_settings(tmp_path / "设置.toml").store == str(path)


def test_a_store_that_is_gone_is_not_replaced_without_a_word(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSPHRASE, raising=False)
    program = Program(qapp, Settings(store=str(tmp_path / "U盘" / "数据.db")), None)
    program.begin(None)
    assert GONE in {each.text() for each in program.sign_in.findChildren(QLabel) if each.isVisible()}
    program.sign_in.reject()
    program.end()


def test_files_dropped_on_the_icon_are_taken_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    from tests.core.workbooks import proposals

    book = proposals(tmp_path / "名册.xlsx", {})
    monkeypatch.setenv(PASSPHRASE, PHRASE)
    program = Program(qapp, Settings(folder=str(tmp_path)), tmp_path / "设置.toml")
    program.files = [book]
    program.begin(tmp_path / "数据.db")
    work = None
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    work = program.window.works[0]
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.reject()
    qtbot.waitUntil(lambda: not program.jobs.busy(), timeout=PATIENCE)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=PATIENCE)  # a copy is made before
    program.end()
    assert person.errors == []
