"""Cases to and from another office: what goes out, what would come in beside what we have, what came in before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.store.exchanges import Taken
from app.ui import look, talk
from app.ui.pass_lines import complain, fault_label, pass_line
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.exchange_in import Preview, Sorted

SHEETS = (("表", 9), ("文件", 14), ("行", 4), ("可导入", 4.5), ("已有", 4), ("退回", 4))
WORDS = (("姓名", 6), ("规则", 14), ("级别", 4), ("对方", 5), ("本院", 6), ("对方说明", 16))
PAST = (("导入时间", 9), ("单位", 12), ("文件", 12), ("核对码", 9), ("行", 4), ("退回", 4))
MOST_WORDS = 2000
OUT_SAYS = (
    "把选中案件（连同这些人的其他行）写成一个加密文件，拷给对方。口令请用电话告诉对方，不要写在文件旁边；"
    "导出后把核对码也告诉对方，两边一致就没有拿错、改动。"
)
IN_SAYS = "先打开看看，再决定是否导入。对方的线索、决定写明单位，放在本院的旁边，不改变本院的任何内容；可以整个撤回。"
NOTHING = "还没有打开交换文件。"
ABSENT = "没有这条"


class ExchangeDialog(QDialog):
    """Shows three pages; tells what the user wants done."""

    send_wanted = Signal(str, bool, bool)  # passphrase, with words, with papers
    look_wanted = Signal(object, str)  # a path, the passphrase
    take_wanted = Signal(object)  # a Preview
    back_wanted = Signal(int)  # the number of an exchange

    def __init__(self, parent: QWidget | None, cases: int, taken: Sequence[Taken]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("交换文件")
        self._path: Path | None = None
        self._shown: Preview | None = None
        self._taken: Sequence[Taken] = ()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("交换文件")
        for page, title in (
            (self._make_out(cases), "导出"),
            (self._make_in(), "导入"),
            (self._make_past(), "已导入的交换文件"),
        ):
            self.tabs.addTab(page, title)
        buttons = QDialogButtonBox()
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(self.tabs)
        rows.addWidget(buttons)
        self.show_taken(taken)
        self.show_preview(None)
        look.size(self, 66, 28)

    def show_sent(self, says: str) -> None:
        """Tell what went out."""
        self.sent.setText(f"{says}。")
        for line in (self.phrase, self.again):
            line.clear()

    def show_preview(self, shown: Preview | None) -> None:
        """Show what would come in."""
        self._shown = shown
        self.take.setEnabled(shown is not None and shown.before is None)
        self.sheets.fill(() if shown is None else [_sheet_line(each) for each in shown.sheets])
        listed = () if shown is None else shown.words[:MOST_WORDS]
        self.words.fill(
            (
                each.word.name,
                f"{each.word.rule} {each.word.rule_name}",
                each.word.level,
                each.word.state,
                each.ours or ABSENT,
                each.word.says,
            )
            for each in listed
        )
        for row, each in enumerate(listed):
            if each.differs:
                self.words.write(row, 4, each.ours, word="存疑", bold=True)
        self.found.setText(NOTHING if shown is None else _told(shown))

    def show_taken(self, taken: Sequence[Taken]) -> None:
        """Show what came in before."""
        self._taken = taken
        self.past.fill(
            (
                each.taken_at.replace("T", " ")[:16],
                each.office,
                each.file,
                each.code,
                str(each.rows),
                str(each.rejected),
            )
            for each in taken
        )
        self.back.setEnabled(bool(taken))

    def _make_out(self, cases: int) -> QWidget:
        page = QWidget()
        says = QLabel(f"选中 {cases} 件案件。{OUT_SAYS}" if cases else f"没有选中案件，请先在列表里选中。{OUT_SAYS}")
        self.with_words, self.with_papers = QCheckBox("连同线索和本院的决定(&W)"), QCheckBox("连同文书台账(&D)")
        for box in (self.with_words, self.with_papers):
            box.setChecked(True)
        self.phrase, self.again = pass_line("交换口令"), pass_line("再输一次交换口令")
        self.fault, self.sent = fault_label(), QLabel()
        self.send = QPushButton("导出(&E)…")
        self.send.setAutoDefault(False)
        self.send.setEnabled(cases > 0)
        self.send.clicked.connect(self._send)
        form = QFormLayout()
        form.addRow("交换口令(&P)：", self.phrase)
        form.addRow("再输一次(&A)：", self.again)
        rows = QVBoxLayout(page)
        for label in (says, self.sent):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addWidget(says)
        rows.addWidget(self.with_words)
        rows.addWidget(self.with_papers)
        rows.addLayout(form)
        rows.addWidget(self.fault)
        rows.addLayout(_row(self.send))
        rows.addWidget(self.sent)
        rows.addStretch(1)
        return page

    def _make_in(self) -> QWidget:
        page = QWidget()
        says, self.found = QLabel(IN_SAYS), QLabel(NOTHING)
        self.chosen = QLabel("还没有选择文件")
        self.choose, self.unlock, self.take = (
            QPushButton("选择文件(&F)…"),
            QPushButton("打开(&O)"),
            QPushButton("导入(&I)"),
        )
        self.secret, self.wrong = pass_line("对方告诉的口令"), fault_label()
        self.sheets, self.words = PlainTable("可导入的行", SHEETS, wide=1), PlainTable("对方的线索", WORDS, wide=5)
        self.choose.clicked.connect(self._choose)
        self.unlock.clicked.connect(self._look)
        self.take.clicked.connect(self._take)
        for button in (self.choose, self.unlock, self.take):
            button.setAutoDefault(False)
        form = QFormLayout()
        form.addRow("口令(&K)：", self.secret)
        rows = QVBoxLayout(page)
        for label in (says, self.found, self.chosen):
            label.setWordWrap(True)
        rows.addWidget(says)
        rows.addLayout(_row(self.choose, self.chosen))
        rows.addLayout(form)
        rows.addWidget(self.wrong)
        rows.addLayout(_row(self.unlock, self.take))
        rows.addWidget(self.found)
        rows.addWidget(self.sheets, 1)
        rows.addWidget(self.words, 2)
        return page

    def _make_past(self) -> QWidget:
        page = QWidget()
        self.past = PlainTable("已导入的交换文件", PAST, wide=2)
        self.past.empty = "还没有导入过交换文件。"
        self.back = QPushButton("撤回所选的交换文件(&B)…")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._take_back)
        rows = QVBoxLayout(page)
        rows.addWidget(self.past)
        rows.addLayout(_row(self.back))
        return page

    def _send(self) -> None:
        from app.core.store.exchange_file import SHORTEST

        self.fault.setText("")
        if len(self.phrase.text().strip()) < SHORTEST:
            complain(self.fault, f"交换口令太短，至少 {SHORTEST} 个字。", self.phrase)
        elif self.phrase.text() != self.again.text():
            complain(self.fault, "两次输入的口令不一样，请再输一次。", self.again)
        else:
            self.send_wanted.emit(self.phrase.text(), self.with_words.isChecked(), self.with_papers.isChecked())

    def _choose(self) -> None:
        path = talk.choose_file(self, "选择交换文件", str(Path.home()), talk.EXCHANGE)
        if path is not None:
            self._path = path
            self.chosen.setText(str(path))
            self.show_preview(None)

    def _look(self) -> None:
        self.wrong.setText("")
        if self._path is None:
            complain(self.wrong, "请先选择文件。", self.secret)
        elif not self.secret.text():
            complain(self.wrong, "请输入对方告诉的口令。", self.secret)
        else:
            self.look_wanted.emit(self._path, self.secret.text())

    def _take(self) -> None:
        shown = self._shown
        if shown is None:
            return
        question = f"导入{shown.offer.office}交来的 {shown.accepted} 行？"
        if talk.ask(self, question, "请先与对方核对核对码。本院的内容不会改变；导入以后请运行审查。", yes="导入"):
            self.take_wanted.emit(shown)

    def _take_back(self) -> None:
        row = self.past.currentRow()
        if not 0 <= row < len(self._taken):
            return
        each = self._taken[row]
        more = "导入的行、案件和对方的线索一并移除；对方用过的文号仍然占用。"
        if talk.ask(self, f"撤回{each.office}的“{each.file}”？", more, yes="撤回"):
            self.back_wanted.emit(each.id)


def _sheet_line(each: Sorted) -> tuple[str, ...]:
    rows, good, repeated, refused = len(each.sheet.rows), len(each.good), each.repeated, len(each.rejects)
    return each.table, each.file, str(rows), str(good), str(repeated), str(refused - repeated)


def _told(shown: Preview) -> str:
    offer = shown.offer
    parts = [
        f"{offer.office}（{offer.made_by}，{_minute(offer.made_at)}导出），核对码 {offer.code}。",
        f"案件 {len(offer.cases)} 件，{offer.rows} 行：可导入 {shown.accepted} 行，不导入 {shown.rejected} 行。",
        f"对方线索 {len(shown.words)} 条，文书 {len(offer.papers)} 份。",
    ]
    differ = sum(each.differs for each in shown.words)
    if differ:
        parts.append(f"有 {differ} 条线索两边的决定不同。")
    if shown.used:
        parts.append(f"注意：文号{'、'.join(shown.used[:5])}两边都用过。")
    if shown.before is not None:
        parts.append(f"这个文件已于{_minute(shown.before.taken_at)}导入过，不能重复导入。")
    return "".join(parts)


def _minute(moment: str) -> str:
    return moment.replace("T", " ")[:16]


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for each in widgets:
        row.addWidget(each, 1 if isinstance(each, QLabel) else 0)
    if not any(isinstance(each, QLabel) for each in widgets):
        row.addStretch(1)
    return row
