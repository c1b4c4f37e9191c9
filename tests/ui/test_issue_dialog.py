"""Asking for documents: what should be looked at is said before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.documents.context import Office
from app.core.documents.kinds import kinds
from app.ui import talk
from app.ui.issue_dialog import IssueDialog


def test_rare_names_are_told_before_anything_is_made(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = IssueDialog(parent, "reduction", kinds("reduction"), [1], [1, 2], tmp_path, Office(), {})
    dialog.show()
    dialog.warn([])
    assert not dialog.warning.isVisible()
    dialog.warn(["测试𠮷（“𠮷”U+20BB7）里有生僻字。请先试印一份。"])
    assert dialog.warning.isVisible()
    said: list[str] = []
    monkeypatch.setattr(talk, "say", lambda _parent, what, more="": said.append(f"{what}{more}"))
    dialog.warned.click()
    assert "测试𠮷" in said[0]
    dialog.close()
