"""The law the program goes by: articles and numbers, and holidays, each a page; and what rests on one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.law.book import LawBook
from app.core.law.catalogue import catalogue
from app.core.store.rows import Resting
from app.ui import look
from app.ui.holiday_page import HolidayPage
from app.ui.law_page import LawPage
from app.ui.plain_table import PlainTable
from app.ui.tabs import DESKS

RESTING = (
    *(("业务", 6), ("姓名", 4.5), ("编号", 7), ("单位", 9), ("案号、批次", 8), ("结论", 7)),
    *(("审查日", 6), ("得出时间", 9), ("已制作文书", 5.5), ("说明", 6)),
)
HINT = "程序自带的条文和数值不能删改。本院的修改另行保存，写入日志，随时可以撤销；程序更新以后仍然有效。"
NEWER = "已有新名单"


class LawDialog(QDialog):
    """Two pages and a line that tells what was done; it stays open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("法律依据")
        self.page, self.holidays = LawPage(), HolidayPage()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("法律依据")
        self.tabs.addTab(self.page, "条文和数值")
        self.tabs.addTab(self.holidays, "节假日")
        self.head, self.says = QLabel(), QLabel()
        buttons = QDialogButtonBox()
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (self.head, self.tabs, self.says, buttons):
            rows.addWidget(widget)
        rows.setStretchFactor(self.tabs, 1)
        for label in (self.head, self.says):
            label.setWordWrap(True)
        look.size(self, 84, 36)

    def show_law(self, law: LawBook, years: dict[int, int]) -> None:
        """Show the law in force; `years` are the office's own years with the numbers of their changes."""
        self.head.setText(f"{HINT}法律数据：{law.edition}。{'。'.join(law.refused)}")
        if law.refused:
            look.paint_text(self.head, look.colour_of(Level.UNLAWFUL))
        self.page.show_entries(catalogue(law))
        self.holidays.show_law(law, years)

    def say(self, text: str) -> None:
        """Tell what was done."""
        self.says.setText(text)
        look.paint_text(self.says, look.colour_of(Outcome.LAWFUL))


class RestingDialog(QDialog):
    """The conclusions that rest on something of the law."""

    def __init__(self, parent: QWidget, name: str, resting: Sequence[Resting]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("受影响的结论")
        papers = sum(each.papers > 0 for each in resting)
        told = f"“{name}”：有 {len(resting)} 件结论以它为依据（认定合法的也在内），其中 {papers} 件已经制作文书。"
        self.head = QLabel(told if resting else f"“{name}”：还没有以它为依据的结论。")
        self.head.setWordWrap(True)
        self.table = PlainTable("受影响的结论", RESTING, wide=3)
        titles = {each.id: each.title for each in DESKS}
        self.table.fill(
            (
                titles.get(each.desk, each.desk),
                each.name or "（整批）",
                each.prisoner_no,
                each.unit,
                each.batch,
                each.conclusion,
                each.as_of,
                each.made_at.replace("T", " ")[:16],
                str(each.papers or ""),
                "" if each.current else NEWER,
            )
            for each in resting
        )
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (self.head, self.table, buttons):
            rows.addWidget(widget)
        look.size(self, 78, 26)
