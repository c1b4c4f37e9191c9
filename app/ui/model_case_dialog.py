"""One of a model's own cases, filled in: rows list by list and column by column, and what must come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.models.parts import CaseKind, Expect
from app.core.models.read import EXPECTED
from app.core.models.trying import KINDS, WORDS
from app.core.records import Field
from app.ui import look
from app.ui.model_condition import filled

HINT = (
    "左边是列名，一竖栏是一行数据；问的是第一张表的第 1 行。空着就是那一格没有填；写“无此列”是表里没有这一列。"
    "日期写成 2026-01-31，金额写元。人名、单位名请虚构。"
)
MOST_ROWS = 20


class RowsPage(QWidget):
    """The rows of one list; `rows` is None while it counts as not imported."""

    def __init__(self, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]] | None, *, first: bool) -> None:
        super().__init__()
        self._fields, self._first = tuple(fields), first
        self.absent = QCheckBox("当作没有导入这张表")
        self.absent.setVisible(not first)
        self.absent.setChecked(rows is None and not first)
        self.grid = QTableWidget(len(self._fields), max(len(rows or ()), int(first)))
        self.grid.setAccessibleName("各行")
        self.grid.setTabKeyNavigation(False)
        self.grid.setVerticalHeaderLabels([each.name for each in self._fields])
        self.grid.horizontalHeader().setDefaultSectionSize(look.letters(self, 14))
        self.grid.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, row in enumerate(rows or ()):
            for place, each in enumerate(self._fields):
                self.grid.setItem(place, column, QTableWidgetItem(plain(row.get(each.id, ""))))
        column = QVBoxLayout(self)
        tools = QHBoxLayout()
        self.more, self.less = QPushButton("加一行"), QPushButton("去掉最后一行")
        for button, slot in ((self.more, self._add), (self.less, self._drop)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            tools.addWidget(button)
        tools.addStretch(1)
        column.addWidget(self.absent)
        column.addWidget(self.grid, 1)
        column.addLayout(tools)
        self.absent.toggled.connect(self._renew)
        self._renew()

    def rows(self) -> list[dict[str, Any]] | None:
        """What stands in the grid, without the empty cells."""
        if self.absent.isChecked():
            return None
        found = []
        for column in range(self.grid.columnCount()):
            cells = {each.id: self._text(place, column) for place, each in enumerate(self._fields)}
            found.append({name: text for name, text in cells.items() if text})
        return found

    def _text(self, row: int, column: int) -> str:
        item = self.grid.item(row, column)
        return item.text().strip() if item is not None else ""

    def _add(self) -> None:
        if self.grid.columnCount() < MOST_ROWS:
            self.grid.setColumnCount(self.grid.columnCount() + 1)
            self._renew()

    def _drop(self) -> None:
        self.grid.setColumnCount(max(self.grid.columnCount() - 1, int(self._first)))
        self._renew()

    def _renew(self) -> None:
        there = not self.absent.isChecked()
        self.grid.setHorizontalHeaderLabels([f"第 {place} 行" for place in range(1, self.grid.columnCount() + 1)])
        for each in (self.grid, self.more, self.less):
            each.setEnabled(there)


class CaseDialog(QDialog):
    """Asks for one case; `try_wanted` and `ready` with it as the model's file holds it."""

    ready = Signal(object)
    try_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        case: Mapping[str, Any],
        tables: Sequence[tuple[str, str, Sequence[Field]]],
        leads: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("案例")
        self.name, self.day = QLineEdit(str(case.get("name", ""))), QLineEdit(plain(case.get("as_of", "")))
        self.name.setPlaceholderText("例如：吊销以后不是线索")
        self.kind = filled(QComboBox(), [(word, kind.value) for kind, word in KINDS.items()])
        self.expect = filled(QComboBox(), [(word, kind.value) for kind, word in WORDS.items()])
        self.lead = filled(QComboBox(), [("（哪一条都可以）", ""), *leads])
        self.words = QLineEdit(str(case.get("says", "")))
        self.words.setPlaceholderText("可以不填；填了，线索的话里要有这几个字")
        form = QFormLayout()
        for title, widget in (
            ("案例名称", self.name), ("种类", self.kind), ("审查日", self.day), ("应当是", self.expect),
            ("应当得出", self.lead), ("话里应当有", self.words),
        ):  # fmt: skip
            widget.setAccessibleName(title)
            form.addRow(f"{title}：", widget)
        self.tabs, self.pages = QTabWidget(), {}
        given = case.get("rows", {})
        for place, (key, name, fields) in enumerate(tables):
            self.pages[key] = page = RowsPage(fields, given.get(key), first=not place)
            self.tabs.addTab(page, name)
        self.says, hint = QLabel(), QLabel(HINT)
        rows = QVBoxLayout(self)
        rows.addLayout(form)
        for label in (hint, self.says):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton("确定(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.test = buttons.addButton("试一试(&R)", QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.test.clicked.connect(self._test)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for widget in (hint, self.tabs, self.says, buttons):
            rows.addWidget(widget, int(widget is self.tabs))
        self.kind.setCurrentIndex(max(self.kind.findData(case.get("kind", "")), 0))
        self.kind.currentIndexChanged.connect(self._renew)
        self._renew()
        self.expect.setCurrentIndex(max(self.expect.findData(case.get("expect", self.expect.currentData())), 0))
        self.lead.setCurrentIndex(max(self.lead.findData(case.get("lead", "")), 0))
        look.size(self, 56, 32)

    def accept(self) -> None:
        """Hand the case on, or say what is lacking."""
        if self._whole():
            self.ready.emit(self.case())
            super().accept()

    def case(self) -> dict[str, Any]:
        """The case as the model's file holds it."""
        kind = CaseKind(self.kind.currentData())
        made: dict[str, Any] = {"name": self.name.text().strip(), "kind": kind.value}
        made["as_of"] = date.fromisoformat(self.day.text().strip())
        if kind is CaseKind.BOUNDARY:
            made["expect"] = self.expect.currentData()
        if self.lead.currentData() and self.expect.currentData() == Expect.LEAD.value:
            made["lead"] = self.lead.currentData()
        if self.words.text().strip():
            made["says"] = self.words.text().strip()
        given = {key: page.rows() for key, page in self.pages.items()}
        return made | {"rows": {key: rows for key, rows in given.items() if rows is not None}}

    def say(self, text: str, *, good: bool) -> None:
        """Tell how the case comes out."""
        self.says.setText(text)
        look.paint_text(self.says, look.colour_of(Outcome.LAWFUL if good else Level.UNLAWFUL))

    def _test(self) -> None:
        if self._whole():
            self.try_wanted.emit(self.case())

    def _whole(self) -> bool:
        try:
            date.fromisoformat(self.day.text().strip())
        except ValueError:
            self.say("审查日请写成 2026-01-31 的样子。", good=False)
            return False
        if not self.name.text().strip():
            self.say("请填写案例名称。", good=False)
            return False
        return True

    def _renew(self) -> None:
        kind = CaseKind(self.kind.currentData())
        if kind in EXPECTED:
            self.expect.setCurrentIndex(self.expect.findData(EXPECTED[kind].value))
        self.expect.setEnabled(kind not in EXPECTED)


def plain(value: Any) -> str:
    """A value of a case as it is typed."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
