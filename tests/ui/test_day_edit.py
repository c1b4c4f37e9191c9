"""The calendar behind a day: its colours are the dress's own."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Theme
from app.ui import look
from app.ui.day_edit import DayEdit


@pytest.mark.parametrize("theme", Theme)
def test_days_of_rest_are_as_readable_as_others(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    look.wear(qapp, theme, 11)
    field = DayEdit()
    qtbot.addWidget(field)
    calendar = field.calendarWidget()
    calendar.resize(400, 240)
    image = calendar.grab().toImage()
    inks = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert QColor("#ff0000").rgb() not in inks
    assert QColor(look.tones().text).rgb() in inks
    look.wear(qapp, Theme.LIGHT, 11)


def test_a_day_is_written_as_in_the_documents(qtbot: QtBot) -> None:
    field = DayEdit()
    qtbot.addWidget(field)
    field.setDate(field.date().fromString("2026-03-05", "yyyy-MM-dd"))
    assert field.text() == "2026-03-05"
