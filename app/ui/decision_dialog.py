"""What must be said with a step: a coded reason, a sentence, a day; and the second person's word."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level
from app.core.life import CODE, UNTIL, Move, life
from app.core.rights import CheckWay
from app.ui import look
from app.ui.day_edit import DayEdit
from app.ui.pass_lines import pass_line
from app.ui.plain_buttons import answer_row
from app.ui.room import keep

HEADS = {
    CheckWay.SIGNED_IN: "请您复核。",
    CheckWay.BESIDE: "请有复核人身份的另一位同志在这里输入本人的口令；也可以由其登录后在“待办”的“待复核”里复核。",
    CheckWay.BY_NAME: "请另一位同志复核。现在只有一个账户，只能登记姓名，记录将注明“未以第二账户核对”；"
    "要由本人以口令复核的，请在“设置”的“人员与权限”里为其增加账户。",
}
MONTHS_WATCHED = 3  # what the day stands at first


class WordsForm(QDialog):
    """A form with a line that says what is still lacking."""

    def __init__(self, parent: QWidget | None, title: str, head: str) -> None:
        super().__init__(parent)
        keep(self)
        self.setWindowTitle(title)
        label = QLabel(head)
        label.setWordWrap(True)
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.why = QPlainTextEdit()
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(look.lines(self, 4))
        self._lacks = QLabel()
        look.paint_text(self._lacks, look.colour_of(Level.UNLAWFUL))
        self.buttons, self.agree = answer_row(self, "确定(&G)")
        rows = QVBoxLayout(self)
        rows.addWidget(label)
        rows.addLayout(self.form)
        for each in (self._lacks, self.buttons):
            rows.addWidget(each)
        self.setMinimumWidth(look.letters(self, 30))
        self.why.textChanged.connect(self.renew)

    def lacking(self) -> str:
        """What must still be filled in; "" when nothing."""
        return ""

    def said(self) -> str:
        """The words."""
        return self.why.toPlainText().strip()

    def renew(self) -> None:
        """Say what is lacking; the button waits for it."""
        lacks = self.lacking()
        self._lacks.setText(lacks)
        self.agree.setEnabled(not lacks)


def reason_box() -> QComboBox:
    """The reasons for which a finding is excluded; none of them is chosen."""
    box = QComboBox()
    for each in life().reasons.values():
        box.addItem(f"{each.name}（{each.says}）", each.id)
    box.setCurrentIndex(-1)
    box.setPlaceholderText("请选择理由")
    box.setAccessibleName("排除的理由")
    return box


def until_box(today: date) -> DayEdit:
    """The day up to which a finding is watched: tomorrow at the earliest."""
    box = DayEdit()
    day = QDate(today.year, today.month, today.day)
    box.setMinimumDate(day.addDays(1))
    box.setDate(day.addMonths(MONTHS_WATCHED))
    box.setAccessibleName("关注到哪一天")
    return box


class DecisionDialog(WordsForm):
    """Asks for what a move needs; `agreed` tells the sentence, the code of a reason ("" for none) and the day."""

    agreed = Signal(str, str, object)  # why, code, a date or None

    def __init__(self, parent: QWidget | None, move: Move, name: str, today: date) -> None:
        super().__init__(parent, move.button.partition("(")[0], f"“{name}”：由“{move.before}”改为“{move.after}”")
        self._move = move
        self.reason, self.until = reason_box(), until_box(today)
        if CODE in move.needs:
            self.reason.currentIndexChanged.connect(self.renew)
            self.form.addRow("理由(&R)：", self.reason)
        if UNTIL in move.needs:
            self.form.addRow("关注到(&D)：", self.until)
        self.why.setAccessibleName(move.asks or "说明")
        self.form.addRow(f"{move.asks or '说明'}(&W)：", self.why)
        self.renew()

    def lacking(self) -> str:
        """A reason, or the sentence that must come with it."""
        reason = life().reasons.get(self.reason.currentData() or "")
        if CODE in self._move.needs:
            if reason is None:
                return "请选择理由。"
            return "这个理由要用一句话写明。" if reason.sentence and not self.said() else ""
        return "" if self.said() else "请用一句话写明。"

    def accept(self) -> None:
        """Hand on what was said."""
        day = self.until.date().toPython() if UNTIL in self._move.needs else None
        said, code = self.said(), self.reason.currentData() or ""
        super().accept()
        self.agreed.emit(said, code, day)


class CheckDialog(WordsForm):
    """Asks the second person; `agreed` tells whether they agree, their words and who: a name or a passphrase, as asked.

    Who signed in is asked for neither.
    """

    agreed = Signal(bool, str, str)

    def __init__(self, parent: QWidget | None, name: str, state: str, first: str, way: CheckWay) -> None:
        super().__init__(parent, "复核", f"“{name}”：{first}记为“{state}”。{HEADS[way]}")
        self._first, self._way = first, way
        self.who = pass_line("复核人的口令") if way is CheckWay.BESIDE else QLineEdit()
        if way is CheckWay.BY_NAME:
            self.who.setAccessibleName("复核人")
            self.form.addRow("复核人(&N)：", self.who)
        elif way is CheckWay.BESIDE:
            self.form.addRow("复核人的口令(&N)：", self.who)
        self.yes, self.no = QRadioButton("同意(&Y)"), QRadioButton("退回，重新核查(&B)")
        self.yes.setChecked(True)
        self.form.addRow(self.yes)
        self.form.addRow(self.no)
        self.why.setAccessibleName("复核意见")
        self.form.addRow("意见(&W)：", self.why)
        self.who.textChanged.connect(self.renew)
        self.yes.toggled.connect(self.renew)
        self.renew()

    def lacking(self) -> str:
        """Who it is, another than the first one, and a reason for sending back."""
        who = self.who.text().strip()
        if not who and self._way is not CheckWay.SIGNED_IN:
            return "请填写复核人的姓名。" if self._way is CheckWay.BY_NAME else "请复核人输入本人的口令。"
        if who == self._first and self._way is CheckWay.BY_NAME:
            return f"复核人不能就是核查人（{who}）。"
        return "退回要写明理由。" if self.no.isChecked() and not self.said() else ""

    def accept(self) -> None:
        """Hand on what was said."""
        yes, said, who = self.yes.isChecked(), self.said(), self.who.text().strip()
        self.who.clear()
        super().accept()
        self.agreed.emit(yes, said, who)
