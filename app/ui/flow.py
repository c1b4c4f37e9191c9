"""A row of widgets that goes on in the next line when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right at each widget's own size, then down; `gap` is the distance in both directions."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._listed: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over a new item."""
        self._listed.append(item)

    def count(self) -> int:
        """The number of items."""
        return len(self._listed)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One item; None beyond the end."""
        return self._listed[index] if 0 <= index < len(self._listed) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one item out; None beyond the end."""
        return self._listed.pop(index) if 0 <= index < len(self._listed) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It never asks for more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """The least it needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest and the highest item."""
        size = QSize()
        for item in self._listed:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go along the lines; returns the height needed."""
        x, y, height = rect.x(), rect.y(), 0
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            x = rect.x()
            for item in line:
                size = item.sizeHint()
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0) if height else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._listed:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not lines or used + self._gap + needed > width:
                lines.append([])
                used = -self._gap
            lines[-1].append(item)
            used += self._gap + needed
        return lines


def titled(text: str, widget: QWidget, after: str = "") -> QWidget:
    """A widget behind its title, never parted from it."""
    pair, label = QWidget(), QLabel(text)
    label.setBuddy(widget)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    for each in (label, widget, *([QLabel(after)] if after else [])):
        row.addWidget(each)
    return pair
