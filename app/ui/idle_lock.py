"""The window is put away when nobody has touched it for a while, or Windows was locked; the passphrase brings it back.

Work under way goes on meanwhile. A question that stood open is answered with no, as if its window had been closed.
"""

from __future__ import annotations

import ctypes
import sys
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.actions.sign_in import unlock
from app.core.errors import UserError
from app.core.jobs import Job, Ticket
from app.core.store.tries import TooSoon
from app.ui import look
from app.ui.pass_lines import Pause, complain, fault_label, pass_line
from app.ui.poll import Poll
from app.ui.session import Session

KEYS = "Ctrl+L"
MILLISECONDS_A_MINUTE = 60_000
MILLISECONDS_BETWEEN_LOOKS = 5_000
SWITCH_DESKTOP = 0x0100  # the right that nobody has on the desktop of a locked Windows
TOUCHES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.Drop}
)


class IdleLock(QObject):
    """Watches the user's hand for one window; nothing is ever locked that has no passphrase."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._session = session
        self._hidden: list[QWidget] = []
        self.dialog: UnlockDialog | None = None
        self.rest = QTimer(self, singleShot=True)
        self.rest.timeout.connect(self.lock)
        self._looks = QTimer(self, interval=MILLISECONDS_BETWEEN_LOOKS)
        self._looks.timeout.connect(self._look)
        QShortcut(QKeySequence(KEYS), window, context=Qt.ShortcutContext.ApplicationShortcut).activated.connect(
            self.lock
        )

    def begin(self) -> None:
        """Watch from now on, with the minutes of the settings."""
        if not self._session.store.locks.slot:
            return
        QApplication.instance().installEventFilter(self)
        self.wait()
        if sys.platform == "win32":
            self._looks.start()

    def wait(self) -> None:
        """Begin to count anew; 0 minutes lock never."""
        minutes = self._session.settings.lock_minutes
        if minutes and self._session.store.locks.slot:
            self.rest.start(minutes * MILLISECONDS_A_MINUTE)
        else:
            self.rest.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the count anew; nothing is taken from anybody."""
        if event.type() in TOUCHES and self.dialog is None:
            self.wait()
        return False

    def lock(self) -> None:
        """Put all windows away and ask for the passphrase."""
        if self.dialog is not None or not self._session.store.locks.slot:
            return
        self.rest.stop()
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
        self._hidden = sorted(shown, key=lambda each: isinstance(each, QDialog))  # the main window comes back first
        for each in reversed(self._hidden):
            each.hide()
        self.dialog = UnlockDialog(self._session)
        self.dialog.accepted.connect(self._unlocked)
        self.dialog.show()

    def _unlocked(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None
        for each in self._hidden:
            each.show()
        self._hidden = []
        self.wait()

    def _look(self) -> None:
        if session_is_locked():
            self.lock()


class UnlockDialog(QDialog):
    """Asks for the passphrase of whoever signed in; it cannot be closed otherwise."""

    def __init__(self, session: Session) -> None:
        super().__init__(None)
        self._session = session
        self.setWindowTitle("已锁定")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        says = QLabel("刑执智检已锁定，正在进行的工作照常继续。请输入口令。")
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

        def work(*, ticket: Ticket) -> None:
            ticket.step(0)
            unlock(store, phrase, now=datetime.now())

        self.agree.setEnabled(False)
        Poll(self, self._session.jobs.read("核对口令", work), self._answered)

    def _answered(self, job: Job) -> None:
        self.agree.setEnabled(True)
        try:
            job.result()
        except TooSoon as fault:
            self._pause.begin(fault)
        except UserError as fault:
            complain(self.fault, str(fault), self.phrase)
        else:
            self.phrase.clear()
            self.accept()


def session_is_locked() -> bool:
    """Whether the screen of this Windows session is locked; elsewhere only the minutes count."""
    if sys.platform != "win32":
        return False
    desktop = ctypes.windll.user32.OpenInputDesktop(0, False, SWITCH_DESKTOP)
    if desktop:
        ctypes.windll.user32.CloseDesktop(desktop)
    return not desktop
