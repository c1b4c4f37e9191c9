"""The findings that wait for a second person's word, as a page of what is pending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import look
from app.ui.text_table import TextTable

if TYPE_CHECKING:
    from app.core.actions.checks_due import Waiting

WIDTHS = (6, 16, 4, 5, 7, 8, 6)
HINT = "双击一行，转到这件案件，选中线索后点“复核”。自己核查的线索由别人复核。"
NONE = "没有待复核的线索。哪些级别的线索要复核，在“设置”里选择。"


class ChecksPage(QWidget):
    """Shows what waits; tells which line the user opens."""

    opened = Signal(object)  # a Waiting

    def __init__(self) -> None:
        super().__init__()
        from app.core.actions.checks_due import COLUMNS

        self._lines: Sequence[Waiting] = ()
        self.says, hint = QLabel(), QLabel(HINT)
        look.larger(self.says, bold=True)
        hint.setWordWrap(True)
        self.mine = QCheckBox("只列由我复核的(&M)")
        self.table = TextTable("待复核的线索", tuple(zip(COLUMNS, WIDTHS, strict=True)))
        self.table.empty = "没有待复核的线索。"
        top = QHBoxLayout()
        top.addWidget(self.says, 1)
        top.addWidget(self.mine)
        rows = QVBoxLayout(self)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        rows.addWidget(hint)
        self.mine.toggled.connect(self._narrow)
        self.table.opened.connect(lambda place, _column: self.opened.emit(self._lines[place]))

    def show_lines(self, lines: Sequence[Waiting]) -> None:
        """Show these; those for whoever signed in stand first."""
        self._lines = lines
        mine = sum(each.mine for each in lines)
        self.says.setText(f"待复核 {len(lines)} 条，其中可由我复核 {mine} 条。" if lines else NONE)
        self.table.texts.fill([each.texts for each in lines])
        self._narrow()

    def _narrow(self) -> None:
        only = self.mine.isChecked()
        self.table.texts.narrow([place for place, each in enumerate(self._lines) if each.mine or not only])
