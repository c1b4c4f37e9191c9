"""Buttons that Enter does not press, and a row of them from the left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton


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
