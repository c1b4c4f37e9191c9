"""The log of what was done: looked through, proven, taken out with its proof, and such a file checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.text_table import TextTable

COLUMNS = (("序号", 3.5), ("时间", 10.5), ("人员", 6), ("操作", 9), ("内容", 24))
HINT = (
    "每次导入、审查、决定、出文书、备份、改口令都记一条，只增不改，前后相接。核对时逐条验算，并与最近一份备份比较；"
    "导出的文件带有验算所需的全部内容，把校验码登记下来，以后改一个字都能查出。"
)


class LogPage(QWidget):
    """Shows the newest lines and tells what the user wants done."""

    prove_wanted = Signal()
    export_wanted = Signal()
    check_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找人员、操作、内容")
        self.search.setAccessibleName("查找操作记录")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.table = TextTable("操作记录", COLUMNS)
        self.said = QLabel("")
        self.said.setWordWrap(True)
        self.prove, self.export = QPushButton("核对操作记录(&V)"), QPushButton("导出操作记录(&X)…")
        self.check = QPushButton("核对导出的文件(&L)…")
        row = QHBoxLayout()
        for button, wanted in (
            (self.prove, self.prove_wanted),
            (self.export, self.export_wanted),
            (self.check, self.check_wanted),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(wanted)
            row.addWidget(button)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        for widget in (hint, self.search, self.table, self.said):
            rows.addWidget(widget)
        rows.addLayout(row)
        self._lines: Sequence[Sequence[str]] = ()

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines."""
        self._lines = lines
        self._narrow()

    def tell(self, text: str) -> None:
        """Show what came of a check."""
        self.said.setText(text)

    def _narrow(self) -> None:
        word = self.search.text().strip()
        shown = [place for place, line in enumerate(self._lines) if not word or any(word in each for each in line)]
        self.table.texts.fill(self._lines, shown)
