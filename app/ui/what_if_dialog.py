"""Trying a case with other facts: texts to change on the left, the answers that become others on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Outcome, Verdict
from app.ui import law_words, look
from app.ui.plain_table import PlainTable
from app.ui.verdict_list import lacking

if TYPE_CHECKING:
    from app.core.actions.what_if import Asked, Typed
    from app.core.checks.reduction.what_if import Difference, Key, Tried

COLUMNS = (("规则", 4), ("名称", 9), ("改动前", 13), ("改动后", 13))
DAY_LETTERS = 7  # a day is never cut off
HINT = "在“改为”一栏填写要试的内容（写法与表格里一样，如 2024.5.1、六个月、三千元），再点“试算”。数据不会改变。"
NONE = "无此答复"
NO_SUMS = "选中上面的一条，这里列出改动前后的算式。"
EMPTY = "改动左边的项目，点“试算”以后，这里列出有变化的答复。"


class WhatIfDialog(QDialog):
    """Takes texts, reads each as it is typed, and shows what a trial answered."""

    tried = Signal(object)  # what was typed, by fact

    def __init__(self, parent: QWidget | None, title: str, asked: Sequence[Asked]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"试算：{title}")
        self._asked = asked
        self.fields: dict[Key, QLineEdit] = {}
        self.notes: dict[Key, QLabel] = {}
        self._differences: Sequence[Difference] = ()
        self._said = QLabel("还没有试算。")
        look.larger(self._said, bold=True)
        self._said.setWordWrap(True)
        self.table = PlainTable("有变化的答复", COLUMNS, wide=3)
        self.table.empty = EMPTY
        self.table.currentCellChanged.connect(lambda *_: self._show_sums())
        self.sums = QLabel(NO_SUMS)
        self.buttons = QDialogButtonBox()
        self.run = self.buttons.addButton("试算(&T)", QDialogButtonBox.ButtonRole.ActionRole)
        self.back = self.buttons.addButton("恢复原值(&B)", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        self.run.clicked.connect(self._try)
        self.back.clicked.connect(self.restore)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.run.setDefault(True)  # only now has the button its dialog
        self._renew()
        look.size(self, 92, 36)

    def typed(self) -> Mapping[Key, Typed]:
        """What was typed and differs from the text that came, read as the import reads it."""
        from app.core.actions.what_if import read_typed

        texts = {each.fact.key: self.fields[each.fact.key].text() for each in self._asked}
        changed = [each.fact for each in self._asked if texts[each.fact.key].strip() != each.fact.raw.strip()]
        return {each.key: read_typed(each, texts[each.key]) for each in changed}

    def restore(self) -> None:
        """Put back every text as it came."""
        for each in self._asked:
            self.fields[each.fact.key].setText(each.fact.raw)

    def show_tried(self, said: str, tried: Tried) -> None:
        """Show what became of the answers."""
        self._said.setText(said)
        self._differences = tried.differences
        self.table.setRowCount(len(tried.differences))
        for row, each in enumerate(tried.differences):
            self.table.write(row, 0, each.rule)
            self.table.write(row, 1, each.name)
            for column, verdict in ((2, each.before), (3, each.after)):
                self.table.write(row, column, answer(verdict), word=word_of(verdict))
        if tried.differences:
            self.table.selectRow(0)
        self._show_sums()

    def _try(self) -> None:
        self.tried.emit(self.typed())

    def _renew(self) -> None:
        typed = self.typed()
        for each in self._asked:
            read, note = typed.get(each.fact.key), self.notes[each.fact.key]
            note.setText("" if read is None else read.fault or read.note or f"读作 {read.read_as}")
            look.paint_text(note, look.colour_of("违法" if read is not None and read.fault else "提示"))
        self.run.setEnabled(bool(typed) and not any(each.fault for each in typed.values()))

    def _show_sums(self) -> None:
        row = self.table.currentRow()
        chosen = self._differences[row] if 0 <= row < len(self._differences) else None
        self.sums.setText(NO_SUMS if chosen is None else sums_html(chosen))

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        for column, text in enumerate(("项目", "现在", "改为", "")):
            head = QLabel(text)
            look.larger(head, bold=True)
            grid.addWidget(head, 0, column)
        place, shown = 0, ""
        for each in self._asked:
            if each.row != shown:
                shown, place = each.row, place + 1
                title = QLabel(each.row)
                look.larger(title, bold=True)
                grid.addWidget(title, place + 1, 0, 1, 4)
            place += 1
            self._add_field(grid, place + 1, each)
        for column, share in enumerate((3, 4, 4, 4)):
            grid.setColumnStretch(column, share)
        left, right, below = QScrollArea(), QSplitter(Qt.Orientation.Vertical), QScrollArea()
        for area, widget, name in ((left, inner, "可以试算的项目"), (below, self.sums, "改动前后的计算过程")):
            area.setWidgetResizable(True)
            area.setWidget(widget)
            area.setAccessibleName(name)
        self.sums.setWordWrap(True)
        self.sums.setTextFormat(Qt.TextFormat.RichText)
        self.sums.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sums.setMargin(look.letters(self, 0.5))
        right.addWidget(self.table)
        right.addWidget(below)
        right.setChildrenCollapsible(False)
        right.setSizes([450, 550])
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(right)
        both.setChildrenCollapsible(False)
        both.setSizes([480, 520])  # shares, not lengths
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        for widget in (hint, self._said, both, self.buttons):
            rows.addWidget(widget)
        rows.setStretchFactor(both, 1)

    def _add_field(self, grid: QGridLayout, place: int, each: Asked) -> None:
        field, note, now = QLineEdit(each.fact.raw), QLabel(), QLabel(each.fact.raw or "（空）")
        field.setAccessibleName(f"{each.row} {each.name} 改为".strip())
        field.textChanged.connect(self._renew)
        field.setMinimumWidth(look.letters(field, DAY_LETTERS))
        note.setWordWrap(True)
        now.setTextFormat(Qt.TextFormat.PlainText)
        now.setWordWrap(True)
        self.fields[each.fact.key], self.notes[each.fact.key] = field, note
        for column, widget in enumerate((QLabel(each.name), now, field, note)):
            grid.addWidget(widget, place, column)


def word_of(verdict: Verdict | None) -> str:
    """The coloured word of an answer."""
    return "" if verdict is None else str(verdict.level or verdict.outcome)


def answer(verdict: Verdict | None) -> str:
    """An answer in a line: its word, and what it says or lacks."""
    if verdict is None:
        return NONE
    more = lacking(verdict) if verdict.outcome is Outcome.NOT_EVALUATED else verdict.message
    return f"{word_of(verdict)}：{more}" if more else word_of(verdict)


def sums_html(each: Difference) -> str:
    """The sums before and after, side by side."""
    cells = "".join(
        f"<td width='50%' style='padding-right:8px'><b>{head}：{escape(answer(verdict))}</b>"
        f"{law_words.steps_html(verdict.steps) if verdict is not None else ''}</td>"
        for head, verdict in (("改动前", each.before), ("改动后", each.after))
    )
    basis = (each.after or each.before).basis if each.after or each.before else ()
    law = law_words.basis_html(basis)
    return f"<table width='100%'><tr valign='top'>{cells}</tr></table>" + (f"<p><b>依据</b></p>{law}" if law else "")
