"""The program's own run log, looked through inside the program; what people did stands in the other one, 操作记录."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core import log
from app.core.jobs import Ticket
from app.core.log import Entry
from app.ui import look, talk
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.text_table import TextTable

NAME = "运行日志"
COLUMNS = (("时间", 10), ("级别", 4), ("内容", 36))
HINT = (
    "程序自己的运行情况：何时启动、做了什么工作、用了多久、哪里出错，供技术人员查找原因；没有姓名、证号和文件名。"
    "谁在何时导入、决定、出文书，请看“数据安全 → 操作记录”。"
)
CHOICES = {"全部级别": ("一般", "注意", "出错"), "注意和出错": ("注意", "出错"), "只看出错": ("出错",)}
NOTHING = "没有符合条件的记录。请换一个级别，或者清除查找的文字。"


def show_run_log(window: QWidget, session: Session, bar: JobBar) -> None:
    """Read the log in a job, then show it."""

    def work(*, ticket: Ticket) -> list[Entry]:
        ticket.step(0)
        return log.entries(log.lines())

    bar.watch(session.jobs.read(NAME, work), lambda found: RunLogDialog(window, found).open(), quiet=True)


class RunLogDialog(QDialog):
    """The newest entries on top; the one chosen stands in full below."""

    def __init__(self, parent: QWidget | None, found: Sequence[Entry]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(NAME)
        self._entries = found
        self.level, self.search = QComboBox(), QLineEdit()
        self.level.addItems(list(CHOICES))
        self.level.setAccessibleName("级别")
        self.search.setPlaceholderText("查找内容、时间")
        self.search.setAccessibleName("查找运行日志")
        self.search.setClearButtonEnabled(True)
        self.table = TextTable(NAME, COLUMNS, tone=self._tone)
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setAccessibleName("选中记录的全文")
        self.count = QLabel()
        self.table.texts.fill([(each.at, each.level, each.text.partition("\n")[0]) for each in found])
        self.level.currentIndexChanged.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.table.current_changed.connect(self._show_whole)
        self._lay_out()
        self._narrow()

    def shown(self) -> list[Entry]:
        """The entries that pass the filters, as they stand in the table."""
        return [self._entries[place] for place in self.table.texts.places]

    def text(self) -> str:
        """The entries shown, as they may leave the computer."""
        return log.to_hand_on("\n".join(f"{each.at} {each.level} {each.text}" for each in self.shown()))

    def copy(self) -> None:
        """Put the entries shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self.count.setText(f"已复制 {len(self.shown())} 条")

    def save(self) -> None:
        """Write the entries shown where the user says."""
        path = talk.save_text(self, "保存运行日志", "刑执智检运行日志", self.text())
        if path is not None:
            self.count.setText(f"已保存 {len(self.shown())} 条：{path.name}")

    def _tone(self, _place: int, column: int, text: str) -> str:
        return {"出错": "违法", "注意": "存疑"}.get(text, "") if column == 1 else ""

    def _narrow(self) -> None:
        levels, word = CHOICES[self.level.currentText()], self.search.text().strip().lower()
        self.table.texts.narrow(
            [
                place
                for place, each in enumerate(self._entries)
                if each.level in levels and (word in each.text.lower() or word in each.at)
            ]
        )
        shown = len(self.table.texts.places)
        self.count.setText(f"共 {len(self._entries)} 条，显示 {shown} 条" if shown else NOTHING)
        for button in (self.copying, self.saving):
            button.setEnabled(bool(shown))
        if shown:
            self.table.selectRow(0)
        self._show_whole(self.table.place())

    def _show_whole(self, place: int) -> None:
        self.whole.setPlainText(self._entries[place].text if place >= 0 else "")

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.level)
        head.addWidget(self.search, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(self.whole)
        halves.setSizes([650, 350])
        halves.setChildrenCollapsible(False)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.copying = buttons.addButton("复制(&C)", role.ActionRole)
        self.saving = buttons.addButton("保存(&S)…", role.ActionRole)
        self.copying.clicked.connect(self.copy)
        self.saving.clicked.connect(self.save)
        for each in (self.copying, self.saving):
            each.setAutoDefault(False)
        buttons.addButton("关闭", role.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addLayout(head)
        rows.addWidget(halves, 1)
        rows.addWidget(self.count)
        rows.addWidget(buttons)
        look.size(self, 62, 32)
