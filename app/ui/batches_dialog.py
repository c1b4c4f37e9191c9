"""What was imported, sheet by sheet: looking at the quality of a delivery, and taking a sheet back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.intake.declared import tables
from app.core.store.rows import Batch
from app.ui import look, talk
from app.ui.plain_table import PlainTable

COLUMNS = (("导入时间", 9), ("文件", 12), ("工作表", 7), ("表", 12), ("接收", 3.5), ("退回", 3.5))
HINT = (
    "“数据体检”核对所选的表和同一次导入的各表。撤回后，所选的表的记录、由它产生的案件和审查结果都会移除；"
    "已制作文书的不能撤回。原文件不受影响，可重新导入。"
)


class BatchesDialog(QDialog):
    """Shows the list; asks once more before a sheet is taken back."""

    withdrawal_wanted = Signal(object)  # a Batch
    quality_wanted = Signal(object, int)  # numbers of batches, and of the one to be shown first

    def __init__(self, parent: QWidget, batches: Sequence[Batch]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("已导入的表格")
        self._batches = list(reversed(batches))
        hint = QLabel(HINT if batches else "还没有导入过表格。")
        hint.setWordWrap(True)
        self.table = PlainTable("已导入的表格", COLUMNS, wide=1)
        self.table.fill(self._lines())
        self.buttons = QDialogButtonBox()
        self._take_back = self.buttons.addButton("撤回所选的表(&W)", QDialogButtonBox.ButtonRole.ActionRole)
        self.quality = self.buttons.addButton("数据体检(&Q)…", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        for button in (self._take_back, self.quality):
            button.setEnabled(bool(batches))
        self.quality.clicked.connect(self.look_at)
        self._take_back.clicked.connect(self.take_back)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (hint, self.table, self.buttons):
            rows.addWidget(each)
        close.setFocus()
        look.size(self, 56, 20)

    def take_back(self) -> None:
        """Ask, then hand the chosen sheet on."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._batches):
            return
        batch = self._batches[row]
        question = f"撤回“{batch.file}”工作表“{batch.sheet}”的 {batch.accepted} 行？"
        if talk.ask(self, question, "这些行产生的案件和审查结果会一并移除。", yes="撤回"):
            self.withdrawal_wanted.emit(batch)
            self.accept()

    def look_at(self) -> None:
        """Hand on what was imported together with the chosen sheet."""
        row = self.table.currentRow()
        if 0 <= row < len(self._batches):
            chosen = self._batches[row]
            together = [each.id for each in reversed(self._batches) if each.imported_at == chosen.imported_at]
            self.quality_wanted.emit(together, chosen.id)

    def _lines(self) -> Iterable[Sequence[str]]:
        known = tables()
        for each in self._batches:
            name = known[each.table].name if each.table in known else each.table
            when = each.imported_at.replace("T", " ")[:16]
            yield when, each.file, each.sheet, name, str(each.accepted), str(each.rejected)
