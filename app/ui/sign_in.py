"""The passphrase: chosen at the first start, asked for at every later one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from app.core.errors import UserError, WrongPassphrase
from app.core.findings import Level, Outcome
from app.core.jobs import Job, Jobs, Ticket
from app.core.store.database import Store
from app.ui import look, talk
from app.ui.poll import Poll

SHORTEST = 8
FIRST = (
    "第一次使用，请设定口令。数据用它加密，以后每次打开都要输入。\n"
    f"口令至少 {SHORTEST} 个字符，可以用汉字、字母、数字和符号。"
)
WARNING = "请务必记牢，并写下来交本院保密部门保管：口令丢失后，任何人（包括开发者）都无法找回数据。"
LATER = "请输入口令。"
GONE = "没有找到上次使用的数据文件。如果它在U盘或者网络盘上，请先退出，接好后重新打开程序；继续将新建一份空的数据。"


def open_store(path: Path, passphrase: str, *, ticket: Ticket) -> Store:
    """Open the store, or make it when there is none yet; a job, because the key takes its time."""
    ticket.step(0, 0, "正在打开数据")
    return Store.open(path, passphrase) if path.exists() else Store.create(path, passphrase)


class SignIn(QDialog):
    """Asks until the store is open; accepted then, with the store in `store`."""

    def __init__(self, path: Path, jobs: Jobs, *, expected: bool = False) -> None:
        """`expected`: the store was used before, so that a missing file is worth a word."""
        super().__init__()
        self._expected = expected
        self.store: Store | None = None
        self._path = path
        self._jobs = jobs
        self.first = not path.exists()
        self.phrase = self._make_line("口令")
        self.again = self._make_line("再输一次口令")
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setAccessibleName("提示")
        look.paint_text(self.fault, look.colour_of(Level.UNLAWFUL))
        self.buttons = QDialogButtonBox()
        self._agree = self.buttons.addButton(
            "开始使用" if self.first else "打开", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton("退出", QDialogButtonBox.ButtonRole.RejectRole)
        self._agree.setDefault(True)
        self.buttons.accepted.connect(self.try_it)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def try_it(self) -> None:
        """Check what was typed, then open the store in a job."""
        phrase = self.phrase.text()
        if self.first and len(phrase) < SHORTEST:
            self._complain(f"口令太短，请至少输入 {SHORTEST} 个字符。", self.phrase)
        elif self.first and phrase != self.again.text():
            self._complain("两次输入的口令不一样，请再输一次。", self.again)
        elif not phrase:
            self._complain("还没有输入口令。", self.phrase)
        else:
            self._wait(True)
            job = self._jobs.write("打开数据", open_store, self._path, phrase)
            Poll(self, job, self._opened)

    def _opened(self, job: Job) -> None:
        self._wait(False)
        try:
            self.store = job.result()
        except WrongPassphrase:
            self._complain("口令不对，请再输一次。注意大小写和输入法。", self.phrase)
        except UserError as fault:
            self._complain("", self.phrase)
            talk.error(self, fault)
        else:
            self.accept()

    def _complain(self, text: str, line: QLineEdit) -> None:
        self.fault.setText(text)
        line.setFocus()
        line.selectAll()

    def _wait(self, waiting: bool) -> None:
        self.fault.setText("")
        self._agree.setText("正在打开……" if waiting else "开始使用" if self.first else "打开")
        for each in (self.phrase, self.again, self._agree):
            each.setEnabled(not waiting)

    def _make_line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(name)
        line.setMinimumWidth(look.letters(line, 18))
        return line

    def _lay_out(self) -> None:
        self.setWindowTitle("刑执智检")
        title = QLabel("刑执智检")
        look.larger(title, 1.6, bold=True)
        says = self._wrapped(FIRST if self.first else LATER)
        form = QFormLayout()
        form.addRow("口令(&P)：", self.phrase)
        if self.first:
            form.addRow("再输一次(&A)：", self.again)
        rows = QVBoxLayout(self)
        rows.addWidget(title)
        rows.addWidget(says)
        if self.first and self._expected:
            gone = self._wrapped(GONE)
            look.paint_text(gone, look.colour_of(Level.UNLAWFUL))
            rows.addWidget(gone)
        if self.first:
            warning = self._wrapped(WARNING)
            look.larger(warning, bold=True)
            rows.addWidget(warning)
        rows.addLayout(form)
        rows.addWidget(self.fault)
        place = self._wrapped(f"数据文件：{self._path}")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.paint_text(place, look.colour_of(Outcome.NOT_APPLICABLE))
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
