"""Finished files that are to be taken away: how many identity numbers each holds, before they are copied elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.leaving import Looked

COLUMNS = (("文件", 20), ("身份证号码", 8), ("出现", 5), ("文件夹", 14))
MOST_SHOWN = 2000
HINT = (
    "带文书、台账出去以前，先看里面有多少身份证号码。表格、文书、压缩包和文本都能看，加密的和图片里的看不出来。"
    "程序自己导出文件时也这样检查，并记入操作记录。"
)
NOTHING = "还没有选择文件。"
UNREAD = "看不出来"


class LeavingPage(QWidget):
    """Shows the files and tells what the user wants done."""

    files_wanted = Signal()
    folder_wanted = Signal()
    carry_wanted = Signal(object)  # Paths

    def __init__(self) -> None:
        super().__init__()
        self._looked: Sequence[Looked] = ()
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.table = PlainTable("要带出的文件", COLUMNS, wide=3)
        self.table.empty = "选择要带出去的文件，这里列出里面的身份证号码。"
        self.said = QLabel(NOTHING)
        self.said.setWordWrap(True)
        self.files, self.folder = QPushButton("选择文件(&F)…"), QPushButton("选择文件夹(&D)…")
        self.carry = QPushButton("复制到(&T)…")
        row = QHBoxLayout()
        for button, wanted in ((self.files, self.files_wanted), (self.folder, self.folder_wanted)):
            button.clicked.connect(wanted)
        self.carry.clicked.connect(lambda: self.carry_wanted.emit([each.path for each in self._looked]))
        for button in (self.files, self.folder, self.carry):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        for widget in (hint, self.table, self.said):
            rows.addWidget(widget)
        rows.addLayout(row)
        self.show_files(())

    def show_files(self, looked: Sequence[Looked]) -> None:
        """Show what was found in these files."""
        self._looked = looked
        shown = looked[:MOST_SHOWN]
        self.table.fill(_line(each) for each in shown)
        for row, each in enumerate(shown):
            if each.held.numbers:
                self.table.write(row, 1, str(each.held.numbers), word="违法", bold=True)
        self.carry.setEnabled(bool(looked))
        self.said.setText(_summary(looked) if looked else NOTHING)


def _line(each: Looked) -> tuple[str, ...]:
    held = each.held
    numbers = str(held.numbers) if held.whole or held.numbers else UNREAD
    return each.path.name, numbers, f"{held.places} 处" if held.places else "", str(Path(each.path).parent)


def _summary(looked: Sequence[Looked]) -> str:
    some = [each for each in looked if each.held.numbers]
    if not some:
        return f"{len(looked)} 个文件里没有找到身份证号码。"
    return f"{len(looked)} 个文件中 {len(some)} 个有身份证号码，共 {sum(each.held.numbers for each in some)} 个。"
