"""The dialog for columns: which are shown, in what order, how wide; all of it by the keyboard too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import look
from app.ui.columns import LEAST, MOST, Placed, usual
from app.ui.plain_buttons import answer_row, plain_button
from app.ui.tabs import Column

HINT = "勾选的列显示在列表里。用“上移”“下移”（或者用鼠标拖动）改变先后；也可以直接在列表的标题上拖动、右键选择。"
ROLE = Qt.ItemDataRole.UserRole


class ColumnDialog(QDialog):
    """Nothing changes before 确定; `agreed` tells the columns in their new order."""

    agreed = Signal(object)  # of Placed

    def __init__(self, parent: QWidget, columns: Sequence[Column], placed: Sequence[Placed]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("选择列")
        self._columns = columns
        self.list, self.width_box = QListWidget(), QDoubleSpinBox()
        self.list.setAccessibleName("列")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.width_box.setRange(LEAST, MOST)
        self.width_box.setDecimals(1)
        self.width_box.setSuffix(" 个字")
        self.width_box.setAccessibleName("所选列的宽度")
        self._up, self._down, self._reset = (plain_button(text) for text in ("上移(&U)", "下移(&D)", "恢复原样(&R)"))
        self.list.currentItemChanged.connect(self._show_width)
        self.list.itemChanged.connect(self._renew)
        self.width_box.valueChanged.connect(self._keep_width)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._reset.clicked.connect(lambda: self._fill(usual(columns)))
        self._lay_out()
        self._fill(placed)

    def placed(self) -> list[Placed]:
        """The columns as the dialog shows them."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [Placed(*each.data(ROLE), each.checkState() is Qt.CheckState.Checked) for each in items]

    def accept(self) -> None:
        """Hand the columns on."""
        self.agreed.emit(self.placed())
        super().accept()

    def _fill(self, placed: Sequence[Placed]) -> None:
        columns = {each.field: each for each in self._columns}
        self.list.clear()
        for each in placed:
            item = QListWidgetItem(columns[each.field].title)
            item.setToolTip(columns[each.field].plain)
            item.setData(ROLE, (each.field, each.letters))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._renew()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def _show_width(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.width_box.blockSignals(True)
            self.width_box.setValue(item.data(ROLE)[1])
            self.width_box.blockSignals(False)

    def _keep_width(self, letters: float) -> None:
        item = self.list.currentItem()
        if item is not None:
            item.setData(ROLE, (item.data(ROLE)[0], letters))

    def _renew(self, *_: object) -> None:
        """At least one column must be shown."""
        self._agree.setEnabled(any(each.shown for each in self.placed()))

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        side = QVBoxLayout()
        for each in (self._up, self._down):
            side.addWidget(each)
        form = QFormLayout()
        form.addRow("宽度(&W)：", self.width_box)
        side.addLayout(form)
        side.addStretch(1)
        side.addWidget(self._reset)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        buttons, self._agree = answer_row(self, "确定")
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addLayout(middle, 1)
        rows.addWidget(buttons)
        look.size(self, 32, 24)
