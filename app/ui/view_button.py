"""The button with the saved views of a list: choose one, save the list as it stands, rename and delete."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from app.core.actions.saved_views import SHIPPED, SavedView
from app.ui.plain_buttons import Tool

KEPT_HINT = "筛选条件、搜索的词、排序和列"


class ViewButton(Tool):
    """Tells what was chosen of its menu; who listens does it."""

    chosen = Signal(object)  # a SavedView
    due_wanted = Signal()
    save_wanted = Signal()
    manage_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setText("视图(&K)")
        self.setAccessibleName("视图")
        self.setToolTip(f"选用、保存常看的列表：{KEPT_HINT}一起记住")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self.offer(())

    def offer(self, saved: Sequence[SavedView]) -> None:
        """Fill the menu: what is shipped, then what the office saved."""
        self._menu.clear()
        for each in SHIPPED:
            self._menu.addAction(each.name, partial(self.chosen.emit, each))
        self._menu.addAction("今天到期和已经逾期的", self.due_wanted.emit)
        if saved:
            self._menu.addSeparator()
        for each in saved:
            self._menu.addAction(each.name.replace("&", "&&"), partial(self.chosen.emit, each))
        self._menu.addSeparator()
        self._menu.addAction("把现在的列表存为视图(&S)…", self.save_wanted.emit).setToolTip(f"{KEPT_HINT}一起保存")
        self._menu.addAction("改名、删除(&D)…", self.manage_wanted.emit).setEnabled(bool(saved))
