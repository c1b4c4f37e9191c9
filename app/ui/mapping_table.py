"""Which column is which field: one line a column with its header, samples from below, and a box to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox

from app.core.findings import Level
from app.core.intake.marks import shown
from app.core.intake.split import Split
from app.core.intake.wanted import is_key
from app.core.records import Field, TableKind
from app.ui import look
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.receive import SheetPlan

COLUMNS = (("列", 2.5), ("表头", 8), ("样例", 6), ("对应字段", 10), ("用于哪些审查", 7), ("依据", 5))
FIELD_COLUMN, RULES_COLUMN, HOW_COLUMN = 3, 4, 5
NOT_USED = "（不使用）"
SAMPLES = 3
LOOKED_AT = 60
KEY = "识别人员"


OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


class _Box(QComboBox):
    """A box that changes only by a choice: passing over its lines with wheel or arrows would rob other columns."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the wheel only for who holds the cursor."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows unfold it; Enter then takes the line they stand on."""
        if event.key() in OPENING:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class MappingTable(PlainTable):
    """Shows a plan's mapping and tells when the user changed it."""

    mended = Signal(object)  # column index → field id

    def __init__(self) -> None:
        super().__init__("列与字段的对应", COLUMNS, wide=2, least=3)
        self.boxes: dict[int, _Box] = {}
        self._choices: QStandardItemModel | None = None
        self._splits: tuple[Split, ...] = ()
        self.setSelectionMode(self.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_plan(self, plan: SheetPlan) -> None:
        """Show a plan; nothing while it has no header. The cursor stays in the box of its column."""
        held = next((column for column, box in self.boxes.items() if box.hasFocus()), None)
        self.boxes = {}
        self.setRowCount(0)
        if plan.header is None:
            return
        mapping = plan.mapping
        self._splits = plan.header.splits
        self._choices = _choices(mapping.table) if mapping is not None else None
        labels = plan.header.labels
        self.setRowCount(len(labels))
        for column, label in enumerate(labels):
            samples = _samples(plan.sheet.rows[plan.header.last : plan.header.last + LOOKED_AT], column)
            field = mapping.columns.get(column) if mapping is not None else None
            how = mapping.how.get(column, "") if mapping is not None else ""
            self.write(column, 0, letter(column))
            self.write(column, 1, label or "（空）", bold=field is not None)
            self.write(column, 2, "　".join(samples))
            self._write_rules(column, field)
            how = how if field is not None else "没有用到" if label else ""
            self.write(column, HOW_COLUMN, how, word="" if field else Level.DATA)
            if self._choices is not None:
                self._put_box(column, label, self._choices, field.id if field is not None else "")
        self.verticalHeader().setDefaultSectionSize(look.lines(self, 1.9))
        if held in self.boxes:
            self.boxes[held].setFocus()

    def _write_rules(self, column: int, field: Field | None) -> None:
        """Which checks cannot do without a column: how many in the cell, all of them in the tooltip."""
        from app.core.checks.names import spoken

        names = [spoken(each) for each in field.unlocks] if field is not None else []
        key = field is not None and is_key(field)
        text = f"{len(names)} 项：{'、'.join(names)}" if names else KEY if key else ""
        self.write(column, RULES_COLUMN, text)

    def _put_box(self, column: int, label: str, choices: QStandardItemModel, chosen: str) -> None:
        box = _Box()
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setModel(choices)
        box.setAccessibleName(f"{letter(column)}列“{label}”对应的字段")
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.activated.connect(lambda _place, column=column: self._mend(column))
        self.setCellWidget(column, FIELD_COLUMN, box)
        self.boxes[column] = box

    def _mend(self, changed: int) -> None:
        """One box was changed; a field chosen twice leaves the older column, unless both are parts of one value."""
        chosen = {column: box.currentData() for column, box in self.boxes.items()}
        wanted = chosen[changed]
        beside = {changed, *(c for each in self._splits if changed in each.columns for c in each.columns)}
        self.mended.emit({c: f for c, f in chosen.items() if f and (f != wanted or c in beside)})


def letter(column: int) -> str:
    """A column's letters as the spreadsheet shows them: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _choices(table: TableKind) -> QStandardItemModel:
    model = QStandardItemModel()
    for words, data in (
        (NOT_USED, ""),
        *((f"{each.name}{' *' if each.required else ''}", each.id) for each in table.fields),
    ):
        item = QStandardItem(words)
        item.setData(data, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


def _samples(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    texts = (shown(row[column]).strip() for row in rows if column < len(row))
    return list(dict.fromkeys(each.replace("\n", " ") for each in texts if each))[:SAMPLES]
