"""The original row a piece of evidence came from, every cell of it, with the cell in question marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.findings import Evidence, Level
from app.core.records import Record, show
from app.ui import look
from app.ui.plain_table import PlainTable

COLUMNS = (("列名", 10), ("原文", 14), ("读作", 14), ("说明", 12))
HINT = "“原文”是表格里写的，“读作”是程序理解的。加粗变色、前面有“▶”的一行是这个项目用到的单元格。"
MARK = "▶ "


class RowDialog(QDialog):
    """A small window that only shows."""

    def __init__(self, parent: QWidget, evidence: Evidence, record: Record) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("原始行")
        place = QLabel(f"{record.file}　工作表“{record.sheet}”　第 {record.row} 行")
        look.larger(place, bold=True)
        hint = QLabel(HINT)
        for each in (place, hint):
            each.setWordWrap(True)
        self.table = PlainTable("原始行的全部单元格", COLUMNS, wide=3)
        self._fill(evidence, record)
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (place, hint, self.table, buttons):
            rows.addWidget(widget)
        look.size(self, 54, 26)

    def _fill(self, evidence: Evidence, record: Record) -> None:
        self.table.setRowCount(len(record.cells))
        for row, (field, cell) in enumerate(record.cells.items()):
            marked = evidence.column == cell.column or evidence.field == field
            word = Level.UNLAWFUL if marked else ""
            name = f"{MARK}{cell.column}" if marked else cell.column
            for column, text in enumerate((name, cell.raw, show(cell.value), cell.doubt)):
                self.table.write(row, column, text, word=word, bold=marked)
            if marked:
                self.table.setCurrentCell(row, 1)  # where the keyboard goes on, and what a screen reader says
                self.table.scrollToItem(self.table.item(row, 0), PlainTable.ScrollHint.PositionAtCenter)
