"""The help behind F1: one window for all, opened at the page of whatever window is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton, QWidget

from app.core.jobs import Ticket
from app.ui.exercise_work import Exercises
from app.ui.help_door import KEY, place_of_window
from app.ui.job_bar import JobBar
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.help_dialog import HelpDialog


class Help(QObject):
    """Opens the manual; every dialog that comes to the front answers F1 from then on."""

    def __init__(self, window: QMainWindow, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, bar
        self.dialog: HelpDialog | None = None
        self.exercises = Exercises(window, session, bar)
        self.exercises.help_wanted.connect(self.open)
        self.exercises.practice_wanted.connect(window.practice_wanted)
        self.exercises.case_wanted.connect(window.show_case)
        self._listen(window)
        self._gone = False
        QApplication.instance().focusWindowChanged.connect(self._meet)

    def open(self, place: str = "") -> None:
        """Show the manual at a place, else at the page of the window in front."""
        from app.ui.help_dialog import FIRST, HelpDialog
        from app.ui.help_pages import chapters

        if self.dialog is None:
            self.dialog = HelpDialog(chapters())
        if not self.dialog.isVisible():
            self._read_articles()
        self.dialog.show_place(place or FIRST)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """The main window goes; its help goes with it, and answers for no window any more."""
        self._gone = True
        self.exercises.close()
        if self.dialog is not None:
            self.dialog.reject()

    def recolour(self) -> None:
        """The theme changed."""
        if self.dialog is not None:
            self.dialog.recolour()

    def place_for(self, window: QWidget) -> str:
        """The place that tells of a window; on the main window, of the desk in front."""
        if window is self._window:
            return window.tabs.tabText(window.tabs.currentIndex())
        return place_of_window(window)

    def _read_articles(self) -> None:
        """The office may have changed the law since they were shown last."""
        reader = self._session.reader

        def work(ticket: Ticket) -> Any:
            from app.core.actions.cited import cited

            return cited(reader, ticket=ticket)

        def then(found: Any) -> None:
            from app.ui.help_pages import articles

            if self.dialog is not None:
                self.dialog.show_chapter(articles(found))

        self._bar.watch(self._session.jobs.read("查找依据条文", work), then, quiet=True)

    def _meet(self, _: object) -> None:
        window = QApplication.activeWindow()
        if not self._gone and isinstance(window, QDialog) and window is not self.dialog:
            self._listen(window)

    def _listen(self, window: QWidget) -> None:
        """Let a window answer F1, once."""
        if window.findChild(QShortcut, KEY, Qt.FindChildOption.FindDirectChildrenOnly) is None:
            shortcut = QShortcut(QKeySequence(KEY), window, lambda: self.open(self.place_for(window)))
            shortcut.setObjectName(KEY)


def help_button(window: QMainWindow, helping: Help) -> QPushButton:
    """The button with the menu of everything that explains."""
    from PySide6.QtWidgets import QMenu

    button = QPushButton("帮助(&A)")
    button.setFlat(True)
    button.setAccessibleName("帮助")
    menu = QMenu(button)
    for text, place in (
        ("使用手册(&M)\tF1", ""),
        ("常见问题(&Q)", "常见问题"),
        ("词汇表(&C)", "词汇表"),
        ("依据条文(&T)", "依据条文"),
    ):
        menu.addAction(text).triggered.connect(lambda _=False, place=place: helping.open(place))
    menu.addAction("练习(&X)").triggered.connect(helping.exercises.open)
    menu.addAction("快捷键(&K)").triggered.connect(lambda: helping.open("快捷键"))
    menu.addSeparator()
    menu.addAction("运行日志(&L)…").triggered.connect(window.show_run_log)
    menu.addAction("关于(&A)").triggered.connect(window.show_about)
    button.setMenu(menu)
    return button
