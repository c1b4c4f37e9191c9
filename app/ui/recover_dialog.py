"""In by the printed recovery key: the manager gets a new passphrase."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.actions.sign_in import recover
from app.core.errors import UserError
from app.core.jobs import Job, Jobs, Ticket
from app.core.store.database import Store
from app.core.store.tries import TooSoon
from app.ui import look
from app.ui.pass_lines import Pause, complain, fault_label, pass_line, wrong_pair
from app.ui.plain_buttons import answer_row
from app.ui.poll import Poll
from app.ui.room import keep

SAYS = (
    "请输入打印保管的恢复密钥（七组，每组四个），再为管理员设定新口令。"
    "管理员原来的口令从此不能再用；其他人忘记口令的，进入后由管理员重设。"
)


def recover_store(path: Path, typed: str, passphrase: str, *, ticket: Ticket) -> Store:
    """Open the store by the recovery key; a job, because the key takes its time."""
    ticket.step(0, 0, "正在打开数据")
    return recover(path, typed, passphrase, now=datetime.now())


class RecoverDialog(QDialog):
    """Asks until the store is open; accepted then, with the store in `store`."""

    def __init__(self, parent: QWidget, path: Path, jobs: Jobs) -> None:
        super().__init__(parent)
        keep(self)
        self.setWindowTitle("用恢复密钥打开")
        self._path, self._jobs = path, jobs
        self.store: Store | None = None
        self.key = QLineEdit()
        self.key.setAccessibleName("恢复密钥")
        self.key.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.phrase, self.again = pass_line("新口令"), pass_line("再输一次新口令")
        self.fault = fault_label()
        buttons, self._agree = answer_row(self, "打开并设定新口令", refuse="返回", done=self.try_it)
        self._pause = Pause(self._agree, self.fault)
        says = QLabel(SAYS)
        says.setWordWrap(True)
        form = QFormLayout()
        form.addRow("恢复密钥(&K)：", self.key)
        form.addRow("新口令(&P)：", self.phrase)
        form.addRow("再输一次(&A)：", self.again)
        rows = QVBoxLayout(self)
        rows.addWidget(says)
        rows.addLayout(form)
        rows.addWidget(self.fault)
        rows.addWidget(buttons)
        self.setFixedWidth(look.letters(self, 36))
        self.key.setFocus()

    def try_it(self) -> None:
        """Check what was typed, then open the store in a job."""
        wrong = wrong_pair(self.phrase, self.again)
        if not self.key.text().strip():
            complain(self.fault, "还没有输入恢复密钥。", self.key)
        elif wrong:
            complain(self.fault, *wrong)
        elif self._agree.isEnabled():
            self._wait(True)
            words = (self._path, self.key.text(), self.phrase.text())
            Poll(self, self._jobs.write("打开数据", recover_store, *words), self._opened)

    def _opened(self, job: Job) -> None:
        self._wait(False)
        try:
            self.store = job.result()
        except TooSoon as fault:
            self._pause.begin(fault)
        except UserError as fault:
            complain(self.fault, str(fault), self.key)
        else:
            for line in (self.key, self.phrase, self.again):
                line.clear()
            self.accept()

    def _wait(self, waiting: bool) -> None:
        self.fault.setText("正在打开……" if waiting else "")
        for each in (self.key, self.phrase, self.again, self._agree):
            each.setEnabled(not waiting)
