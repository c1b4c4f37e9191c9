"""Files dropped on the window, wherever in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped(event: QDropEvent) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]
