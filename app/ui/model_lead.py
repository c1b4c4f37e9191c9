"""What a model says when its sentence holds: its leads one by one, each with words, basis and clauses of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from app.core.models.draft import add_lead, basis_of_lead, drop_lead, rename, unname
from app.core.models.read import DOCUMENTS, LEVELS
from app.ui import look
from app.ui.model_condition import filled

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
MOST = 12
ONE = "一行只出一条，取排在前面的"


class LeadBox(QGroupBox):
    """Shows one lead of a draft at a time; what is typed goes into the draft with `gather`."""

    edited = Signal()  # something was typed or chosen
    reshaped = Signal()  # leads or clauses came or went
    clause_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("三、则……")
        self._data: dict[str, Any] = {}
        self._shown = 0  # the lead whose words stand in the lines
        self._said: Mapping[str, str] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.which, self.level, self.document = QComboBox(), QComboBox(), QComboBox()
        filled(self.level, [(each, each) for each in LEVELS[::-1]])
        filled(self.document, [(each, each) for each in DOCUMENTS])
        self.certainty, self.insert, self.one = filled(QComboBox(), CERTAIN), QComboBox(), QCheckBox(ONE)
        self.clauses = QListWidget()
        self.clauses.setAccessibleName("只对这一条再问的句子")
        self.clauses.setWordWrap(True)
        self.clauses.setMaximumHeight(look.lines(self, 4))
        form = QFormLayout(self)
        form.addRow("第几条：", self.which)
        form.addRow("", self._buttons(("加一条线索(&K)", self._add), ("去掉这一条", self._drop)))
        form.addRow("", self.one)
        form.addRow("提为：", self.level)
        self._add_lines(form, SAID[:2])
        form.addRow("", self.insert)
        form.addRow("文书：", self.document)
        self._add_lines(form, SAID[2:])
        form.addRow("核对程度：", self.certainty)
        form.addRow("只对这一条\n再问：", self.clauses)
        clause = ("再加一句(&M)…", self.clause_wanted.emit), ("去掉这一句", self._drop_clause)
        form.addRow("", self._buttons(*clause))
        for box, name in (
            (self.which, "第几条线索"), (self.level, "提为"), (self.document, "文书"), (self.certainty, "核对程度"),
            (self.insert, "插入列"),
        ):  # fmt: skip
            box.setAccessibleName(name)
        self.which.activated.connect(self._turn)
        self.insert.activated.connect(self._insert)
        self.one.clicked.connect(self.edited)
        for box in (self.level, self.document, self.certainty):
            box.activated.connect(lambda _: self.edited.emit())

    def place(self) -> int:
        """Which lead is shown, from 0."""
        return self._shown

    def fill(self, data: dict[str, Any], said: Mapping[str, str]) -> None:
        """Show a draft; `said` are its columns as people call them, with their references."""
        self._data, self._said = data, said
        self._shown = place = min(self._shown, len(data["lead"]) - 1)
        names = [f"第 {n} 条：{each['name'] or '（还没有名称）'}" for n, each in enumerate(data["lead"], 1)]
        filled(self.which, [(name, n) for n, name in enumerate(names)])
        self.which.setCurrentIndex(place)
        self.one.setChecked(bool(data.get("one")))
        self.one.setVisible(len(names) > 1)
        filled(self.insert, [("插入列……", ""), *((each, each) for each in said)])
        self._show()

    def gather(self) -> None:
        """Put what stands in the lines into the draft."""
        text = {name: line.text().strip() for name, line in self.lines.items()}
        lead = self._data["lead"][self.place()]
        basis = basis_of_lead(self._data, self.place())
        lead |= {"name": text["lead_name"], "message": unname(text["message"], self._said)}
        lead |= {"level": self.level.currentText(), "document": self.document.currentText()}
        if "cite" not in basis:
            basis |= {name: text[name] for name in ("law", "article", "says")}
            basis["certainty"] = self.certainty.currentData()
        if self.one.isChecked() and len(self._data["lead"]) > 1:
            self._data["one"] = True
        else:
            self._data.pop("one", None)

    def show_clauses(self, texts: Sequence[Sequence[str]]) -> None:
        """Show the leads' own clauses as sentences."""
        own = texts[self.place()] if self.place() < len(texts) else ()
        for row, text in enumerate(own):
            if row < self.clauses.count():
                self.clauses.item(row).setText(text)

    def take_clause(self, step: dict[str, Any]) -> None:
        """One more clause for the lead that is shown."""
        self._data["lead"][self.place()].setdefault("step", []).append(step)
        self.reshaped.emit()

    def _show(self) -> None:
        lead, basis = self._data["lead"][self.place()], basis_of_lead(self._data, self.place())
        called = {ref: said for said, ref in self._said.items()}
        texts = {
            "lead_name": lead["name"], "message": rename(lead["message"], called),
            "law": basis.get("law", basis.get("cite", "")), "article": basis.get("article", ""),
            "says": basis.get("says", ""),
        }  # fmt: skip
        for name, line in self.lines.items():
            if not line.hasFocus():
                line.setText(texts[name])
        for box, text in ((self.level, lead["level"]), (self.document, lead.get("document", ""))):
            box.setCurrentIndex(max(box.findText(text), 0))
        self.certainty.setCurrentIndex(max(self.certainty.findData(basis.get("certainty", "M")), 0))
        self.clauses.clear()
        self.clauses.addItems([f"第 {place} 句" for place, _ in enumerate(lead.get("step", ()), 1)])

    def _turn(self, place: int) -> None:
        """Another lead is to be shown; what was typed belongs to the one before."""
        self.gather()
        self._shown = place
        self._show()
        self.edited.emit()

    def _add(self) -> None:
        if len(self._data["lead"]) < MOST:
            self.gather()
            add_lead(self._data)
            self._go(len(self._data["lead"]) - 1)

    def _drop(self) -> None:
        if len(self._data["lead"]) > 1:
            drop_lead(self._data, self.place())
            self._go(max(self.place() - 1, 0))

    def _go(self, place: int) -> None:
        self._shown = place
        self.reshaped.emit()

    def _drop_clause(self) -> None:
        steps = self._data["lead"][self.place()].get("step", [])
        row = self.clauses.currentRow()
        if 0 <= row < len(steps):
            del steps[row]
            self.reshaped.emit()

    def _insert(self, place: int) -> None:
        if place > 0:
            self.lines["message"].insert("{" + str(self.insert.itemData(place)) + "}")
            self.insert.setCurrentIndex(0)
            self.edited.emit()

    def _add_lines(self, form: QFormLayout, lines: Sequence[tuple[str, str, str]]) -> None:
        for name, title, example in lines:
            line = QLineEdit()
            line.setPlaceholderText(example)
            line.setAccessibleName(title)
            line.textEdited.connect(lambda _: self.edited.emit())
            form.addRow(f"{title}：", line)
            self.lines[name] = line

    def _buttons(self, *wanted: tuple[str, Callable[[], None]]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for text, slot in wanted:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        return holder
