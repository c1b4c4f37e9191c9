"""Which columns a list shows, in what order and how wide: chosen by the user, kept in his settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QTableView

from app.ui import look
from app.ui.tabs import Column

REST = 600  # milliseconds after the last pull at an edge
LEAST, MOST = 1.5, 60.0  # letters


class Placed(NamedTuple):
    """A column in its place: the row's field, the width in letters, whether it is shown."""

    field: str
    letters: float
    shown: bool


def usual(columns: Sequence[Column]) -> list[Placed]:
    """The columns as the program has them."""
    return [Placed(each.field, each.letters, each.shown) for each in columns]


def told(text: str, columns: Sequence[Column]) -> list[Placed]:
    """Columns as they were kept; what cannot be understood is passed over, columns that are new stand at the end."""
    try:
        rows = json.loads(text)
        found = [Placed(str(field), float(letters), bool(shown)) for field, letters, shown in rows]
    except (ValueError, TypeError):
        found = []
    known = {each.field for each in columns}
    kept = {each.field: each for each in found if each.field in known and LEAST <= each.letters <= MOST}
    if not any(each.shown for each in kept.values()):
        return usual(columns)
    return [*kept.values(), *(each for each in usual(columns) if each.field not in kept)]


def written(placed: Sequence[Placed]) -> str:
    """Columns as they are kept."""
    return json.dumps([list(each) for each in placed], ensure_ascii=False)


class Columns(QObject):
    """The columns of one table; they are pulled about with the mouse, or chosen in a dialog."""

    changed = Signal()  # some time after the user changed something

    def __init__(self, table: QTableView, columns: Sequence[Column]) -> None:
        super().__init__(table)
        self._table, self._columns = table, tuple(columns)
        self._wide: dict[str, float] = {}
        self._later = QTimer(self, singleShot=True, interval=REST)
        self._later.timeout.connect(self.changed)
        header = self._header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)
        self.place(usual(columns))
        header.sectionMoved.connect(lambda *_: self._later.start())
        header.sectionResized.connect(lambda *_: self._later.start())

    def placed(self) -> list[Placed]:
        """The columns as they stand, from the left."""
        order = sorted(range(len(self._columns)), key=self._header.visualIndex)
        hidden = self._header.isSectionHidden
        return [Placed(self._columns[each].field, self._letters(each), not hidden(each)) for each in order]

    def place(self, wanted: Sequence[Placed]) -> None:
        """Show these columns so."""
        places = {each.field: number for number, each in enumerate(self._columns)}
        self._wide = {each.field: each.letters for each in wanted}
        self._header.blockSignals(True)
        for place, each in enumerate(wanted):
            number = places[each.field]
            self._header.setSectionHidden(number, False)
            self._header.moveSection(self._header.visualIndex(number), place)
            self._header.resizeSection(number, look.letters(self._table, each.letters))
            self._header.setSectionHidden(number, not each.shown)
        self._header.blockSignals(False)
        self._table.updateGeometries()
        self._table.viewport().update()
        self._header.viewport().update()

    def choose(self) -> None:
        """Open the dialog."""
        from app.ui.column_dialog import ColumnDialog

        dialog = ColumnDialog(self._table.window(), self._columns, self.placed())
        dialog.agreed.connect(self._take)
        dialog.open()

    def menu(self) -> QMenu:
        """What a right click on the header offers."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = {each.field: each.title for each in self._columns}
        shown = [each for each in self.placed() if each.shown]
        for each in self.placed():
            action = menu.addAction(titles[each.field])
            action.setCheckable(True)
            action.setChecked(each.shown)
            action.setEnabled(not each.shown or len(shown) > 1)
            action.toggled.connect(partial(self._show, each.field))
        menu.addSeparator()
        menu.addAction("选择列(&C)…", self.choose)
        menu.addAction("恢复原样(&R)", lambda: self._take(usual(self._columns)))
        return menu

    def _take(self, wanted: Sequence[Placed]) -> None:
        self.place(wanted)
        self._later.start()

    def _show(self, field: str, shown: bool) -> None:
        self._take([each._replace(shown=shown) if each.field == field else each for each in self.placed()])

    def _show_menu(self, where: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(where))

    def _letters(self, number: int) -> float:
        """The width of a column; of a hidden one what it would have. Whole points say nothing of who did not pull."""
        kept, points = self._wide[self._columns[number].field], self._header.sectionSize(number)
        least = self._header.minimumSectionSize()
        if self._header.isSectionHidden(number) or points == max(look.letters(self._table, kept), least):
            return kept
        return min(max(round(points / look.letters(self._table, 1), 2), LEAST), MOST)
