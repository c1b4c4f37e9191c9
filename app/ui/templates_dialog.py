"""The office's templates: what each document is made with, in whose words; and what is wrong with one looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.templates import OWN_NAME, SHIPPED_NAME, InUse, Said
from app.core.documents.lint import Complaint
from app.core.documents.templates import Examined
from app.core.findings import Level, Outcome
from app.core.store.templates import OwnTemplate
from app.ui import look
from app.ui.copies_page import CopiesPage
from app.ui.flow import FlowLayout
from app.ui.number_page import NumberPage
from app.ui.plain_table import PlainTable

KINDS = (("文书", 13), ("现在使用", 5.2), ("文件", 14), ("自何时", 9), ("何人", 6))
PAST = (("文件", 16), ("起用", 9), ("何人", 6), ("停用", 9), ("何人", 6))
FAULTS = (("轻重", 5), ("在哪里", 11), ("有什么问题", 13), ("怎么办", 20))
WORDS = (("写法", 18), ("是什么", 7), ("含义", 20))
TOOLS = (  # name, words, whether it needs a template of the office
    ("replace", "换成本院模板(&H)…"),
    ("words", "查看可用的词(&W)…"),
    ("check", "检查(&J)"),
    ("try_sample", "用样例试填(&Y)"),
    ("try_case", "用选中的案件试填(&X)"),
    ("save_shipped", "另存出厂模板(&L)…"),
    ("save_used", "另存正在用的模板(&Z)…"),
    ("restore", "恢复出厂模板(&F)"),
)
HINT = (
    "要换成本院的格式：先“另存出厂模板”，在 Word 或 WPS 里改好，再“换成本院模板”。"
    "换之前会检查，有问题的说明在哪里、怎么改。本院模板存在加密数据里，随备份保存，程序更新以后仍然有效。"
)
FATAL, WARNING = "必须改正", "请注意"


class TemplatesDialog(QDialog):
    """Three pages, templates, numbers and copies, and a line that tells what was done; it stays open."""

    wanted = Signal(str, str)  # the tool, the id of a kind
    earlier_wanted = Signal(int)  # the number of an earlier template

    def __init__(self, parent: QWidget, numbers: NumberPage, copies: CopiesPage) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("模板和文号")
        self._shown: list[InUse] = []
        self._past: list[OwnTemplate] = []
        self.kinds = PlainTable("文书和模板", KINDS, wide=2)
        self.past = PlainTable("以前的模板", PAST, wide=0)
        self.past.empty = "没有用过本院的模板。"
        self.again = QPushButton("恢复所选的这一份(&K)")
        self.buttons = {name: QPushButton(text) for name, text in TOOLS}
        self.numbers, self.copies, self.says = numbers, copies, QLabel()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("模板和文号")
        self.tabs.addTab(self._templates(), "模板")
        self.tabs.addTab(numbers, "文号和回复期限")
        self.tabs.addTab(copies, "联和署名")
        box = QDialogButtonBox()
        close = box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        box.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        self.says.setWordWrap(True)
        for widget in (self.tabs, self.says, box):
            rows.addWidget(widget)
        rows.setStretchFactor(self.tabs, 1)
        self.kinds.currentCellChanged.connect(lambda *_: self._renew())
        self.again.clicked.connect(self._ask_earlier)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, name))
        look.size(self, 78, 36)

    def show_kinds(self, listed: Sequence[InUse]) -> None:
        """Show what each kind is made with; what was chosen stays chosen."""
        place = max(self.kinds.currentRow(), 0)
        self._shown = list(listed)
        self.kinds.fill(
            (each.kind.name, SHIPPED_NAME, "", "", "")
            if each.own is None
            else (each.kind.name, OWN_NAME, each.own.file, _moment(each.own.added_at), each.own.added_by)
            for each in self._shown
        )
        for row, each in enumerate(self._shown):
            if each.own is not None:
                self.kinds.write(row, 1, OWN_NAME, word=Outcome.LAWFUL, bold=True)
        self.kinds.selectRow(min(place, len(self._shown) - 1))
        self._renew()

    def show_past(self, past: Sequence[OwnTemplate]) -> None:
        """Show the templates a kind had before; that in use is left out."""
        self._past = [each for each in past if each.ended_at]
        self.past.fill(
            (each.file, _moment(each.added_at), each.added_by, _moment(each.ended_at), each.ended_by)
            for each in self._past
        )
        self.again.setEnabled(bool(self._past))

    def chosen(self) -> InUse | None:
        """The kind that is chosen."""
        place = self.kinds.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def choose(self, kind_id: str) -> None:
        """Choose a kind."""
        for place, each in enumerate(self._shown):
            if each.kind.id == kind_id:
                self.kinds.selectRow(place)

    def say(self, text: str) -> None:
        """Tell what was done."""
        self.says.setText(text)
        look.paint_text(self.says, look.colour_of(Outcome.LAWFUL))

    def _renew(self) -> None:
        chosen = self.chosen()
        self.buttons["restore"].setEnabled(chosen is not None and chosen.own is not None)
        self.buttons["try_case"].setEnabled(chosen is not None and bool(chosen.kind.desks))
        if chosen is not None:
            self.wanted.emit("past", chosen.kind.id)

    def _ask(self, tool: str) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.wanted.emit(tool, chosen.kind.id)

    def _ask_earlier(self) -> None:
        place = self.past.currentRow()
        if 0 <= place < len(self._past):
            self.earlier_wanted.emit(self._past[place].id)

    def _templates(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        tools = QWidget()
        flow = FlowLayout(tools, look.letters(self, 0.5))
        for button in (*self.buttons.values(), self.again):
            button.setAutoDefault(False)
        for button in self.buttons.values():
            flow.addWidget(button)
        title = QLabel("这种文书以前用过的本院模板：")
        for widget in (hint, self.kinds, tools, title, self.past):
            column.addWidget(widget)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.setStretchFactor(self.kinds, 3)
        column.setStretchFactor(self.past, 1)
        return page


class ExaminedDialog(QDialog):
    """What is wrong with a template; when it was picked to be used, it can be, unless something forbids it."""

    agreed = Signal()
    trial_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        kind_name: str,
        complaints: Sequence[Complaint],
        examined: Examined | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"检查模板：{kind_name}")
        self.head, self.mended = QLabel(_told(kind_name, complaints, examined)), QLabel()
        self.table = PlainTable("模板的问题", FAULTS, wide=3)
        self.table.setWordWrap(True)
        self.use, self.trial = QPushButton("使用这个模板(&U)"), QPushButton("先试填看看(&Y)")
        listed = sorted(complaints, key=lambda each: not each.fatal)
        self.table.fill((FATAL if each.fatal else WARNING, each.place, each.what, each.do) for each in listed)
        for row, each in enumerate(listed):
            self.table.write(
                row, 0, FATAL if each.fatal else WARNING, word=Level.UNLAWFUL if each.fatal else Level.DOUBT
            )
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(listed))
        if examined is not None and examined.mended:
            self.mended.setText("已经自动改好：\n" + "\n".join(f"· {each}" for each in examined.mended))
        self.mended.setVisible(bool(self.mended.text()))
        self._lay_out(picked=examined is not None, usable=examined is None or examined.usable, listed=len(listed))

    def _lay_out(self, *, picked: bool, usable: bool, listed: int) -> None:
        box = QDialogButtonBox()
        if picked:
            box.addButton(self.use, QDialogButtonBox.ButtonRole.ActionRole)
            box.addButton(self.trial, QDialogButtonBox.ButtonRole.ActionRole)
            self.use.setEnabled(usable)
            self.trial.setEnabled(usable)
        close = box.addButton("取消" if picked else "关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        box.rejected.connect(self.reject)
        self.use.clicked.connect(self._agree)
        self.trial.clicked.connect(self.trial_wanted)
        rows = QVBoxLayout(self)
        for label in (self.head, self.mended):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.paint_text(self.head, look.colour_of(Outcome.LAWFUL if usable else Level.UNLAWFUL))
        for widget in (self.head, self.mended, self.table, box):
            rows.addWidget(widget)
        rows.setStretchFactor(self.table, 1)
        look.size(self, 66 if listed else 40, 24 if listed else 9)

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()


class WordsDialog(QDialog):
    """The words a template of a kind may use; the one chosen can be copied."""

    def __init__(self, parent: QWidget, kind_name: str, words: Sequence[Said]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"可用的词：{kind_name}")
        self._words, self._shown = list(words), list(words)
        self.search, self.table = QLineEdit(), PlainTable("可用的词", WORDS, wide=2)
        self.copy = QPushButton("复制写法(&C)")
        self.search.setPlaceholderText("查找（空格隔开几个词）")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        box = QDialogButtonBox()
        box.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        self.search.textChanged.connect(self._filter)
        rows = QVBoxLayout(self)
        hint = QLabel("在 Word 里把写法原样放到要填写的地方；清单里的词写在循环的两个标记之间，标记各占一段。")
        hint.setWordWrap(True)
        for widget in (hint, self.search, self.table, box):
            rows.addWidget(widget)
        self._filter()
        look.size(self, 62, 32)

    def _filter(self) -> None:
        asked = self.search.text().split()
        self._shown = [each for each in self._words if all(one in f"{each.written}{each.says}" for one in asked)]
        self.table.fill((each.written, each.type, each.says) for each in self._shown)
        self.copy.setEnabled(bool(self._shown))

    def _copy(self) -> None:
        place = self.table.currentRow()
        if 0 <= place < len(self._shown):
            QGuiApplication.clipboard().setText(self._shown[place].written.strip())


def _told(kind_name: str, complaints: Sequence[Complaint], examined: Examined | None) -> str:
    fatal = sum(each.fatal for each in complaints)
    name = f"“{examined.name}”" if examined is not None else "正在使用的模板"
    if fatal:
        return f"{name}还不能用于《{kind_name}》：有 {fatal} 处必须改正。请在 Word 或 WPS 里改好、保存，再来一次。"
    if complaints:
        return f"{name}可以用于《{kind_name}》，有 {len(complaints)} 处请注意。"
    return f"{name}可以用于《{kind_name}》，没有发现问题。"


def _moment(text: str) -> str:
    return text.replace("T", " ")[:16]
