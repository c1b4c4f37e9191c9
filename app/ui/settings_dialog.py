"""A small dialog: font size, colours, the office's words, and the file by which mappings are handed on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.done import Done
from app.core.actions.settings import read_office, write_office
from app.core.documents.context import Office
from app.core.findings import Level
from app.core.jobs import Ticket
from app.core.settings import Theme
from app.ui import look, talk
from app.ui.allow import allow
from app.ui.job_bar import JobBar
from app.ui.office_form import HINT, OfficeForm
from app.ui.plain_buttons import answer_row, button_row, plain_button
from app.ui.room import Scroll
from app.ui.safety_box import SafetyBox
from app.ui.session import Session

MAPPING_FILE = "列的对应关系.json"
LEVEL_HINT = "勾选的，属实、排除要由另一位同志复核；没有复核属实的，不能据以制发文书，也不能办结。"
RESTS = {"不自动锁定": 0, "5 分钟": 5, "10 分钟": 10, "15 分钟": 15, "30 分钟": 30, "1 小时": 60, "2 小时": 120}
SIZES = {"小": 9, "标准": 11, "较大": 13, "大": 15, "特大": 18, "最大": 22}


def keep_office(session: Session, bar: JobBar, office: Office) -> None:
    """Write the office's words into the store when they changed."""
    if office == read_office(session.reader):
        return
    now, who = session.now(), session.who()

    def work(*, ticket: Ticket) -> object:
        ticket.step(0)
        return write_office(session.store, office, now=now, who=who)

    bar.watch(session.jobs.write("保存本院信息", work), lambda done: bar.tell(done.says), quiet=True)


class SettingsDialog(QDialog):
    """Nothing changes before 确定, but that mappings are read from a file at once."""

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
        self.rest_box = QComboBox()
        for words, minutes in RESTS.items():
            self.rest_box.addItem(words, minutes)
        rest = session.settings.lock_minutes
        self.rest_box.setCurrentIndex(min(range(len(RESTS)), key=lambda place: abs(list(RESTS.values())[place] - rest)))
        self.form = OfficeForm(read_office(session.reader))
        chosen = session.reader.lives.levels()
        self.levels = {level: QCheckBox(level.value) for level in Level}
        for level, box in self.levels.items():
            box.setChecked(level in chosen)
        self._lay_out()
        allow(session.store, "office", self.form, *self.levels.values())

    def accept(self) -> None:
        """Wear and keep what was chosen."""
        settings = self._session.settings
        settings.font_size = self.size_box.currentData()
        settings.theme = Theme(self.theme_box.currentData())
        settings.lock_minutes = self.rest_box.currentData()
        self._session.keep_settings()
        look.wear(QApplication.instance(), settings.theme, settings.font_size)
        self.dressed.emit()
        keep_office(self._session, self._bar, self.form.office())
        self._keep_levels()
        super().accept()

    def _keep_levels(self) -> None:
        """Keep the levels that need a second person when they changed."""
        session = self._session
        levels = {level for level, box in self.levels.items() if box.isChecked()}
        if levels == session.reader.lives.levels():
            return
        now, who = session.now(), session.who()

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.decide import choose_levels

            ticket.step(0)
            return choose_levels(session.store, levels, now=now, who=who)

        bar = self._bar
        bar.watch(session.jobs.write("保存复核范围", work), lambda done: bar.tell(done.says), quiet=True)

    def save_mappings(self) -> None:
        """Write what the program remembers of columns into a file."""
        path = talk.choose_new_file(self, "导出列的对应关系", MAPPING_FILE, talk.MAPPINGS)
        if path is None:
            return
        reader, target, bar = self._session.reader, path.with_suffix(".json"), self._bar

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.mappings import save_mappings

            ticket.step(0)
            return save_mappings(reader, target)

        bar.watch(self._session.jobs.read("导出列的对应关系", work), lambda done: bar.tell(done.says), quiet=True)

    def load_mappings(self) -> None:
        """Remember what such a file says."""
        path = talk.choose_file(self, "导入列的对应关系", "", talk.MAPPINGS)
        if path is None:
            return
        store, now, who, bar = self._session.store, self._session.now(), self._session.who(), self._bar

        def work(*, ticket: Ticket) -> Done:
            from app.core.actions.mappings import load_mappings

            ticket.step(0)
            return load_mappings(store, path, now=now, who=who)

        bar.watch(self._session.jobs.write("导入列的对应关系", work), lambda done: bar.tell(done.says), quiet=True)

    def _mapping_box(self) -> QGroupBox:
        box = QGroupBox("导入时确认过的列的对应关系")
        both = (("导出为文件(&X)…", self.save_mappings), ("从文件导入(&M)…", self.load_mappings))
        box.setLayout(button_row(*(plain_button(*each) for each in both)))
        return box

    def _level_box(self) -> QGroupBox:
        box = QGroupBox("需要第二人复核的线索")
        inside = QVBoxLayout(box)
        row = QHBoxLayout()
        for each in self.levels.values():
            row.addWidget(each)
        row.addStretch(1)
        inside.addLayout(row)
        hint = QLabel(LEVEL_HINT)
        hint.setWordWrap(True)
        inside.addWidget(hint)
        return box

    def _lay_out(self) -> None:
        looks, office = QGroupBox("显示"), QGroupBox("本院信息（印在文书上）")
        form = QFormLayout(looks)
        self.size_box.setAccessibleName("字号")
        self.theme_box.setAccessibleName("颜色")
        self.theme_box.setToolTip("Windows 打开了“高对比度”（对比度主题）时，本程序总是用高对比显示")
        form.addRow("字号(&F)：", self.size_box)
        form.addRow("颜色(&K)：", self.theme_box)
        self.rest_box.setAccessibleName("多久不用就锁定")
        form.addRow("多久不用就锁定(&T)：", self.rest_box)
        form.addRow(QLabel("改变字号后，部分列宽在下次打开时调整。"))
        inside = QVBoxLayout(office)
        inside.addWidget(self.form)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        inside.addWidget(hint)
        buttons, _ = answer_row(self, "确定")
        page = QWidget()
        inner = QVBoxLayout(page)
        for each in (looks, office, self._level_box(), self._mapping_box(), SafetyBox(self, self._session, self._bar)):
            inner.addWidget(each)
        inner.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addWidget(Scroll(page), 1)
        rows.addWidget(buttons)
        self.setMinimumWidth(look.letters(self, 30))
        look.size(self, 44, 35)
