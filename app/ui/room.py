"""Room on small screens: what asks for more than the screen has is scrolled, and the buttons below stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

SHARE = 0.94  # of the screen
TITLE = 32  # points: the title bar above a window
_MEASURED = (QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class Scroll(QScrollArea):
    """An area that scrolls its page up and down; narrower than it only if it may go `sideways` too.

    Tab goes to what is inside.
    """

    def __init__(self, page: QWidget, *, sideways: bool = False) -> None:
        super().__init__()
        self._sideways = sideways
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        for each in (page, self.viewport()):
            each.setAutoFillBackground(False)  # what is behind it shows through

    def minimumSizeHint(self) -> QSize:
        """As wide as the page asks for now, beside the bar."""
        least = super().minimumSizeHint()
        if not self._sideways:
            least.setWidth(self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        return least

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        """The page may ask for another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(page, event)


class Page(QWidget):
    """What is scrolled only when not even the least of it has room; until then it takes what there is."""

    def heightForWidth(self, width: int) -> int:
        """The least height in which nothing is cut off."""
        return self.layout().totalMinimumHeightForWidth(width)


def free(window: QWidget) -> QSize:
    """The size a window may have on its screen, the title bar beside it."""
    screen = window.screen().availableSize()
    return QSize(round(screen.width() * SHARE), min(round(screen.height() * SHARE), screen.height() - TITLE))


def fit(dialog: QWidget, area: Scroll) -> None:
    """Make a dialog as large as its scrolled page asks for, but never larger than the screen has room for."""
    most, page = free(dialog), area.widget()
    for inside in (*page.findChildren(QLayout), page.layout(), dialog.layout()):
        inside.invalidate()  # what was shown or hidden since has told only the layout it lies in
    beside = dialog.sizeHint() - area.sizeHint()
    width = max(page.sizeHint().width(), area.minimumSizeHint().width())
    height = max(page.sizeHint().height(), page.heightForWidth(width)) + area.fontMetrics().lineSpacing()
    dialog.resize(min(width + beside.width(), most.width()), min(height + beside.height(), most.height()))


def keep(dialog: QWidget) -> None:
    """From now on, nothing of a dialog is cut off: it grows, and is scrolled once the screen has no room for more."""
    dialog.installEventFilter(_Keeper(dialog))


class _Keeper(QObject):
    """Watches one dialog until it has to be scrolled."""

    def eventFilter(self, dialog: QObject, event: QEvent) -> bool:
        """Measure what is asked for when it is first shown, and when it changes."""
        if event.type() in _MEASURED and isinstance(dialog, QWidget):
            dialog.setMinimumSize(dialog.minimumSize().boundedTo(free(dialog)))
            if _beyond(dialog):
                dialog.removeEventFilter(self)
                _scroll(dialog)
            elif dialog.size() != dialog.size().expandedTo(_asked(dialog)):
                dialog.resize(_wanted(dialog).expandedTo(_asked(dialog)))
        return False


def _asked(dialog: QWidget) -> QSize:
    """The least size of a dialog in which nothing is cut off; text in narrow lines needs the more of them."""
    least, layout = dialog.minimumSizeHint(), dialog.layout()
    if layout.hasHeightForWidth() and dialog.findChild(QTabWidget) is None:  # tabs ask for more than the least
        least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(_wanted(dialog).width())))
    return least


def _wanted(dialog: QWidget) -> QSize:
    """The size a dialog has, or would take by itself, as far as the screen has room."""
    sized = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    return (dialog.size() if sized else dialog.sizeHint()).boundedTo(free(dialog))


def _beyond(dialog: QWidget) -> bool:
    asked, most = _asked(dialog), free(dialog)
    return asked.width() > most.width() or asked.height() > most.height()


def _scroll(dialog: QWidget) -> None:
    """Put all but the last row, that of the buttons, into an area."""
    size, held, layout = _wanted(dialog), dialog.focusWidget(), dialog.layout()
    foot = layout.takeAt(layout.count() - 1) if isinstance(layout, QVBoxLayout) else None
    page = Page(dialog)
    page.setLayout(layout)  # its widgets come with it
    layout.setContentsMargins(0, 0, 0, 0)
    area = Scroll(page, sideways=True)
    rows = QVBoxLayout(dialog)
    rows.addWidget(area, 1)
    if foot is not None:
        rows.addItem(foot)
    for each in (page, area):
        each.show()
    if held is not None:
        held.setFocus()
    rows.activate()
    dialog.resize(size)
