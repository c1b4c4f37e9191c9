"""From the command line to a usable window: dress, log, passphrase, window."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import __version__
from app.core import log, paths
from app.core.errors import UserError
from app.core.jobs import Jobs, Ticket
from app.core.settings import Settings, read_settings
from app.ui import look, talk
from app.ui.crash_dialog import CrashCatcher
from app.ui.last_run import LastRunDialog, Running
from app.ui.poll import EVERY, Poll
from app.ui.sign_in import SignIn, open_store

if TYPE_CHECKING:  # loaded while the passphrase is typed
    from app.core.store.database import Store
    from app.ui.idle_lock import IdleLock
    from app.ui.main_window import MainWindow
    from app.ui.session import Session
    from app.ui.welcome import Welcome

_log = logging.getLogger(__name__)
PASSPHRASE = "XZZJ_PASSPHRASE"  # environment: opens the store without asking, for demonstrations and smoke runs
# A worker gives the interpreter up soon enough for a window that wants to paint.
SWITCH_SECONDS = 0.0005
MILLISECONDS_TO_PAINT = 150  # before the window is loaded meanwhile
# A full collection amid a review of 10 000 cases held the window up for 0.7 s; it is done when the work has ended.
SELDOM = 1_000_000


def run(store_file: Path | None, files: Sequence[Path] = ()) -> int:
    """Open the window on the user's store, with files to take in, and stay until it is closed; the exit status."""
    app = dress(read_settings(paths.settings_file()))
    program = Program(app, read_settings(paths.settings_file()), paths.settings_file())
    catcher = CrashCatcher(log.start(paths.log_folder()))
    before = catcher.stand_guard()
    running = Running.begin(paths.log_folder())
    _log.info("启动 %s，%s", __version__, "上次没有正常退出" if running.since else "上次正常退出")
    try:
        program.files, program.running = files, running
        program.begin(store_file)
        status = app.exec()
        running.end()
        return status
    finally:
        sys.excepthook = before
        program.end()
        _log.info("退出")
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
        self.running = Running()
        self._meanwhile = QTimer(self, singleShot=True, interval=MILLISECONDS_TO_PAINT)
        self._meanwhile.timeout.connect(lambda: self.jobs.read("准备窗口", load_window))
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
        from app.ui.session import Session

        self._store = store
        if remember:
            self._settings.store = str(store.path)
        self._session = Session(store, self.jobs, self._settings, self._settings_file)
        self._session.keep_settings()
        self.window = MainWindow(self._session)
        self.window.practice_wanted.connect(self.to_practice)
        self._show_window()
        if store.upgrade_copy is not None:
            self.window.bar.tell(f"数据已升级，升级前的备份：{store.upgrade_copy.name}")
        self.window.safety.begin(self._tell_of_last_run)
        self._mend_key_file(store)
        if self.files:
            self.window.take_in(self.files)
            self.files = ()
        if remember:
            from app.ui.idle_lock import IdleLock

            self.lock = IdleLock(self.window, self._session)
            self.lock.another.connect(self.change_account)
            self.lock.begin()

    def change_account(self, phrase: str) -> None:
        """Another took over while the window was locked: close it in good order, then open anew for them."""
        path = self._store.path
        self.window.show()
        self._leave(lambda: self._switch("打开数据", partial(open_store, path, phrase), self.open_window))

    def _tell_of_last_run(self) -> None:
        """The data are sound: once, say that the run before was cut short, if it was."""
        running, self.running = self.running, Running()
        if running.since is not None or self._store.left_by:
            LastRunDialog(self.window, running, self._store.left_by).open()

    def _mend_key_file(self, store: Store) -> None:
        """Write both copies of the key file anew when one was bad; where that is impossible, the next start tries."""

        def work(*, ticket: Ticket) -> bool:
            ticket.step(0)
            return store.locks.mend()

        def told(mended: bool) -> None:
            if mended:
                self.window.bar.tell("密钥文件有一份损坏或者缺失，已用另一份修复")

        self.window.bar.watch(self.jobs.write("检查密钥文件", work), told, quiet=True)

    def to_practice(self) -> None:
        """Close the store in good order and open the one to practise in."""
        from app.ui.practice import open_practice_store

        self._leave(lambda: self._switch("打开练习库", open_practice_store, self._open_practice))

    def to_store(self) -> None:
        """Leave the store to practise in for the user's own, which asks for the passphrase."""
        self._leave(self._ask_anew)

    def delete_practice(self) -> None:
        """Leave the store to practise in and throw it away."""
        from app.ui.practice import delete_practice_store

        def gone(_: object) -> None:
            talk.say(None, "练习库已删除。", "需要时可以重新建立。")
            self._ask_anew()

        self._leave(lambda: self._switch("删除练习库", delete_practice_store, gone))

    def _switch(self, name: str, work: Callable[..., Any], then: Callable[[Any], None]) -> None:
        """Do what needs no open store; where it cannot be done, the user's own store is asked for."""
        job = self.jobs.write(name, work)

        def ended(_: object) -> None:
            try:
                value = job.result()
            except UserError as fault:
                talk.error(None, fault)
                self._ask_anew()
            else:
                then(value)

        Poll(self, job, ended)

    def _leave(self, then: Callable[[], None]) -> None:
        """Close the window, if there is one, then the store; the program goes on with `then`."""
        if self.window is None:
            then()
        elif self.window.bar.busy():
            self.window.bar.tell("还有工作没有做完，请等它做完，或者先点“停止”")
        else:
            self._app.setQuitOnLastWindowClosed(False)
            self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.window.destroyed.connect(lambda: self._closed(then))
            self.window.close()

    def _closed(self, then: Callable[[], None]) -> None:
        self.window = self.lock = None
        QTimer.singleShot(0, partial(self._left, then))

    def _left(self, then: Callable[[], None]) -> None:
        if self.jobs.busy():
            QTimer.singleShot(EVERY, partial(self._left, then))
            return
        chosen = self._session.settings
        self._settings.theme, self._settings.font_size = chosen.theme, chosen.font_size
        self._store.close()
        self._store = self._session = None
        then()

    def _open_practice(self, store: Store) -> None:
        from app.ui.main_window import MainWindow
        from app.ui.practice import begin_practice, practice_session

        self._store, self._session = store, practice_session(store, self.jobs, self._settings)
        self.window = MainWindow(self._session)
        self.window.practice_wanted.connect(self.to_store)
        strip = begin_practice(self.window, self._session)
        strip.back_wanted.connect(self.to_store)
        strip.delete_wanted.connect(self.delete_practice)
        self._show_window()

    def _show_window(self) -> None:
        self.window.showMaximized()
        self._app.setQuitOnLastWindowClosed(True)

    def end(self) -> None:
        """Close everything in order; a job that will not stop is left to end by itself."""
        self._meanwhile.stop()
        stuck = self.jobs.busy()
        self.jobs.close(wait=not stuck)
        if self._store is not None and not stuck:
            self._store.close()

    def _ask_anew(self) -> None:
        self._ask(paths.store_to_open(self._settings.store))

    def _ask(self, path: Path) -> None:
        self.sign_in = SignIn(path, self.jobs) if path.exists() else self._welcome(path)
        self.sign_in.accepted.connect(self._signed_in)
        self.sign_in.rejected.connect(self._app.quit)
        self.sign_in.open()
        self._app.setQuitOnLastWindowClosed(True)
        self._meanwhile.start()

    def _welcome(self, path: Path) -> Welcome:
        """The first start; whoever wants to look round first, or has a store already, leaves it by another door."""
        from app.ui.welcome import Welcome

        welcome = Welcome(path, self.jobs, expected=str(path) == self._settings.store)

        def instead(way: Callable[[], None]) -> None:
            self._app.setQuitOnLastWindowClosed(False)
            welcome.blockSignals(True)
            welcome.hide()
            way()

        welcome.practice_wanted.connect(lambda: instead(self.to_practice))
        welcome.found.connect(lambda store: instead(partial(self._ask, store)))
        return welcome

    def _signed_in(self) -> None:
        self.open_window(self.sign_in.store)
        if not self.sign_in.first:
            return
        from app.ui.recovery_dialog import make_recovery_key

        then = self.to_practice if self.sign_in.practise else lambda: None
        make_recovery_key(self.window, self._session, self.window.bar, then)
