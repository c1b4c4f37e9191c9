"""What comes of a model being written: the leads on what is loaded, its cases, and who changes state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.plain_table import PlainTable
from app.ui.room import Page, Scroll

if TYPE_CHECKING:
    from app.core.actions.model_author import Previewed

LEADS = (("姓名、名称", 7), ("案件", 9), ("会说的话", 30))
CASES = (("案例", 14), ("种类", 5), ("应当是", 5), ("结果", 14))
CHANGES = (("姓名、名称", 7), ("案件", 9), ("原来", 13), ("改后", 13))
HINT = "案例写明什么应当是线索、什么不是，全部通过才能启用。拟好以后请逐个看一遍是不是这个意思。"
LEADS_PAGE, CASES_PAGE, CHANGES_PAGE = range(3)


class ModelTrial(QWidget):
    """The sentence as the program understands it, and three pages."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.sentence, hint = QLabel(), QLabel(), QLabel(HINT)
        self.leads, self.cases = PlainTable("查出的线索", LEADS, wide=2), PlainTable("案例", CASES, wide=3)
        self.changes = PlainTable("有变化的", CHANGES, wide=3)
        self.leads.empty, self.changes.empty = "现有数据没有查出线索。", "与现在这一版没有不同。"
        self.draft = QPushButton("按句子拟一组案例(&A)")
        self.draft.setAutoDefault(False)
        page = Page()
        rows = QVBoxLayout(page)
        for widget in (hint, self.cases):
            rows.addWidget(widget)
        self.buttons = {"": self.draft}
        holder = QWidget()
        flow = FlowLayout(holder, look.letters(self, 0.4))
        flow.addWidget(self.draft)
        for name, text in (("add", "加一个案例(&N)…"), ("edit", "改这个案例(&E)…"), ("drop", "去掉这个案例(&D)")):
            self.buttons[name] = button = QPushButton(text)
            button.setAutoDefault(False)
            flow.addWidget(button)
        rows.addWidget(holder)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("结果")
        for each, name in (
            (self.leads, "现有数据查出的线索"),
            (Scroll(page), "案例"),
            (self.changes, "与现在这一版比"),
        ):
            self.tabs.addTab(each, name)
        column = QVBoxLayout(self)
        for label in (self.sentence, self.head, hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        said = QScrollArea()
        said.setAccessibleName("程序理解的句子")
        said.setWidgetResizable(True)
        said.setFrameShape(QFrame.Shape.NoFrame)
        said.setWidget(self.sentence)
        said.setMaximumHeight(look.lines(self, 7))  # a long one is scrolled: what comes of it stays in sight
        column.addWidget(said)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)

    def show_tried(self, tried: Previewed) -> None:
        """Show what came of a draft."""
        self.sentence.setText(tried.sentence)
        self.head.setText(tried.head or tried.fault)
        self.leads.fill(tried.leads)
        row = max(self.cases.currentRow(), 0)
        self.cases.fill(tried.cases)
        if row < len(tried.cases):
            self.cases.selectRow(row)
        for row, case in enumerate(tried.cases):
            self.cases.write(row, 3, case[3], word=Outcome.LAWFUL if case[3] == "通过" else Level.UNLAWFUL)

    def show_changes(self, lines: Sequence[tuple[str, str, str, str]]) -> None:
        """Show who changes state from the version that holds."""
        self.changes.fill(lines)
        self.tabs.setTabText(CHANGES_PAGE, f"与现在这一版比（{len(lines)} 处不同）")
