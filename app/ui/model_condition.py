"""One condition of a model's clause: a column, how it is compared, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.core.errors import UserError
from app.core.models.draft import Column
from app.core.records import FieldType

DATES = (FieldType.DATE, FieldType.MONTH)
NUMBERS = (FieldType.MONEY, FieldType.INTEGER, FieldType.DECIMAL)
TODAY = ("审查日", "@today")
WORDS = (("含有", "has"), ("不含", "lacks"), ("是", "is"), ("不是", "is_not"), ("已填写", "filled"), ("空着", "empty"))
DAYS = (
    ("晚于", "after"), ("早于", "before"), ("不早于", "not_before"), ("不晚于", "not_after"), ("已填写", "filled"),
    ("空着", "empty"),
)  # fmt: skip
AMOUNTS = (("大于", "over"), ("不少于", "at_least"), ("小于", "under"), ("不超过", "at_most"))
ANSWERS = (("为“是”", "yes"), ("为“否”", "no"))


def filled(box: QComboBox, items: Sequence[tuple[str, Any]]) -> QComboBox:
    """A box with these words and what they stand for."""
    box.clear()
    for text, data in items:
        box.addItem(text, data)
    return box


class ConditionRow(QWidget):
    """[表].[列] 比较 值."""

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self._columns = {each.ref: each for each in columns}
        self.column = filled(QComboBox(), [(each.said, each.ref) for each in columns])
        self.op, self.value = QComboBox(), QComboBox()
        self.value.setEditable(True)
        for widget, word in ((self.column, "哪一列"), (self.op, "怎样比"), (self.value, "与什么比")):
            widget.setAccessibleName(f"{name}：{word}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget, share in ((self.column, 4), (self.op, 2), (self.value, 4)):
            row.addWidget(widget, share)
        self.column.currentIndexChanged.connect(self._renew)
        self.op.currentIndexChanged.connect(self._renew_value)
        self._renew()

    def _renew(self) -> None:
        kind = self._type()
        ops = DAYS if kind in DATES else AMOUNTS if kind in NUMBERS else ANSWERS if kind is FieldType.BOOLEAN else WORDS
        filled(self.op, ops)
        example = "例如 2026-01-31" if kind in DATES else "只填数字" if kind in NUMBERS else "几个词用顿号隔开"
        self.value.lineEdit().setPlaceholderText(example)
        same = [each for each in self._columns.values() if each.type in DATES] if kind in DATES else []
        items = [TODAY] if kind in DATES else []
        filled(self.value, [*items, *((each.said, each.ref) for each in same)])
        self.value.setCurrentIndex(-1)
        self.value.setEditText("")
        self._renew_value()

    def _renew_value(self) -> None:
        self.value.setEnabled(self.op.currentData() not in ("filled", "empty", "yes", "no"))

    def _type(self) -> FieldType:
        each = self._columns.get(self.column.currentData())
        return each.type if each is not None else FieldType.TEXT

    def condition(self) -> dict[str, Any]:
        """What was filled in; UserError when it cannot be read."""
        of, op = self.column.currentData(), self.op.currentData()
        if of is None:
            raise UserError("没有选列", do="请选一列")
        if op in ("filled", "empty"):
            return {"of": of, "empty": op == "empty"}
        if op in ("yes", "no"):
            return {"of": of, "yes": op == "yes"}
        return {"of": of, op: self._given(op)}

    def _given(self, op: str) -> Any:
        text = self.value.currentText().strip()
        place = self.value.findText(text)
        if place >= 0:
            return self.value.itemData(place)
        if not text:
            raise UserError("没有填与什么比", do="请填写")
        if self._type() in DATES:
            try:
                return date.fromisoformat(text)
            except ValueError as error:
                raise UserError(f"“{text}”不是日期", do="请写成 2026-01-31 的样子，或者选一列") from error
        if op in ("over", "at_least", "under", "at_most"):
            return number(text)
        return [each.strip() for each in text.replace("，", "、").replace(",", "、").split("、") if each.strip()]


def number(text: str) -> int | Decimal:
    """A number as it was typed; UserError when it is none."""
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise UserError(f"“{text}”不是数", do="请填写数字，金额以元为单位") from error
    return int(found) if found == found.to_integral_value() else found
