"""One window for what keeps the data safe: copies of it, its health, and the proof that nothing leaves the computer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from app.ui import look
from app.ui.backup_page import BackupPage


class SafetyDialog(QDialog):
    """Holds the pages."""

    def __init__(self, parent: QWidget | None, backups: BackupPage) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("数据安全")
        self.backups = backups
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("数据安全")
        self.tabs.addTab(backups, "备份与恢复")
        buttons = QDialogButtonBox()
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(self.tabs)
        rows.addWidget(buttons)
        close.setFocus()
        look.size(self, 66, 24)
