"""What must be told with an entry about documents: its day, and who received it, what they answered, who approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.core.actions.paper_list import PaperLine
from app.core.life import ADOPTED, NAME, RANK, RECEIVER, SAID, WAY, Event, life
from app.ui.day_edit import DayEdit
from app.ui.decision_dialog import WordsForm

LABELS = {
    RECEIVER: ("签收人(&Q)：", "请填写签收人。"),
    WAY: ("送达方式(&M)：", "请选择送达方式。"),
    ADOPTED: ("对方是否采纳(&C)：", "请选择对方是否采纳。"),
    RANK: ("哪一级审批(&L)：", "请选择哪一级审批。"),
    NAME: ("审批人(&N)：", "请填写审批人。"),
}
MOST_NAMED = 3


class EventDialog(WordsForm):
    """Asks for what an event needs; `agreed` tells the day, the sentence and the rest by its name."""

    agreed = Signal(object, str, object)  # a date, words, dict of need → text

    def __init__(self, parent: QWidget | None, event: Event, lines: Sequence[PaperLine], today: date) -> None:
        super().__init__(parent, event.button.partition("(")[0].removesuffix("…"), _head(event, lines))
        self._event = event
        self.day = DayEdit()
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setDate(self.day.maximumDate())
        self.day.setAccessibleName(f"{event.name}的日期")
        self.form.addRow("日期(&D)：", self.day)
        self.fields: dict[str, QComboBox | QLineEdit] = {}
        for need, (label, _) in LABELS.items():
            if need in event.needs:
                self.fields[need] = field = self._field(need)
                field.setAccessibleName(label.partition("(")[0])
                self.form.addRow(label, field)
        self.why.setAccessibleName(event.asks)
        self.why.setPlaceholderText(event.example)
        self.form.addRow(f"{event.asks}(&W)：", self.why)
        self.renew()

    def lacking(self) -> str:
        """The first thing that must still be told."""
        for need, field in self.fields.items():
            if not _text(field):
                return LABELS[need][1]
        return "请用一句话写明。" if SAID in self._event.needs and not self.said() else ""

    def accept(self) -> None:
        """Hand on what was told."""
        told = {need: _text(field) for need, field in self.fields.items()}
        day, said = self.day.date().toPython(), self.said()
        super().accept()
        self.agreed.emit(day, said, told)

    def _field(self, need: str) -> QComboBox | QLineEdit:
        choices = life().lists.get(need)
        if choices is None:
            line = QLineEdit()
            line.textChanged.connect(self.renew)
            return line
        box = QComboBox()
        box.addItems(choices)
        box.setCurrentIndex(-1)
        box.setPlaceholderText("请选择")
        box.currentIndexChanged.connect(self.renew)
        return box


def _text(field: QComboBox | QLineEdit) -> str:
    return field.currentText() if isinstance(field, QComboBox) else field.text().strip()


def _head(event: Event, lines: Sequence[PaperLine]) -> str:
    """Which documents it is about."""
    named = "、".join(f"《{each.name}》{each.paper.number}".rstrip() for each in lines[:MOST_NAMED])
    more = f"等 {len(lines)} 份" if len(lines) > MOST_NAMED else ""
    return f"{named}{more}：登记“{event.name}”"
