"""Room on small screens: what a dialog asks for is scrolled where its letters need more height than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QWidget

from app.ui import look


def scrolled(page: QWidget) -> QScrollArea:
    """A page in an area that scrolls it when it must; Tab goes to what is inside."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(_least(page, area))
    return area


def fit(dialog: QDialog, area: QScrollArea) -> None:
    """Make a dialog as large as its scrolled page asks for, but never larger than the screen has room for."""
    most = dialog.screen().availableSize() * look.SCREEN_SHARE
    page = area.widget()
    for inside in (*page.findChildren(QLayout), page.layout(), dialog.layout()):
        inside.invalidate()  # what was shown or hidden since has told only the layout it lies in
    area.setMinimumWidth(_least(page, area))
    beside = dialog.sizeHint() - area.sizeHint()
    width = max(page.sizeHint().width(), area.minimumWidth())
    height = max(page.sizeHint().height(), page.heightForWidth(width)) + area.fontMetrics().lineSpacing()
    dialog.resize(min(width + beside.width(), most.width()), min(height + beside.height(), most.height()))


def _least(page: QWidget, area: QScrollArea) -> int:
    return page.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
