"""How documents are numbered and within how long an answer is asked for: the defaults, and the office's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.actions.paper_choices import NumberLine, ReplyLine
from app.core.findings import Level
from app.ui import look
from app.ui.plain_table import PlainTable

NUMBERS = (("文书", 12), ("文号写法", 14), ("印出来是", 14), ("来自", 3.5))
REPLIES = (("文书", 16), ("请对方几时回复", 9), ("来自", 5.5))
OWN, USUAL = "本院", "默认"
UNITS = (("日", "days"), ("个月", "months"))
HINT = (
    "文号里用 {院}、{部门}、{年}、{n}（顺序号）四个词，{年} 和 {n} 必须有；用过的文号不变，只影响以后的。"
    "留空保存就是恢复默认。"
)


class NumberPage(QWidget):
    """Shows lines; `pattern_wanted` and `reply_wanted` carry what is to be kept (empty or 0: the default)."""

    pattern_wanted = Signal(str, str)  # id of a series, its pattern
    reply_wanted = Signal(str, int, str)  # id of a kind, how many, days or months

    def __init__(self) -> None:
        super().__init__()
        self._numbers: list[NumberLine] = []
        self._replies: list[ReplyLine] = []
        self.numbers, self.replies = PlainTable("文号", NUMBERS, wide=2), PlainTable("回复期限", REPLIES, wide=0)
        self.pattern, self.count, self.unit = QLineEdit(), QLineEdit(), QComboBox()
        self.preview = QLabel()
        self.keep_pattern, self.keep_reply = QPushButton("保存文号(&B)"), QPushButton("保存期限(&Q)")
        self.office = ("", "")
        self._lay_out()
        self.numbers.currentCellChanged.connect(lambda *_: self._show_pattern())
        self.replies.currentCellChanged.connect(lambda *_: self._show_reply())
        self.pattern.textChanged.connect(self._preview)
        self.keep_pattern.clicked.connect(self._keep_pattern)
        self.keep_reply.clicked.connect(self._keep_reply)

    def show_lines(
        self, numbers: Sequence[NumberLine], replies: Sequence[ReplyLine], office: tuple[str, str], year: int
    ) -> None:
        """Show these lines; `office` are the short names of our office and department."""
        places = self.numbers.currentRow(), self.replies.currentRow()
        self._numbers, self._replies, self.office, self._year = list(numbers), list(replies), office, year
        self.numbers.fill((each.name, each.pattern, each.example, OWN if each.own else USUAL) for each in numbers)
        self.replies.fill((each.name, each.says, OWN if each.own else USUAL) for each in replies)
        self.numbers.selectRow(max(places[0], 0))
        self.replies.selectRow(max(places[1], 0))
        self._show_pattern()
        self._show_reply()

    def choose(self, series_id: str) -> None:
        """Choose a series."""
        for place, each in enumerate(self._numbers):
            if each.id == series_id:
                self.numbers.selectRow(place)

    def _show_pattern(self) -> None:
        place = self.numbers.currentRow()
        if 0 <= place < len(self._numbers):
            self.pattern.setText(self._numbers[place].pattern)
        self._preview()

    def _show_reply(self) -> None:
        place = self.replies.currentRow()
        if 0 <= place < len(self._replies):
            line = self._replies[place]
            self.count.setText(str(line.count))
            self.unit.setCurrentIndex(self.unit.findData(line.unit))

    def _preview(self) -> None:
        from app.core.documents.numbering import format_number, pattern_faults

        text = self.pattern.text().strip()
        faults = pattern_faults(text) if text else []
        self.keep_pattern.setEnabled(not faults)
        if faults:
            self.preview.setText("；".join(faults))
        else:
            shown = format_number(text, *self.office, self._year, 1) if text and self._numbers else ""
            self.preview.setText(f"印出来是：{shown}" if shown else "留空保存就恢复默认")
        look.paint_text(self.preview, look.colour_of(Level.UNLAWFUL if faults else ""))

    def _keep_pattern(self) -> None:
        place = self.numbers.currentRow()
        if 0 <= place < len(self._numbers):
            self.pattern_wanted.emit(self._numbers[place].id, self.pattern.text().strip())

    def _keep_reply(self) -> None:
        place, text = self.replies.currentRow(), self.count.text().strip()
        if 0 <= place < len(self._replies):
            count = int(text) if text.isdecimal() and len(text) < 5 else 0 if not text else -1
            self.reply_wanted.emit(self._replies[place].id, count, self.unit.currentData())

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        for label in (hint, self.preview):
            label.setWordWrap(True)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pattern.setAccessibleName("文号写法")
        self.count.setAccessibleName("回复期限")
        self.count.setFixedWidth(look.letters(self, 5))
        self.unit.setAccessibleName("日或者月")
        for words, unit in UNITS:
            self.unit.addItem(words, unit)
        form = QFormLayout()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.pattern, 1)
        first.addWidget(self.keep_pattern)
        for widget in (self.count, self.unit, self.keep_reply):
            second.addWidget(widget)
        second.addStretch(1)
        form.addRow(_label("所选文书的文号(&V)：", self.pattern), first)
        form.addRow("", self.preview)
        for button in (self.keep_pattern, self.keep_reply):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addWidget(self.numbers, 3)
        column.addLayout(form)
        column.addWidget(self.replies, 2)
        below = QFormLayout()
        below.addRow(_label("所选文书的回复期限(&I)：", self.count), second)
        column.addLayout(below)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
