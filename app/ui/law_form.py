"""The forms for changes of the law: a number from a day on, and the last day of a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UserError
from app.core.findings import Level
from app.core.law.book import LawBook
from app.core.law.catalogue import LOCAL_NUMBER, PART, Entry, Line
from app.core.law.changes import AddRow, Change, EndRow, Source
from app.core.law.edition import lay_on
from app.ui import look
from app.ui.plain_buttons import answer_row
from app.ui.room import keep

OWN = "另行填写依据"
DAY = "例如：2027-01-01"
DIVISOR = "填分母，例如二分之一填 2"
KEYS = {"数值": "V", "自某日起": "F", "至某日止": "T", "依据名称": "N", "条款": "K", "施行日期": "E", "大意": "M"}
KEYS |= {"理由": "R", "最后一日": "L"}
NEXT = 1 << 30  # a change's number while it is only tried


def day_of(line: QLineEdit, where: str) -> date:
    """The day a line holds; UserError when it is none."""
    try:
        return date.fromisoformat(line.text().strip())
    except ValueError as error:
        raise UserError("日期没有填写，或者写法不对", do="请写成 2027-01-01 的样子", where=where) from error


class LawForm(QDialog):
    """A form that tries what `change` reads on the law in force before it hands it on; a fault is told below, in words.

    `change` raises UserError when what was filled in cannot be read.
    """

    ready = Signal(object, str)  # the change and its reason

    def __init__(self, parent: QWidget, title: str, law: LawBook, change: Callable[[], Change]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._law, self._change = law, change
        self.lines: dict[str, QLineEdit] = {}
        self.form = QFormLayout()
        self.says = QLabel()
        self.says.setWordWrap(True)
        look.paint_text(self.says, look.colour_of(Level.UNLAWFUL))
        self.buttons, _ = answer_row(self, "保存(&S)")
        rows = QVBoxLayout(self)
        rows.addLayout(self.form)
        rows.addWidget(self.says)
        rows.addWidget(self.buttons)
        self.setMinimumWidth(look.letters(self, 40))
        keep(self)

    def line(self, name: str, example: str = "", text: str = "") -> QLineEdit:
        """Add a line to fill in."""
        each = QLineEdit(text)
        each.setPlaceholderText(example)
        each.setAccessibleName(name)
        self.form.addRow(f"{name}(&{KEYS[name]})：", each)
        self.lines[name] = each
        return each

    def accept(self) -> None:
        """Hand the change on, or say what is wrong and where."""
        try:
            change = self._change()
            lay_on(self._law, change, NEXT)
            why = self.lines["理由"].text().strip()
            if not why:
                raise UserError("没有填写理由", do="请写明为什么修改，例如依据的文件", where="理由")
        except UserError as fault:
            self.says.setText(str(fault))
            if fault.where in self.lines:
                self.lines[fault.where].setFocus()
            return
        self.ready.emit(change, why)
        super().accept()


class SourcedForm(LawForm):
    """A form that also asks for the source of what it enters, in a few words, and for the reason."""

    def ask_source(self, *, own_only: bool) -> None:
        """Add the lines; with `own_only` no provision of the book is offered."""
        self.source = QComboBox()
        self.source.setAccessibleName("依据")
        self.source.addItem(OWN, "")
        for each in sorted(self._law.provisions.values(), key=lambda one: (one.law, one.id)) if not own_only else ():
            self.source.addItem(f"{each.law}{each.article}", each.id)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.addRow("依据(&Y)：", self.source)
        self.line("依据名称", "例如：某省办理减刑、假释案件实施细则")
        self.line("条款", "例如：第八条第二款")
        self.line("施行日期", "依据开始施行的日子；不填即与起日相同")
        self.read = QCheckBox("原文就在手边，已经逐字核对（不勾选的，结论注明“依据待核”）")
        self.form.addRow("", self.read)
        self.line("大意", "一句话说明，可以不填")
        self.line("理由", "必填，写入日志")
        self.source.currentIndexChanged.connect(self._renew)
        self._renew()

    def cite(self, start: date) -> str | Source:
        """The provision chosen, or the office's own; in force from `start` where no day was filled in."""
        if self.source.currentData():
            return str(self.source.currentData())
        since = day_of(self.lines["施行日期"], "施行日期") if self.lines["施行日期"].text().strip() else start
        law, article = (self.lines[each].text().strip() for each in ("依据名称", "条款"))
        return Source(law, article, since, self.read.isChecked())

    def _renew(self) -> None:
        own = not self.source.currentData()
        for each in (*(self.lines[name] for name in ("依据名称", "条款", "施行日期")), self.read):
            each.setEnabled(own)


def number_in(line: QLineEdit, where: str) -> int:
    """The whole number a line holds; UserError when it is none."""
    text = line.text().strip()
    if not (text.isascii() and text.isdecimal()):
        raise UserError("数值没有填写，或者不是整数", do="请只填整数，不写单位", where=where)
    return int(text)


class AddForm(SourcedForm):
    """A number from a day on, with its source."""

    def __init__(self, parent: QWidget, law: LawBook, entry: Entry, today: date) -> None:
        local = entry.kind == LOCAL_NUMBER
        super().__init__(parent, "填写本地数值" if local else "增加一行（自某日起）", law, self.change)
        self._entry = entry
        name = QLabel(f"{entry.name}{f'。{entry.about}' if entry.about else ''}")
        name.setWordWrap(True)
        self.form.addRow(name)
        self.line("数值", DIVISOR if entry.unit == PART else f"单位：{entry.unit}")
        self.line("自某日起", DAY, today.isoformat())
        self.line("至某日止", "不填即一直有效")
        self.closes = QCheckBox("原有的数值到前一日为止")
        self.closes.setChecked(True)
        self.closes.setVisible(bool(entry.lines))
        self.form.addRow("", self.closes)
        self.ask_source(own_only=local)
        self.lines["数值"].setFocus()

    def change(self) -> AddRow:
        """The row as filled in."""
        start = day_of(self.lines["自某日起"], "自某日起")
        end = day_of(self.lines["至某日止"], "至某日止") if self.lines["至某日止"].text().strip() else None
        says = self.lines["大意"].text().strip()
        return AddRow(self._entry.id, self._value(), start, end, self.cite(start), says, self.closes.isChecked())

    def _value(self) -> int | date:
        rows = self._law.parameters.get(self._entry.id, ())
        if rows and isinstance(rows[0].value, date):
            return day_of(self.lines["数值"], "数值")
        return number_in(self.lines["数值"], "数值")


class EndForm(LawForm):
    """The last day of a row that has none."""

    def __init__(self, parent: QWidget, law: LawBook, entry: Entry, row: Line) -> None:
        super().__init__(parent, "终止一行", law, self.change)
        self._entry, self._row = entry, row
        since = f"（{row.start}起）" if row.start else ""
        name = QLabel(f"{entry.name}：{row.value}{since}。终止以后没有数值的日子，程序答“不能判断”。")
        name.setWordWrap(True)
        self.form.addRow(name)
        self.line("最后一日", DAY)
        self.line("理由", "必填，写入日志")

    def change(self) -> EndRow:
        """The end as filled in."""
        return EndRow(self._entry.id, self._row.start, day_of(self.lines["最后一日"], "最后一日"))
