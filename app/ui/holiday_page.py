"""Holidays by year: weekdays off and weekends worked, where they come from, and how a second source differs."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.law import compare_year
from app.core.errors import UserError
from app.core.findings import Level
from app.core.law.book import LawBook
from app.core.law.changes import SetYear
from app.core.law.edition import lay_on
from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.plain_table import PlainTable
from app.ui.room import Page, Scroll

YEARS = (("年份", 3.5), ("来源", 6), ("与第二来源比较", 20))
SHIPPED, OFFICE, NONE = "程序自带", "本院修改", "没有"
PART = re.compile(r"[\s,，、;；]+")
MONTH_DAY = re.compile(r"(\d{1,2})(?:月|-|\.|/)(\d{1,2})日?")
HINT = (
    "日期写成“1月1日”或者“1-1”，用空格或者顿号隔开。星期六、星期日本来休息，不用列入放假。"
    "第二来源是另一份公开的节假日数据。"
)
TOOLS = (("save", "保存这一年(&S)"), ("undo", "撤销本院修改(&U)…"), ("affected", "查看受影响的结论(&R)…"))


class HolidayPage(QWidget):
    """Shows the years; `changed` carries a year as filled in with its reason, the others the year chosen."""

    changed = Signal(object, str)  # a SetYear, the reason
    undo_wanted = Signal(int)  # the number of a change
    affected_wanted = Signal(int)  # a year

    def __init__(self) -> None:
        super().__init__()
        self._law: LawBook | None = None
        self._changes: dict[int, int] = {}
        self._years: list[int] = []
        self.years = PlainTable("年份", YEARS, wide=2)
        self.off, self.work, self.why = QPlainTextEdit(), QPlainTextEdit(), QLineEdit()
        for each in (self.off, self.work):
            each.setTabChangesFocus(True)
            each.setMinimumHeight(look.lines(self, 3))
        self.says = QLabel()
        self.buttons = {name: QPushButton(text) for name, text in TOOLS}
        self._lay_out()
        self.years.currentCellChanged.connect(lambda *_: self._show_year())
        self.buttons["save"].clicked.connect(self.save)
        self.buttons["undo"].clicked.connect(lambda: self.undo_wanted.emit(self._changes[self.year()]))
        self.buttons["affected"].clicked.connect(lambda: self.affected_wanted.emit(self.year()))

    def show_law(self, law: LawBook, changes: dict[int, int]) -> None:
        """Show the years of a law and the one after; `changes` has the office's years and their changes' numbers."""
        chosen = self.year() if self._years else None
        self._law, self._changes = law, changes
        known = sorted(law.calendar.off, reverse=True)
        self._years = [known[0] + 1, *known]
        self.years.fill(
            (
                str(each),
                OFFICE if each in changes else SHIPPED if each in known else NONE,
                compare_year(law.calendar, each).says,
            )
            for each in self._years
        )
        self.years.selectRow(self._years.index(chosen) if chosen in self._years else min(1, len(known)))
        self._show_year()

    def year(self) -> int:
        """The year that is chosen."""
        return self._years[max(self.years.currentRow(), 0)]

    def save(self) -> None:
        """Hand the year on as it was filled in, or say what is wrong."""
        assert self._law is not None
        year = self.year()
        try:
            off, work = (
                read_days(each.toPlainText(), year, name) for each, name in ((self.off, "放假"), (self.work, "上班"))
            )
            change = SetYear(year, off, work)
            lay_on(self._law, change, 0)
            if not self.why.text().strip():
                raise UserError("没有填写理由", do="请写明依据，例如国务院办公厅通知的文号", where="理由")
        except UserError as fault:
            self.says.setText(str(fault))
            return
        self.says.clear()
        self.changed.emit(change, self.why.text().strip())

    def _from(self, year: int) -> str:
        if year in self._changes:
            return OFFICE
        return SHIPPED if self._law is not None and year in self._law.calendar.off else NONE

    def _show_year(self) -> None:
        if self._law is None or not self._years:
            return
        year, calendar = self.year(), self._law.calendar
        self.off.setPlainText(write_days(calendar.off.get(year, ())))
        self.work.setPlainText(write_days(calendar.work.get(year, ())))
        self.why.clear()
        self.says.clear()
        self.buttons["undo"].setEnabled(year in self._changes)

    def _lay_out(self) -> None:
        for widget, name in ((self.off, "放假的日子"), (self.work, "调休上班的日子"), (self.why, "理由")):
            widget.setAccessibleName(name)
        self.why.setPlaceholderText("必填，写入日志，例如：国办发明电〔2026〕1号")
        self.says.setWordWrap(True)
        look.paint_text(self.says, look.colour_of(Level.UNLAWFUL))
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        form = QFormLayout()
        form.addRow("放假（星期一至五）：", self.off)
        form.addRow("上班（星期六、日）：", self.work)
        form.addRow("理由：", self.why)
        tools = QWidget()
        flow = FlowLayout(tools, look.letters(self, 0.5))
        for button in self.buttons.values():
            button.setAutoDefault(False)
            flow.addWidget(button)
        page = Page()
        right = QVBoxLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(hint)
        right.addLayout(form, 1)
        right.addWidget(self.says)
        right.addWidget(tools)
        row = QHBoxLayout(self)
        row.addWidget(self.years, 1)
        row.addWidget(Scroll(page), 1)


def write_days(days: Collection[date]) -> str:
    """Days as they are shown to be changed."""
    return "、".join(f"{each.month}月{each.day}日" for each in sorted(days))


def read_days(text: str, year: int, where: str) -> frozenset[date]:
    """The days of a year named in a text; UserError for a word that names none."""
    found = set()
    for part in filter(None, PART.split(text)):
        match = MONTH_DAY.fullmatch(part)
        try:
            found.add(date(year, int(match[1]), int(match[2])) if match else date.fromisoformat(part))
        except ValueError as error:
            raise UserError(f"“{part}”不是日期", do="请写成“1月1日”的样子", where=where) from error
    return frozenset(found)
