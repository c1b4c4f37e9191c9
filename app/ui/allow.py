"""A control that whoever signed in may not use is grey and says why; it is never hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.actions.rights import why_not
from app.core.store.database import Rooms
from app.ui.verdict_detail import Extra

TOOLS = {"import": "import", "ask": "papers", "review": "review", "issue": "papers", "masked": "papers"}


def allow(store: Rooms, deed: str, *controls: QWidget | QAction) -> bool:
    """Make controls grey for good, with the reason as tooltip, unless the deed is allowed; whether it is."""
    reason = why_not(store, deed)
    for each in controls if reason else ():
        each.setEnabled(False)
        each.setToolTip(reason)
        each.setEnabled = _stays  # what follows a selection enables its buttons anew, and must not this one
    return not reason


def allow_tools(store: Rooms, tools: Mapping[str, QWidget | QAction]) -> None:
    """The same for the tools of a desk, by their names."""
    for name in tools.keys() & TOOLS.keys():
        allow(store, TOOLS[name], tools[name])


def allow_steps(store: Rooms, steps: Iterable[tuple[object, QAbstractButton]]) -> None:
    """The same for the buttons of a finding; a second person may come to a session that decides, or sign in itself."""
    for what, button in steps:
        if what is Extra.CHECK:
            allow(store, "check" if why_not(store, "decide") else "decide", button)
        else:
            allow(store, "decide", button)


def _stays(_on: bool) -> None:
    """Nothing enables it."""
