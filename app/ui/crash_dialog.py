"""When the program itself is at fault: say so, go on, and let the user save a report without identity numbers."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app import __version__
from app.core import log
from app.ui import look, talk

WHAT = (
    "程序出错了，刚才的操作可能没有完成。已保存的数据没有受影响，可以继续使用；如果反复出现，请保存报告交给技术人员。"
)
MASKED = "报告里的身份证号码、姓名和文件名已经遮盖，只有出错的位置；仍请按内部资料保管。"
_log = logging.getLogger(__name__)
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


class CrashDialog(QDialog):
    """Shows the report and saves it."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("程序出错")
        self.report = report
        says, masked = QLabel(WHAT), QLabel(MASKED)
        for each in (says, masked):
            each.setWordWrap(True)
        look.larger(says, bold=True)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("出错报告")
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("保存报告(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self.save_report)
        close = buttons.addButton("继续使用", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (says, text, masked, buttons):
            rows.addWidget(widget)
        close.setFocus()
        look.size(self, 46, 22)

    def save_report(self) -> None:
        """Write the report where the user says."""
        talk.save_text(self, "保存报告", "刑执智检出错报告", self.report)


class CrashCatcher:
    """Stands at `sys.excepthook`: a bug is logged and shown once, the program goes on."""

    def __init__(self, ring: log.Ring) -> None:
        self._ring = ring
        self._shown: set[str] = set()
        self.dialog: CrashDialog | None = None

    def __call__(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Log the fault; show it unless the very same was shown before."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = log.traceback_text(fault.with_traceback(trace))
        _log.error("出错\n%s", text)
        place = f"{kind.__name__} {traceback.extract_tb(trace)[-1:]}"
        if place in self._shown or self.dialog is not None:
            return
        self._shown.add(place)
        self.dialog = CrashDialog(_front(), log.crash_report(text, __version__, self._ring.lines()))
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def stand_guard(self) -> Hook:
        """Take the place of the interpreter's own hook; returns the one that stood there."""
        before = sys.excepthook
        sys.excepthook = self
        return before

    def _forget(self) -> None:
        self.dialog = None


def _front() -> QWidget | None:
    """The window a dialog should stand on."""
    modal = QApplication.activeModalWidget()
    if modal is not None:
        return modal
    tops = [
        each
        for each in QApplication.topLevelWidgets()
        if each.isVisible() and each.windowType() == Qt.WindowType.Window
    ]
    return tops[0] if tops else None
