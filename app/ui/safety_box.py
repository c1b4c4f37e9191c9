"""The settings' part about who may open the data."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGroupBox

from app.ui.accounts_dialog import AccountsDialog
from app.ui.allow import allow
from app.ui.job_bar import JobBar
from app.ui.passphrase_dialog import PassphraseDialog
from app.ui.plain_buttons import button_row, plain_button
from app.ui.recovery_dialog import make_recovery_key
from app.ui.session import Session


class SafetyBox(QGroupBox):
    """Buttons, each of which opens a window of its own."""

    def __init__(self, dialog: QDialog, session: Session, bar: JobBar) -> None:
        super().__init__("口令和人员")
        self._dialog, self._session, self._bar = dialog, session, bar
        recovery = plain_button("制作恢复密钥(&R)…", self.make_recovery)
        change, people = (
            plain_button("修改口令(&W)…", self.change_passphrase),
            plain_button("人员与权限(&Y)…", self.show_people),
        )
        for each in (change, recovery, people):
            each.setEnabled(bool(session.store.locks.slot))
        allow(session.store, "accounts", recovery)
        self.setLayout(button_row(change, recovery, people))

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
