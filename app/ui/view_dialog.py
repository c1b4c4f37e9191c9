"""The dialog in which saved views are renamed and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.saved_views import LONGEST, SHIPPED, SavedView
from app.core.findings import Level
from app.ui import look
from app.ui.plain_buttons import answer_row, plain_button

HINT = "双击或者按 F2 改名。点“取消”的，什么也不改变。"
ROLE = Qt.ItemDataRole.UserRole


class ViewDialog(QDialog):
    """Nothing changes before 确定; `agreed` tells the views that stay."""

    agreed = Signal(object)  # of SavedView

    def __init__(self, parent: QWidget, views: Sequence[SavedView]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("视图")
        self.list, self._lacks = QListWidget(), QLabel()
        self.list.setAccessibleName("保存的视图")
        self._lacks.setWordWrap(True)
        look.paint_text(self._lacks, look.colour_of(Level.UNLAWFUL))
        for each in views:
            item = QListWidgetItem(each.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(ROLE, each)
            self.list.addItem(item)
        self._rename, self._delete = plain_button("改名(&R)"), plain_button("删除(&D)")
        self._rename.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self._delete.clicked.connect(self._take_out)
        self.list.currentRowChanged.connect(self._renew)
        self.list.itemChanged.connect(self._renew)
        self._lay_out()
        self.list.setCurrentRow(0)
        self._renew()

    def views(self) -> list[SavedView]:
        """The views under the names they have now."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [replace(each.data(ROLE), name=each.text().strip()) for each in items]

    def accept(self) -> None:
        """Hand the views on."""
        self.agreed.emit(self.views())
        super().accept()

    def _take_out(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self._renew()

    def _lacking(self) -> str:
        names = [each.name for each in self.views()]
        if any(not 0 < len(each) <= LONGEST for each in names):
            return f"名称要有 1 到 {LONGEST} 个字。"
        taken = [*names, *(each.name for each in SHIPPED)]
        return "" if len(set(taken)) == len(taken) else "两个视图不能用同一个名称。"

    def _renew(self, *_: object) -> None:
        lacks = self._lacking()
        self._lacks.setText(lacks)
        self._agree.setEnabled(not lacks)
        for button in (self._rename, self._delete):
            button.setEnabled(self.list.currentItem() is not None)

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        side = QVBoxLayout()
        for each in (self._rename, self._delete):
            side.addWidget(each)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        buttons, self._agree = answer_row(self, "确定")
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addLayout(middle, 1)
        rows.addWidget(self._lacks)
        rows.addWidget(buttons)
        look.size(self, 30, 18)
