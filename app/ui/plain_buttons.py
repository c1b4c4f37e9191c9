"""Buttons that Enter does not press, a row of them from the left, and tools whose words stay whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QToolButton


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


def answer_row(
    dialog: QDialog, agree: str, *, refuse: str = "取消", done: Callable[[], object] | None = None
) -> tuple[QDialogButtonBox, QPushButton]:
    """The row at the foot of a dialog that is agreed to or left, and the button that agrees; `done` is what it does."""
    row = QDialogButtonBox()
    yes = row.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
    row.addButton(refuse, QDialogButtonBox.ButtonRole.RejectRole)
    row.accepted.connect(done or dialog.accept)
    row.rejected.connect(dialog.reject)
    return row, yes
