"""The styles of the dark dresses: on black ground nothing is told by shades, so every control gets an outline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QStyleOptionComplex, QStyleOptionHeader, QWidget

ELEMENT, CONTROL, COMPLEX = QStyle.PrimitiveElement, QStyle.ControlElement, QStyle.ComplexControl
FLAG = QStyle.StateFlag
BOXES = frozenset(
    {
        ELEMENT.PE_PanelButtonCommand,
        ELEMENT.PE_PanelButtonTool,
        ELEMENT.PE_PanelLineEdit,
        ELEMENT.PE_FrameGroupBox,
        ELEMENT.PE_Frame,
        ELEMENT.PE_FrameMenu,
        ELEMENT.PE_FrameTabWidget,
        ELEMENT.PE_PanelTipLabel,
        ELEMENT.PE_IndicatorCheckBox,
        ELEMENT.PE_IndicatorItemViewItemCheck,
    }
)
BOXED = frozenset({ELEMENT.PE_IndicatorCheckBox, ELEMENT.PE_IndicatorItemViewItemCheck})
PARTS = frozenset({CONTROL.CE_HeaderSection, CONTROL.CE_ProgressBarGroove, CONTROL.CE_TabBarTabShape})
THIN, THICK = 1.0, 3.0  # pixels


class Edged(QProxyStyle):
    """Fusion, with the edges of fields, boxes and rings in the colour of examples: fainter than text, and seen."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawPrimitive(element, option, painter, widget)
        role = QPalette.ColorRole.PlaceholderText
        if element is ELEMENT.PE_IndicatorRadioButton:
            _ring(painter, option, role)
        elif element in BOXED or (element is ELEMENT.PE_PanelLineEdit and not option.state & FLAG.State_HasFocus):
            painter.save()  # focus has an edge of its own
            painter.setPen(QPen(option.palette.color(role), THIN))
            painter.drawRect(_edge(option, THIN))
            painter.restore()


class Outlined(QProxyStyle):
    """Fusion, with the edges of controls in the colour of text; what is pressed or chosen has a thick one."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawPrimitive(element, option, painter, widget)
        if element in BOXES and not getattr(widget, "isFlat", bool)():
            _outline(painter, option, chosen=_pressed(element, option))
        elif element is ELEMENT.PE_IndicatorRadioButton:
            _ring(painter, option, QPalette.ColorRole.WindowText)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """As Fusion does, and its edge."""
        super().drawControl(element, option, painter, widget)
        if element in PARTS:
            selected = bool(option.state & FLAG.State_Selected) and not isinstance(option, QStyleOptionHeader)
            _outline(painter, option, chosen=selected)

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
            _outline(painter, option, chosen=False)
        elif control is COMPLEX.CC_ScrollBar:
            part = self.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, widget)
            painter.fillRect(part.adjusted(2, 2, -2, -2), option.palette.color(QPalette.ColorRole.WindowText))


def _pressed(element: QStyle.PrimitiveElement, option: QStyleOption) -> bool:
    panels = (ELEMENT.PE_PanelButtonCommand, ELEMENT.PE_PanelButtonTool)
    return element in panels and bool(option.state & (FLAG.State_On | FLAG.State_Sunken))


def _outline(painter: QPainter, option: QStyleOption, *, chosen: bool) -> None:
    role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.WindowText
    width = THICK if chosen else THIN
    painter.save()
    pen = QPen(option.palette.color(role), width)
    if not option.state & FLAG.State_Enabled:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    box = _edge(option, width)
    for one, other in (
        (box.topLeft(), box.topRight()),
        (box.topRight(), box.bottomRight()),
        (box.bottomRight(), box.bottomLeft()),
        (box.bottomLeft(), box.topLeft()),
    ):
        painter.drawLine(QPointF(one), QPointF(other))
    painter.restore()


def _ring(painter: QPainter, option: QStyleOption, role: QPalette.ColorRole) -> None:
    painter.save()
    painter.setPen(QPen(option.palette.color(role), THIN))
    painter.drawEllipse(_edge(option, THIN))
    painter.restore()


def _edge(option: QStyleOption, width: float) -> QRectF:
    return QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
