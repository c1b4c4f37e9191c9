"""The program's proof about itself: offline, where its things lie, which copy of it this is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.self_check import GOOD, LOOK, Line
from app.ui.plain_table import PlainTable

COLUMNS = (("方面", 5), ("项目", 11), ("结果", 20), ("判断", 4))
HINT = (
    "本程序不连接网络：启动时就关上了打开网络连接的途径，任何部分都绕不过去。这里当场查看，可以保存下来交保密检查。"
    "SHA-256 应当与安装包说明里公布的一致。"
)


class SelfCheckPage(QWidget):
    """Shows the lines; can have them looked at anew and saved."""

    look_wanted = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Line] = []
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.table = PlainTable("自检结果", COLUMNS, wide=2)
        self.again, self.save = QPushButton("重新自检(&A)"), QPushButton("保存为文本(&S)…")
        self.again.clicked.connect(self.look_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.save.setEnabled(False)
        row = QHBoxLayout()
        for each in (self.again, self.save):
            each.setAutoDefault(False)
            row.addWidget(each)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addWidget(self.table)
        rows.addLayout(row)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show what was found."""
        self.shown = list(lines)
        self.save.setEnabled(bool(lines))
        before = [""] + [each.part for each in lines]
        self.table.fill(
            ("" if each.part == last else each.part, each.what, each.found, GOOD if each.good else LOOK)
            for each, last in zip(lines, before, strict=False)
        )
        for row, each in enumerate(lines):
            if not each.good:
                self.table.write(row, 3, LOOK, word="存疑", bold=True)
