"""From the command line to a usable window: dress, log, passphrase, window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.core import log, paths
from app.core.errors import UserError
from app.core.jobs import Jobs, Ticket
from app.core.settings import Settings, read_settings
from app.core.store.database import Store
from app.ui import look, talk
from app.ui.crash_dialog import CrashCatcher
from app.ui.idle_lock import IdleLock
from app.ui.poll import Poll
from app.ui.session import Session
from app.ui.sign_in import SignIn, open_store

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

PASSPHRASE = "XZZJ_PASSPHRASE"  # environment: opens the store without asking, for demonstrations and smoke runs
# A worker gives the interpreter up soon enough for a window that wants to paint.
SWITCH_SECONDS = 0.0005
# A full collection amid a review of 10 000 cases held the window up for 0.7 s; it is done when the work has ended.
SELDOM = 1_000_000


def run(store_file: Path | None, files: Sequence[Path] = ()) -> int:
    """Open the window on the user's store, with files to take in, and stay until it is closed; the exit status."""
    app = dress(read_settings(paths.settings_file()))
    program = Program(app, read_settings(paths.settings_file()), paths.settings_file())
    catcher = CrashCatcher(log.start(paths.log_folder()))
    before = catcher.stand_guard()
    try:
        program.files = files
        program.begin(store_file)
        return app.exec()
    finally:
        sys.excepthook = before
        program.end()
        log.stop()


def dress(settings: Settings) -> QApplication:
    """The one application object, in the user's font and colours, with Qt's own words in Chinese."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*gc.get_threshold()[:2], SELDOM)
    gc.freeze()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName(paths.NAME)
    app.setApplicationDisplayName(paths.NAME)
    app.setWindowIcon(QIcon(str(paths.RESOURCES / "icons" / "app.png")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    look.wear(app, settings.theme, settings.font_size)
    return app


def load_window(*, ticket: Ticket) -> None:
    """Read the window's modules while the passphrase is typed: a third of the time until the window stands."""
    ticket.step(0)
    import_module("app.ui.main_window")


class Program(QObject):
    """Holds what lives as long as the program: jobs, settings, the store, the window."""

    def __init__(self, app: QApplication, settings: Settings, settings_file: Path | None) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._settings_file = settings_file
        self.jobs = Jobs()
        self.files: Sequence[Path] = ()  # that were dropped on the program's icon
        self.sign_in: SignIn | None = None
        self.window: MainWindow | None = None
        self.lock: IdleLock | None = None
        self._store: Store | None = None
        self._session: Session | None = None

    def begin(self, store_file: Path | None) -> None:
        """Ask for the passphrase, or take it from the environment; then open the window."""
        path = store_file or paths.store_to_open(self._settings.store)
        phrase = os.environ.get(PASSPHRASE, "")
        if not phrase:
            self._ask(path)
            return
        job = self.jobs.write("打开数据", open_store, path, phrase)

        def opened(_: object) -> None:
            try:
                self.open_window(job.result(), remember=False)
            except UserError as fault:
                talk.error(None, fault)
                self._ask(path)

        Poll(self, job, opened)

    def open_window(self, store: Store, *, remember: bool = True) -> None:
        """The store is open: show the window; a demonstration's store is not remembered."""
        from app.ui.main_window import MainWindow

        self._store = store
        if remember:
            self._settings.store = str(store.path)
        self._session = Session(store, self.jobs, self._settings, self._settings_file)
        self._session.keep_settings()
        self.window = MainWindow(self._session)
        self.window.showMaximized()
        if store.upgrade_copy is not None:
            self.window.bar.tell(f"数据已升级，升级前的备份：{store.upgrade_copy.name}")
        self.window.safety.begin()
        self._mend_key_file(store)
        if self.files:
            self.window.take_in(self.files)
        if remember:
            self.lock = IdleLock(self.window, self._session)
            self.lock.begin()

    def _mend_key_file(self, store: Store) -> None:
        """Write both copies of the key file anew when one was bad; where that is impossible, the next start tries."""

        def work(*, ticket: Ticket) -> bool:
            ticket.step(0)
            return store.locks.mend()

        def told(mended: bool) -> None:
            if mended:
                self.window.bar.tell("密钥文件有一份损坏或者缺失，已用另一份修复")

        self.window.bar.watch(self.jobs.write("检查密钥文件", work), told, quiet=True)

    def end(self) -> None:
        """Close everything in order; a job that will not stop is left to end by itself."""
        stuck = self.jobs.busy()
        self.jobs.close(wait=not stuck)
        if self._store is not None and not stuck:
            self._store.close()

    def _ask(self, path: Path) -> None:
        self.sign_in = SignIn(path, self.jobs, expected=str(path) == self._settings.store)
        self.sign_in.accepted.connect(self._signed_in)
        self.sign_in.rejected.connect(self._app.quit)
        self.sign_in.open()
        self.jobs.read("准备窗口", load_window)

    def _signed_in(self) -> None:
        self.open_window(self.sign_in.store)
        if self.sign_in.first:
            from app.ui.recovery_dialog import make_recovery_key

            make_recovery_key(self.window, self._session, self.window.bar)
