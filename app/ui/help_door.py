"""The help of a window that stands before the main one; little is loaded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from app.ui.help_dialog import HelpDialog

KEY = "F1"


def place_of_window(window: QWidget) -> str:
    """The place of the manual that tells of a window, by its class; "" for none."""
    from app.ui.help_pages import WINDOWS

    return next((WINDOWS[each.__name__] for each in type(window).__mro__ if each.__name__ in WINDOWS), "")


def help_at_the_door(door: QDialog) -> None:
    """Let a window that stands before the main one answer F1; the help closes with it."""
    opened: list[HelpDialog] = []

    def show() -> None:
        from app.ui.help_dialog import FIRST, HelpDialog
        from app.ui.help_pages import chapters

        if not opened:
            opened.append(HelpDialog(chapters()))
        opened[0].show_place(place_of_window(door) or FIRST)
        opened[0].show()
        opened[0].activateWindow()

    QShortcut(QKeySequence(KEY), door, show).setObjectName(KEY)
    door.finished.connect(lambda: [each.reject() for each in opened])
