"""The page of a person's time line: a filter, what is not shown and why, and the days one below the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.core.checks.entries import Entry, EntryKind, TimeLine
from app.ui import talk
from app.ui.line_words import CELL, OPEN, RULE, SAYING, head_of, line_html, line_page

FILTERS: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    ("全部", lambda _: True),
    ("只看义务", lambda each: each.kind is EntryKind.DUTY),
    ("只看逾期、未见、不能判断的", lambda each: each.state in OPEN),
    ("只看有线索的", lambda each: bool(each.findings)),
)
WAITING = "正在整理时间线……"
UNIT = "这是关于单位的类案，没有个人的时间线。"


class LineView(QWidget):
    """Shows what it is given; asks others for original rows and findings."""

    row_wanted = Signal(object)  # an Evidence
    rule_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line: TimeLine | None = None
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.filter = QComboBox()
        self.filter.setAccessibleName("时间线显示哪些")
        self.filter.addItems([name for name, _ in FILTERS])
        self.filter.currentIndexChanged.connect(self.renew)
        self.print = QPushButton("打印(&Y)…")
        self.print.setAccessibleName("打印时间线")
        self.print.setToolTip("把上面选定显示的内容打印成可以入卷的一页")
        self.print.clicked.connect(self._print)
        label = QLabel("显示(&S)：")
        label.setBuddy(self.filter)
        self.text = QTextBrowser()
        self.text.setAccessibleName("时间线")
        self.text.setAccessibleDescription("按日期排列的事件和义务；按 Tab 键选出处，按回车键打开原始行")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        first = QHBoxLayout()
        first.addWidget(label)
        first.addWidget(self.filter)
        first.addStretch(1)
        first.addWidget(self.print)
        rows = QVBoxLayout(self)
        rows.addLayout(first)
        rows.addWidget(self.head)
        rows.addWidget(self.text, 1)

    def say(self, text: str) -> None:
        """Show a sentence instead of a line."""
        self._line = None
        self.head.setText(text)
        self.text.clear()
        self._show(filled=False)

    def show_line(self, line: TimeLine) -> None:
        """Show a person's line from its beginning."""
        self._line = line
        self.head.setText(head_of(line))
        self._show(filled=True)
        self.renew()

    def renew(self) -> None:
        """Write the line again, in the colours worn now and with the entries chosen."""
        if self._line is None:
            return
        self.text.setHtml(line_html(self._line, self._places(self._line)))

    def _places(self, line: TimeLine) -> list[int]:
        _, wanted = FILTERS[self.filter.currentIndex()]
        return [place for place, each in enumerate(line.entries) if wanted(each)]

    def _print(self) -> None:
        if self._line is not None:
            talk.print_page(self, line_page(self._line, self._places(self._line), self.filter.currentText()))

    def _show(self, *, filled: bool) -> None:
        for each in (self.filter, self.text, self.print):
            each.setEnabled(filled)

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        if address.startswith(RULE):
            self.rule_wanted.emit(address.removeprefix(RULE))
        elif address.startswith(SAYING) and self._line is not None:
            place, _, number = address.removeprefix(SAYING).partition(".")
            self.row_wanted.emit(self._line.apart[int(place)].sayings[int(number)].cell)
        elif address.startswith(CELL) and self._line is not None:
            self.row_wanted.emit(self._line.entries[int(address.removeprefix(CELL))].cell)
