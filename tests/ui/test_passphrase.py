"""One's own passphrase is changed in the window, and the recovery key is shown once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.errors import WrongPassphrase
from app.core.jobs import Jobs
from app.core.settings import Settings
from app.core.store.database import Store
from app.core.store.keyring import RECOVERY
from app.ui.job_bar import JobBar
from app.ui.passphrase_dialog import PassphraseDialog
from app.ui.recovery_dialog import RecoveryDialog, make_recovery_key
from app.ui.session import Session
from app.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import PATIENCE, Person

PHRASE, OTHER = "一二三四五六七八", "八七六五四三二一"


@pytest.fixture
def bar(qtbot: QtBot) -> JobBar:
    """The strip below."""
    each = JobBar()
    qtbot.addWidget(each)
    each.show()
    return each


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Session]:
    """A store in a file."""
    with Store.create(tmp_path / "数据.db", PHRASE, "测试承办") as store:
        each = Session(store, Jobs(), Settings())
        yield each
        each.jobs.close()


def test_a_passphrase_is_changed(qtbot: QtBot, kept: Session, bar: JobBar, person: Person) -> None:
    dialog = PassphraseDialog(bar, kept, bar)
    dialog.open()
    dialog.try_it()
    assert "原口令" in dialog.fault.text()
    dialog.old.setText(OTHER)
    dialog.phrase.setText(OTHER)
    dialog.again.setText(OTHER)
    dialog.try_it()
    qtbot.waitUntil(lambda: "口令不正确" in dialog.fault.text(), timeout=PATIENCE)
    dialog.old.setText(PHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        dialog.try_it()
    assert bar.text() == "口令已修改"
    ring = kept.store.locks.ring()
    with pytest.raises(WrongPassphrase):
        ring.opened(PHRASE, ring.slots)
    assert ring.opened(OTHER, ring.slots)


def test_the_recovery_key_is_shown_once_and_opens_the_store(
    qtbot: QtBot, kept: Session, bar: JobBar, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_recovery_key(bar, kept, bar)
    qtbot.waitUntil(lambda: bool(bar.findChildren(RecoveryDialog)), timeout=PATIENCE)
    (dialog,) = bar.findChildren(RecoveryDialog)
    text = dialog.key.text()
    assert not dialog.done_button.isEnabled()
    person.agrees = False
    dialog.reject()
    assert dialog.isVisible()
    assert "还没有保存好" in person.asked[0]
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    dialog.print_it()
    assert "打印机" in person.errors[0].what
    dialog.kept.setChecked(True)
    dialog.accept()
    ring = kept.store.locks.ring()
    assert ring.opened(text, ring.slots)[0] == RECOVERY


def test_a_temporary_store_offers_no_passphrase(session: Session, bar: JobBar, person: Person) -> None:
    dialog = SettingsDialog(bar, session, bar)
    buttons = [each for each in dialog.findChildren(QPushButton) if "口令" in each.text() or "密钥" in each.text()]
    assert [each.isEnabled() for each in buttons] == [False, False]
    dialog.close()
