"""The office's own words: six lines and its rank kept in the store, for every document."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.core.documents.context import Office
from app.core.documents.levels import Rank
from app.ui import look

LINES = (  # field of Office, words, example
    ("name", "院名(&N)", "例如：某某市城郊地区人民检察院"),
    ("short", "院简称(&J)", "用于文号，例如：某城"),
    ("department", "部门简称(&B)", "用于文号，例如：刑执"),
    ("room", "派驻检察室(&Z)", "例如：驻某某监狱检察室"),
    ("handler", "承办人(&C)", "姓名"),
    ("districts", "辖区(&V)", "例如：某某县；不填则不分辖区内外"),
)
HINT = "没有填写的，文书里印作“【待填】”；辖区、级别不印在文书上。"


class OfficeForm(QWidget):
    """Six lines to fill in, and a rank to pick."""

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
        self.level = QComboBox()
        self.level.setAccessibleName("本院级别")
        self.level.addItem("不填写", "")
        for rank in Rank:
            self.level.addItem(rank, str(rank))
        self.level.setCurrentIndex(max(self.level.findData(office.level), 0))
        form.addRow("本院级别(&L)：", self.level)
        label = form.labelForField(self.level)
        assert isinstance(label, QLabel)
        label.setBuddy(self.level)

    def office(self) -> Office:
        """The words as they stand."""
        words = {name: line.text().strip() for name, line in self.lines.items()}
        return Office(**words, level=str(self.level.currentData()))
