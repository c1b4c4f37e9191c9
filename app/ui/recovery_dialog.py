"""The recovery key, shown once: to be printed or copied by hand before the window can be closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.actions.accounts import new_recovery
from app.core.jobs import Ticket
from app.ui import look, talk
from app.ui.job_bar import JobBar
from app.ui.room import keep
from app.ui.session import Session

SAYS = (
    "这是恢复密钥。忘记口令时，凭它可以重新打开数据、设定新口令。\n"
    "它只在这里显示一次，程序不保存。请打印或者抄写，装入信封交本院保密部门保管，不要存进电脑或者手机。"
)
KEPT = "已打印或者抄写，并逐个核对(&K)"
PAPER = """
<h1>刑执智检　恢复密钥</h1>
<p>数据文件：{place}</p><p>制作日期：{day}</p>
<p style="font-size:22pt; font-family:monospace"><b>{key}</b></p>
<p>忘记口令时，在打开数据的窗口点“忘记口令”，输入以上七组字母和数字，即可设定新口令。</p>
<p>以前打印的恢复密钥从今日起作废。任何人得到本页和数据文件都能看到全部数据，请按涉密载体保管，不再使用时销毁。</p>
"""


def make_recovery_key(parent: QWidget, session: Session, bar: JobBar, then: Callable[[], None] = lambda: None) -> None:
    """Make a new recovery key in a job, then show it; `then` is called once it was put away."""
    now, who = session.now(), session.who()

    def work(*, ticket: Ticket) -> str:
        ticket.step(0)
        return new_recovery(session.store, now=now, who=who)

    def show(text: str) -> None:
        dialog = RecoveryDialog(parent, text, session.store.path.name, now[:10])
        dialog.finished.connect(lambda _: then())
        dialog.open()

    bar.watch(session.jobs.write("制作恢复密钥", work), show)


class RecoveryDialog(QDialog):
    """Shows the key; closes only once somebody says it was kept."""

    def __init__(self, parent: QWidget, text: str, place: str, day: str) -> None:
        super().__init__(parent)
        keep(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("恢复密钥")
        self._page = PAPER.format(key=text, place=place, day=day)
        says = QLabel(SAYS)
        says.setWordWrap(True)
        self.key = QLabel(text)
        self.key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        look.larger(self.key, 1.5, bold=True)
        self.key.setAccessibleName("恢复密钥")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kept = QCheckBox(KEPT)
        buttons = QDialogButtonBox()
        self.printing = QPushButton("打印(&P)…")
        buttons.addButton(self.printing, QDialogButtonBox.ButtonRole.ActionRole)
        self.done_button = buttons.addButton("完成", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setEnabled(False)
        self.kept.toggled.connect(self.done_button.setEnabled)
        self.printing.clicked.connect(self.print_it)
        buttons.accepted.connect(self.accept)
        rows = QVBoxLayout(self)
        for each in (says, self.key, self.kept, buttons):
            rows.addWidget(each)
        self.setFixedWidth(look.letters(self, 40))

    def print_it(self) -> None:
        """Print one page, without a file on the way."""
        page = QTextDocument()
        page.setHtml(self._page)
        talk.print_page(self, page)

    def reject(self) -> None:
        """Esc and the cross do not lose the key."""
        if self.kept.isChecked() or talk.ask(
            self, "恢复密钥还没有保存好。", "关闭以后不能再看到它，只能另做一份。", yes="不保存，关闭", no="继续看"
        ):
            super().reject()
