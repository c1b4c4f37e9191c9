"""The styles of the dresses: shades are too faint to tell a field or a box from its ground, so each has an edge."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionTab,
    QTextEdit,
    QWidget,
)

ELEMENT, CONTROL, COMPLEX = QStyle.PrimitiveElement, QStyle.ControlElement, QStyle.ComplexControl
FLAG, ROLE = QStyle.StateFlag, QPalette.ColorRole
BOXES = frozenset(
    {
        ELEMENT.PE_PanelButtonCommand,
        ELEMENT.PE_PanelButtonTool,
        ELEMENT.PE_PanelLineEdit,
        ELEMENT.PE_FrameGroupBox,
        ELEMENT.PE_Frame,
        ELEMENT.PE_FrameTabWidget,
        ELEMENT.PE_PanelTipLabel,
        ELEMENT.PE_IndicatorCheckBox,
        ELEMENT.PE_IndicatorItemViewItemCheck,
    }
)
BUTTONS = frozenset({ELEMENT.PE_PanelButtonCommand, ELEMENT.PE_PanelButtonTool})
BOXED = frozenset({ELEMENT.PE_IndicatorCheckBox, ELEMENT.PE_IndicatorItemViewItemCheck})
PARTS = frozenset({CONTROL.CE_HeaderSection, CONTROL.CE_ProgressBarGroove, CONTROL.CE_TabBarTabShape})
Ink = QColor | QPalette.ColorRole
THIN, RING, THICK = 1.0, 2.0, 3.0  # pixels


class _Ringed(QProxyStyle):
    """Fusion, with a ring around what the keyboard is at instead of a tint that dims the words under it."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, but for what is at hand."""
        if element is not ELEMENT.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            if element is ELEMENT.PE_Frame and option.state & FLAG.State_HasFocus and _field(element, option, widget):
                _box(painter, option, ROLE.Accent, RING)  # Fusion rings only fields of one line
        elif option.state & FLAG.State_KeyboardFocusChange:
            chosen = option.state & FLAG.State_Item and option.state & FLAG.State_Selected
            _box(painter, option, ROLE.HighlightedText if chosen else ROLE.Accent, THIN)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does; it tints the word of a tab without asking for the primitive above."""
        if element is CONTROL.CE_TabBarTabLabel and isinstance(option, QStyleOptionTab) and _reached(option):
            plain = QStyleOptionTab(option)
            plain.state &= ~FLAG.State_HasFocus
            super().drawControl(element, plain, painter, widget)
            _box(painter, option, ROLE.Accent, THIN, inside=THICK)
        else:
            super().drawControl(element, option, painter, widget)


class Edged(_Ringed):
    """The edges of fields, boxes and rings in a colour of their own: fainter than text, and seen."""

    def __init__(self, edge: QColor) -> None:
        super().__init__()
        self._edge = edge

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawPrimitive(element, option, painter, widget)
        if element is ELEMENT.PE_IndicatorRadioButton:
            _circle(painter, option, self._edge)
        elif element in BOXED:
            _box(painter, option, self._edge, THIN)
        elif _field(element, option, widget):
            self._surround(painter, option)
        elif element in BUTTONS and (option.state & FLAG.State_On or _reached(option)):
            _box(painter, option, ROLE.Accent, RING)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and a bar on the tab that is shown."""
        super().drawControl(element, option, painter, widget)
        if element is CONTROL.CE_TabBarTabShape and option.state & FLAG.State_Selected:
            bar = QRectF(option.rect)
            bar.setHeight(THICK)
            painter.fillRect(bar, option.palette.color(ROLE.Accent))

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawComplexControl(control, option, painter, widget)
        writable = isinstance(option, QStyleOptionComboBox) and option.editable
        if control is COMPLEX.CC_SpinBox or writable:
            self._surround(painter, option)
        elif control is COMPLEX.CC_ComboBox and _reached(option):
            _box(painter, option, ROLE.Accent, RING)

    def _surround(self, painter: QPainter, option: QStyleOption) -> None:
        if option.state & FLAG.State_HasFocus:
            _box(painter, option, ROLE.Accent, RING)
        else:
            _box(painter, option, self._edge if option.state & FLAG.State_Enabled else ROLE.Mid, THIN)


