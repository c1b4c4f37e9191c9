"""The table on screen: it holds ids, fetches rows by pages when they are painted, and lets SQL sort."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui import look
from app.ui.query import Query, Source
from app.ui.tabs import Column

PAGE = 256
PAGES_KEPT = 40
MOST_RESELECTED = 5000
Index = QModelIndex | QPersistentModelIndex
Painted = tuple[tuple[str, ...], tuple[QBrush | None, ...]]
NOTHING = QModelIndex()
ROLE = Qt.ItemDataRole


class CaseModel(QAbstractTableModel):
    """Ids in memory, rows by pages of 256; every cell is answered from a ready tuple of texts and brushes."""

    def __init__(self, source: Source, desk: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._desk = desk
        self._columns = tuple(columns)
        middle, left = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._aligned = [int(middle if each.count else left) for each in columns]
        self._ids: list[int] = []
        self._pages: OrderedDict[int, list[Painted]] = OrderedDict()
        self._query = Query()
        self._order = ("id", False)

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all rows, in the order shown."""
        return self._ids

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in their first order."""
        return self._columns

    @property
    def order(self) -> tuple[str, bool]:
        """What it is sorted by, and whether descending."""
        return self._order

    def ask(self, query: Query) -> None:
        """Show what passes the query, in the order chosen before."""
        self._query = query
        self.refresh()

    def refresh(self) -> None:
        """Ask again: the data changed."""
        column, descending = self._order
        ids = self._source.case_ids(self._desk, self._query.filters, self._query.search, column, descending)
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def forget_colours(self) -> None:
        """Colours changed: make the rows anew when they are next painted."""
        self._pages.clear()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order of import."""
        name = self._columns[column].order if column >= 0 else "id"
        self._order = (name, order == Qt.SortOrder.DescendingOrder)
        self.refresh()

    def rowCount(self, parent: Index = NOTHING) -> int:
        """The number of cases shown."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOTHING) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """The columns' titles; rows are counted from 1."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == ROLE.DisplayRole else None
        if role == ROLE.DisplayRole:
            return self._columns[section].title
        if role == ROLE.ToolTipRole:
            return self._columns[section].plain or None
        return self._aligned[section] if role == ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """One role of one cell."""
        return self._answer(self._painted(index.row()), index.column(), role)

    def multiData(self, index: Index, span: Any) -> None:
        """All roles of one cell in one call, so that painting crosses into Python once a cell and not seven times."""
        painted, column = self._painted(index.row()), index.column()
        for each in span:
            value = self._answer(painted, column, each.role())
            if value is None:
                each.clearData()
            else:
                each.setData(value)

    def _answer(self, painted: Painted, column: int, role: int) -> Any:
        if role == ROLE.DisplayRole:
            return painted[0][column]
        if role == ROLE.ForegroundRole:
            return painted[1][column]
        if role == ROLE.TextAlignmentRole:
            return self._aligned[column]
        return painted[0][column] or None if role == ROLE.ToolTipRole else None

    def _painted(self, row: int) -> Painted:
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetch(self._ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[place]

    def _fetch(self, ids: Sequence[int]) -> list[Painted]:
        found = {row.id: self._paint(row) for row in self._source.case_rows(ids)}
        gone: Painted = (("",) * len(self._columns), (None,) * len(self._columns))
        return [found.get(each, gone) for each in ids]

    def _paint(self, row: Any) -> Painted:
        texts = tuple(each.text(getattr(row, each.field)) for each in self._columns)
        brushes = tuple(
            QBrush(look.colour_of(each.tone or text)) if text and (each.tone or each.speaks) else None
            for each, text in zip(self._columns, texts, strict=True)
        )
        return texts, brushes


class _PoliteHeader(QHeaderView):
    """A header that asks workers to wait while it paints."""

    def __init__(self, courtesy: AbstractContextManager[None], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._courtesy = courtesy
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.setHighlightSections(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the interpreter to ourselves."""
        with self._courtesy:
            super().paintEvent(event)


class _Ends(QStyledItemDelegate):
    """Cuts a long text in its middle: numbers that begin alike are told apart by their ends."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Say where the dots go."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class RecordTable(QTableView):
    """The list of cases: several can be selected, one is current."""

    current_changed = Signal(int)  # the case id, 0 for none
    selection_changed = Signal()

    def __init__(self, model: CaseModel, columns: Sequence[Column], courtesy: AbstractContextManager[None]) -> None:
        super().__init__()
        self._courtesy = courtesy
        self._cases = model
        self.setHorizontalHeader(_PoliteHeader(courtesy, self))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.lines(self, 1.6))
        self.setAccessibleName("案件列表")
        for number, each in enumerate(columns):
            self.setColumnWidth(number, look.letters(self, each.letters))
            if each.ends:
                self.setItemDelegateForColumn(number, _Ends(self))
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self._remembered: tuple[set[int], int] = (set(), 0)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    def current_id(self) -> int:
        """The case the cursor stands on; 0 for none."""
        row = self.currentIndex().row()
        return self._cases.ids[row] if 0 <= row < len(self._cases.ids) else 0

    def selected_ids(self) -> list[int]:
        """The cases marked, in the order shown."""
        return [self._cases.ids[each.row()] for each in sorted(self.selectionModel().selectedRows())]

    def order(self) -> tuple[str, bool]:
        """The field the list is sorted by, and whether it descends."""
        return self._cases.order

    def sort_by(self, field: str, descending: bool) -> None:
        """Sort by a field, "id" for the order of import."""
        fields = [each.field for each in self._cases.columns]
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(fields.index(field) if field in fields else -1, way)

    def full_width(self) -> int:
        """The width at which every column is seen."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.horizontalHeader().length() + bar + 2 * self.frameWidth()

    def go_to(self, case_id: int) -> None:
        """Put the cursor on a case, if it is shown."""
        if case_id in self._cases.ids:
            self.selectRow(self._cases.ids.index(case_id))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the interpreter to ourselves."""
        with self._courtesy:
            super().paintEvent(event)

    def _remember(self) -> None:
        rows = self.selectionModel().selectedRows()
        selected = {self._cases.ids[each.row()] for each in rows} if len(rows) <= MOST_RESELECTED else set()
        self._remembered = (selected, self.current_id())

    def _restore(self) -> None:
        selected, current = self._remembered
        places = {each: row for row, each in enumerate(self._cases.ids) if each in selected or each == current}
        last = self._cases.columnCount() - 1
        chosen = QItemSelection()
        for each in selected & places.keys():
            chosen.select(self._cases.index(places[each], 0), self._cases.index(places[each], last))
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if current in places:
            model.setCurrentIndex(self._cases.index(places[current], 0), flag.NoUpdate)
        model.select(chosen, flag.Select)
        self.current_changed.emit(self.current_id())
        self.selection_changed.emit()

    def _tell_current(self, *_: object) -> None:
        self.current_changed.emit(self.current_id())
