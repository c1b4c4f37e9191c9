"""After an import: how many rows of every sheet were taken, what is new since the last one, what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.intake.declared import tables
from app.ui import look
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.receive import SheetResult

SHEETS = (
    *(("文件", 10), ("工作表", 5), ("表", 8), ("行数", 3.5), ("接收", 3.5), ("退回", 3.5)),
    *(("新增", 3.5), ("变化", 3.5), ("消失", 3.5), ("说明", 12)),
)
REJECTS = (("文件", 9), ("工作表", 6), ("行", 3), ("列", 7), ("内容", 9), ("退回原因", 14))
MOST_LISTED = 500
HINT = "退回的行没有进入数据。可以另存为表格，请报送单位照“退回原因”改好，再导入那张表即可。"


class IntakeResult(QDialog):
    """Shown when something was refused, skipped, hidden in the list it came from, or differs from the list before."""

    save_wanted = Signal(object)  # of SheetResult that have refused rows
    quality_wanted = Signal(object)  # of numbers of batches
    compare_wanted = Signal(int)  # a batch

    def __init__(self, parent: QWidget | None, results: Sequence[SheetResult]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入结果")
        self.refused = [each for each in results if each.rejected]
        self.sheets = PlainTable("每张表的结果", SHEETS, wide=9)
        self.rejects = PlainTable("退回的行", REJECTS, wide=5)
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._results = results
        self._fill(results)
        accepted = sum(each.accepted for each in results)
        count = sum(len(each.rejected) for each in results)
        head = QLabel(f"接收 {accepted} 行，退回 {count} 行。")
        look.larger(head, 1.2, bold=True)
        rows = QVBoxLayout(self)
        rows.addWidget(head)
        rows.addWidget(self.sheets, 2)
        if self.refused:
            self._says.setText(HINT if count <= MOST_LISTED else f"下面列出前 {MOST_LISTED} 行。{HINT}")
            rows.addWidget(self._says)
            rows.addWidget(self.rejects, 3)
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton("把退回的行存为表格(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.setVisible(bool(self.refused))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.refused))
        taken = [each.batch_id for each in results if not each.skipped]
        self.quality = self.buttons.addButton("数据体检(&Q)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.quality.setEnabled(bool(taken))
        self.quality.clicked.connect(lambda: self.quality_wanted.emit(taken))
        self.compare = self.buttons.addButton("与上一批比较(&C)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.compare.setVisible(any(each.compared for each in results))
        self.compare.clicked.connect(self._compare)
        self.sheets.currentCellChanged.connect(lambda *_: self._renew_button())
        self._renew_button()
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        rows.addWidget(self.buttons)
        close.setFocus()
        look.size(self, 70, 26 if self.refused else 14)

    def say(self, text: str) -> None:
        """Tell how saving went."""
        self._says.setText(text)

    def _compare(self) -> None:
        self.compare_wanted.emit(self._results[self.sheets.currentRow()].batch_id)

    def _renew_button(self) -> None:
        row = self.sheets.currentRow()
        self.compare.setEnabled(0 <= row < len(self._results) and self._results[row].compared is not None)

    def _fill(self, results: Sequence[SheetResult]) -> None:
        known = tables()
        self.sheets.setRowCount(len(results))
        for row, each in enumerate(results):
            table = known[each.table].name if each.table in known else ""
            numbers = ("", "", "") if each.skipped else (str(each.rows), str(each.accepted), str(len(each.rejected)))
            beside = each.compared
            times = ("", "", "") if beside is None else (str(beside.new), str(beside.changed), str(len(beside.missed)))
            hidden = each.hidden.says(each.labels)
            taken = f"{hidden}，都已读入" if hidden and not each.skipped else hidden
            says = "；".join(filter(None, (f"未导入：{each.skipped}" if each.skipped else "", taken)))
            word = Outcome.NOT_APPLICABLE if each.skipped else Level.UNLAWFUL if each.rejected else ""
            for column, text in enumerate((each.file, each.sheet, table, *numbers, *times, says)):
                self.sheets.write(row, column, text, word=word)
        compared = [row for row, each in enumerate(results) if each.compared is not None]
        self.sheets.selectRow(compared[0] if compared else 0)
        listed = [reject for each in results for reject in each.rejected][:MOST_LISTED]
        self.rejects.fill((r.file, r.sheet, str(r.row), r.column, r.value, r.reason) for r in listed)