class Outlined(_Ringed):
    """The edges of controls in the colour of text; what is pressed, chosen or written in has a thick one."""

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawPrimitive(element, option, painter, widget)
        if element is ELEMENT.PE_IndicatorRadioButton:
            _circle(painter, option, ROLE.WindowText)
        elif element is ELEMENT.PE_FrameMenu:  # it never says that it is enabled
            _box(painter, option, ROLE.WindowText, THIN)
        elif element is ELEMENT.PE_PanelLineEdit and not _field(element, option, widget):
            return  # the box around it has the edge
        elif element in BOXES and not getattr(widget, "isFlat", bool)():
            pressed = element in BUTTONS and bool(option.state & (FLAG.State_On | FLAG.State_Sunken))
            written = _field(element, option, widget) and bool(option.state & FLAG.State_HasFocus)
            _outline(painter, option, chosen=pressed or written)
            if element in BUTTONS and _reached(option):
                _box(painter, option, ROLE.WindowText if pressed else ROLE.Accent, RING, inside=THICK)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawControl(element, option, painter, widget)
        if element in PARTS:
            selected = bool(option.state & FLAG.State_Selected) and not isinstance(option, QStyleOptionHeader)
            _outline(painter, option, chosen=selected)
        elif element is CONTROL.CE_MenuItem and not option.state & FLAG.State_Enabled and _has_words(option):
            _outline(painter, option, chosen=False)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """As in Fusion, but a menu keeps room for its edge."""
        if metric is QStyle.PixelMetric.PM_MenuPanelWidth:
            return round(THIN)
        return super().pixelMetric(metric, option, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """As Fusion does, and its edge; of a scroll bar the part that moves."""
        super().drawComplexControl(control, option, painter, widget)
        if control in (COMPLEX.CC_ComboBox, COMPLEX.CC_SpinBox):
            reached = option.state & FLAG.State_HasFocus if control is COMPLEX.CC_SpinBox else _reached(option)
            _outline(painter, option, chosen=bool(reached))
        elif control is COMPLEX.CC_ScrollBar:
            part = self.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, widget)
            painter.fillRect(part.adjusted(2, 2, -2, -2), option.palette.color(ROLE.WindowText))


def _field(element: QStyle.PrimitiveElement, option: QStyleOption, widget: QWidget | None) -> bool:
    """Whether this is the edge of something to write in, not of the line inside a box of numbers or choices."""
    if element is ELEMENT.PE_PanelLineEdit:
        return widget is None or not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
    return element is ELEMENT.PE_Frame and isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly()


def _has_words(option: QStyleOption) -> bool:
    return isinstance(option, QStyleOptionMenuItem) and bool(option.text)


def _reached(option: QStyleOption) -> bool:
    """Whether the keyboard has come to it; a mouse shows by itself where it is."""
    return bool(option.state & FLAG.State_HasFocus and option.state & FLAG.State_KeyboardFocusChange)


def _box(painter: QPainter, option: QStyleOption, ink: Ink, width: float, *, inside: float = 0.0) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_colour(option, ink), width, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(_inner(option, width).adjusted(inside, inside, -inside, -inside))
    painter.restore()


def _outline(painter: QPainter, option: QStyleOption, *, chosen: bool) -> None:
    role = ROLE.Accent if chosen else ROLE.WindowText
    width = THICK if chosen else THIN
    painter.save()
    pen = QPen(option.palette.color(role), width)
    if not option.state & FLAG.State_Enabled:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    box = _inner(option, width)
    for one, other in (
        (box.topLeft(), box.topRight()),
        (box.topRight(), box.bottomRight()),
        (box.bottomRight(), box.bottomLeft()),
        (box.bottomLeft(), box.topLeft()),
    ):
        painter.drawLine(QPointF(one), QPointF(other))
    painter.restore()


def _circle(painter: QPainter, option: QStyleOption, ink: Ink) -> None:
    painter.save()
    painter.setPen(QPen(_colour(option, ink), THIN))
    painter.drawEllipse(_inner(option, THIN))
    painter.restore()


def _colour(option: QStyleOption, ink: Ink) -> QColor:
    return ink if isinstance(ink, QColor) else option.palette.color(ink)


def _inner(option: QStyleOption, width: float) -> QRectF:
    return QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
