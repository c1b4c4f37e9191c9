"""Lines over months, each with a mark and a dash of its own beside its colour; painted by hand as the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import look

STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
WORDS = ("违法", "提示", "存疑", "数据", "合法")  # whose colours the lines wear
MARKS = "●■▲◆★"


class LineChart(QWidget):
    """One line a row of numbers; the names stand above, each behind its mark."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.titles: tuple[str, ...] = ()
        self.rows: tuple[tuple[str, tuple[int, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, titles: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        """Draw these rows, at most as many as there are marks; a title for each place."""
        self.titles, self.rows = tuple(titles), tuple(rows[: len(MARKS)])
        said = "；".join(
            f"{name} " + "，".join(f"{title} {n}" for title, n in zip(self.titles, numbers, strict=True))
            for name, numbers in self.rows
        )
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The names, and room for the lines."""
        return QSize(look.letters(self, 24), look.lines(self, 14))

    def minimumSizeHint(self) -> QSize:
        """High enough to tell the lines apart."""
        return QSize(look.letters(self, 24), look.lines(self, 9))

    def _named(self, line: int, margin: int) -> list[QRectF]:
        """Where each name stands behind its mark: side by side, in as many lines as the width asks for."""
        boxes: list[QRectF] = []
        x, y = margin, 0
        for name, _ in self.rows:
            wide = line + self.fontMetrics().horizontalAdvance(name + "汉")
            if x > margin and x + wide > self.width():
                x, y = margin, y + line
            boxes.append(QRectF(x, y, wide, line))
            x += wide
        return boxes

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The names, the frame, the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(text)
        if not self.rows:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "没有件数足够、可以列名的单位")
            return
        line, margin = look.lines(self, 1.3), look.letters(self, 4)
        named = self._named(line, margin)
        top = named[-1].bottom() + 0.8 * line
        area = QRectF(margin, top, self.width() - 2 * margin, self.height() - top - 1.5 * line)
        most = max((n for _, numbers in self.rows for n in numbers), default=0) or 1
        step = area.width() / max(len(self.titles) - 1, 1)

        def at(place: int, number: int) -> QPointF:
            x = area.left() + place * step if len(self.titles) > 1 else area.center().x()
            return QPointF(x, area.bottom() - number / most * area.height())

        painter.drawRect(area)
        painter.drawText(QRectF(0, area.top() - line / 2, margin * 0.9, line), _RIGHT, f"{most} 条")
        painter.drawText(QRectF(0, area.bottom() - line / 2, margin * 0.9, line), _RIGHT, "0")
        for place, title in enumerate(self.titles):
            box = QRectF(at(place, 0).x() - margin, area.bottom() + line * 0.2, 2 * margin, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)
        for number, ((name, numbers), box) in enumerate(zip(self.rows, named, strict=True)):
            colour = look.colour_of(WORDS[number])
            self._line(painter, [at(place, n) for place, n in enumerate(numbers)], number, colour)
            painter.setPen(colour)
            painter.drawText(QRectF(box.topLeft(), QSizeF(line, line)), Qt.AlignmentFlag.AlignCenter, MARKS[number])
            painter.setPen(text)
            painter.drawText(box.adjusted(line, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _line(self, painter: QPainter, points: Sequence[QPointF], number: int, colour: QColor) -> None:
        painter.setPen(QPen(colour, 2, STYLES[number]))
        painter.drawPolyline(list(points))
        painter.setPen(colour)
        side = float(look.letters(self, 1))
        for each in points:
            box = QRectF(each.x() - side / 2, each.y() - side / 2, side, side)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, MARKS[number])


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
