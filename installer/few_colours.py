"""A picture of a window in few colours, so that it is small enough to be kept with the project."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

WHOLE = 256  # a distance no two colours have
RARE = 0.4  # by which power of how often it is painted a colour counts: a word in red is seen though it is rare


def in_few_colours(picture: QImage, colours: int) -> QImage:
    """The picture in so many of the colours most of it is painted in, like ones taken together.

    Words are painted in much fewer points than the ground they stand on, and far from it: what is chosen next is
    what most would be lost without.
    """
    flags = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    coarse = picture.convertToFormat(QImage.Format.Format_RGB16, flags)
    image = coarse.convertToFormat(QImage.Format.Format_RGB32)
    weights = {colour: count**RARE for colour, count in Counter(memoryview(image.constBits()).cast("I")).items()}
    lost = {colour: WHOLE * weight for colour, weight in weights.items()}  # while none is near
    chosen: list[int] = []
    while lost and len(chosen) < colours:
        chosen.append(found := max(lost, key=lost.__getitem__))
        lost = {
            colour: min(loss, _distance(colour, found) * weights[colour])
            for colour, loss in lost.items()
            if colour != found
        }
    return image.convertToFormat(QImage.Format.Format_Indexed8, chosen, flags)


def _distance(one: int, other: int) -> int:
    """How far two colours are apart in the part in which they differ most."""
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))
