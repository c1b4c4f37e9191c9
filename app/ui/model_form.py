"""Writing a model by filling in a sentence: its tables, its clauses, what is then said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.models.draft import add_table, columns, rename, unname
from app.core.models.read import DOCUMENTS, LEVELS
from app.core.records import TableKind
from app.ui import look
from app.ui.model_clause import ClauseDialog, filled
from app.ui.model_table_form import TableForm
from app.ui.model_trial import ModelTrial

if TYPE_CHECKING:
    from app.core.actions.model_author import Previewed

PAUSE = 700  # milliseconds without a key before what was written is tried
LINES = (
    ("name", "模型名称", "例如：交通肇事逃逸后驾驶证未吊销"),
    ("point", "监督点", "一句话说明查什么"),
    ("reason", "本版理由", "为什么写、为什么改，写入日志"),
)
SAID = (
    ("lead_name", "线索名称", "例如：逃逸后驾驶证没有吊销"),
    ("message", "会说的话", "用下面的“插入列”放进具体的值"),
    ("law", "依据的法律", "例如：道路交通安全法（2021）"),
    ("article", "条款", "例如：第一百零一条第二款"),
    ("says", "条文大意", "用自己的话说一句"),
)
CERTAIN = (
    ("凭记忆或者转述，待核", "M"),
    ("只见过部分条文", "S"),
    ("原文在手边，已逐字核对", "V"),
    ("各地理解有争议", "D"),
)


class ModelForm(QDialog):
    """Holds the draft as plain data; tells when it wants to be tried, kept, or given the columns of a workbook."""

    try_wanted = Signal()
    cases_wanted = Signal()
    keep_wanted = Signal()
    sheets_wanted = Signal(object, object)  # a path and the form that waits for its sheets

    def __init__(self, parent: QWidget, data: dict[str, Any], known: Mapping[str, TableKind]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("编写监督模型")
        self.data, self._known = data, known
        self.lines: dict[str, QLineEdit] = {}
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._try)
        self.trial = ModelTrial()
        self.trial.draft.clicked.connect(self._draft_cases)
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
        data, lead, basis = self.data, self.data["lead"][0], self.data["basis"][0]
        data |= {"name": text["name"], "reason": text["reason"]}
        data["card"] |= {"point": text["point"], "about": data["card"].get("about") or text["point"]}
        lead |= {"name": text["lead_name"], "message": unname(text["message"], self._said())}
        lead |= {"level": self.level.currentText(), "document": self.document.currentText()}
        if "cite" not in basis:
            basis |= {name: text[name] for name in ("law", "article", "says")}
            basis["certainty"] = self.certainty.currentData()
        return data

    def show_tried(self, tried: Previewed, clauses: list[str]) -> None:
        """Show what came of the draft."""
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

    def add_clause(self) -> None:
        """Ask for one more clause."""
        names = {each["table"]: self._name_of(each) for each in self.data["table"]}
        if not names:
            self.say("请先加一张表，句子才有列可写。", good=False)
            return
        dialog = ClauseDialog(self, list(columns(self.data, self._known)), names)
        dialog.ready.connect(self._take_clause)
        dialog.open()

    def _take_table(self, kind: TableKind, use: str) -> None:
        add_table(self.data, kind, use)
        self.renew()

    def _take_clause(self, step: dict[str, Any]) -> None:
        taken = {each.get("id") for each in self.data["step"]}
        if step.get("id") and step["id"] in taken:
            step["id"] = f"{step['id']}{len(taken)}"
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
        return self._known[table["use"]].name if "use" in table else str(table["name"])

    def _fill(self) -> None:
        data, lead, basis = self.data, self.data["lead"][0], self.data["basis"][0]
        called = {ref: said for said, ref in self._said().items()}
        texts = {
            "name": data["name"], "point": data["card"]["point"], "reason": data["reason"], "lead_name": lead["name"],
            "message": rename(lead["message"], called), "law": basis.get("law", basis.get("cite", "")),
            "article": basis.get("article", ""), "says": basis.get("says", ""),
        }  # fmt: skip
        for name, line in self.lines.items():
            if not line.hasFocus() and texts[name]:
                line.setText(texts[name])
        for box, text in ((self.level, lead["level"]), (self.document, lead.get("document", ""))):
            box.setCurrentIndex(max(box.findText(text), 0))
        self.certainty.setCurrentIndex(max(self.certainty.findData(basis.get("certainty", "M")), 0))
        self.tables.clear()
        for place, each in enumerate(data["table"]):
            how = (
                "逐行来问" if not place else f"凭 {'；或者 '.join(each.get('join', ())) or '（没有可以对应的列）'} 对应"
            )
            self.tables.addItem(f"《{self._name_of(each)}》{how}")
        row = self.clauses.currentRow()
        self.clauses.clear()
        self.clauses.addItems([f"第 {place} 句" for place, _ in enumerate(data["step"], 1)])
        self.clauses.setCurrentRow(min(row, self.clauses.count() - 1))
        filled(self.insert, [("插入列……", ""), *((said, said) for said in self._said())])

    def _insert(self, place: int) -> None:
        if place > 0:
            self.lines["message"].insert("{" + str(self.insert.itemData(place)) + "}")
            self.insert.setCurrentIndex(0)

    def _make_left(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        self.tables, self.clauses = QListWidget(), QListWidget()
        self.tables.setAccessibleName("要用的表")
        self.clauses.setAccessibleName("句子")
        self.clauses.setWordWrap(True)
        self.clauses.setMinimumHeight(look.lines(self, 8))
        self.tables.setMaximumHeight(look.lines(self, 5))
        self.level, self.document = filled(QComboBox(), [(each, each) for each in LEVELS[::-1]]), QComboBox()
        filled(self.document, [(each, each) for each in DOCUMENTS])
        self.certainty, self.insert = filled(QComboBox(), CERTAIN), QComboBox()
        self.insert.activated.connect(self._insert)
        head = QFormLayout()
        self._add_lines(head, LINES)
        rows.addLayout(head)
        tables = (("加一张表(&T)…", self.add_table), ("去掉", self._drop("table", self.tables)))
        rows.addWidget(self._boxed("一、用哪几张表（第一张逐行来问）", self.tables, tables))
        clauses = (
            ("加一句(&C)…", self.add_clause), ("上移", self._up), ("去掉", self._drop("step", self.clauses)),
        )  # fmt: skip
        rows.addWidget(self._boxed("二、若……，且……（依次来问）", self.clauses, clauses))
        then = QGroupBox("三、则……")
        form = QFormLayout(then)
        form.addRow("提为：", self.level)
        self._add_lines(form, SAID[:2])
        form.addRow("", self.insert)
        form.addRow("文书：", self.document)
        self._add_lines(form, SAID[2:])
        form.addRow("核对程度：", self.certainty)
        rows.addWidget(then)
        for box, name in (
            (self.level, "提为"),
            (self.document, "文书"),
            (self.certainty, "核对程度"),
            (self.insert, "插入列"),
        ):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(lambda _: self._pause.start())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def _add_lines(self, form: QFormLayout, lines: tuple[tuple[str, str, str], ...]) -> None:
        for name, title, example in lines:
            line = QLineEdit()
            line.setPlaceholderText(example)
            line.setAccessibleName(title)
            line.textEdited.connect(lambda _: self._pause.start())
            form.addRow(f"{title}：", line)
            self.lines[name] = line

    def _boxed(self, title: str, inner: QWidget, buttons: tuple[tuple[str, Callable[[], None]], ...]) -> QWidget:
        box = QGroupBox(title)
        rows, row = QVBoxLayout(box), QHBoxLayout()
        rows.addWidget(inner)
        for text, slot in buttons:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        rows.addLayout(row)
        return box
