"""What a desk shows while it is empty: what it does, which tables it needs and from whom, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui import look
from app.ui.tabs import Desk

DROP = "把各单位报送的表格（Excel、WPS 表格或 CSV，可以是整个文件夹）拖到这里，或者点下面的按钮；导入以后点“运行审查”。"


class DeskPage(QScrollArea):
    """A page of words; `import_wanted` and `asking_wanted` when the user presses its buttons."""

    import_wanted = Signal()
    asking_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setSpacing(look.lines(self, 0.8))
        title = QLabel(desk.title)
        look.larger(title, 1.6, bold=True)
        rows.addStretch(1)
        rows.addWidget(title)
        rows.addWidget(_wrapped(desk.says))
        next_step = _wrapped(DROP)
        look.larger(next_step, 1.1, bold=True)
        rows.addWidget(next_step)
        button = QPushButton("导入表格…")
        button.setAccessibleName("导入表格")
        look.larger(button, 1.2)
        button.clicked.connect(self.import_wanted)
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(_needs(desk))
        ask = QPushButton("调取数据…")
        ask.setAccessibleName("调取数据")
        ask.clicked.connect(self.asking_wanted)
        rows.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(2)
        margin = look.letters(self, 3)
        rows.setContentsMargins(margin, 0, margin, 0)
        self.setWidget(inner)
        for each in (self.viewport(), inner):
            each.setAutoFillBackground(False)


def _needs(desk: Desk) -> QWidget:
    box = QFrame()
    box.setFrameShape(QFrame.Shape.StyledPanel)
    box.setAutoFillBackground(True)
    box.setBackgroundRole(box.backgroundRole().Base)
    grid = QGridLayout(box)
    grid.setHorizontalSpacing(look.letters(box, 2))
    for column, text in enumerate(("需要的表格", "由谁提供", "用来做什么")):
        head = QLabel(text)
        look.larger(head, bold=True)
        grid.addWidget(head, 0, column)
    for row, need in enumerate(desk.needs, 1):
        for column, text in enumerate((need.table, need.holder, need.purpose)):
            grid.addWidget(_wrapped(text), row, column)
    for column, share in enumerate((4, 3, 4)):
        grid.setColumnStretch(column, share)
    return box


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
