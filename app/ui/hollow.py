"""Words in the middle of a list that holds nothing: white room is never left unexplained."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget

from app.ui import look

WAY = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
EMPTY = "这里还没有内容。"
LEAST_LINES = 3


def fill_hollow(view: QAbstractItemView, words: str) -> None:
    """Paint the words into a view without rows, within its paint event."""
    model = view.model()
    if model is None or model.rowCount():
        return
    painter = QPainter(view.viewport())
    painter.setPen(QColor(look.tones().faint))
    margin = look.letters(view, 1)
    room = view.viewport().rect().adjusted(margin, margin, -margin, -margin)
    painter.drawText(room, WAY, words)
    painter.end()


class HollowList(QListWidget):
    """A list that says what belongs into it while nothing is there."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self.empty = empty
        self.setMinimumHeight(look.lines(self, LEAST_LINES))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list, or the words in its middle."""
        super().paintEvent(event)
        fill_hollow(self, self.empty)
