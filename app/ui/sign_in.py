"""The passphrase, asked for at every start; the first start is `welcome`, made of the same parts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from app.core.errors import StoreDamaged, UserError, WrongPassphrase
from app.core.jobs import Job, Jobs, Ticket
from app.core.store.tries import TooSoon
from app.ui import look, talk
from app.ui.help_door import help_at_the_door
from app.ui.pass_lines import Pause, complain, fault_label, pass_line, wrong_pair
from app.ui.poll import Poll
from app.ui.room import keep

if TYPE_CHECKING:
    from app.core.store.database import Store
    from app.ui.recover_dialog import RecoverDialog

SAYS = "请输入您本人的口令。几个人共用这份数据的，程序凭口令认出您是谁。"


def open_store(path: Path, passphrase: str, name: str = "", *, ticket: Ticket) -> Store:
    """Open the store, or make it when there is none yet; a job, because the key takes its time."""
    from app.core.actions.sign_in import sign_in_or_make

    ticket.step(0, 0, "正在打开数据")
    return sign_in_or_make(path, passphrase, name, now=datetime.now())


class SignIn(QDialog):
    """Asks until the store is open; accepted then, with the store in `store`."""

    def __init__(self, path: Path, jobs: Jobs) -> None:
        super().__init__()
        keep(self)
        self.store: Store | None = None
        self._path = path
        self._jobs = jobs
        self.first = not path.exists()
        self.name = QLineEdit()
        self.name.setAccessibleName("姓名")
        self.phrase = pass_line("口令")
        self.again = pass_line("再输一次口令")
        self.fault = fault_label()
        self.buttons = QDialogButtonBox()
        self._agree = self.buttons.addButton(
            "开始使用" if self.first else "打开", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._pause = Pause(self._agree, self.fault)
        self.forgotten = QPushButton("忘记口令(&F)…")
        self.recovering: RecoverDialog | None = None
        if not self.first:
            self.buttons.addButton(self.forgotten, QDialogButtonBox.ButtonRole.ActionRole)
            self.forgotten.clicked.connect(self.recover)
        self.buttons.addButton("退出", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.try_it)
        self.buttons.rejected.connect(self.reject)
        help_at_the_door(self)
        self._lay_out()
        self._agree.setDefault(True)  # only now has the button its dialog

    def try_it(self) -> None:
        """Check what was typed, then open the store in a job."""
        wrong = wrong_pair(self.phrase, self.again) if self.first else None
        if not self._agree.isEnabled():
            return
        if self.first and not self.name.text().strip():
            complain(self.fault, "请填写您的姓名，日志和复核要用到。", self.name)
        elif wrong:
            complain(self.fault, *wrong)
        elif not self.phrase.text():
            complain(self.fault, "还没有输入口令。", self.phrase)
        else:
            self._wait(True)
            job = self._jobs.write("打开数据", open_store, self._path, self.phrase.text(), self.name.text())
            Poll(self, job, self._opened)

    def recover(self) -> None:
        """Let the recovery key be typed."""
        from app.ui.recover_dialog import RecoverDialog

        self.recovering = RecoverDialog(self, self._path, self._jobs)
        self.recovering.accepted.connect(self._recovered)
        self.recovering.open()

    def _recovered(self) -> None:
        self._enter(self.recovering.store)

    def _opened(self, job: Job) -> None:
        self._wait(False)
        try:
            store = job.result()
        except TooSoon as fault:
            self._pause.begin(fault)
        except WrongPassphrase:
            complain(self.fault, "口令不对，请再输一次。注意大小写和输入法。", self.phrase)
        except StoreDamaged as fault:
            from app.ui.rescue import offer

            complain(self.fault, "", self.phrase)
            if offer(self, self._jobs, self._path, self.phrase.text(), fault, self._rescued):
                self._wait(True)
            else:
                talk.error(self, fault)
        except UserError as fault:
            complain(self.fault, "", self.phrase)
            talk.error(self, fault)
        else:
            self._enter(store)

    def _rescued(self, well: bool) -> None:
        self._wait(False)
        if well:
            self.try_it()

    def _enter(self, store: Store) -> None:
        self.phrase.clear()
        self.again.clear()
        self.store = store
        self.accept()

    def _wait(self, waiting: bool) -> None:
        self.fault.setText("")
        self._agree.setText("正在打开……" if waiting else "开始使用" if self.first else "打开")
        for each in (self.phrase, self.again, self.name, self.forgotten, self._agree):
            each.setEnabled(not waiting)

    def _lay_out(self) -> None:
        self.setWindowTitle("刑执智检")
        title = QLabel("刑执智检")
        look.larger(title, 1.6, bold=True)
        says = self._wrapped(SAYS)
        form = QFormLayout()
        form.addRow("口令(&P)：", self.phrase)
        rows = QVBoxLayout(self)
        rows.addWidget(title)
        rows.addWidget(says)
        rows.addLayout(form)
        rows.addWidget(self.fault)
        place = self._wrapped(f"数据文件：{self._path}")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.paint_text(place, QColor(look.tones().faint))
        rows.addWidget(place)
        rows.addWidget(self.buttons)
        self.setFixedWidth(look.letters(self, 34))
        self.setMinimumHeight(rows.heightForWidth(self.width()))
        self.phrase.setFocus()

    def _wrapped(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
