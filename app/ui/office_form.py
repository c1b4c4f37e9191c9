"""The office's own words: six lines kept in the store, printed on every document."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.core.documents.context import Office
from app.ui import look

LINES = (  # field of Office, words, example
    ("name", "院名(&N)", "例如：某某市城郊地区人民检察院"),
    ("short", "院简称(&J)", "用于文号，例如：某城"),
    ("department", "部门简称(&B)", "用于文号，例如：刑执"),
    ("room", "派驻检察室(&Z)", "例如：驻某某监狱检察室"),
    ("handler", "承办人(&C)", "姓名"),
    ("districts", "辖区(&V)", "例如：某某县；不填则不分辖区内外"),
)
HINT = "没有填写的，文书里印作“【待填】”；辖区不印在文书上。"


class OfficeForm(QWidget):
    """Six lines to fill in."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        self.lines: dict[str, QLineEdit] = {}
        for name, words, example in LINES:
            line = QLineEdit(getattr(office, name))
            line.setPlaceholderText(example)
            line.setAccessibleName(words.partition("(")[0])
            line.setMinimumWidth(look.letters(line, 16))
            form.addRow(f"{words}：", line)
            self.lines[name] = line

    def office(self) -> Office:
        """The words as they stand."""
        return Office(**{name: line.text().strip() for name, line in self.lines.items()})
