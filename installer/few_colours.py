"""A picture of a window in few colours, so that it is small enough to be kept with the project."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage


def in_few_colours(picture: QImage, colours: int) -> QImage:
    """The picture in so many of the colours most of it is painted in, like ones taken together."""
    flags = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    coarse = picture.convertToFormat(QImage.Format.Format_RGB16, flags)
    image = coarse.convertToFormat(QImage.Format.Format_RGB32)
    frequent = Counter(memoryview(image.constBits()).cast("I")).most_common(colours)
    return image.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _ in frequent], flags)
