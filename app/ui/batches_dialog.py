"""What was imported, sheet by sheet: looking at the quality of a delivery, and taking a sheet back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.intake.declared import tables
from app.core.store.repeats import Times
from app.core.store.rows import Batch
from app.ui import look, talk
from app.ui.plain_table import PlainTable

COLUMNS = (
    *(("导入时间", 9), ("文件", 12), ("工作表", 6), ("表", 10), ("报送单位", 8), ("接收", 3.5), ("退回", 3.5)),
    *(("新增", 3.5), ("变化", 3.5), ("待核实", 4.5)),
)
HINT = (
    "“数据体检”核对所选的表和同一次导入的各表。撤回后，所选的表的记录、由它产生的案件和审查结果都会移除，"
    "被它更新的行和案件恢复原样；"
    "已制作文书的不能撤回。原文件不受影响，可重新导入。"
)
NO_TIMES: Mapping[int, Times] = {}
NO_QUESTIONS: Mapping[int, int] = {}


class BatchesDialog(QDialog):
    """Shows the list; asks once more before a sheet is taken back.

    `times` tells how many rows of a batch repeat earlier ones, `asked` how many of its questions are open.
    """

    withdrawal_wanted = Signal(object)  # a Batch
    quality_wanted = Signal(object, int)  # numbers of batches, and of the one to be shown first
    compare_wanted = Signal(int)  # a batch

    def __init__(
        self,
        parent: QWidget,
        batches: Sequence[Batch],
        times: Mapping[int, Times] = NO_TIMES,
        asked: Mapping[int, int] = NO_QUESTIONS,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("已导入的表格")
        self._batches = list(reversed(batches))
        hint = QLabel(HINT if batches else "还没有导入过表格。")
        hint.setWordWrap(True)
        self.table = PlainTable("已导入的表格", COLUMNS, wide=1)
        self.table.fill(self._lines(times, asked))
        self.buttons = QDialogButtonBox()
        self._compare = self.buttons.addButton("与上一批比较(&C)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.withdrawal = self.buttons.addButton("撤回所选的表(&W)", QDialogButtonBox.ButtonRole.ActionRole)
        self.quality = self.buttons.addButton("数据体检(&Q)…", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        for button in (self.withdrawal, self.quality):
            button.setEnabled(bool(batches))
        self.quality.clicked.connect(self.look_at)
        self.withdrawal.clicked.connect(self.take_back)
        self._compare.clicked.connect(self.compare)
        self.table.currentCellChanged.connect(lambda *_: self._renew_button())
        self._renew_button()
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (hint, self.table, self.buttons):
            rows.addWidget(each)
        close.setFocus()
        look.size(self, 72, 20)

    def take_back(self) -> None:
        """Ask, then hand the chosen sheet on."""
        batch = self._chosen()
        if batch is None:
            return
        question = f"撤回“{batch.file}”工作表“{batch.sheet}”的 {batch.accepted} 行？"
        if talk.ask(self, question, "这些行产生的案件和审查结果会一并移除。", yes="撤回"):
            self.withdrawal_wanted.emit(batch)
            self.accept()

    def look_at(self) -> None:
        """Hand on what was imported together with the chosen sheet."""
        chosen = self._chosen()
        if chosen is not None:
            together = [each.id for each in reversed(self._batches) if each.imported_at == chosen.imported_at]
            self.quality_wanted.emit(together, chosen.id)

    def compare(self) -> None:
        """Hand on which sheet is to be compared with the one before it."""
        batch = self._chosen()
        if batch is not None:
            self.compare_wanted.emit(batch.id)

    def _chosen(self) -> Batch | None:
        row = self.table.currentRow()
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def _renew_button(self) -> None:
        batch = self._chosen()
        self._compare.setEnabled(batch is not None and batch.before > 0)

    def _lines(self, times: Mapping[int, Times], asked: Mapping[int, int]) -> Iterable[Sequence[str]]:
        known = tables()
        for each in self._batches:
            name = known[each.table].name if each.table in known else each.table
            when = each.imported_at.replace("T", " ")[:16]
            same, changed = times.get(each.id, (0, 0))
            beside = (str(each.accepted - same - changed), str(changed)) if each.before else ("", "")
            numbers = (str(each.accepted), str(each.rejected), *beside, str(asked.get(each.id, "")))
            yield when, each.file, each.sheet, name, each.unit, *numbers
