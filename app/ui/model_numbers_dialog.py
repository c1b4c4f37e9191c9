"""The province's numbers a model waits for, filled in by the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.findings import Level
from app.ui import look
from app.ui.plain_buttons import answer_row
from app.ui.room import keep

if TYPE_CHECKING:
    from app.core.models.parts import Model

HINT = "这些标准各省不同，程序不代为设定。请对照本省规定填写数字；空着的，涉及的线索一律“不能判断”。"


class NumbersDialog(QDialog):
    """One line for each number; `ready` with what was typed, by the numbers' ids. It stays open until it is told."""

    ready = Signal(object)

    def __init__(self, parent: QWidget, model: Model) -> None:
        super().__init__(parent)
        keep(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"填本省标准：{model.name}")
        self.lines: dict[str, QLineEdit] = {}
        rows = QVBoxLayout(self)
        rows.addWidget(self._label(HINT))
        given = model.given or {}
        for each in model.local_numbers():
            line = QLineEdit(f"{given[each.id]}" if each.id in given else "")
            line.setAccessibleName(each.says)
            line.setPlaceholderText(f"只填数字，单位：{each.unit}" if each.unit else "只填数字")
            rows.addWidget(self._label(f"{each.says}："))
            rows.addWidget(line)
            self.lines[each.id] = line
        self.says = self._label("")
        look.paint_text(self.says, look.colour_of(Level.UNLAWFUL))
        rows.addWidget(self.says)
        rows.addStretch(1)
        buttons, self.keep = answer_row(self, "保存(&S)", done=lambda: self.ready.emit(self.texts()))
        rows.addWidget(buttons)
        self.setMinimumWidth(look.letters(self, 40))

    def texts(self) -> Mapping[str, str]:
        """What stands in the lines."""
        return {name: line.text() for name, line in self.lines.items()}

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
