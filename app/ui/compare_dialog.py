"""A list beside the one before it: what is new, what changed and from what to what, and what has to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.store.rows import Question, QuestionState
from app.ui import look, talk
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.compare import Beside, Shown

MOST_LISTED = 500
CHANGED = (("行", 3), ("姓名、编号", 13), ("列", 9), ("原来", 12), ("现在", 12))
NEW = (("行", 3), ("姓名、编号", 13), ("主要内容", 30))
MISSED = (("姓名、编号", 13), ("情况", 18), ("状态", 5), ("说明", 14))
HINT = "消失的行没有删除，案件也没有关闭：请向报送单位核实，再写明情况。再次出现的行自动对上，不用填写。"


class CompareDialog(QDialog):
    """Shows three tabs; tells which questions the user answered and with what words."""

    answered = Signal(object, str)  # ids of questions

    def __init__(self, parent: QWidget | None, shown: Beside) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("与上一批比较")
        self._questions: Sequence[Question] = ()
        self._head, self._hint = QLabel(), QLabel(HINT)
        look.larger(self._head, bold=True)
        self.changed, self.new = PlainTable("变化的行", CHANGED, wide=4), PlainTable("新增的行", NEW, wide=2)
        self.missed = PlainTable("消失的行", MISSED, wide=3)
        self.missed.setSelectionMode(PlainTable.SelectionMode.ExtendedSelection)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("比较的结果")
        for each in (self.changed, self.new, self.missed):
            self.tabs.addTab(each, each.accessibleName())
        self.buttons = QDialogButtonBox()
        self.answer = self.buttons.addButton("写明核实情况(&N)…", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.answer.clicked.connect(self.ask_answer)
        self.missed.itemSelectionChanged.connect(self._renew_button)
        self.tabs.currentChanged.connect(self._renew_button)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (self._head, self.tabs, self._hint, self.buttons):
            rows.addWidget(widget)
        rows.setStretchFactor(self.tabs, 1)
        for label in (self._head, self._hint):
            label.setWordWrap(True)
        self.show_all(shown)
        full = [table for table in (self.missed, self.changed, self.new) if table.rowCount()]
        self.tabs.setCurrentWidget(full[0] if full else self.changed)
        close.setFocus()
        look.size(self, 66, 28)

    def show_all(self, shown: Beside) -> None:
        """Show these rows instead of those that were there."""
        self._head.setText(_headline(shown))
        self._questions = shown.questions
        new = shown.batch.accepted - sum(shown.times)
        self.changed.fill(_changed_lines(shown))
        self.new.fill((str(each.row), each.person, _contents(each)) for each in shown.new)
        self.missed.setRowCount(len(self._questions))
        for row, question in enumerate(self._questions):
            self._write_question(row, question)
        for place, (name, count, listed) in enumerate(
            (
                ("变化", shown.times.changed, len(shown.changed)),
                ("新增", new, len(shown.new)),
                ("消失、待核实", len(self._questions), len(self._questions)),
            )
        ):
            cut = f"，列出前 {listed}" if listed < count else ""
            self.tabs.setTabText(place, f"{name}（{count}{cut}）")
        if self._questions and not self.missed.selectedItems():
            self.missed.selectRow(0)
        self._renew_button()

    def ask_answer(self) -> None:
        """Ask for words about the chosen rows and hand them on."""
        chosen = self._chosen()
        if not chosen:
            return
        whom = chosen[0].person if len(chosen) == 1 else f"{chosen[0].person}等 {len(chosen)} 行"
        note = talk.ask_reason(self, "写明核实情况", f"{whom}：经核实的情况（必填，会写入日志）：")
        if note is not None:
            self.answered.emit([each.id for each in chosen], note)

    def _chosen(self) -> list[Question]:
        rows = sorted({each.row() for each in self.missed.selectionModel().selectedRows()})
        return [self._questions[row] for row in rows if row < len(self._questions)]

    def _renew_button(self) -> None:
        missed = self.tabs.currentWidget() is self.missed
        self._hint.setVisible(missed)
        self.answer.setEnabled(missed and bool(self._chosen()))

    def _write_question(self, row: int, question: Question) -> None:
        state = "已再次出现" if question.back_in else question.state.value
        asked = not question.back_in and question.state is QuestionState.OPEN
        word = Level.DOUBT if asked else Outcome.NOT_APPLICABLE
        note = f"{question.note}（{question.answered_by}，{question.answered_at[:10]}）" if question.note else ""
        for column, text in enumerate((question.person, question.what, state, note)):
            self.missed.write(row, column, text, word=word)


def _headline(shown: Beside) -> str:
    batch, before = shown.batch, shown.before
    whose = f"（{batch.unit}）" if batch.unit else ""
    if before is None:
        return f"“{batch.file}”{whose}是第一份，没有可比较的。"
    new = batch.accepted - sum(shown.times)
    told = f"新增 {new} 行，变化 {shown.times.changed} 行，未变 {shown.times.same} 行，消失 {len(shown.questions)} 行。"
    return f"“{batch.file}”{whose}与{before.imported_at[:10]}导入的“{before.file}”比较：{told}"


def _changed_lines(shown: Beside) -> Iterator[Sequence[str]]:
    for each in shown.changed:
        for place, change in enumerate(each.fields):
            first = (str(each.row), each.person) if place == 0 else ("", "")
            yield *first, change.field, change.before, change.after


def _contents(row: Shown) -> str:
    return "；".join(f"{column}：{text}" for column, _, text in row.fields)
