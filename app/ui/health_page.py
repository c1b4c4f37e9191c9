"""The health of the data: what a full check found, and the repair."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.store.health import Report
from app.ui import look, talk
from app.ui.plain_buttons import button_row, plain_button

HINT = (
    "每次打开程序都会快速检查。全面检查会核对数据文件的每一页、每个索引、各表之间的联系和操作记录，数据多时要几分钟，"
    "可以随时停止。修复之前先把现有文件原样另存；损坏严重的，修复后请与备份对照，也可以改用备份恢复。"
)
NOT_YET = "还没有检查。"
LISTED_HERE = "点“全面检查”以后，发现的问题逐条列在这里。"
SOUND = "数据完好：每一页、索引、各表之间的联系和操作记录都没有问题。"
MOST_LINES = 200


class HealthPage(QWidget):
    """Shows the report and tells what the user wants done."""

    check_wanted = Signal()
    repair_wanted = Signal(object)  # the Report

    def __init__(self) -> None:
        super().__init__()
        self._found: Report | None = None
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.head = QLabel(NOT_YET)
        self.head.setWordWrap(True)
        look.larger(self.head, bold=True)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setPlaceholderText(LISTED_HERE)
        self.lines.setAccessibleName("检查结果")
        self.check, self.repair = plain_button("全面检查(&F)"), plain_button("修复(&M)…")
        self.check.clicked.connect(self.check_wanted)
        self.repair.clicked.connect(self._ask)
        rows = QVBoxLayout(self)
        for widget in (hint, self.head, self.lines):
            rows.addWidget(widget)
        rows.addLayout(button_row(self.check, self.repair))
        self.repair.setEnabled(False)

    def show_report(self, found: Report) -> None:
        """Show what a full check found."""
        self._found = found
        faults = found.all()
        self._show(f"发现 {len(faults)} 处问题。" if faults else SOUND, faults)
        self.repair.setEnabled(bool(faults))

    def show_mended(self, says: str, lines: Sequence[str], left: Report) -> None:
        """Show what was mended, and what is left."""
        self._found = left
        self._show(f"{says}。", (*lines, *(f"仍有问题：{each}" for each in left.all())))
        self.repair.setEnabled(bool((*left.pages, *left.structure, *left.loose)))

    def _show(self, head: str, lines: Sequence[str]) -> None:
        self.head.setText(head)
        more = [f"……另有 {len(lines) - MOST_LINES} 条"] if len(lines) > MOST_LINES else []
        self.lines.setPlainText("\n".join([*lines[:MOST_LINES], *more]))

    def _ask(self) -> None:
        more = "现有的数据文件会先原样另存，再修复；修复了什么会逐条列出。"
        if self._found is not None and talk.ask(self.window(), "修复数据？", more, yes="修复"):
            self.repair_wanted.emit(self._found)
