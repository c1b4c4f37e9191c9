"""About the program: what it is, which law it holds, and the libraries it is made with, each with its licence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.core.licences import shipped
from app.ui import look

TEXT = (
    "刑执智检 {version}\n\n"
    "刑罚执行监督数据核查与文书办理，单机使用，不连接网络。\n"
    "审查结论按现有数据和所载法律得出，供检察官参考，由检察官决定。\n\n"
    "法律数据：{edition}\n界面使用 Qt for Python（LGPL-3.0），未作修改。本程序按 MIT 许可发布。"
)
USED = "使用的其他软件和许可全文（选一项查看）"
WIDTH, HEIGHT = 72, 30


class AboutDialog(QDialog):
    """Shows it; the licence of the library chosen on the left stands on the right."""

    def __init__(self, parent: QWidget | None, edition: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("关于")
        about = QLabel(TEXT.format(version=__version__, edition=edition))
        about.setWordWrap(True)
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.names, self.licence = QListWidget(), QPlainTextEdit()
        self.names.setAccessibleName("使用的其他软件")
        self.licence.setAccessibleName("许可全文")
        self.licence.setReadOnly(True)
        self._libraries = shipped()
        self.names.addItems([f"{each.name} {each.version}".strip() for each in self._libraries])
        self.names.currentRowChanged.connect(self._show)
        halves = QSplitter()
        halves.addWidget(self.names)
        halves.addWidget(self.licence)
        halves.setStretchFactor(1, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(about)
        rows.addWidget(QLabel(USED))
        rows.addWidget(halves, 1)
        rows.addWidget(buttons)
        self.names.setCurrentRow(0)
        look.size(self, WIDTH, HEIGHT)

    def _show(self, place: int) -> None:
        chosen = self._libraries[place]
        self.licence.setPlainText(
            f"{chosen.name} {chosen.version}\n用途：{chosen.use}\n许可：{chosen.licence}\n\n{chosen.text()}"
        )
