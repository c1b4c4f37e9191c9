"""Writing a model by filling in a sentence: its tables, its clauses, what is then said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.models.draft import add_table, columns, fields_of, joined_by
from app.core.records import TableKind
from app.ui import look
from app.ui.hollow import HollowList
from app.ui.model_case_dialog import CaseDialog
from app.ui.model_clause import ClauseDialog
from app.ui.model_lead import LeadBox
from app.ui.model_table_form import TableForm
from app.ui.model_trial import ModelTrial
from app.ui.plain_buttons import button_row, plain_button
from app.ui.room import keep

if TYPE_CHECKING:
    from app.core.actions.model_author import Previewed

NO_TABLE = "还没有表。点“加一张表”。"
NO_CLAUSE = "没有对每条线索都要问的句子。只问一条线索的，加在下面那条线索里。"
PAUSE = 700  # milliseconds without a key before what was written is tried
LINES = (
    ("name", "模型名称", "例如：交通肇事逃逸后驾驶证未吊销"),
    ("point", "监督点", "一句话说明查什么"),
    ("reason", "本版理由", "为什么写、为什么改，写入日志"),
)


class ModelForm(QDialog):
    """Holds the draft as plain data; tells when it wants to be tried, kept, or given the columns of a workbook."""

    try_wanted = Signal()
    cases_wanted = Signal()
    case_try_wanted = Signal(object)  # a case that is being filled in
    keep_wanted = Signal()
    sheets_wanted = Signal(object, object)  # a path and the form that waits for its sheets

    def __init__(self, parent: QWidget, data: dict[str, Any], known: Mapping[str, TableKind], today: date) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("编写监督模型")
        self.data, self._known, self._today = data, known, today
        self.lines: dict[str, QLineEdit] = {}
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._try)
        self.trial = ModelTrial()
        self.trial.draft.clicked.connect(self._draft_cases)
        self.trial.buttons["add"].clicked.connect(self._add_case)
        self.trial.buttons["edit"].clicked.connect(self._edit_case)
        self.trial.buttons["drop"].clicked.connect(self._drop_case)
        self.trial.cases.doubleClicked.connect(lambda _: self._edit_case())
        self.case: CaseDialog | None = None
        split = QSplitter()
        split.addWidget(self._make_left())
        split.addWidget(self.trial)
        split.setSizes([look.letters(self, 46), look.letters(self, 42)])
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.keep = self.buttons.addButton("保存这一版(&S)", QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton("不保存，关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.keep.clicked.connect(self._keep)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(split, 1)
        rows.addWidget(self.says)
        rows.addWidget(self.buttons)
        self._fill()
        look.size(self, 92, 38)

    def gather(self) -> dict[str, Any]:
        """The draft with everything that stands in the lines."""
        text = {name: line.text().strip() for name, line in self.lines.items()}
        data = self.data
        data |= {"name": text["name"], "reason": text["reason"]}
        data["card"] |= {"point": text["point"], "about": data["card"].get("about") or text["point"]}
        self.lead.gather()
        return data

    def show_tried(self, tried: Previewed, clauses: list[str], own: list[list[str]]) -> None:
        """Show what came of the draft; `own` are the clauses of each lead."""
        self.lead.show_clauses(own)
        for row, text in enumerate(clauses):
            if row < self.clauses.count():
                self.clauses.item(row).setText(text)
        self.trial.show_tried(tried)
        wrong = tried.fault or "；".join(tried.faults[:2])
        self.say(wrong or "案例全部通过，保存以后可以启用。", good=not wrong)

    def say(self, text: str, *, good: bool) -> None:
        """Tell how the draft stands."""
        self.says.setText(text)
        look.paint_text(self.says, look.colour_of(Outcome.LAWFUL if good else Level.DOUBT))

    def renew(self) -> None:
        """The data changed by other hands: show it and try it."""
        self._fill()
        self._pause.start()

    def add_table(self) -> None:
        """Ask for one more table."""
        form = TableForm(self, self._known)
        form.file_chosen.connect(lambda path: self.sheets_wanted.emit(path, form))
        form.ready.connect(self._take_table)
        form.open()

    def add_clause(self, take: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Ask for one more clause, of every lead or as `take` keeps it."""
        names = {each["table"]: self._name_of(each) for each in self.data["table"]}
        if not names:
            self.say("请先加一张表，句子才有列可写。", good=False)
            return
        dialog = ClauseDialog(self, list(columns(self.data, self._known)), names)
        dialog.ready.connect(lambda step: (take or self._take_clause)(self._named(step)))
        keep(dialog)
        dialog.open()

    def _ask_case(self, case: Mapping[str, Any], take: Callable[[dict[str, Any]], None]) -> None:
        if not self.data["table"]:
            self.say("请先加一张表，案例才有列可填。", good=False)
            return
        self.gather()
        tables = [
            (each["table"], self._name_of(each), fields_of(each, self._known))
            for each in self.data["table"]
            if "same" not in each
        ]
        leads = [(each["name"] or f"第 {place} 条", each["id"]) for place, each in enumerate(self.data["lead"], 1)]
        self.case = dialog = CaseDialog(self, case, tables, leads)
        dialog.try_wanted.connect(self.case_try_wanted)
        dialog.ready.connect(take)
        dialog.finished.connect(self._forget_case)
        dialog.open()

    def _forget_case(self) -> None:
        self.case = None

    def _add_case(self) -> None:
        self._ask_case({"as_of": self._today}, self._take_case)

    def _take_case(self, case: dict[str, Any]) -> None:
        self.data["case"].append(case)
        self.renew()

    def _edit_case(self) -> None:
        place = self.trial.cases.currentRow()

        def take(case: dict[str, Any]) -> None:
            self.data["case"][place] = case
            self.renew()

        if 0 <= place < len(self.data["case"]):
            self._ask_case(self.data["case"][place], take)

    def _drop_case(self) -> None:
        place = self.trial.cases.currentRow()
        if 0 <= place < len(self.data["case"]):
            del self.data["case"][place]
            self.renew()

    def _take_table(self, kind: TableKind, use: str) -> None:
        add_table(self.data, kind, use)
        self.renew()

    def _named(self, step: dict[str, Any]) -> dict[str, Any]:
        steps = [*self.data["step"], *(own for lead in self.data["lead"] for own in lead.get("step", ()))]
        taken = {each.get("id") for each in steps}
        if step.get("id") and step["id"] in taken:
            step["id"] = next(f"{step['id']}{n}" for n in range(2, 99) if f"{step['id']}{n}" not in taken)
        return step

    def _take_clause(self, step: dict[str, Any]) -> None:
        self.data["step"].append(step)
        self.renew()

    def _drop(self, key: str, box: QListWidget) -> Callable[[], None]:
        def drop() -> None:
            row = box.currentRow()
            if 0 <= row < len(self.data[key]):
                del self.data[key][row]
                self.renew()

        return drop

    def _up(self) -> None:
        row, steps = self.clauses.currentRow(), self.data["step"]
        if 0 < row < len(steps):
            steps[row - 1], steps[row] = steps[row], steps[row - 1]
            self.renew()
            self.clauses.setCurrentRow(row - 1)

    def _try(self) -> None:
        self.gather()
        self.try_wanted.emit()

    def _keep(self) -> None:
        self.gather()
        self.keep_wanted.emit()

    def _draft_cases(self) -> None:
        self.gather()
        self.cases_wanted.emit()

    def _said(self) -> dict[str, str]:
        """How people call the columns → their references, for the message."""
        return {each.said.replace("[", "").replace("]", ""): each.ref for each in columns(self.data, self._known)}

    def _name_of(self, table: Mapping[str, Any]) -> str:
        if "same" in table:
            return f"{self._name_of(self.data['table'][0])}（同一张表的别的行）"
        return self._known[table["use"]].name if "use" in table else str(table["name"])

    def _fill(self) -> None:
        data = self.data
        texts = {"name": data["name"], "point": data["card"]["point"], "reason": data["reason"]}
        for name, text in texts.items():
            if not self.lines[name].hasFocus() and text:
                self.lines[name].setText(text)
                self.lines[name].setCursorPosition(0)
        self.lead.fill(data, self._said())
        self.tables.clear()
        for place, each in enumerate(data["table"]):
            by = "；或者".join(joined_by(data, each, self._known)) or "（没有可以对应的列）"
            how = f"凭{by}对应" if place else "逐行来问"
            self.tables.addItem(f"《{self._name_of(each)}》{how}")
        row = self.clauses.currentRow()
        self.clauses.clear()
        self.clauses.addItems([f"第 {place} 句" for place, _ in enumerate(data["step"], 1)])
        self.clauses.setCurrentRow(min(row, self.clauses.count() - 1))

    def _make_left(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        self.tables, self.clauses, self.lead = HollowList(NO_TABLE), HollowList(NO_CLAUSE), LeadBox()
        self.lead.edited.connect(self._pause.start)
        self.lead.reshaped.connect(self.renew)
        self.lead.clause_wanted.connect(lambda: self.add_clause(self.lead.take_clause))
        self.tables.setAccessibleName("要用的表")
        self.clauses.setAccessibleName("句子")
        self.clauses.setWordWrap(True)
        self.clauses.setMinimumHeight(look.lines(self, 8))
        self.tables.setMaximumHeight(look.lines(self, 5))
        head = QFormLayout()
        self._add_lines(head, LINES)
        rows.addLayout(head)
        tables = (("加一张表(&T)…", self.add_table), ("去掉", self._drop("table", self.tables)))
        rows.addWidget(self._boxed("一、用哪几张表（第一张逐行来问）", self.tables, tables))
        clauses = (
            ("加一句(&C)…", partial(self.add_clause, None)), ("上移", self._up),
            ("去掉", self._drop("step", self.clauses)),
        )  # fmt: skip
        rows.addWidget(self._boxed("二、若……，且……（依次来问）", self.clauses, clauses))
        rows.addWidget(self.lead)
        self.lines |= self.lead.lines
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _add_lines(self, form: QFormLayout, lines: tuple[tuple[str, str, str], ...]) -> None:
        for name, title, example in lines:
            line = QLineEdit()
            line.setPlaceholderText(example)
            line.setAccessibleName(title)
            line.textEdited.connect(lambda _: self._pause.start())
            line.textChanged.connect(line.setToolTip)  # a long one does not fit
            form.addRow(f"{title}：", line)
            self.lines[name] = line

    def _boxed(self, title: str, inner: QWidget, buttons: tuple[tuple[str, Callable[[], None]], ...]) -> QWidget:
        box = QGroupBox(title)
        rows = QVBoxLayout(box)
        rows.addWidget(inner)
        rows.addLayout(button_row(*(plain_button(*each) for each in buttons)))
        return box
