"""The store to practise in, as the user sees it: marked at the top of the window, filled by a job, left or deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from app.core import paths
from app.core.actions.done import Done
from app.core.jobs import Jobs, Ticket
from app.core.settings import Settings
from app.ui import look, talk
from app.ui.session import Session

if TYPE_CHECKING:
    from app.core.store.database import Store
    from app.ui.main_window import MainWindow

TITLE = "刑执智检 — 练习库（人员、案件都是编造的）"
SAYS = "练习库：人员、案件、单位都是编造的，按{day}审查；不设口令，请不要放入真实数据。在这里怎么操作都不影响正式库。"
BACK, DELETE = "回到正式库(&Y)", "删除练习库(&X)…"
FILL = "准备练习数据"
SURE = "删除练习库吗？"
MORE = (
    "练习库的数据和存放在练习库文件夹里的文书全部删除，不能恢复：\n{folder}\n正式库不受影响；以后可以重新建立练习库。"
)
BUSY = "还有工作没有做完，请等它做完，或者先点“停止”"


def open_practice_store(*, ticket: Ticket) -> Store:
    """Open it, or make it; a job."""
    from app.core.actions.practice import open_practice

    ticket.step(0, 0, "正在打开练习库")
    return open_practice(paths.practice_store())


def delete_practice_store(*, ticket: Ticket) -> None:
    """Throw it away, with its folder; a job."""
    from app.core.actions.practice import remove_practice

    ticket.step(0, 0, "正在删除练习库")
    remove_practice(paths.practice_store())


def practice_session(store: Store, jobs: Jobs, settings: Settings) -> Session:
    """The session of it: its documents go into its own folder, and nothing chosen there changes the real settings."""
    from app.core.actions.practice import DAY

    folder = store.path.parent
    own = replace(settings, store="", folder=str(folder / "文书"), backup_folder="", lock_minutes=0)
    return Session(store, jobs, own, folder / "设置.toml", DAY)


def begin_practice(window: MainWindow, session: Session) -> PracticeStrip:
    """Mark a window on the store to practise in, and fill the store unless that was done before."""
    strip = PracticeStrip(session)
    window.setWindowTitle(TITLE)
    window.centralWidget().layout().insertWidget(0, strip)
    PracticeWork(window, session).prepare()
    return strip


class PracticeStrip(QFrame):
    """The coloured line that says where one is, with the two ways out."""

    back_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        day = session.today()
        self._folder = session.store.path.parent
        says = QLabel(SAYS.format(day=f"{day.year}年{day.month}月{day.day}日"))
        says.setWordWrap(True)
        says.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        look.larger(says, bold=True)
        back, delete = QPushButton(BACK), QPushButton(DELETE)
        back.clicked.connect(self.back_wanted)
        delete.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        gap = look.letters(self, 0.4)
        row.setContentsMargins(gap, gap, gap, gap)
        row.addWidget(says, 1)
        row.addWidget(back)
        row.addWidget(delete)
        self.setAutoFillBackground(True)
        self._says = says
        self.dress()

    def dress(self) -> None:
        """Wear the colours of the theme."""
        tones = look.tones()
        changed = self.palette()
        changed.setColor(QPalette.ColorRole.Window, QColor(tones.accent))
        self.setPalette(changed)
        look.paint_text(self._says, QColor(tones.on_accent))

    def changeEvent(self, event: QEvent) -> None:
        """The theme changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self.dress()

    def _ask(self) -> None:
        if talk.ask(self.window(), SURE, MORE.format(folder=self._folder), yes="全部删除", no="不删除"):
            self.delete_wanted.emit()


class PracticeWork(QObject):
    """Fills the store with the sample lists."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session

    def prepare(self) -> None:
        """Fill it unless it is filled."""
        session = self._session

        def work(*, ticket: Ticket) -> Done | None:
            from app.core.actions.practice import fill, is_ready

            if is_ready(session.store):
                return None
            return fill(session.store, now=session.now(), who="练习", ticket=ticket)

        def then(done: Done | None) -> None:
            if done is not None:
                self._window.bar.tell(done.says)
                self._window.safety.everything_changed.emit()

        self._window.bar.watch(session.jobs.write(FILL, work), then, self._stopped)

    def _stopped(self) -> None:
        self._window.bar.tell("练习数据还没有备齐，下次打开练习库时接着准备")
        self._window.safety.everything_changed.emit()


def strange_files_agreed(window: QObject, session: Session, plans: list[object]) -> bool:
    """Whether files that did not come with the program may go into the store to practise in; True elsewhere."""
    if not session.practice:
        return True
    from app.core.actions.practice import strangers

    names = strangers(plans)
    if not names:
        return True
    listed = "、".join(names[:3]) + (f"等 {len(names)} 个文件" if len(names) > 3 else "")
    more = f"{listed}不是程序自带的练习表。练习库不设口令，谁都能打开，只能放编造的人员。"
    return talk.ask(window, "这些表里没有真实人员吗？", more, yes="没有真实人员，继续", no="不导入")
