"""A list and its panel side by side: the list gets what its columns need, the panel the rest, never too little."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui import look
from app.ui.record_table import RecordTable

PANEL_LETTERS = 26


class Halves(QSplitter):
    """Shares the width by itself until the user moves the edge."""

    def __init__(self, table: RecordTable, panel: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._table = table
        self._kept = False
        self.addWidget(table)
        self.addWidget(panel)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._keep)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        if not self._kept:
            room = self.width() - self.handleWidth()
            panel = max(room - self._table.full_width(), look.letters(self, PANEL_LETTERS))
            self.setSizes([max(room - panel, 0), panel])
        super().resizeEvent(event)

    def _keep(self, *_: int) -> None:
        self._kept = True
