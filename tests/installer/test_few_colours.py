"""A picture in few colours still tells its words from their ground."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage

from installer.few_colours import in_few_colours

COLOURS = 8


def test_words_keep_their_colour_beside_a_ground_of_many_shades() -> None:
    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    for row in range(200):
        for column in range(200):
            picture.setPixelColor(column, row, QColor(160 + row * 90 // 200, 170, 250 - column * 90 // 200))
    for row in range(95, 105):
        for column in range(20, 40):
            picture.setPixelColor(column, row, QColor("#101418"))
    few = in_few_colours(picture, COLOURS)
    assert len(few.colorTable()) == COLOURS
    assert few.pixelColor(30, 100).lightness() < 40
    assert few.pixelColor(30, 106).lightness() > 150
