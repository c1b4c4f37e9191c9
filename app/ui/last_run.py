"""Whether the run before this one ended in good order; if not, what is said about it and the report that can be saved.

A small file lies in the folder of the log while the program runs. Whoever finds it there, held by nobody, knows that
power, system or program failed. Several windows at a time share one file: only the first holds it.
"""

from __future__ import annotations

import faulthandler
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app import __version__
from app.core import log
from app.core.errors import UserError
from app.core.files import drop
from app.core.store.lock import Lock
from app.core.values.dates import print_moment
from app.ui import look, talk
from app.ui.room import keep

MARK, TRACE = "运行", "异常中断.txt"
LAST_LINES = 400
TITLE = "上次没有正常退出"
WHAT = "上次运行没有正常退出{since}，可能是停电、死机，或者程序被强行结束。"
CHECKED = "刚才已经检查过数据：没有损坏，已经保存的内容都在。"
REDO = "当时没有做完的导入、审查等已整个撤销，不会只留下一半；请看一看最后做的那件事，需要时重做一次。"
TAKEN = "那次运行没有放开数据文件（{holder}），现在已由本次运行接管，可以照常使用。"
AGAIN = "如果反复出现，请保存报告交给技术人员；报告里的身份证号码、姓名和文件名已经遮盖。"


@dataclass(slots=True)
class Running:
    """This run's own mark, held until `end`; `since` is when the run began that was cut short, None when none was.

    `trace` is where it stood then, as far as the system still let it say.
    """

    since: datetime | None = None
    trace: str = ""
    _lock: Lock | None = field(default=None, repr=False)
    _file: TextIO | None = field(default=None, repr=False)

    @classmethod
    def begin(cls, folder: Path) -> Running:
        """Put the mark down; where that cannot be, nothing is known of the run before and nothing is said."""
        mark, trace = Lock.file_of(folder / MARK), folder / TRACE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            since = datetime.fromtimestamp(mark.stat().st_mtime) if mark.exists() else None
            lock = Lock(folder / MARK)
            said = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
            file = trace.open("w", encoding="utf-8")
        except (UserError, OSError):
            return cls()
        faulthandler.enable(file)
        return cls(since, said if since else "", lock, file)

    def end(self) -> None:
        """This run ends in good order."""
        if self._file is None or self._lock is None:
            return
        faulthandler.disable()
        self._file.close()
        drop(Path(self._file.name))
        self._lock.release()
        self._file = self._lock = None


def report(trace: str) -> str:
    """What can be handed on about a run that was cut short; masked."""
    return log.crash_report(trace or "（系统没有留下出错位置）", __version__, log.lines()[-LAST_LINES:])


class LastRunDialog(QDialog):
    """Says that the run before was cut short, that the data were looked through, and what to do."""

    def __init__(self, parent: QWidget, running: Running, holder: str) -> None:
        """`holder`: who had the store then, "" when it was let go in good order."""
        super().__init__(parent)
        keep(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._trace = running.trace
        since = f"（那次从{print_moment(running.since)}开始）" if running.since else ""
        told = [WHAT.format(since=since), CHECKED, REDO, *([TAKEN.format(holder=holder)] if holder else []), AGAIN]
        self.says = [QLabel(each) for each in told]
        look.larger(self.says[0], bold=True)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("保存报告(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self.save_report)
        buttons.addButton("知道了", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        rows = QVBoxLayout(self)
        for each in self.says:
            each.setWordWrap(True)
            rows.addWidget(each)
        rows.addWidget(buttons)
        self.setFixedWidth(look.letters(self, 38))
        self.setMinimumHeight(rows.heightForWidth(self.width()))

    def save_report(self) -> None:
        """Write the report where the user says."""
        talk.save_text(self, "保存报告", "刑执智检异常退出报告", report(self._trace))
