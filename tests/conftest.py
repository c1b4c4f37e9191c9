"""What every test lives under: no screen, no dialog that waits for a person, no thread left behind."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("desk", deadline=None, max_examples=60)
settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

SECONDS_FOR_A_THREAD_TO_END = 2.0
WAITING = {
    "QDialog": ["exec", "exec_"],
    "QMenu": ["exec", "exec_"],
    "QMessageBox": ["about", "aboutQt", "critical", "information", "question", "warning"],
    "QInputDialog": ["getDouble", "getInt", "getItem", "getMultiLineText", "getText"],
    "QFileDialog": [
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
    ],
}


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running which would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    left = [each for each in threading.enumerate() if each not in before and not each.daemon]
    for thread in left:
        thread.join(SECONDS_FOR_A_THREAD_TO_END)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads still running after the test: {names}"


@pytest.fixture(autouse=True)
def no_tables_of_models_left_behind() -> Iterator[None]:
    """The tables of models one store told of are unknown to the next test."""
    yield
    declared = sys.modules.get("app.core.intake.declared")
    if declared is not None:
        declared.declare(())


@pytest.fixture(autouse=True)
def no_dialog_that_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog would wait for ever for its person; a test that means it says `@pytest.mark.dialogs`."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or request.node.get_closest_marker("dialogs"):
        return
    for owner, names in WAITING.items():
        for name in names:
            if hasattr(getattr(widgets, owner), name):
                monkeypatch.setattr(getattr(widgets, owner), name, _refusal(f"{owner}.{name}"))


def _refusal(name: str) -> Callable[..., Any]:
    def refuse(*_args: Any, **_words: Any) -> Any:
        raise AssertionError(f"{name} would wait for a person")

    return refuse
