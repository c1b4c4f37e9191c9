"""A picture of a window in few colours, so that it is small enough to be kept with the project."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

APART = (32, 24, 16, 8, 0)  # how far colours must be from one another, less and less where few are left


def in_few_colours(picture: QImage, colours: int) -> QImage:
    """The picture in so many of the colours most of it is painted in, like ones taken together.

    Words are painted in much fewer points than the ground they stand on: of like colours one is enough, so that
    there is room for theirs.
    """
    flags = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    coarse = picture.convertToFormat(QImage.Format.Format_RGB16, flags)
    image = coarse.convertToFormat(QImage.Format.Format_RGB32)
    frequent = [colour for colour, _ in Counter(memoryview(image.constBits()).cast("I")).most_common()]
    chosen: list[int] = []
    for apart in APART:
        for colour in frequent:
            if len(chosen) < colours and all(_distance(colour, each) > apart for each in chosen):
                chosen.append(colour)
    return image.convertToFormat(QImage.Format.Format_Indexed8, chosen, flags)


def _distance(one: int, other: int) -> int:
    """How far two colours are apart in the part in which they differ most."""
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))
