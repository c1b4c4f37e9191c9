"""In how many copies each kind of document is printed, and who signs it: what the office chose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.actions.paper_copies import CopyLine
from app.ui.plain_buttons import button_row
from app.ui.plain_table import PlainTable

COLUMNS = (("文书", 14), ("联", 14), ("署名栏", 18))
HINT = (
    "要印几联的，写上联名，用顿号隔开，例如“正本、副本、存根”：每联另起一页，左上角印联名，打印一次就齐。"
    "留空只印一份，不印联名。署名栏逐行印在日期下面，例如“检察官：、书记员：”。回执请用《送达回证》。"
    "本院自己的模板要印这两项的，请在模板里写上 {{ 联名 }} 和 {%p for 行 in 署名栏 %}。"
)
ONE = "一份"


class CopiesPage(QWidget):
    """Shows lines; `wanted` carries the id of a kind, its copies and its lines of signature as they were typed."""

    wanted = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[CopyLine] = []
        self.table = PlainTable("联和署名", COLUMNS, wide=2)
        self.copies, self.signers, self.keep = QLineEdit(), QLineEdit(), QPushButton("保存(&S)")
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        form = QFormLayout()
        for text, name, line in (("联(&V)：", "联", self.copies), ("署名栏(&I)：", "署名栏", self.signers)):
            label = QLabel(text)
            label.setBuddy(line)
            line.setAccessibleName(name)
            form.addRow(label, line)
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addLayout(button_row(self.keep))
        self.keep.setAutoDefault(False)
        self.table.currentCellChanged.connect(lambda *_: self._show())
        self.keep.clicked.connect(self._keep)

    def show_lines(self, lines: Sequence[CopyLine]) -> None:
        """Show these lines; what was chosen stays chosen."""
        place = max(self.table.currentRow(), 0)
        self._lines = list(lines)
        self.table.fill((each.name, "、".join(each.copies) or ONE, "、".join(each.signers)) for each in self._lines)
        self.table.selectRow(place)
        self._show()

    def choose(self, kind_id: str) -> None:
        """Choose a kind."""
        for place, each in enumerate(self._lines):
            if each.id == kind_id:
                self.table.selectRow(place)

    def _chosen(self) -> CopyLine | None:
        place = self.table.currentRow()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def _show(self) -> None:
        if (line := self._chosen()) is not None:
            self.copies.setText("、".join(line.copies))
            self.signers.setText("、".join(line.signers))

    def _keep(self) -> None:
        if (line := self._chosen()) is not None:
            self.wanted.emit(line.id, self.copies.text(), self.signers.text())
