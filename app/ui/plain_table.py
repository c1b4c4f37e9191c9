"""A small table that only shows: texts, a colour where one is meant, no editing, no surprises with the Tab key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTableWidget, QTableWidgetItem

from app.ui import look
from app.ui.hollow import EMPTY, fill_hollow

LEAST_ROWS, LEAST_LETTERS = 3, 5  # a table that shows fewer, of its widest column, shows nothing


def height(table: QTableView, rows: int) -> int:
    """How high a table is with its titles, so many rows and the bar below them."""
    edges = 2 * table.frameWidth() + table.horizontalHeader().sizeHint().height()
    return edges + table.horizontalScrollBar().sizeHint().height() + rows * table.verticalHeader().defaultSectionSize()


def stretch(table: QTableView, wide: Sequence[int], letters: float = LEAST_LETTERS) -> None:
    """Give some columns what the others leave, but room for title and text: else the table goes sideways."""
    header = table.horizontalHeader()
    least = max([look.letters(table, letters), *map(header.sectionSizeHint, wide)])
    rest = table.viewport().width() - header.length() + sum(map(header.sectionSize, wide))
    narrow = rest < least * len(wide)
    for column in wide:
        header.setSectionResizeMode(column, header.ResizeMode.Interactive if narrow else header.ResizeMode.Stretch)
        if narrow:
            header.resizeSection(column, least)


class PlainTable(QTableWidget):
    """Columns are given as title and width in letters; the one named `wide` takes what is left, else the last.

    `empty` is what it says while it has no rows. Several `wide` ones share alike; each keeps `least` letters.
    """

    empty = EMPTY

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, float]],
        *,
        wide: int | Sequence[int] | None = None,
        least: float = LEAST_LETTERS,
    ) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([title for title, _ in columns])
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        for column, (title, _) in enumerate(columns):
            self.horizontalHeaderItem(column).setToolTip(title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.lines(self, 1.5))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, (_, letters) in enumerate(columns):
            self.setColumnWidth(column, look.letters(self, letters))
        wide = len(columns) - 1 if wide is None else wide
        self._wide, self._least = (wide,) if isinstance(wide, int) else wide, least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The widest column takes what is left."""
        super().resizeEvent(event)
        stretch(self, self._wide, self._least)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so where there is nothing to show."""
        super().paintEvent(event)
        fill_hollow(self, self.empty)

    def fill(self, rows: Iterable[Sequence[str]]) -> None:
        """Show these rows instead of what was there; the first becomes current."""
        listed = list(rows)
        self.setRowCount(len(listed))
        for row, texts in enumerate(listed):
            for column, text in enumerate(texts):
                self.write(row, column, text)
        if listed:
            self.selectRow(0)

    def fit(self, most: int) -> None:
        """Make the table as high as its rows need, up to so many; more are scrolled."""
        self.setFixedHeight(height(self, min(max(self.rowCount(), 1), most)))

    def minimumSizeHint(self) -> QSize:
        """Some rows at least."""
        return QSize(super().minimumSizeHint().width(), height(self, LEAST_ROWS))

    def write(self, row: int, column: int, text: str, *, word: str = "", bold: bool = False) -> None:
        """Put a text into a cell, in the colour of a word and bold if wanted; the whole of it is the tooltip."""
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if word:
            item.setForeground(QBrush(look.colour_of(word)))
        if bold:
            font = self.font()
            font.setBold(True)
            item.setFont(font)
        self.setItem(row, column, item)
