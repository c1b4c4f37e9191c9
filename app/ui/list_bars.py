"""A picture of who stands in which list: a row of dots for each way, a bar as long as it has lines, and the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui import look

DOT_LETTERS, BAR_LETTERS, NUMBER_LETTERS = 5, 9, 10
RADIUS = 0.42  # of a line's height, as all lengths below
ROW, EDGE = 1.35, 0.12
LEGEND = "● 名单里有　○ 名单里没有　— 不能说有没有　实心条：应在执行　斜线条：已期满、未开始或不能确定"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to stand in the lists: a list has it, has not, or cannot say (None); in words; of how many some run."""

    dots: tuple[bool | None, ...]
    words: str
    lines: int
    running: int


class WayRow(QAbstractButton):
    """One row of the picture; pressed it is the one looked at. The keyboard reaches it as any button."""

    def __init__(self, way: Way, most: int) -> None:
        super().__init__()
        self.way, self._most = way, max(most, 1)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = f"{way.words}：{way.lines} 件，其中应在执行 {way.running} 件"
        self.setText(told)
        self.setAccessibleName(told)
        self.setToolTip(f"{told}。点一下只看这些，再点一下看全部")

    def sizeHint(self) -> QSize:
        """As high as its text, as wide as dots, bar, numbers and words."""
        letters = DOT_LETTERS * len(self.way.dots) + BAR_LETTERS + NUMBER_LETTERS
        words = self.fontMetrics().horizontalAdvance(self.way.words + "汉")
        return QSize(look.letters(self, letters) + words, look.lines(self, ROW))

    def minimumSizeHint(self) -> QSize:
        """Words may be cut off, nothing else."""
        letters = DOT_LETTERS * len(self.way.dots) + BAR_LETTERS + NUMBER_LETTERS
        return QSize(look.letters(self, letters), look.lines(self, ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dots, bar, numbers, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tones, line = look.tones(), self.fontMetrics().height()
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), QColor(tones.base))
        self._paint_dots(painter, QColor(tones.text), line * RADIUS)
        left = look.letters(self, DOT_LETTERS * len(self.way.dots))
        self._paint_bar(painter, left, look.letters(self, BAR_LETTERS))
        painter.setPen(QColor(tones.text if self.way.lines else tones.faint))
        left += look.letters(self, BAR_LETTERS + 0.5)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        numbers = f"{self.way.lines} 件（应在执行 {self.way.running}）"
        painter.drawText(QRectF(left, 0, look.letters(self, NUMBER_LETTERS), self.height()), middle, numbers)
        left += look.letters(self, NUMBER_LETTERS)
        room = self.width() - left
        words = self.fontMetrics().elidedText(self.way.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, self.height()), middle, words)
        self._paint_edge(painter, line)

    def _paint_dots(self, painter: QPainter, ink: QColor, radius: float) -> None:
        column = look.letters(self, DOT_LETTERS)
        painter.setPen(QPen(ink, radius * 0.3))
        for place, inside in enumerate(self.way.dots):
            x, y = column * (place + 0.5), self.height() / 2
            painter.setBrush(QBrush(ink) if inside else Qt.BrushStyle.NoBrush)
            if inside is None:
                painter.drawLine(int(x - radius), int(y), int(x + radius), int(y))
            else:
                painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))

    def _paint_bar(self, painter: QPainter, left: float, full: float) -> None:
        tones = look.tones()
        solid, rest = (full * count / self._most for count in (self.way.running, self.way.lines - self.way.running))
        top, height = self.height() * 0.2, self.height() * 0.6
        painter.fillRect(QRectF(left, top, solid, height), QColor(tones.hint))
        box = QRectF(left + solid, top, rest, height)
        painter.fillRect(box, QBrush(QColor(tones.calm), Qt.BrushStyle.BDiagPattern))
        if self.way.lines > self.way.running:
            painter.setPen(QPen(QColor(tones.calm), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    def _paint_edge(self, painter: QPainter, line: float) -> None:
        if not self.isChecked() and not self.hasFocus():
            return
        style = Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DashLine
        width = max(line * EDGE, 1)
        painter.setPen(QPen(QColor(look.tones().hint), width, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2))


class ListBars(QWidget):
    """The whole picture; tells which row is looked at."""

    chosen = Signal(int)  # the place of a way, -1 for all

    def __init__(self, heads: Sequence[str], ways: Sequence[Way]) -> None:
        super().__init__()
        self.setAccessibleName("各名单的重合情况")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        rows.addLayout(self._make_heads(heads))
        most = max((each.lines for each in ways), default=0)
        self.rows = [WayRow(each, most) for each in ways]
        for place, each in enumerate(self.rows):
            self._group.addButton(each, place)
            rows.addWidget(each)
        legend = QLabel(LEGEND)
        legend.setWordWrap(True)
        rows.addWidget(legend)
        self._group.idToggled.connect(self._toggle)

    def _make_heads(self, heads: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        for column, text in enumerate(heads):
            label = QLabel(text)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            label.setFixedWidth(look.letters(self, DOT_LETTERS))
            look.larger(label, bold=True)
            grid.addWidget(label, 0, column)
        grid.setColumnStretch(len(heads), 1)
        return grid

    def _toggle(self, place: int, down: bool) -> None:
        if down:
            for other, each in enumerate(self.rows):
                if other != place and each.isChecked():
                    each.setChecked(False)
        pressed = next((other for other, each in enumerate(self.rows) if each.isChecked()), -1)
        self.chosen.emit(pressed)
