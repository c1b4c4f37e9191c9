"""The days of a case as a coloured strip, from first custody to the end of the last penalty, each span in words too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.core.findings import DaySpan
from app.core.settings import Theme
from app.ui import look

# Neighbours differ in lightness as well, for who sees no colours.
COLOURS = {
    "先行羁押": "#8a6d3b",
    "指定居所监视居住": "#b58b4a",
    "监视居住": "#c7a873",
    "取保候审": "#d9c6a0",
    "死刑缓期执行期间": "#3d2b56",
    "执行无期徒刑": "#7a68a0",
    "服刑": "#2f5d8a",
    "暂予监外执行": "#6ca06c",
    "假释考验": "#3f8f6b",
    "拟假释考验": "#9ccfb4",
    "本次拟减去的刑期": "#9dbbe0",
    "减去的刑期": "#d5dfec",
    "执行剥夺政治权利": "#a0527a",
    "脱逃或者不计入刑期": "#b3261e",
}
UNTOLD = "#8c8c8c"
LEAST_LINES = 40  # of a window that has room for the days of every span
LEAST = 3.0  # pixels even a single day is wide


def words(span: DaySpan) -> str:
    """A span as a person reads it."""
    told = f"{span.status}：{span.start} 至 {span.last}，{span.days}日"
    return f"{told}（{span.note}）" if span.note else told


class Bar(QWidget):
    """The painted bar; days no list tells of, or lists tell of twice, are hatched."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: tuple[DaySpan, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text high."""
        return QSize(200, self.fontMetrics().height())

    def boxes(self) -> Iterator[tuple[DaySpan, QRectF]]:
        """Each span with its place: as wide as its days, and never too narrow to be seen."""
        total = sum(each.days for each in self.spans)
        free = max(self.width() - LEAST * len(self.spans), 0.0)
        left = 0.0
        for each in self.spans:
            width = LEAST + free * each.days / total
            yield each, QRectF(left, 0, width, self.height())
            left += width

    def told_at(self, x: float) -> str:
        """The words of the span at a place."""
        return next((words(span) for span, box in self.boxes() if box.left() <= x < box.right()), "")

    def event(self, event: QEvent) -> bool:
        """Tell the span under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every span in its colour."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        for span, box in self.boxes():
            painter.fillRect(box, QColor(COLOURS.get(span.status, "#ffffff")))
            if span.note or span.status not in COLOURS:
                painter.fillRect(box, QBrush(QColor(UNTOLD), Qt.BrushStyle.BDiagPattern))
            if look.worn() is Theme.CONTRAST:  # dark colours would run together on black
                painter.drawRect(box)
        painter.drawRect(QRectF(0, 0, self.width() - 1, self.height() - 1))


class DayStrip(QWidget):
    """The bar with its legend beneath; hidden where no days are known."""

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.legend = Bar(), QLabel()
        self._full = self._short = ""
        self.legend.setWordWrap(True)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.bar)
        rows.addWidget(self.legend)
        self.bar.setAccessibleName("刑期各日")
        self.hide()

    def show_days(self, spans: Sequence[DaySpan], unplaced: Sequence[str] = ()) -> None:
        """Show the days of a case, and what is known of without its days."""
        self.bar.spans = tuple(spans)
        told = [words(each) for each in spans]
        beside = [f"没有画出：{each}" for each in unplaced]
        self.bar.setAccessibleDescription("；".join(told + beside))
        marks = [f'<span style="color:{look.seen(COLOURS.get(each.status, UNTOLD))}">■</span>&nbsp;' for each in spans]
        entries = [mark + escape(text) for mark, text in zip(marks, told, strict=True)]
        self._full = "<br>".join(entries + [escape(each) for each in beside])
        plain = [each.status in COLOURS and not each.note for each in spans]
        named = (escape(each.status if well else words(each)) for each, well in zip(spans, plain, strict=True))
        names = dict.fromkeys(f"{mark}{text}" for mark, text in zip(marks, named, strict=True))
        self._short = "　".join([*names, *(escape(each) for each in beside)])
        self.legend.setToolTip(self._full)
        self._fit()
        self.setVisible(bool(spans))
        self.bar.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window may have become higher or lower."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the legend names the colours only, and what is odd: the findings need the room."""
        low = self.window().height() < look.lines(self, LEAST_LINES)
        self.legend.setText(self._short if low else self._full)
