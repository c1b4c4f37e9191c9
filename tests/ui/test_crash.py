"""A bug is shown once, its report is masked and can be saved; errors a user can mend never get here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core import log
from app.ui.crash_dialog import CrashCatcher
from tests.ui.conftest import Person

NUMBER = "110101199001010015"


@pytest.fixture
def catcher() -> Iterator[CrashCatcher]:
    each = CrashCatcher(log.start(None))
    yield each
    if each.dialog is not None:
        each.dialog.reject()
    log.stop()


def bug(catcher: CrashCatcher) -> None:
    """The same bug at the same place."""
    try:
        raise ValueError(f"号码 {NUMBER}")
    except ValueError as fault:
        catcher(type(fault), fault, fault.__traceback__)


def test_the_report_is_masked_and_saved(qtbot: QtBot, catcher: CrashCatcher, person: Person, tmp_path: Path) -> None:
    bug(catcher)
    report = catcher.dialog.report
    assert "ValueError" in report
    assert NUMBER not in report
    person.new_file = tmp_path / "报告.txt"
    catcher.dialog.save.click()
    assert person.new_file.read_text(encoding="utf-8-sig") == report
    person.new_file = tmp_path / "报告.txt" / "不行.txt"
    catcher.dialog.save.click()
    assert len(person.errors) == 1


def test_the_same_bug_is_shown_once(qtbot: QtBot, catcher: CrashCatcher) -> None:
    bug(catcher)
    first = catcher.dialog
    bug(catcher)
    assert catcher.dialog is first
    first.reject()
    bug(catcher)
    assert catcher.dialog is None


def test_it_takes_and_gives_back_the_place_of_the_hook(catcher: CrashCatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    assert catcher.stand_guard() is sys.__excepthook__
    assert sys.excepthook is catcher
