"""The buttons at the upper right, all in a row; one button with a menu of them where the desks' tabs need the room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QTabWidget, QWidget


class Corner(QStackedWidget):
    """Holds the buttons beside `tabs`."""

    def __init__(self, tabs: QTabWidget, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._tabs = tabs
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        menu = QMenu(self)
        for each in buttons:
            beside.addWidget(each)
            if each.menu() is not None:
                each.menu().setTitle(each.text())
                menu.addMenu(each.menu())
            else:
                menu.addAction(each.text(), each.click)
        self.all = QPushButton("菜单(&B)")
        self.all.setFlat(True)
        self.all.setAccessibleName("菜单")
        self.all.setMenu(menu)
        self.addWidget(row)
        self.addWidget(self.all)

    def fit(self, width: int) -> None:
        """Show the row if a width has room for it beside all tabs, else the menu."""
        room = width - self._tabs.tabBar().sizeHint().width()
        self.setCurrentIndex(int(self.widget(0).sizeHint().width() > room))

    def sizeHint(self) -> QSize:
        """That of what is shown."""
        return self.currentWidget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What is shown is never cut off."""
        return self.sizeHint()
