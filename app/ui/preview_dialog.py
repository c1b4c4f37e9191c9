"""A document before it is printed: its pages, which of them, how many times; it says when the layout is not theirs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QImage, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level
from app.ui import look
from app.ui.page_view import FIT, PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.documents.preview import Shown

MOST_COPIES = 20
ZOOMS = {"适合宽度": FIT, "75%": 0.75, "100%": 1.0, "150%": 1.5, "200%": 2.0}
READABLE = "这里看的是内容，不是打印版面：分页、字体、行距、页眉页脚以打印出来的为准。"
CUT = "文书太长，这里只显示前面一部分。"
FAITHFUL = "这里看的就是打印版面。"
OPENING = "正在打开……"
PAGES = r"\d{1,4}(-\d{1,4})?([,，、]\d{1,4}(-\d{1,4})?)*"


class PreviewDialog(QDialog):
    """Shows what it is given; tells what is to be printed, and that the office program is wanted."""

    print_wanted = Signal(int, str)  # copies, pages ("" for all)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"打印预览：{name}")
        self.view, self.note, self.place = PageView(), QLabel(OPENING), QLabel()
        self.zoom, self.pages, self.copies = QComboBox(), QLineEdit(), QSpinBox()
        self.lacks = QLabel()
        self.buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.print = self.buttons.addButton("打印(&P)", role.ActionRole)
        self.office = self.buttons.addButton("用办公软件打开(&O)", role.ActionRole)
        self._close = self.buttons.addButton("关闭", role.RejectRole)
        self._lay_out()
        self.view.turned.connect(self._turn)
        self.zoom.currentIndexChanged.connect(lambda _: self.view.set_zoom(self.zoom.currentData()))
        self.pages.textChanged.connect(self._renew)
        self.print.clicked.connect(self._print)
        self.office.clicked.connect(self.open_wanted)
        self.buttons.rejected.connect(self.reject)
        self._renew()

    def show_document(self, shown: Shown) -> None:
        """The document as it can be read."""
        self.view.show_text(shown.html, shown.paper, shown.margins)
        self.note.setText(READABLE + (CUT if shown.cut else ""))

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """The pages as they will be printed."""
        self.view.show_pictures(pictures)
        self.note.setText(FAITHFUL)

    def fail(self, why: str) -> None:
        """It cannot be shown: a sentence."""
        self.note.setText(why)
        look.paint_text(self.note, look.colour_of(Level.UNLAWFUL))

    def say(self, text: str) -> None:
        """Tell how printing went."""
        look.paint_text(self.lacks, look.colour_of(""))
        self.lacks.setText(text)

    def _print(self) -> None:
        self.print_wanted.emit(self.copies.value(), re.sub("[，、]", ",", self.pages.text().strip()))

    def _turn(self, page: int, count: int) -> None:
        self.place.setText(f"第 {page} 页，共 {count} 页" if count else "")

    def _renew(self) -> None:
        """Say what is wrong with the pages asked for; the button waits for it."""
        asked = self.pages.text().strip()
        right = not asked or (self.pages.hasAcceptableInput() and _rising(asked))
        look.paint_text(self.lacks, look.colour_of(Level.UNLAWFUL))
        self.lacks.setText("" if right else "页码写成“1-3”或者“1,3,5”，从小到大。")
        self.print.setEnabled(right)

    def _lay_out(self) -> None:
        for words, zoom in ZOOMS.items():
            self.zoom.addItem(words, zoom)
        self.zoom.setAccessibleName("缩放")
        self.pages.setPlaceholderText("全部；例如 1-3 或者 2,5")
        self.pages.setAccessibleName("打印哪几页")
        self.pages.setValidator(QRegularExpressionValidator(QRegularExpression(PAGES), self))
        self.pages.setMinimumWidth(look.letters(self, 11))
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setSuffix(" 份")
        self.copies.setAccessibleName("打印几份")
        for button in (self.print, self.office):
            button.setAutoDefault(False)
        self._close.setDefault(True)
        self.note.setWordWrap(True)
        self.lacks.setWordWrap(True)
        line = QHBoxLayout()
        for text, widget in (("缩放(&Z)：", self.zoom), ("页码(&Y)：", self.pages), ("份数(&N)：", self.copies)):
            label = QLabel(text)
            label.setBuddy(widget)
            line.addWidget(label)
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.place)
        rows = QVBoxLayout(self)
        rows.addWidget(self.note)
        rows.addWidget(self.view, 1)
        rows.addLayout(line)
        rows.addWidget(self.lacks)
        rows.addWidget(self.buttons)
        self.view.setFocus()
        look.size(self, 60, 44)


def _rising(asked: str) -> bool:
    """Whether the pages go upwards from 1, so that no printer is asked for pages that are none."""
    numbers = [int(each) for each in re.findall(r"\d+", asked)]
    return numbers[0] > 0 and all(one <= other for one, other in pairwise(numbers))
