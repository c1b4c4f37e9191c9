"""Buttons that Enter does not press, a row of them from the left, and tools whose words stay whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton


def plain_button(text: str, slot: Callable[[], object] | None = None) -> QPushButton:
    """A button of a dialog that is never what Enter does."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if slot is not None:
        button.clicked.connect(lambda _: slot())
    return button


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """The buttons side by side."""
    row = QHBoxLayout()
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row


class Tool(QToolButton):
    """A tool with words only."""

    def sizeHint(self) -> QSize:
        """Qt shortens the words as if the mark of the key (&) were seen, but asks for no room for it."""
        return super().sizeHint() + QSize(self.fontMetrics().horizontalAdvance("&"), 0)
