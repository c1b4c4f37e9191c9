"""The findings of one case, to choose those a document is to rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QGroupBox, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout

from app.core.findings import State
from app.core.store.rows import StoredFinding
from app.ui import look

TITLE = "只用勾选的线索(&K)"
ROWS, LETTERS = 4, 18  # of the list at least


class FindingChoice(QGroupBox):
    """Off, the program takes the findings that ask for a document; on, those that are ticked. Hidden without any."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.case = 0
        self.list = QListWidget()
        self.list.setAccessibleName("这件案件的线索")
        self.list.setWordWrap(True)
        self.list.setMinimumSize(look.letters(self, LETTERS), look.lines(self, ROWS))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setCheckable(True)
        self.setChecked(False)
        rows = QVBoxLayout(self)
        rows.addWidget(self.list)
        self.hide()
        self.toggled.connect(self.changed)
        self.list.itemChanged.connect(self.changed)

    def offer(self, case: int, findings: Sequence[StoredFinding]) -> None:
        """Show the findings of a case; those that were excluded bear no document and are left out."""
        self.case = case
        self.list.clear()
        for each in findings:
            if each.state is State.EXCLUDED:
                continue
            verdict = each.verdict
            weight = "·".join(str(part) for part in (verdict.level, verdict.gravity) if part)
            item = QListWidgetItem(f"{weight}　{verdict.rule_name}（{each.state}）：{verdict.message}")
            item.setToolTip(verdict.message)
            item.setForeground(QBrush(look.colour_of(str(verdict.level))))
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.setVisible(self.list.count() > 0)

    def keys(self) -> frozenset[str] | None:
        """The findings ticked; None when it is left to the program."""
        if not self.isChecked():
            return None
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = (each for each in items if each.checkState() is Qt.CheckState.Checked)
        return frozenset(each.data(Qt.ItemDataRole.UserRole) for each in ticked)
