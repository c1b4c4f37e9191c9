"""What is asked for an account: a name, roles, a new passphrase twice; of these only what the occasion wants."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Job, Jobs, Ticket
from app.core.rights import Role, rights
from app.core.store.tries import TooSoon
from app.ui import look
from app.ui.pass_lines import Pause, complain, fault_label, pass_line, wrong_pair
from app.ui.plain_buttons import answer_row
from app.ui.poll import Poll
from app.ui.room import keep

Work = Callable[[str, frozenset[Role], str], Done]  # name, roles, passphrase
KEYS = dict(zip(Role, "BFGZ", strict=True))


class AccountForm(QDialog):
    """Asks, does the work in a job and closes once it is done; the answer is in `done`."""

    done_with: Done | None = None

    def __init__(
        self,
        parent: QWidget,
        jobs: Jobs,
        title: str,
        says: str,
        work: Work,
        *,
        name: bool = False,
        roles: frozenset[Role] | None = None,
        phrase: bool = False,
    ) -> None:
        """`roles` are those that are ticked at first, None when they are not asked for."""
        super().__init__(parent)
        keep(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._jobs, self._work, self._asks = jobs, work, (name, roles is not None, phrase)
        self.name = QLineEdit()
        self.name.setAccessibleName("姓名")
        self.roles = {each: QCheckBox(f"{each}(&{KEYS[each]})：{text}") for each, text in rights().says.items()}
        for each, box in self.roles.items():
            box.setChecked(each in (roles or ()))
        self.phrase, self.again = pass_line("口令"), pass_line("再输一次口令")
        self.fault = fault_label()
        buttons, self.agree = answer_row(self, "确定", done=self.try_it)
        self._pause = Pause(self.agree, self.fault)
        self._lay_out(says, buttons)

    def try_it(self) -> None:
        """Check what was typed, then do it in a job."""
        name, roles, phrase = self._asks
        chosen = frozenset(each for each, box in self.roles.items() if box.isChecked()) if roles else frozenset()
        wrong = wrong_pair(self.phrase, self.again) if phrase else None
        if name and not self.name.text().strip():
            complain(self.fault, "还没有填写姓名。", self.name)
        elif roles and not chosen:
            self.fault.setText("请至少选择一种身份。")
        elif wrong:
            complain(self.fault, *wrong)
        elif self.agree.isEnabled():
            said = (self.name.text(), chosen, self.phrase.text())

            def work(*, ticket: Ticket) -> Done:
                ticket.step(0)
                return self._work(*said)

            self.agree.setEnabled(False)
            Poll(self, self._jobs.write(self.windowTitle(), work), self._answered)

    def _answered(self, job: Job) -> None:
        self.agree.setEnabled(True)
        try:
            self.done_with = job.result()
        except TooSoon as fault:
            self._pause.begin(fault)
        except UserError as fault:
            self.fault.setText(str(fault))
        else:
            for line in (self.phrase, self.again):
                line.clear()
            self.accept()

    def _lay_out(self, says: str, buttons: QDialogButtonBox) -> None:
        name, roles, phrase = self._asks
        label = QLabel(says)
        label.setWordWrap(True)
        rows, form = QVBoxLayout(self), QFormLayout()
        rows.addWidget(label)
        if name:
            form.addRow("姓名(&N)：", self.name)
        if phrase:
            form.addRow("口令(&P)：", self.phrase)
            form.addRow("再输一次(&A)：", self.again)
        rows.addLayout(form)
        for box in self.roles.values() if roles else ():
            rows.addWidget(box)
        rows.addWidget(self.fault)
        rows.addWidget(buttons)
        self.setFixedWidth(look.letters(self, 38))
