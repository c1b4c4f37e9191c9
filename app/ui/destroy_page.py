"""Rows to be destroyed for good: which lists, why, whether the copies go too, and the word that must be typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.store.rows import Batch
from app.ui.day_edit import DayEdit
from app.ui.pass_lines import fault_label
from app.ui.plain_table import PlainTable

COLUMNS = (("导入时间", 9), ("文件", 18), ("工作表", 8), ("单位", 10), ("行", 5))
HINT = (
    "案件办结归档以后，可以把导入的原始数据从数据文件里彻底清除：各行的内容、身份证号码、线索引用的单元格原文都不留，"
    "结论、决定、文书登记和操作记录保留。销毁以前自动备份一次；销毁以后不能再审查、出文书，也不能撤销。"
)
COPIES = "同时删除含有这些数据的备份（包括销毁前自动做的那份，删除以后再也找不回来）(&P)"


class DestroyPage(QWidget):
    """Shows the lists and tells what the user wants destroyed."""

    destroy_wanted = Signal(object, str, str, bool)  # numbers of batches, why, the typed word, with copies

    def __init__(self) -> None:
        super().__init__()
        self._batches: Sequence[Batch] = ()
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.table = PlainTable("可以销毁的表", COLUMNS, wide=1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.day = DayEdit()
        self.day.setDate(QDate.currentDate().addYears(-1))
        self.day.setAccessibleName("哪一天以前")
        self.older = QPushButton("选中这天以前导入的(&Y)")
        self.older.clicked.connect(self._choose_older)
        self.why, self.word = QLineEdit(), QLineEdit()
        self.copies = QCheckBox(COPIES)
        self.fault = fault_label()
        self.begin = QPushButton("销毁所选的表(&K)…")
        self.begin.clicked.connect(self._want)
        row = QHBoxLayout()
        for each in (self.day, self.older):
            row.addWidget(each)
        row.addStretch(1)
        form = QFormLayout()
        form.addRow("理由(&G)：", self.why)
        form.addRow("确认销毁的，输入“销毁”两个字(&J)：", self.word)
        last = QHBoxLayout()
        last.addWidget(self.begin)
        last.addStretch(1)
        for button in (self.older, self.begin):
            button.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addWidget(self.table, 1)
        rows.addLayout(row)
        rows.addLayout(form)
        for each in (self.copies, self.fault):
            rows.addWidget(each)
        rows.addLayout(last)

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Show these lists; none of them is chosen."""
        self._batches = batches
        self.table.fill(
            (each.imported_at.replace("T", " ")[:16], each.file, each.sheet, each.unit, str(each.rows))
            for each in batches
        )
        self.table.clearSelection()
        self.begin.setEnabled(bool(batches))
        for line in (self.why, self.word):
            line.clear()

    def tell(self, text: str) -> None:
        """Say what is lacking, or what came of it."""
        self.fault.setText(text)

    def chosen(self) -> list[int]:
        """The numbers of the chosen lists."""
        return [self._batches[each.row()].id for each in self.table.selectionModel().selectedRows()]

    def _choose_older(self) -> None:
        day = date(self.day.date().year(), self.day.date().month(), self.day.date().day()).isoformat()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.table.clearSelection()
        for row, each in enumerate(self._batches):
            if each.imported_at[:10] < day:
                self.table.selectionModel().select(self.table.model().index(row, 0), flags)

    def _want(self) -> None:
        self.tell("")
        if not self.chosen():
            self.tell("请先在列表里选择要销毁的表。")
        elif not self.why.text().strip():
            self.tell("请写明理由，例如“案件已办结归档”。")
        elif self.word.text().strip() != "销毁":
            self.tell("请输入“销毁”两个字。")
        else:
            self.destroy_wanted.emit(self.chosen(), self.why.text(), self.word.text(), self.copies.isChecked())
