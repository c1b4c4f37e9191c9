"""A table of ready texts, as long as may be: sorted by a click on a title, narrowed to some rows, its cells opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui import look
from app.ui.hollow import EMPTY, fill_hollow
from app.ui.plain_table import LEAST_ROWS, height, stretch

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NOTHING = QModelIndex()
Tone = Callable[[int, int, str], str]  # place, column, text → the word whose colour it wears, "" for none


class TextModel(QAbstractTableModel):
    """Rows of texts; a row keeps its place among those given, however they are sorted and narrowed."""

    def __init__(self, titles: Sequence[str], tone: Tone | None = None) -> None:
        super().__init__()
        self._titles, self._tone = tuple(titles), tone
        self._rows: Sequence[Sequence[str]] = ()
        self._shown: list[int] = []
        self._order = (-1, False)

    def fill(self, rows: Sequence[Sequence[str]], shown: Sequence[int] | None = None) -> None:
        """Show these rows, or of them those at some places."""
        self.beginResetModel()
        self._rows = rows
        self._shown = list(range(len(rows)) if shown is None else shown)
        self._sort()
        self.endResetModel()

    def narrow(self, shown: Sequence[int]) -> None:
        """Show the rows at these places only."""
        self.fill(self._rows, shown)

    @property
    def places(self) -> Sequence[int]:
        """The places of the rows shown, from the top."""
        return self._shown

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order given."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def rowCount(self, parent: Index = NOTHING) -> int:
        """The number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOTHING) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """The titles; rows are counted from 1."""
        if role == ROLE.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return None
        return self._titles[section] if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """A text, the whole of it as tooltip, and its colour."""
        place = self._shown[index.row()]
        text = self._rows[place][index.column()]
        if role == ROLE.DisplayRole:
            return text
        if role == ROLE.ToolTipRole:
            return text or None
        if role == ROLE.ForegroundRole and self._tone is not None:
            word = self._tone(place, index.column(), text)
            return QBrush(look.colour_of(word)) if word else None
        return None

    def _sort(self) -> None:
        column, descending = self._order
        if column < 0:
            self._shown.sort()
        else:
            self._shown.sort(key=lambda place: (_key(self._rows[place][column]), place), reverse=descending)


def _key(text: str) -> tuple[int, int, str]:
    """Numbers by their size, before words; what is empty comes last."""
    if not text:
        return 2, 0, ""
    return (0, int(text), "") if text.isdecimal() else (1, 0, text)


class TextTable(QTableView):
    """Shows texts; tells which row is current and which cell the user opens (double click, or Enter).

    `empty` is what it says while it has no rows.
    """

    empty = EMPTY

    current_changed = Signal(int)  # a place, -1 for none
    opened = Signal(int, int)  # a place and a column

    def __init__(self, name: str, columns: Sequence[tuple[str, float]], tone: Tone | None = None) -> None:
        super().__init__()
        self.texts = TextModel([title for title, _ in columns], tone)
        self.texts.setParent(self)
        self.setModel(self.texts)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.lines(self, 1.5))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSortIndicatorClearable(True)
        for column, (_, letters) in enumerate(columns):
            self.setColumnWidth(column, look.letters(self, letters))
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentChanged.connect(self._tell)
        self.texts.modelReset.connect(self._restart)
        self.activated.connect(lambda index: self.opened.emit(self.texts.places[index.row()], index.column()))

    def place(self) -> int:
        """The place of the current row; -1 for none."""
        row = self.currentIndex().row()
        return self.texts.places[row] if 0 <= row < len(self.texts.places) else -1

    def go_to(self, place: int, column: int = 0) -> None:
        """Put the cursor on a cell, if its row is shown."""
        if place in self.texts.places:
            self.setCurrentIndex(self.texts.index(list(self.texts.places).index(place), column))

    def minimumSizeHint(self) -> QSize:
        """Some rows at least."""
        return QSize(super().minimumSizeHint().width(), height(self, LEAST_ROWS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last column takes what is left."""
        super().resizeEvent(event)
        stretch(self, [self.texts.columnCount() - 1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so where there is nothing to show."""
        super().paintEvent(event)
        fill_hollow(self, self.empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell and does not go on to press the dialog's own button."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def _restart(self) -> None:
        if self.texts.places:
            self.setCurrentIndex(self.texts.index(0, 0))
        self._tell()

    def _tell(self, *_: object) -> None:
        self.current_changed.emit(self.place())
