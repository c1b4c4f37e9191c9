"""The office's own words: six lines and its rank kept in the store, for every document."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

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
    """Six lines to fill in, and a rank to pick; with `columns` 2 it is half as high."""

    def __init__(self, office: Office, *, columns: int = 1) -> None:
        super().__init__()
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        forms = [QFormLayout() for _ in range(columns)]
        for each in forms:
            beside.addLayout(each)
        first, form = forms[0], forms[-1]
        self.lines: dict[str, QLineEdit] = {}
        for place, (name, words, example) in enumerate(LINES):
            line = QLineEdit(getattr(office, name))
            line.setPlaceholderText(example)
            line.setAccessibleName(words.partition("(")[0])
            line.setMinimumWidth(look.letters(line, 16))
            (first if place < len(LINES) // 2 else form).addRow(f"{words}：", line)
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
