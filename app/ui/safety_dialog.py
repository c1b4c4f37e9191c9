"""One window for what keeps the data safe: copies of it, its health, and the proof that nothing leaves the computer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from app.ui import look
from app.ui.backup_page import BackupPage
from app.ui.destroy_page import DestroyPage
from app.ui.health_page import HealthPage
from app.ui.leaving_page import LeavingPage
from app.ui.log_page import LogPage
from app.ui.self_check_page import SelfCheckPage


class SafetyDialog(QDialog):
    """Holds the pages."""

    def __init__(self, parent: QWidget | None, backups: BackupPage) -> None:
        """The page of copies is given; the others are empty until something was looked at."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("数据安全")
        self.backups, self.health, self.self_check = backups, HealthPage(), SelfCheckPage()
        self.log, self.leaving, self.destroying = LogPage(), LeavingPage(), DestroyPage()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("数据安全")
        for page, title in (
            (self.backups, "备份与恢复"),
            (self.health, "健康检查"),
            (self.log, "操作记录"),
            (self.leaving, "文件带出"),
            (self.destroying, "销毁原始数据"),
            (self.self_check, "自检"),
        ):
            self.tabs.addTab(page, title)
        buttons = QDialogButtonBox()
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(self.tabs)
        rows.addWidget(buttons)
        close.setFocus()
        look.size(self, 66, 24)
