"""A page of the statistics: the answer in one sentence, the chart, the table behind it; the first two as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.core.files import write_whole
from app.core.settings import Theme
from app.ui import look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from app.ui.plain_table import PlainTable

LEAST_LINES = 7  # of a chart in a low window: the rest of it is scrolled
SHARPER = 2  # points of the picture for each of the screen, so that it prints well


class ChartPage(QSplitter):
    """Shows the three, one above the other."""

    def __init__(self, title: str, answer: str, chart: QWidget, table: PlainTable) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.title, self.chart, self.table = title, chart, table
        self.answer = QLabel(answer)
        self.answer.setWordWrap(True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.larger(self.answer, bold=True)
        described = chart.accessibleDescription()
        chart.setAccessibleDescription(f"{answer}{described}")
        chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(look.lines(self, LEAST_LINES))
        scroll.setWidget(chart)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(0, 0, 0, 0)
        self.answer.setMargin(look.letters(self, 0.3))
        rows.addWidget(self.answer)
        rows.addWidget(scroll, 1)
        self.addWidget(head)
        self.addWidget(table)
        self.setSizes([550, 450])
        self.setChildrenCollapsible(False)

    def picture(self) -> QImage:
        """Title, answer and chart on white, whatever the window wears."""
        with look.on_paper(self.chart, self.answer):
            parts = [_grab(each) for each in (self._headline(), self.answer, self.chart)]
        gap = look.letters(self, 1)
        width = max(each.width() for each in parts) // SHARPER + 2 * gap
        height = sum(each.height() // SHARPER + gap for each in parts) + gap
        image = QImage(width * SHARPER, height * SHARPER, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPER)
        image.fill(QColor(look.TONES[Theme.LIGHT].base))
        painter = QPainter(image)
        top = gap
        for each in parts:
            painter.drawPixmap(gap, top, each)
            top += each.height() // SHARPER + gap
        painter.end()
        return image

    def save(self, path: Path) -> None:
        """Write the picture as PNG; UserError when nothing can be written there."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.picture().save(buffer, "PNG")
        write_whole(path, buffer.data().data())

    def print(self, printer: QPrinter) -> None:
        """Print the picture on one page, as large as it has room for."""
        image, painter = self.picture(), QPainter(printer)
        room = QRectF(painter.viewport())
        size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image, QRectF(image.rect()))
        painter.end()

    def _headline(self) -> QLabel:
        label = QLabel(self.title)
        look.larger(label, 1.3, bold=True)
        label.setPalette(look.palette(look.TONES[Theme.LIGHT]))
        label.adjustSize()
        return label


def _grab(widget: QWidget) -> QPixmap:
    picture = QPixmap(widget.size() * SHARPER)
    picture.setDevicePixelRatio(SHARPER)
    picture.fill(QColor(look.TONES[Theme.LIGHT].base))
    widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture
