"""Beside a sheet's columns: its first rows as they will be read, the checks they allow, and the columns it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.intake.wanted import absent
from app.ui import look
from app.ui.intake_preview import Preview
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.coverage import Coverage, RuleCover
    from app.core.actions.receive import SheetPlan

RULES = (("审查", 11), ("能判断", 5.5), ("占比", 3.5), ("其余缺什么", 14))
COLUMNS = (("没有的列", 9), ("项数", 3), ("补上以后可以做的审查", 14))
PAUSE = 300  # milliseconds of rest before the checks are tried
NOT_ASKED = "不涉及"
TRYING = "正在试查……"
NO_ROWS = "没有可以试查的行。"
RAN = "用前面 {rows} 件试查："
FILLED = "按前面 {rows} 行需要的各列是否填写估算："
NONE_LACKING = "审查用得到的列都有。"
LACKING = "下面的列这张表里没有。补上以后可以多做的审查列在旁边，用处大的排在前面。"


class IntakeDetail(QTabWidget):
    """Three pages about the sheet that is chosen; the checks are tried when its reading has rested a moment."""

    cover_wanted = Signal(object)  # SheetPlan
    asking_wanted = Signal(str)  # table id

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("所选表的预览和用途")
        self.preview = Preview()
        self.rules = PlainTable("能做的审查", RULES, wide=3)
        self.columns = PlainTable("缺少的列", COLUMNS, wide=2)
        self.covered, self.lacking = QLabel(), QLabel()
        self.ask = QPushButton("调取这些数据(&Q)…")
        self._plan: SheetPlan | None = None
        self._rest = QTimer(self, interval=PAUSE, singleShot=True)
        self._rest.timeout.connect(lambda: self.cover_wanted.emit(self._plan))
        self.ask.setAutoDefault(False)
        self.ask.clicked.connect(self._ask)
        self.addTab(self.preview, "预览")
        self.addTab(_page(self.covered, self.rules), "能审查什么")
        self.addTab(_page(self.lacking, self.columns, self.ask), "缺少的列")

    def show_plan(self, plan: SheetPlan | None) -> None:
        """Another sheet, or the same one read otherwise; None for none that can be read."""
        self._plan = plan
        self.rules.setRowCount(0)
        self.covered.setText("")
        self._show_lacking()
        self._rest.stop()
        if plan is not None and plan.mapping is not None:
            self.covered.setText(TRYING)
            self._rest.start()

    def show_coverage(self, plan: SheetPlan, found: Coverage) -> None:
        """What the checks said; let go when the user has gone on to another sheet."""
        if plan is not self._plan:
            return
        head = (RAN if found.ran else FILLED).format(rows=found.rows)
        counts = f"{found.whole()} 项审查都能判断，{found.partly()} 项部分能判断，{found.none()} 项不能判断。"
        self.covered.setText(head + counts if found.rows else NO_ROWS)
        self.rules.setRowCount(len(found.rules))
        for row, each in enumerate(found.rules):
            self._write_rule(row, each, "件" if found.ran else "行")

    def stop(self) -> None:
        """The dialog closes: nothing more is asked."""
        self._rest.stop()

    def _write_rule(self, row: int, each: RuleCover, unit: str) -> None:
        lacking = "、".join(f"{item} {count} {unit}" for item, count in each.lacking)
        if not each.asked:
            texts, word = (each.name, NOT_ASKED, "", ""), str(Outcome.NOT_APPLICABLE)
        else:
            share = f"{each.judged * 100 // each.asked}%"
            texts = (each.name, f"{each.judged}/{each.asked} {unit}", share, lacking)
            word = "" if each.judged == each.asked else Level.DOUBT if each.judged else Level.UNLAWFUL
        for column, text in enumerate(texts):
            self.rules.write(row, column, text, word=word if column else "")

    def _show_lacking(self) -> None:
        from app.core.checks.names import spoken

        plan = self._plan
        mapping = plan.mapping if plan is not None else None
        lacking = absent(mapping.table, mapping.field_ids()) if mapping is not None else ()
        self.columns.setRowCount(len(lacking))
        for row, field in enumerate(lacking):
            names = "、".join(map(spoken, field.unlocks))
            for column, text in enumerate((field.name, str(len(field.unlocks)), names)):
                self.columns.write(row, column, text)
        self.lacking.setText("" if mapping is None else LACKING if lacking else NONE_LACKING)
        self.ask.setEnabled(bool(lacking))
        self.setTabText(2, f"缺少的列（{len(lacking)}）" if lacking else "缺少的列")

    def _ask(self) -> None:
        if self._plan is not None and self._plan.mapping is not None:
            self.asking_wanted.emit(self._plan.mapping.table.id)


def _page(head: QLabel, table: PlainTable, button: QPushButton | None = None) -> QWidget:
    page = QWidget()
    rows = QVBoxLayout(page)
    margin = look.letters(page, 0.3)
    rows.setContentsMargins(margin, margin, margin, margin)
    head.setWordWrap(True)
    rows.addWidget(head)
    rows.addWidget(table, 1)
    if button is not None:
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return page
