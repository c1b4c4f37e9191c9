"""Sheets of paper below one another: rich text on pages, or pictures of pages; only what is seen is painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.core.settings import Theme
from app.ui import look

PIXELS = 96 / 72  # of a point, as rich text is laid out
GAP = 14
SHEET = look.TONES[Theme.LIGHT]  # paper is white and ink black in every theme
FIT = 0.0  # as wide as the window
LEAST, MOST = 0.25, 4.0


class PageView(QAbstractScrollArea):
    """Shows pages at a zoom; tells which one is in front."""

    turned = Signal(int, int)  # the page in front from 1, how many there are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: QTextDocument | None = None
        self._pictures: Sequence[QImage] = ()
        self._paper, self._corner, self._room = QSizeF(794, 1123), (0.0, 0.0), QSizeF(794, 1123)
        self._zoom = FIT
        self._told = (0, 0)
        self.setAccessibleName("文书的页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.verticalScrollBar().valueChanged.connect(self._turn)

    def show_text(self, html: str, paper: tuple[float, float], margins: tuple[float, float, float, float]) -> None:
        """Lay rich text out on paper of this size with these margins, all in points."""
        left, top, right, bottom = (each * PIXELS for each in margins)
        self._paper = QSizeF(paper[0] * PIXELS, paper[1] * PIXELS)
        self._corner = (left, top)
        self._room = QSizeF(self._paper.width() - left - right, self._paper.height() - top - bottom)
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        font = QFont()
        font.setFamilies(["仿宋_GB2312", "FangSong", *look.FAMILIES])
        document.setDefaultFont(font)
        document.setHtml(html)
        document.setPageSize(self._room)
        self._text, self._pictures = document, ()
        self._renew()

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show pages that were painted elsewhere instead; the page in front stays so."""
        self._text, self._pictures = None, pictures
        self._renew()

    def set_zoom(self, zoom: float) -> None:
        """FIT, or so many times the size on paper."""
        self._zoom = zoom
        self._renew()

    def count(self) -> int:
        """How many pages there are."""
        return self._text.pageCount() if self._text is not None else len(self._pictures)

    def text(self) -> str:
        """The words shown, "" for pictures."""
        return self._text.toPlainText() if self._text is not None else ""

    def go_to(self, page: int) -> None:
        """Bring a page, counted from 1, to the top."""
        self.verticalScrollBar().setValue(round((page - 1) * self._step()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window is wider or narrower."""
        super().resizeEvent(event)
        self._renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys go through the pages."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.go_to(self._told[0] + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self._told[0] - 1)
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are seen."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top, step, zoom = self.verticalScrollBar().value(), self._step(), self._scale()
        first = max(0, int(top // step))
        last = min(self.count() - 1, int((top + self.viewport().height()) // step))
        wide, high = self._paper.width() * zoom, self._paper.height() * zoom
        left = max((self.viewport().width() - wide) / 2, GAP) - self.horizontalScrollBar().value()
        for page in range(first, last + 1):
            sheet = QRectF(left, GAP + page * step - top, wide, high)
            painter.fillRect(sheet, QColor(SHEET.base))
            painter.setPen(QColor(SHEET.line))
            painter.drawRect(sheet)
            if self._text is None:
                painter.drawImage(sheet, self._pictures[page])
            else:
                self._paint_text(painter, sheet, page, zoom)
        painter.end()

    def _paint_text(self, painter: QPainter, sheet: QRectF, page: int, zoom: float) -> None:
        painter.save()
        painter.translate(sheet.left() + self._corner[0] * zoom, sheet.top() + self._corner[1] * zoom)
        painter.scale(zoom, zoom)
        painter.translate(0, -page * self._room.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * self._room.height(), self._room.width(), self._room.height())
        context.palette.setColor(QPalette.ColorRole.Text, QColor(SHEET.text))
        painter.setClipRect(context.clip)
        self._text.documentLayout().draw(painter, context)
        painter.restore()

    def _scale(self) -> float:
        if self._zoom != FIT:
            return self._zoom
        return min(max((self.viewport().width() - 2 * GAP) / self._paper.width(), LEAST), MOST)

    def _step(self) -> float:
        return self._paper.height() * self._scale() + GAP

    def _renew(self) -> None:
        """The pages, their size or the window changed."""
        high, wide = round(self.count() * self._step() + GAP), round(self._paper.width() * self._scale() + 2 * GAP)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        share = down.value() / max(down.maximum(), 1)
        down.setRange(0, max(high - self.viewport().height(), 0))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(look.lines(self, 3))
        down.setValue(round(share * down.maximum()))
        across.setRange(0, max(wide - self.viewport().width(), 0))
        across.setPageStep(self.viewport().width())
        self.viewport().update()
        self._turn()

    def _turn(self, *_: object) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        now = (min(max(int(middle // self._step()) + 1, 1), max(self.count(), 1)), self.count())
        self.viewport().update()
        if now != self._told:
            self._told = now
            self.turned.emit(*now)
