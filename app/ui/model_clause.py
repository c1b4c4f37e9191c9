"""One clause of a model's sentence, filled in: what is asked of which column of which table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UserError
from app.core.findings import Level
from app.core.models.draft import Column
from app.ui import look
from app.ui.model_condition import AMOUNTS, DATES, NUMBERS, ConditionRow, filled, number
from app.ui.plain_buttons import answer_row

NONE = "（不选）"
HINT = "先选这一句问什么，再填下面的空；几句之间是“并且”。"
KINDS = ("本行", "期限", "有", "没有", "数额", "重叠", "计数", "排除")
TITLES = (
    "这一行的某一列符合条件", "某个日期起已经超过多少日（月）", "另一张表里有对应的行", "另一张表里没有对应的行",
    "一个数（或者两个数的差）达到多少", "两段时间有重叠", "同一单位（同一类）不少于多少件", "排除：符合条件的不算线索",
)  # fmt: skip


class ClauseDialog(QDialog):
    """Asks for one clause; `ready` with the step it makes."""

    ready = Signal(object)

    def __init__(self, parent: QWidget, columns: Sequence[Column], names: Mapping[str, str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("加一句")
        self._columns = columns
        self._first = next(iter(names))
        self._dates = [(each.said, each.ref) for each in columns if each.type in DATES]
        self._numbers = [(each.said, each.ref) for each in columns if each.type in NUMBERS]
        self._others = [(f"《{name}》", key) for key, name in names.items() if key != self._first]
        self.kind = filled(QComboBox(), list(zip(TITLES, KINDS, strict=True)))
        self.kind.setAccessibleName("这一句说什么")
        self.pages = QStackedWidget()
        self._read: dict[str, Callable[[], dict[str, Any]]] = {}
        for name in KINDS:
            self.pages.addWidget(self._page(name))
        self.kind.currentIndexChanged.connect(self.pages.setCurrentIndex)
        self.says = QLabel()
        self.says.setWordWrap(True)
        look.paint_text(self.says, look.colour_of(Level.UNLAWFUL))
        buttons, _ = answer_row(self, "加上")
        rows = QVBoxLayout(self)
        for widget in (QLabel(HINT), self.kind, self.pages, self.says, buttons):
            rows.addWidget(widget)
        self.setMinimumWidth(look.letters(self, 52))

    def accept(self) -> None:
        """Hand the step on, or say what is lacking."""
        try:
            step = self._read[self.kind.currentData()]()
        except UserError as fault:
            self.says.setText(str(fault))
            return
        self.ready.emit(step)
        super().accept()

    def _page(self, name: str) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        makers = {
            "本行": self._own, "期限": self._deadline, "有": self._with, "没有": self._without,
            "数额": self._amount, "重叠": self._overlap, "计数": self._count, "排除": self._exclude,
        }  # fmt: skip
        self._read[name] = makers[name](form)
        return page

    def _own(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        row = ConditionRow([each for each in self._columns if each.ref.startswith(f"{self._first}.")], "本行")
        form.addRow("若", row)
        return lambda: {"do": "match", "table": self._first, "where": [row.condition()]}

    def _deadline(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        since, until = self._box("起算日期", self._dates), self._box("算到哪一天", [("审查日", ""), *self._dates])
        length, unit = QSpinBox(), self._box("日还是月", [("日", "days"), ("个工作日", "workdays"), ("个月", "months")])
        length.setRange(0, 40_000)
        length.setValue(30)
        length.setAccessibleName("多少")
        for text, widget in (("若", until), ("晚于", since), ("加上", length), ("", unit)):
            form.addRow(text, widget)

        def step() -> dict[str, Any]:
            made = {"do": "deadline", "id": "clock", "from": _chosen(since), "length": length.value()}
            made |= {"counting": unit.currentData()}
            return made | ({"done": until.currentData()} if until.currentData() else {})

        return step

    def _with(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        return self._other(form, "match", "若在", "有")

    def _without(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        return self._other(form, "difference", "且在", "没有")

    def _other(self, form: QFormLayout, do: str, before: str, word: str) -> Callable[[], dict[str, Any]]:
        table, also = self._box(f"{word}：哪张表", self._others), QCheckBox("并且那一行")
        rows = QStackedWidget()
        conditions = []
        for _, key in self._others:
            conditions.append(ConditionRow([each for each in self._columns if each.ref.startswith(f"{key}.")], word))
            rows.addWidget(conditions[-1])
        rows.setEnabled(False)
        also.toggled.connect(rows.setEnabled)
        table.currentIndexChanged.connect(rows.setCurrentIndex)
        form.addRow(before, table)
        form.addRow(f"中{word}对应的行", also)
        form.addRow("", rows)

        def step() -> dict[str, Any]:
            made: dict[str, Any] = {"do": do, "table": _chosen(table)}
            return made | ({"where": [conditions[table.currentIndex()].condition()]} if also.isChecked() else {})

        return step

    def _amount(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        first, less = self._box("数额", self._numbers), self._box("减去", [(NONE, ""), *self._numbers])
        op, limit = self._box("怎样比", AMOUNTS), QLineEdit("0")
        limit.setAccessibleName("界限")
        for text, widget in (("若", first), ("减去", less), ("", op), ("金额写元", limit)):
            form.addRow(text, widget)

        def step() -> dict[str, Any]:
            value = [_chosen(first), *([f"-{less.currentData()}"] if less.currentData() else [])]
            return {"do": "threshold", "id": "gap", "value": value, op.currentData(): number(limit.text())}

        return step

    def _overlap(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        boxes = [self._box(text, self._dates) for text in ("第一段起", "第一段止", "第二段起", "第二段止")]
        least = QSpinBox()
        least.setRange(1, 40_000)
        for box in boxes:
            form.addRow(box.accessibleName(), box)
        form.addRow("至少几日", least)

        def step() -> dict[str, Any]:
            refs = [_chosen(each) for each in boxes]
            others = [each.partition(".")[0] for each in refs if not each.startswith(f"{self._first}.")]
            made = {"do": "overlap", "id": "both", "first": refs[:2], "second": refs[2:], "least": least.value()}
            return made | ({"table": others[0]} if others else {})

        return step

    def _count(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        own = [(each.said, each.ref) for each in self._columns if each.ref.startswith(f"{self._first}.")]
        by, least = self._box("按哪一列归类", own), QSpinBox()
        least.setRange(2, 10_000)
        least.setValue(3)
        form.addRow("同一", by)
        form.addRow("不少于（件）", least)
        return lambda: {"do": "count", "id": "group", "by": [_chosen(by)], "least": least.value()}

    def _exclude(self, form: QFormLayout) -> Callable[[], dict[str, Any]]:
        row, why = ConditionRow(self._columns, "排除"), QLineEdit()
        why.setAccessibleName("为什么排除")
        form.addRow("若", row)
        form.addRow("因为", why)

        def step() -> dict[str, Any]:
            if not why.text().strip():
                raise UserError("没有写为什么排除", do="请写一句，如“已经恢复执行”")
            condition = row.condition()
            table = str(condition["of"]).partition(".")[0]
            made = {"do": "exclude", "where": [condition], "says": why.text().strip(), "optional": True}
            return made | ({"table": table} if table != self._first else {})

        return step

    def _box(self, name: str, items: Sequence[tuple[str, Any]]) -> QComboBox:
        box = filled(QComboBox(), items)
        box.setAccessibleName(name)
        return box


def _chosen(box: QComboBox) -> str:
    """What a box stands at; UserError when there is nothing to choose."""
    if not box.currentData():
        raise UserError(f"没有可选的“{box.accessibleName()}”", do="请先加一张有这种列的表")
    return str(box.currentData())
