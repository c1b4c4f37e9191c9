"""A table for a model being written: one the program knows, or the columns of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level
from app.core.records import Field, FieldType, TableKind
from app.ui import look, talk
from app.ui.model_condition import filled
from app.ui.plain_buttons import answer_row

TYPES = (
    ("文字", "text"), ("姓名、名称", "name"), ("身份证号", "id_number"), ("编号", "number_text"), ("日期", "date"),
    ("月份", "month"), ("金额", "money"), ("整数", "integer"), ("小数", "decimal"), ("是否", "boolean"),
    ("刑期", "sentence"), ("期限", "term"),
)  # fmt: skip
OWN = "（从一份表格取列）"
HINT = "选一份表格，程序读出列名、猜出每列是什么；猜错的在下面改。必需的列空着的行会被退回。"
Sheets = Sequence[tuple[str, list[dict[str, Any]]]]


class TableForm(QDialog):
    """Asks for one table; `ready` with its declaration and the id of the known table it uses, "" for one of its own."""

    ready = Signal(object, str)
    file_chosen = Signal(object)  # a path, whose sheets are to be given to `show_sheets`

    def __init__(self, parent: QWidget, known: Mapping[str, TableKind]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("加一张表")
        self._known, self._sheets = known, []
        self._fields: list[dict[str, Any]] = []
        choices = [(f"《{each.name}》（{each.holder}）", each.id) for each in known.values()]
        self.source = filled(QComboBox(), [(OWN, ""), *choices])
        self.source.setAccessibleName("哪张表")
        self.file = QPushButton("选一份表格(&F)…")
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("哪个工作表")
        self.name, self.holder = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如：交通肇事逃逸生效判决名单")
        self.holder.setPlaceholderText("谁提供，例如：人民法院")
        self.columns = QTableWidget(0, 3)
        self.columns.setHorizontalHeaderLabels(["列名", "是什么", "必需"])
        self.columns.setAccessibleName("各列")
        self.columns.setTabKeyNavigation(False)
        self.columns.verticalHeader().hide()
        self.columns.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.columns.horizontalHeader().setStretchLastSection(True)
        for column, letters in enumerate((18, 10, 5)):
            self.columns.setColumnWidth(column, look.letters(self, letters))
        self.hint, self.says = QLabel(HINT), QLabel()
        for label in (self.hint, self.says):
            label.setWordWrap(True)
        look.paint_text(self.says, look.colour_of(Level.UNLAWFUL))
        buttons, _ = answer_row(self, "加上")
        form = QFormLayout()
        for text, widget in (
            ("用哪张表：", self.source), ("", self.file), ("工作表：", self.sheet), ("表名：", self.name),
            ("谁提供：", self.holder),
        ):  # fmt: skip
            form.addRow(text, widget)
        rows = QVBoxLayout(self)
        rows.addLayout(form)
        for widget in (self.hint, self.columns, self.says, buttons):
            rows.addWidget(widget)
        self.file.clicked.connect(self._choose)
        self.sheet.currentIndexChanged.connect(self._show_columns)
        self.source.currentIndexChanged.connect(self._renew)
        look.size(self, 46, 30)

    def show_sheets(self, path: Path, sheets: Sheets) -> None:
        """Offer the sheets of a workbook."""
        self._sheets = list(sheets)
        self.name.setText(self.name.text() or path.stem[:40])
        filled(self.sheet, [(name, place) for place, (name, _) in enumerate(sheets)])
        self._show_columns()

    def accept(self) -> None:
        """Hand the table on, or say what is lacking."""
        use = str(self.source.currentData() or "")
        if use:
            kind = self._known[use]
            self.ready.emit(kind, use if kind.desk != "models" else "")
            super().accept()
            return
        fields = self._read()
        if not self._fields or not self.name.text().strip() or not self.holder.text().strip():
            self.says.setText("请选一份表格，并填写表名和由谁提供。")
            return
        if not any(each.required for each in fields):
            self.says.setText("至少勾选一列“必需”，程序凭它认出这张表。")
            return
        kind = TableKind("", self.name.text().strip(), self.holder.text().strip(), "models", tuple(fields))
        self.ready.emit(kind, "")
        super().accept()

    def _choose(self) -> None:
        paths = talk.choose_tables(self, "")
        if paths:
            self.file_chosen.emit(paths[0])

    def _renew(self) -> None:
        own = not self.source.currentData()
        for each in (self.file, self.sheet, self.name, self.holder, self.columns, self.hint):
            each.setVisible(own)

    def _show_columns(self) -> None:
        place = self.sheet.currentData()
        self._fields = self._sheets[place][1] if self._sheets and place is not None else []
        self.columns.setRowCount(len(self._fields))
        for row, field in enumerate(self._fields):
            self.columns.setItem(row, 0, QTableWidgetItem(field["name"]))
            box = filled(QComboBox(), TYPES)
            box.setCurrentIndex(box.findData(field["type"]))
            box.setAccessibleName(f"{field['name']}是什么")
            self.columns.setCellWidget(row, 1, box)
            tick = QTableWidgetItem()
            tick.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            tick.setCheckState(Qt.CheckState.Checked if field.get("required") else Qt.CheckState.Unchecked)
            self.columns.setItem(row, 2, tick)

    def _read(self) -> list[Field]:
        found = []
        for row, field in enumerate(self._fields):
            name = self.columns.item(row, 0).text().strip()
            kind = FieldType(self.columns.cellWidget(row, 1).currentData())
            required = self.columns.item(row, 2).checkState() == Qt.CheckState.Checked
            synonyms = (field["name"],) if name != field["name"] else ()
            if name:
                found.append(Field(field["id"], name, kind, synonyms, required))
        return found
