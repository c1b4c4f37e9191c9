"""Draws the icon: `python -m installer.artwork`.

The pictures in resources/icons were made by this. A magnifying glass over a sheet whose second line has been found.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # pixels; Windows takes the nearest
BLUE, PAPER, LINE, FOUND = "#1f5a94", "#ffffff", "#9db4cb", "#c0392b"


def main() -> int:
    """Draw all pictures into resources/icons."""
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication(["artwork", "-platform", "offscreen"])
    ICONS.mkdir(parents=True, exist_ok=True)
    drawn = {size: icon(size) for size in SIZES}
    drawn[256].save(str(ICONS / "app.png"))
    (ICONS / "app.ico").write_bytes(ico({size: png(image) for size, image in drawn.items()}))
    app.quit()
    return 0


def icon(size: int) -> QImage:
    """The icon, so many pixels wide and high."""
    from PySide6.QtGui import QImage, QPainter

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 64, size / 64)
    _draw(painter)
    painter.end()
    return image


def _draw(painter: QPainter) -> None:
    """The drawing on a field of 64 by 64."""
    from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
    from PySide6.QtGui import QColor, QPen

    def pen(colour: str, width: float) -> QPen:
        return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(BLUE))
    painter.drawRoundedRect(QRectF(2, 2, 60, 60), 12, 12)
    painter.setBrush(QColor(PAPER))
    painter.drawRoundedRect(QRectF(13, 10, 31, 42), 3, 3)
    for height, colour in ((19, LINE), (28, FOUND), (37, LINE)):
        painter.setPen(pen(colour, 4))
        painter.drawLine(QLineF(19, height, 38, height))
    painter.setBrush(QColor(255, 255, 255, 150))
    painter.setPen(pen(BLUE, 8))
    painter.drawLine(QLineF(47, 47, 55, 55))
    painter.drawEllipse(QPointF(40, 39), 11, 11)
    painter.setPen(pen("#f2b632", 4))
    painter.drawLine(QLineF(48.5, 47.5, 55, 54))
    painter.drawEllipse(QPointF(40, 39), 10, 10)


def png(image: QImage) -> bytes:
    """The picture as the bytes of a PNG file."""
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon file of PNG pictures by their size in pixels (256 is written as 0 there)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries, bodies = [], []
    for size, data in pictures.items():
        entries.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place))
        bodies.append(data)
        place += len(data)
    return b"".join([head, *entries, *bodies])


if __name__ == "__main__":
    sys.exit(main())
