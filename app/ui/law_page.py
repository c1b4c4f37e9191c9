"""The law to be read: a list that can be searched, and beside it the rows of what is chosen, by date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.law.catalogue import LOCAL_NUMBER, NUMBER, OFFENCES, TABLE_ROW, Entry, Line
from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.law_words import CERTAINTY
from app.ui.plain_table import PlainTable
from app.ui.room import Page, Scroll

LISTED = (("种类", 4.6), ("名称", 20))
ROWS = (("数值", 9), ("自", 5.6), ("至", 5.6), ("依据", 12), ("把握", 6.5), ("修改", 4.5))
ALL, OFFICE = "全部", "本院修改"
TOOLS = (
    ("add", "增加一行（自某日起）(&A)…"),
    ("end", "终止一行(&E)…"),
    ("undo", "撤销本院修改(&U)…"),
    ("affected", "查看受影响的结论(&R)…"),
)


class LawPage(QWidget):
    """Shows entries; `wanted` carries what is asked of which entry and row (None: the entry has no row)."""

    wanted = Signal(str, object, object)  # the tool, an Entry, a Line or None

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._shown: list[Entry] = []
        self.search, self.group, self.certainty = QLineEdit(), QComboBox(), QComboBox()
        self.own = QCheckBox("只看本院修改")
        self.list, self.rows = PlainTable("法律数据", LISTED, wide=1), PlainTable("各时期的数值", ROWS, wide=3)
        self.rows.empty = "还没有填写数值。"
        self.title, self.says = QLabel(), QLabel()
        self.buttons = {name: QPushButton(text) for name, text in TOOLS}
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.group.currentIndexChanged.connect(self._filter)
        self.certainty.currentIndexChanged.connect(self._filter)
        self.own.toggled.connect(self._filter)
        self.list.currentCellChanged.connect(lambda *_: self._show_entry())
        self.rows.currentCellChanged.connect(lambda *_: self._show_row())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, tool=name: self._ask(tool))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries; what was chosen stays chosen."""
        chosen = self.entry()
        self._entries = entries
        if not self.group.count():
            self.group.addItem(ALL, "")
            for each in dict.fromkeys(one.group for one in entries):
                self.group.addItem(each, each)
        self._filter(keep=chosen.id if chosen else "")

    def entry(self) -> Entry | None:
        """The entry that is chosen."""
        place = self.list.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def line(self) -> Line | None:
        """Its row that is chosen."""
        entry, place = self.entry(), self.rows.currentRow()
        return entry.lines[place] if entry is not None and 0 <= place < len(entry.lines) else None

    def choose(self, entry_id: str) -> None:
        """Choose an entry among those shown."""
        for place, each in enumerate(self._shown):
            if each.id == entry_id:
                self.list.selectRow(place)

    def _filter(self, *_: object, keep: str = "") -> None:
        words = self.search.text().split()
        group, certainty = self.group.currentData(), self.certainty.currentData()
        self._shown = [
            each
            for each in self._entries
            if (not group or each.group == group)
            and (not certainty or any(line.certainty == certainty for line in each.lines))
            and (each.office or not self.own.isChecked())
            and all(word in each.words for word in words)
        ]
        self.list.fill((each.kind, each.name) for each in self._shown)
        self.choose(keep)
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self.entry()
        lines = entry.lines if entry is not None else ()
        self.title.setText(entry.name if entry is not None else "没有符合条件的内容")
        self.rows.fill(
            (
                each.value,
                str(each.start or "最早"),
                str(each.end or "今后"),
                each.article,
                CERTAINTY.get(each.certainty, each.certainty),
                OFFICE if each.change else "",
            )
            for each in lines
        )
        if lines:
            self.rows.selectRow(len(lines) - 1)
        self._show_row()

    def _show_row(self) -> None:
        entry, line = self.entry(), self.line()
        parts = [entry.about] if entry is not None and entry.about else []
        parts += [f"大意：{line.says}"] if line is not None else ["本院没有填写。"] if entry is not None else []
        parts += [f"本院第 {line.change} 处修改。"] if line is not None and line.change else []
        self.says.setText("\n".join(parts))
        number = entry is not None and entry.kind in (NUMBER, LOCAL_NUMBER, TABLE_ROW)
        local = entry is not None and entry.kind == LOCAL_NUMBER
        self.buttons["add"].setText("修改本地数值(&A)…" if local else TOOLS[0][1])
        self.buttons["add"].setEnabled(number)
        self.buttons["end"].setEnabled(number and line is not None and line.end is None)
        self.buttons["undo"].setEnabled(line is not None and line.change > 0)
        self.buttons["affected"].setEnabled(entry is not None and entry.kind != OFFENCES)

    def _ask(self, tool: str) -> None:
        if self.entry() is not None:
            self.wanted.emit(tool, self.entry(), self.line())

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("查找名称、条文、文字（空格隔开几个词）")
        self.search.setClearButtonEnabled(True)
        for widget, name in ((self.search, "查找"), (self.group, "来自"), (self.certainty, "把握")):
            widget.setAccessibleName(name)
        self.certainty.addItem("不限把握", "")
        for each, words in CERTAINTY.items():
            self.certainty.addItem(words, each)
        left, right = QWidget(), Page()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        filters = QHBoxLayout()
        for widget in (self.group, self.certainty, self.own):
            filters.addWidget(widget)
        filters.addStretch(1)
        column.addWidget(self.search)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        look.larger(self.title, bold=True)
        for label in (self.title, self.says):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tools = QWidget()
        flow = FlowLayout(tools, look.letters(self, 0.5))
        for button in self.buttons.values():
            button.setAutoDefault(False)
            flow.addWidget(button)
        for widget in (self.title, self.rows, self.says, tools):
            column.addWidget(widget)
        column.setStretchFactor(self.rows, 1)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(Scroll(right))
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        QVBoxLayout(self).addWidget(halves)
