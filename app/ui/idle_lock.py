"""The window is put away when nobody has touched the computer for a while, or Windows was locked, or by Ctrl+L.

The passphrase brings it back; work under way goes on meanwhile. A question that stood open is answered with no, as if
its window had been closed. Only Windows tells how long nobody touched the computer: elsewhere Ctrl+L remains.
"""

from __future__ import annotations

import ctypes
import sys
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.actions.sign_in import unlock
from app.core.errors import UserError
from app.core.jobs import Job, Ticket
from app.core.rights import Account
from app.core.store.tries import TooSoon
from app.ui import look
from app.ui.pass_lines import Pause, complain, fault_label, pass_line
from app.ui.poll import Poll
from app.ui.room import keep
from app.ui.session import Session

KEYS = "Ctrl+L"
OTHERS = "“{name}”正在使用；其他人输入本人的口令，就换由其登录。"
BUSY = "“{name}”的工作还没有做完，做完后才能换人。"
SECONDS_A_MINUTE = 60
MILLISECONDS_BETWEEN_LOOKS = 5_000
SWITCH_DESKTOP = 0x0100  # the right that nobody has on the desktop of a locked Windows


class IdleLock(QObject):
    """Looks now and then how long nobody touched the computer; nothing is ever locked that has no passphrase.

    `another` came and gave a passphrase of their own.
    """

    another = Signal(str)

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._session = session
        self._hidden: list[QWidget] = []
        self.dialog: UnlockDialog | None = None
        self._looks = QTimer(self, interval=MILLISECONDS_BETWEEN_LOOKS)
        self._looks.timeout.connect(self.look)
        QShortcut(QKeySequence(KEYS), window, context=Qt.ShortcutContext.ApplicationShortcut).activated.connect(
            self.lock
        )

    def begin(self) -> None:
        """Look from now on, by the minutes of the settings, where there is something to look at."""
        if sys.platform == "win32":
            self._looks.start()

    def look(self) -> None:
        """Lock when it is time to; 0 minutes lock only with Windows itself."""
        minutes = self._session.settings.lock_minutes
        if session_is_locked() or (minutes and seconds_untouched() >= minutes * SECONDS_A_MINUTE):
            self.lock()

    def lock(self) -> None:
        """Put all windows away and ask for the passphrase."""
        if self.dialog is not None or not self._session.store.locks.slot:
            return
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
        self._hidden = sorted(shown, key=lambda each: isinstance(each, QDialog))  # the main window comes back first
        for each in reversed(self._hidden):
            each.hide()
        self.dialog = UnlockDialog(self._session)
        self.dialog.accepted.connect(self._unlocked)
        self.dialog.another.connect(self._give_way)
        self.dialog.show()

    def _give_way(self, phrase: str) -> None:
        """The windows of the one before do not come back; the dialog goes when the program has changed over."""
        self.dialog.hide()
        self.dialog.deleteLater()
        self.dialog, self._hidden = None, []
        self.another.emit(phrase)

    def _unlocked(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None
        for each in self._hidden:
            each.show()
        self._hidden = []


class UnlockDialog(QDialog):
    """Asks for the passphrase; it cannot be closed otherwise. Whoever has another account may take over (`another`)."""

    another = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(None)
        keep(self)
        self._session = session
        self.setWindowTitle("已锁定")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        more = OTHERS.format(name=session.store.account.name) if len(session.store.people) > 1 else ""
        says = QLabel(f"刑执智检已锁定，正在进行的工作照常继续。请输入口令。{more}")
        says.setWordWrap(True)
        self.phrase, self.fault = pass_line("口令"), fault_label()
        buttons = QDialogButtonBox()
        self.agree = buttons.addButton("解锁", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.try_it)
        self._pause = Pause(self.agree, self.fault)
        rows = QVBoxLayout(self)
        for each in (says, self.phrase, self.fault, buttons):
            rows.addWidget(each)
        self.setFixedWidth(look.letters(self, 28))
        self.phrase.setFocus()

    def reject(self) -> None:
        """Neither Esc nor the frame opens what is locked."""

    def try_it(self) -> None:
        """Check the passphrase in a job; a wrong one costs time as it does at sign-in."""
        if not self.phrase.text():
            complain(self.fault, "还没有输入口令。", self.phrase)
            return
        store, phrase = self._session.store, self.phrase.text()

        def work(*, ticket: Ticket) -> Account:
            ticket.step(0)
            return unlock(store, phrase, now=datetime.now())

        self.agree.setEnabled(False)
        Poll(self, self._session.jobs.read("核对口令", work), self._answered)

    def _answered(self, job: Job) -> None:
        self.agree.setEnabled(True)
        try:
            account = job.result()
        except TooSoon as fault:
            self._pause.begin(fault)
        except UserError as fault:
            complain(self.fault, str(fault), self.phrase)
        else:
            self._let_in(account)

    def _let_in(self, account: Account) -> None:
        """Whoever signed in goes on; another takes over, once the work of the first is done."""
        mine, phrase = self._session.store.account, self.phrase.text()
        if account.number == mine.number:
            self.phrase.clear()
            self.accept()
        elif self._session.jobs.busy():
            complain(self.fault, BUSY.format(name=mine.name), self.phrase)
        else:
            self.phrase.clear()
            self.another.emit(phrase)


def seconds_untouched() -> float:
    """How long nobody has touched mouse or keyboard, as Windows tells it; 0 elsewhere."""
    if sys.platform != "win32":
        return 0.0
    touched = (ctypes.c_uint * 2)(8, 0)  # the size of this, and the tick of the last touch
    ctypes.windll.user32.GetLastInputInfo(ctypes.byref(touched))
    return ((ctypes.windll.kernel32.GetTickCount() - touched[1]) & 0xFFFFFFFF) / 1000


def session_is_locked() -> bool:
    """Whether the screen of this Windows session is locked; no other system tells that."""
    if sys.platform != "win32":
        return False
    desktop = ctypes.windll.user32.OpenInputDesktop(0, False, SWITCH_DESKTOP)
    if desktop:
        ctypes.windll.user32.CloseDesktop(desktop)
    return not desktop
