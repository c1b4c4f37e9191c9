"""One's own passphrase, changed by whoever knows the old one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.core.actions.accounts import change_own
from app.core.errors import UserError
from app.core.jobs import Job, Ticket
from app.ui import look
from app.ui.job_bar import JobBar
from app.ui.pass_lines import complain, fault_label, pass_line, wrong_pair
from app.ui.plain_buttons import answer_row
from app.ui.poll import Poll
from app.ui.room import keep
from app.ui.session import Session

SAYS = "数据不会重新加密，马上完成。原来的口令从此不能再用；其他人的口令和恢复密钥照旧有效。"


class PassphraseDialog(QDialog):
    """Asks for the old passphrase and twice for the new one; closes once it is changed."""

    def __init__(self, parent: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(parent)
        keep(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("修改口令")
        self._session, self._bar = session, bar
        self.old, self.phrase, self.again = pass_line("原口令"), pass_line("新口令"), pass_line("再输一次新口令")
        self.fault = fault_label()
        buttons, self._agree = answer_row(self, "修改", done=self.try_it)
        says = QLabel(SAYS)
        says.setWordWrap(True)
        form = QFormLayout()
        form.addRow("原口令(&O)：", self.old)
        form.addRow("新口令(&P)：", self.phrase)
        form.addRow("再输一次(&A)：", self.again)
        rows = QVBoxLayout(self)
        rows.addWidget(says)
        rows.addLayout(form)
        rows.addWidget(self.fault)
        rows.addWidget(buttons)
        self.setFixedWidth(look.letters(self, 34))

    def try_it(self) -> None:
        """Check what was typed, then change the key file in a job."""
        wrong = wrong_pair(self.phrase, self.again)
        if not self.old.text():
            complain(self.fault, "还没有输入原口令。", self.old)
        elif wrong:
            complain(self.fault, *wrong)
        else:
            store, now = self._session.store, self._session.now()
            old, new = self.old.text(), self.phrase.text()

            def work(*, ticket: Ticket) -> None:
                ticket.step(0)
                change_own(store, old, new, now=now)

            self._agree.setEnabled(False)
            Poll(self, self._session.jobs.write("修改口令", work), self._changed)

    def _changed(self, job: Job) -> None:
        self._agree.setEnabled(True)
        try:
            job.result()
        except UserError as fault:
            complain(self.fault, str(fault), self.old)
            return
        for line in (self.old, self.phrase, self.again):
            line.clear()
        self._bar.tell("口令已修改")
        self.accept()
