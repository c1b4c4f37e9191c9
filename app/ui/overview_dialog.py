"""The batches of the desk as wholes: how many proposals each has, what is conspicuous in it, and by which reckoning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.store.life_rows import Told
from app.core.store.rows import StoredFinding, StoredOverview
from app.ui import look
from app.ui.plain_table import PlainTable
from app.ui.verdicts_view import VerdictsView

COUNTED = (Level.UNLAWFUL, Level.DOUBT, Level.HINT, Level.DATA, Outcome.NOT_EVALUATED)
WORDS = ("违法", "存疑", "提示", "数据", "未判断")
COLUMNS = (("单位", 9), ("批次", 12), ("件数", 3.5), *((word, 4) for word in WORDS), ("审查日", 6))
MOST_BATCHES_UNSCROLLED = 6
HINT = (
    "这里看的是一批案件的整体，不是对某一件、某个人的认定，更不等于有违法：只提示哪里值得了解原因。"
    "不足 {least} 人（件）的监区不作比较，也不列名，因为人数太少时比例高低多半出于偶然；整批不足 {least} 件的，"
    "各项写明“未能判断”。"
)


class OverviewDialog(QDialog):
    """Shows batch by batch what the rules say of it; tells which cases the user wants to see in the list."""

    row_wanted = Signal(object)  # an Evidence
    decision_wanted = Signal(object, object)  # a StoredFinding, a State or an Extra
    cases_wanted = Signal(object)  # the Verdict whose cases are to be listed

    def __init__(
        self, parent: QWidget | None, overviews: Sequence[StoredOverview], least: int, life_of: Callable[[str], Told]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("批次情况")
        self._overviews = list(overviews)
        hint = QLabel(HINT.format(least=least))
        hint.setWordWrap(True)
        self.table = PlainTable("各批次", COLUMNS, wide=1)
        self.table.fill(_line(each) for each in self._overviews)
        self._colour()
        self.table.fit(MOST_BATCHES_UNSCROLLED)
        self._head = QLabel()
        look.larger(self._head, 1.1, bold=True)
        self.view = VerdictsView()
        self.view.detail.life_of = life_of
        self.view.setOrientation(Qt.Orientation.Horizontal)
        self.view.setSizes([450, 550])
        self.view.row_wanted.connect(self.row_wanted)
        self.view.decision_wanted.connect(self.decision_wanted)
        self.view.chosen.connect(self._renew_button)
        self.buttons = QDialogButtonBox()
        self.cases = self.buttons.addButton("在案件列表中查看所涉案件(&L)", QDialogButtonBox.ButtonRole.ActionRole)
        self.cases.clicked.connect(self._want_cases)
        self.cases.setAutoDefault(False)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (hint, self.table, self._head):
            rows.addWidget(each)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.buttons)
        self.table.itemSelectionChanged.connect(self._show_overview)
        look.size(self, 72, 38)
        self._show_overview()

    def overview(self) -> StoredOverview:
        """The batch that is shown."""
        return self._overviews[max(self.table.currentRow(), 0)]

    def renew(self, overviews: Sequence[StoredOverview]) -> None:
        """A person's word was put down: show the findings as they are now, with the cursor where it was."""
        self._overviews = list(overviews)
        kept = self.view.chosen_finding()
        self._show_overview()
        self.view.go_to(kept.key if kept else None)

    def chosen_finding(self) -> StoredFinding | None:
        """The finding the cursor stands on."""
        return self.view.chosen_finding()

    def _show_overview(self) -> None:
        each = self.overview()
        self._head.setText(f"{each.unit}　{each.label}：{each.cases} 件")
        self.view.show_verdicts(each.verdicts, each.findings)
        self._renew_button()

    def _renew_button(self) -> None:
        verdict = self.view.chosen_verdict()
        self.cases.setEnabled(verdict is not None and bool(verdict.evidence))

    def _want_cases(self) -> None:
        verdict = self.view.chosen_verdict()
        if verdict is not None:
            self.cases_wanted.emit(verdict)

    def _colour(self) -> None:
        for row in range(self.table.rowCount()):
            for place, word in enumerate(COUNTED):
                column = len(COLUMNS) - len(COUNTED) - 1 + place
                self.table.write(row, column, self.table.item(row, column).text(), word=word)


def _line(each: StoredOverview) -> Sequence[str]:
    said = [verdict.level if verdict.outcome is Outcome.FOUND else verdict.outcome for verdict in each.verdicts]
    counts = (str(said.count(word) or "") for word in COUNTED)
    return each.unit, each.label, str(each.cases), *counts, each.as_of
