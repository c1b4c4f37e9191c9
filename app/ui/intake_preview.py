"""The first rows of a sheet as they will be read: values, doubts in colour, refused rows with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.core.findings import Level
from app.core.records import Record, Reject, show
from app.ui import look

if TYPE_CHECKING:
    from app.core.actions.receive import SheetPlan

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NOTHING = QModelIndex()
REFUSED = "退回"


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: its text, the level it is coloured by ("" for none), and more words for the tooltip."""

    text: str
    level: str = ""
    more: str = ""


class PreviewModel(QAbstractTableModel):
    """Rows of ready cells."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: list[str] = []
        self._rows: list[list[Shown]] = []

    def show_rows(self, plan: SheetPlan, read: Sequence[Record | Reject]) -> tuple[int, int]:
        """Show what a plan gives; returns how many rows were accepted and refused."""
        mapped = plan.mapping.columns.items() if plan.mapping is not None else ()
        fields = list({field.id: (column, field) for column, field in reversed(list(mapped))}.values())[::-1]
        self.beginResetModel()
        self._titles = ["行", *(field.name for _, field in fields)]
        self._rows = [self._line(each, fields) for each in read]
        self.endResetModel()
        refused = sum(isinstance(each, Reject) for each in read)
        return len(read) - refused, refused

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._titles, self._rows = [], []
        self.endResetModel()

    def _line(self, read: Record | Reject, fields: Sequence[tuple[int, Any]]) -> list[Shown]:
        if isinstance(read, Reject):
            reason = f"{REFUSED}：{read.reason}"
            cells = [
                Shown(read.texts[index] if index < len(read.texts) else "", Level.UNLAWFUL, reason)
                for index, _ in fields
            ]
            return [Shown(str(read.row), Level.UNLAWFUL, reason), *cells]
        return [Shown(str(read.row)), *(_cell(read, field.id) for _, field in fields)]

    def rowCount(self, parent: Index = NOTHING) -> int:
        """The number of rows previewed."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        """The row number and every mapped field."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """The fields' names."""
        if role == ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """One role of one cell."""
        cell = self._rows[index.row()][index.column()]
        if role == ROLE.DisplayRole:
            return cell.text
        if role == ROLE.ForegroundRole and cell.level:
            return QBrush(look.colour_of(cell.level))
        if role == ROLE.ToolTipRole:
            return "\n".join(each for each in (cell.text, cell.more) if each) or None
        return None


def _cell(record: Record, field: str) -> Shown:
    """A value; what was doubtful, or could not be read, in the colour of a doubt with the reason."""
    cell = record.cells.get(field)
    if cell is None:
        return Shown("")
    if cell.value is None and cell.doubt:
        return Shown(cell.raw, Level.DOUBT, f"未能读取：{cell.doubt}")
    more = f"原文：{cell.raw}" if cell.raw != show(cell.value) else ""
    return Shown(show(cell.value), Level.DOUBT if cell.doubt else "", "\n".join(filter(None, (more, cell.doubt))))


class Preview(QTableView):
    """The table around the model."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.setAccessibleName("预览")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.lines(self, 1.4))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultSectionSize(look.letters(self, 6.5))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, plan: SheetPlan, read: Sequence[Record | Reject]) -> tuple[int, int]:
        """Show what a plan gives; returns how many rows were accepted and refused."""
        counts = self.rows.show_rows(plan, read)
        heads = self.horizontalHeader()
        for column in range(1, self.rows.columnCount()):
            self.setColumnWidth(column, max(heads.defaultSectionSize(), heads.sectionSizeHint(column)))
        self.setColumnWidth(0, look.letters(self, 3))
        return counts
