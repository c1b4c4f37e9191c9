"""Charts painted by hand: bars of parts, and units in the funnel chance would draw. Each stands beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.findings import Level
from app.core.reports.shares import NEARLY_ALL, NINETY_FIVE, funnel
from app.ui import look

PATTERNS = (  # neighbours differ for who sees no colours
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.FDiagPattern,
)
STEPS = 60  # places a limit of the funnel is drawn through


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its label and the sizes of its parts."""

    label: str
    parts: tuple[int, ...]


class BarChart(QWidget):
    """Horizontal bars, each of parts in the colours of words; the number stands at the end."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.words = tuple(words)
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these bars instead."""
        self.bars = tuple(bars)
        said = "；".join(f"{each.label} {sum(each.parts)}" for each in self.bars)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for the legend and one for each bar."""
        return QSize(look.letters(self, 24), look.lines(self, 1.5) * (len(self.bars) + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The legend, then the bars."""
        painter = QPainter(self)
        line, gap = look.lines(self, 1.5), look.letters(self, 0.5)
        self._legend(painter, line, gap)
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(each.label) for each in self.bars), default=0) + gap
        left = min(widest, self.width() // 3)
        most = max((sum(each.parts) for each in self.bars), default=0)
        room = max(self.width() - left - 2 * gap - metrics.horizontalAdvance(f"{most}") - gap, 1)
        for row, each in enumerate(self.bars, 1):
            top = row * line
            label = metrics.elidedText(each.label, Qt.TextElideMode.ElideRight, left)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(
                QRectF(0, top, left, line), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label
            )
            x = float(left + gap)
            for place, part in enumerate(each.parts):
                width = room * part / most if most else 0
                self._box(painter, QRectF(x, top + line * 0.2, width, line * 0.6), place)
                x += width
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QPointF(x + gap, top + line * 0.5 + metrics.ascent() * 0.4), str(sum(each.parts)))

    def _legend(self, painter: QPainter, line: int, gap: int) -> None:
        metrics, x = self.fontMetrics(), 0
        for place, word in enumerate(self.words):
            self._box(painter, QRectF(x, line * 0.3, line * 0.4, line * 0.4), place)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QPointF(x + line * 0.6, line * 0.5 + metrics.ascent() * 0.4), word)
            x += round(line * 0.6) + metrics.horizontalAdvance(word) + 2 * gap

    def _box(self, painter: QPainter, box: QRectF, place: int) -> None:
        if box.width() <= 0:
            return
        word = self.words[place].partition("·")[0]
        colour = look.colour_of(word if word in look.tone_of() else Level.HINT)
        painter.fillRect(box, QBrush(colour, PATTERNS[place % len(PATTERNS)]))
        painter.setPen(colour)
        painter.drawRect(box)


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit: its name, its cases, its share from 0 to 1."""

    label: str
    n: int
    value: float


class FunnelChart(QWidget):
    """Units by number of cases and share; within the lines a difference may be mere chance."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.spots: tuple[Spot, ...] = ()
        self.mean = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide enough to read."""
        return QSize(look.letters(self, 24), look.lines(self, 12))

    def minimumSizeHint(self) -> QSize:
        """High enough to tell the units apart."""
        return QSize(look.letters(self, 24), look.lines(self, 9))

    def show_spots(self, spots: Sequence[Spot], mean: float) -> None:
        """Draw these units around the share of all."""
        self.spots, self.mean = tuple(spots), mean
        self.setAccessibleDescription("；".join(f"{each.label} {each.n} 件 {each.value:.1%}" for each in self.spots))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The limits, the mean, the units."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.spots:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "没有件数足够、可以比较的单位")
            return
        text = self.palette().color(QPalette.ColorRole.WindowText)
        margin, line = look.letters(self, 3), look.lines(self, 1)
        area = QRectF(margin, line, self.width() - 2 * margin, self.height() - 3 * line)
        ends = (min(each.n for each in self.spots) * 0.8, max(each.n for each in self.spots) * 1.25)
        first = max(1, round(ends[0]))
        top = max(*(each.value for each in self.spots), funnel(self.mean, first, NEARLY_ALL)[1], 0.01) * 1.05
        top = min(top, 1.0)
        counts = [first + (ends[1] - first) * place / STEPS for place in range(STEPS + 1)]

        def at(n: float, value: float) -> QPointF:
            across = (log10(n) - log10(first)) / (log10(ends[1]) - log10(first))
            return QPointF(area.left() + across * area.width(), area.bottom() - value / top * area.height())

        painter.setPen(text)
        labels = self._labels([at(each.n, each.value) for each in self.spots])
        painter.setClipRegion(self._beside(labels))
        painter.drawRect(area)
        for deviations, style in ((NINETY_FIVE, Qt.PenStyle.DashLine), (NEARLY_ALL, Qt.PenStyle.SolidLine)):
            painter.setPen(QPen(look.colour_of(""), 1, style))
            for side in (0, 1):
                painter.drawPolyline(QPolygonF([at(n, min(funnel(self.mean, round(n), deviations)[side], top))
                                                for n in counts]))  # fmt: skip
        painter.setPen(QPen(text, 1, Qt.PenStyle.DotLine))
        painter.drawLine(at(first, self.mean), at(ends[1], self.mean))
        painter.setClipping(False)
        for each, label in zip(self.spots, labels, strict=True):
            low, high = funnel(self.mean, each.n, NEARLY_ALL)
            colour = look.colour_of("违法" if each.value > high else "存疑" if each.value < low else "提示")
            self._spot(painter, at(each.n, each.value), colour, out=not low <= each.value <= high)
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, each.label)
        painter.setPen(text)
        painter.drawText(QPointF(0, line), f"{top:.0%}")
        painter.drawText(QPointF(0, area.bottom()), "0%")
        foot = f"横轴：案件数（{first}—{round(ends[1])} 件）；点线：总体；虚线、实线：95%、99.8% 的正常起伏；实心：超出"
        below = QRectF(0, area.bottom() + 0.2 * line, self.width(), self.height() - area.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter.value | Qt.TextFlag.TextWordWrap.value, foot)

    def _labels(self, places: Sequence[QPointF]) -> list[QRectF]:
        """Where the names of the units are written: to the right above their marks, below where one stands already."""
        found: list[QRectF] = []
        high, gap = self.fontMetrics().height(), look.letters(self, 0.5)
        for place, each in zip(places, self.spots, strict=True):
            wide = self.fontMetrics().horizontalAdvance(each.label)
            box = QRectF(min(place.x() + gap, self.width() - wide), place.y() - high, wide, high)
            if any(box.intersects(other) for other in found):
                box.moveTop(place.y() + gap / 2)
            found.append(box)
        return found

    def _beside(self, labels: Sequence[QRectF]) -> QRegion:
        """The whole but for the names: no line goes through them."""
        whole = QRegion(self.rect())
        for each in labels:
            whole = whole.subtracted(QRegion(each.toAlignedRect()))
        return whole

    def _spot(self, painter: QPainter, place: QPointF, colour: QColor, *, out: bool) -> None:
        """A full dot for a unit that really differs, a ring for the others: the colour alone tells not everybody."""
        radius = look.letters(self, 0.4 if out else 0.3)
        painter.setPen(colour)
        painter.setBrush(colour if out else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, radius, radius)
