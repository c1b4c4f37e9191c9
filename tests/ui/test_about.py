"""About the program: version, law, and the licence of each library."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import __version__
from app.core.licences import shipped
from app.ui.about_dialog import AboutDialog


def test_every_licence_can_be_read(qtbot: QtBot) -> None:
    dialog = AboutDialog(None, "2026-11-01 版")
    dialog.show()
    words = "".join(each.text() for each in dialog.findChildren(QLabel))
    assert __version__ in words
    assert "2026-11-01 版" in words
    assert dialog.names.count() == len(shipped())
    for place, library in enumerate(shipped()):
        dialog.names.setCurrentRow(place)
        assert library.text()[:200] in dialog.licence.toPlainText()
    dialog.close()
