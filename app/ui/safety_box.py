"""The settings' part about who may open the data."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGroupBox, QHBoxLayout, QPushButton

from app.ui.accounts_dialog import AccountsDialog
from app.ui.allow import allow
from app.ui.job_bar import JobBar
from app.ui.passphrase_dialog import PassphraseDialog
from app.ui.recovery_dialog import make_recovery_key
from app.ui.session import Session


class SafetyBox(QGroupBox):
    """Buttons, each of which opens a window of its own."""

    def __init__(self, dialog: QDialog, session: Session, bar: JobBar) -> None:
        super().__init__("口令和人员")
        self._dialog, self._session, self._bar = dialog, session, bar
        row = QHBoxLayout(self)
        for text, slot in (
            ("修改口令(&W)…", self.change_passphrase),
            ("制作恢复密钥(&R)…", self.make_recovery),
            ("人员与权限(&Y)…", self.show_people),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.setEnabled(bool(session.store.locks.slot))
            if slot == self.make_recovery:
                allow(session.store, "accounts", button)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)

    def change_passphrase(self) -> None:
        """Change one's own passphrase."""
        PassphraseDialog(self._dialog, self._session, self._bar).open()

    def show_people(self) -> None:
        """Show who may open the data and what each may do."""
        self.people = AccountsDialog(self._dialog, self._session, self._bar)
        self.people.open()

    def make_recovery(self) -> None:
        """Make a recovery key anew; the one printed before is void then."""
        make_recovery_key(self._dialog, self._session, self._bar)
