"""A list without rows says so, and says nothing once it has some."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from app.ui.hollow import HollowList
from app.ui.plain_table import PlainTable
from app.ui.text_table import TextTable

COLUMNS = (("甲", 6), ("乙", 6))


def ink(table: QAbstractItemView) -> int:
    """How many points of the lower half differ from the ground."""
    image: QImage = table.viewport().grab().toImage()
    ground = image.pixel(1, image.height() - 2)
    half = range(image.height() // 3, image.height() - 1)
    return sum(image.pixel(x, y) != ground for y in half for x in range(1, image.width() - 1))


@pytest.mark.parametrize("make", [PlainTable, TextTable])
def test_an_empty_list_says_so(make: type[PlainTable | TextTable], qtbot: QtBot) -> None:
    table = make("表", COLUMNS)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    assert ink(table) > 0
    (table if isinstance(table, PlainTable) else table.texts).fill([("一", "二")])
    assert ink(table) == 0


def test_an_empty_list_box_says_what_belongs_into_it(qtbot: QtBot) -> None:
    box = HollowList("还没有表。")
    qtbot.addWidget(box)
    box.resize(400, 300)
    box.show()
    assert ink(box) > 0
    box.addItem("一")
    assert ink(box) == 0
