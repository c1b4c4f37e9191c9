"""The main window: one tab a desk, the strip of jobs below, and closing in good order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui import look, talk
from app.ui.asking_work import Asking
from app.ui.corner import Corner
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.drops import dropped
from app.ui.help_work import Help, help_button
from app.ui.job_bar import JobBar
from app.ui.law_work import LawWork
from app.ui.session import Session
from app.ui.settings_dialog import SettingsDialog
from app.ui.tabs import DESKS

if TYPE_CHECKING:
    from app.ui.matters_work import MattersWork
    from app.ui.safety_work import SafetyWork
    from app.ui.statistics_work import StatisticsWork
    from app.ui.template_work import TemplateWork

LONGEST_WAIT = 5000  # milliseconds granted to jobs when the window closes
EVERY = 50


class MainWindow(QMainWindow):
    """Holds the desks; it is usable at every moment, whatever jobs run."""

    practice_wanted = Signal()  # to the store to practise in, or back from there

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._deadline: QTimer | None = None
        self._closing = False
        self.setWindowTitle(" — ".join(["刑执智检", session.store.path.stem, *session.signed_in()]))
        self.setAcceptDrops(True)
        self.bar = JobBar()
        self.bar.idle.connect(gc.collect)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("业务页面")
        self.tabs.setDocumentMode(True)
        self.desks = {desk.id: DeskTab(desk, session) for desk in DESKS}
        for tab in self.desks.values():
            self.tabs.addTab(tab, tab.desk.title)
        self.asking = Asking(self, session, self.bar)
        self.law = LawWork(self, session, self.bar)
        self.help = Help(self, session, self.bar)
        for name, tab in self.desks.items():
            tab.asking_wanted.connect(partial(self.asking.open, name))
            tab.panel.detail.help_wanted.connect(self.help.open)
        self.works = [DeskWork(tab, session, self.bar) for tab in self.desks.values()]
        self.tabs.setCurrentWidget(self.desks.get(session.settings.desk, self.tabs.widget(0)))
        self.tabs.currentChanged.connect(self._remember_desk)
        self._corner = Corner(self.tabs, self._make_buttons())
        self.tabs.setCornerWidget(self._corner)
        body = QWidget()
        rows = QVBoxLayout(body)
        margin = look.letters(self, 0.4)
        rows.setContentsMargins(margin, margin, margin, margin)
        rows.setSpacing(margin)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(self.bar)
        self.setCentralWidget(body)
        for tab in self.desks.values():
            tab.refresh()

    def take_in(self, files: Sequence[Path]) -> None:
        """Begin to import files, as if they had been dropped on the desk in front."""
        desk = self.tabs.currentWidget()
        desk = desk if desk in self.desks.values() else next(iter(self.desks.values()))
        desk.files_dropped.emit([each.absolute() for each in files])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome beside the desk too."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files to the desk in front; the sender's drag ends at once."""
        event.acceptProposedAction()
        self.take_in(dropped(event))

    @cached_property
    def templates(self) -> TemplateWork:
        """The office's templates; what reads them is heavy and loaded when they are first asked for."""
        from app.ui.template_work import TemplateWork

        return TemplateWork(self, self._session, self.bar, self._chosen_case)

    def _show_templates(self) -> None:
        self.templates.open()

    @cached_property
    def matters(self) -> MattersWork:
        """What is pending on all desks, loaded when it is first asked for."""
        from app.ui.matters_work import MattersWork

        work = MattersWork(self, self._session, self.bar)
        work.case_wanted.connect(self.show_case)
        work.changed.connect(lambda _done: [tab.refresh_case() for tab in self.desks.values()])
        return work

    @cached_property
    def statistics(self) -> StatisticsWork:
        """The statistics of all desks, loaded when they are first asked for."""
        from app.ui.statistics_work import StatisticsWork

        return StatisticsWork(self, self._session, self.bar)

    def _show_statistics(self) -> None:
        self.statistics.open()

    @cached_property
    def safety(self) -> SafetyWork:
        """Copies of the data and their health, loaded when they are first asked for."""
        from app.ui.safety_work import SafetyWork

        work = SafetyWork(self, self._session, self.bar)
        work.everything_changed.connect(lambda: [tab.refresh() for tab in self.desks.values()])
        return work

    def _show_safety(self) -> None:
        if self._session.practice:
            talk.say(
                self, "练习库不备份。", "里面的人员、案件都是编造的，坏了可以删除重建。正式库的备份请回到正式库办理。"
            )
        else:
            self.safety.open()

    def _show_matters(self) -> None:
        self.matters.open()

    def show_case(self, desk: str, case_id: int) -> None:
        """Turn to a desk, and to a case of it if the list shows it (0: to none)."""
        self.tabs.setCurrentWidget(self.desks[desk])
        self.desks[desk].table.go_to(case_id)

    def show_settings(self) -> None:
        """Open the settings; what was changed is worn at once."""
        dialog = SettingsDialog(self, self._session, self.bar)
        dialog.dressed.connect(self.recolour)
        dialog.open()

    def recolour(self) -> None:
        """The theme changed."""
        self.help.recolour()
        for tab in self.desks.values():
            tab.recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The upper right gets what the desks' tabs leave."""
        self._fit_corner()
        super().resizeEvent(event)

    def _fit_corner(self) -> None:
        margins = self.centralWidget().layout().contentsMargins()
        self._corner.fit(self.width() - margins.left() - margins.right())

    def changeEvent(self, event: QEvent) -> None:
        """Windows may switch its high contrast on or off at any moment, the user the size of the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._fit_corner)
        if event.type() == QEvent.Type.ThemeChange and look.to_wear(self._session.settings.theme) is not look.worn():
            QTimer.singleShot(0, self, self._dress_anew)

    def _dress_anew(self) -> None:
        settings = self._session.settings
        look.wear(QApplication.instance(), settings.theme, settings.font_size)
        self.recolour()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while work is under way; stop it, wait a little, copy what was changed, then close."""
        if self._closing:
            self.help.close()
            event.accept()
            return
        if not self._session.jobs.busy():
            event.setAccepted(not self.safety.leaving(self._close_now))
            if event.isAccepted():
                self.help.close()
            return
        event.ignore()
        if self._deadline is not None:
            return
        if self.bar.busy():
            if not talk.ask(self, "还有工作没有做完。", "停止它并退出吗？", yes="停止并退出", no="继续工作"):
                return
            self._session.jobs.cancel()
        self.bar.tell("正在收尾，马上退出……")
        self._wait()

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _wait(self) -> None:
        left = LONGEST_WAIT // EVERY
        self._deadline = QTimer(self, interval=EVERY)

        def look_again() -> None:
            nonlocal left
            left -= 1
            if left <= 0 or not self._session.jobs.busy():
                self._deadline.stop()
                self._deadline = None
                self._closing = left <= 0
                self.close()

        self._deadline.timeout.connect(look_again)
        self._deadline.start()

    def _chosen_case(self) -> int:
        """The case chosen on the desk in front; 0 for none."""
        return next(iter(self.tabs.currentWidget().table.selected_ids()), 0)

    def _remember_desk(self, place: int) -> None:
        self._session.settings.desk = self.tabs.widget(place).desk.id
        self._session.keep_settings()

    def _make_buttons(self) -> list[QPushButton]:
        tools = (
            ("待办(&U)", "待办期限、文书办理情况和检察建议台账", self._show_matters),
            ("统计(&F)", "统计", self._show_statistics),
            ("法律依据(&G)", "法律依据", self.law.open),
            ("模板(&Z)", "模板和文号", self._show_templates),
            ("数据安全(&O)", "备份与恢复", self._show_safety),
            ("设置(&S)", "设置", self.show_settings),
        )
        return [self._make_file_menu(), *(_flat(*each) for each in tools), help_button(self, self.help)]

    def _make_file_menu(self) -> QPushButton:
        button, menu = QPushButton("文件(&B)"), QMenu(self)
        button.setFlat(True)
        button.setAccessibleName("文件")
        menu.addAction("回到正式库(&Y)" if self._session.practice else "打开练习库(&Y)", self.practice_wanted.emit)
        menu.addAction("退出(&Q)", self.close)
        button.setMenu(menu)
        return button

    def show_run_log(self) -> None:
        """Show what the program wrote down about itself."""
        from app.ui.run_log_dialog import show_run_log

        show_run_log(self, self._session, self.bar)

    def show_about(self) -> None:
        """Tell which program and which law this is."""
        from app.core.actions.law import law_in_force
        from app.ui.about_dialog import AboutDialog

        AboutDialog(self, law_in_force(self._session.reader).edition).open()


def _flat(text: str, name: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setFlat(True)
    button.setAccessibleName(name)
    button.clicked.connect(slot)
    return button
