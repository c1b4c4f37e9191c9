"""A small dialog: font size, colours, and the office's words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.settings import read_office, write_office
from app.core.documents.context import Office
from app.core.jobs import Ticket
from app.core.settings import Theme
from app.ui import look
from app.ui.job_bar import JobBar
from app.ui.office_form import HINT, OfficeForm
from app.ui.session import Session

SIZES = {"小": 9, "标准": 11, "较大": 13, "大": 15, "特大": 18, "最大": 22}


def keep_office(session: Session, bar: JobBar, office: Office) -> None:
    """Write the office's words into the store when they changed."""
    if office == read_office(session.reader):
        return
    now, who = session.now(), office.handler or session.who()

    def work(*, ticket: Ticket) -> object:
        ticket.step(0)
        return write_office(session.store, office, now=now, who=who)

    bar.watch(session.jobs.write("保存本院信息", work), lambda done: bar.tell(done.says), quiet=True)


class SettingsDialog(QDialog):
    """Nothing changes before 确定."""

    dressed = Signal()  # font or colours changed

    def __init__(self, parent: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("设置")
        self._session, self._bar = session, bar
        self.size_box, self.theme_box = QComboBox(), QComboBox()
        for words, points in SIZES.items():
            self.size_box.addItem(f"{words}（{points} 磅）", points)
        for theme in Theme:
            self.theme_box.addItem(theme.value, theme.value)
        points = session.settings.font_size
        nearest = min(range(len(SIZES)), key=lambda place: abs(list(SIZES.values())[place] - points))
        self.size_box.setCurrentIndex(nearest)
        self.theme_box.setCurrentIndex(self.theme_box.findData(session.settings.theme.value))
        self.form = OfficeForm(read_office(session.reader))
        self._lay_out()

    def accept(self) -> None:
        """Wear and keep what was chosen."""
        settings = self._session.settings
        settings.font_size = self.size_box.currentData()
        settings.theme = Theme(self.theme_box.currentData())
        self._session.keep_settings()
        look.wear(QApplication.instance(), settings.theme, settings.font_size)
        self.dressed.emit()
        keep_office(self._session, self._bar, self.form.office())
        super().accept()

    def _lay_out(self) -> None:
        looks, office = QGroupBox("显示"), QGroupBox("本院信息（印在文书上）")
        form = QFormLayout(looks)
        self.size_box.setAccessibleName("字号")
        self.theme_box.setAccessibleName("颜色")
        form.addRow("字号(&F)：", self.size_box)
        form.addRow("颜色(&K)：", self.theme_box)
        form.addRow(QLabel("改变字号后，部分列宽在下次打开时调整。"))
        inside = QVBoxLayout(office)
        inside.addWidget(self.form)
        inside.addWidget(QLabel(HINT))
        buttons = QDialogButtonBox()
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (looks, office, buttons):
            rows.addWidget(each)
        self.setMinimumWidth(look.letters(self, 30))
