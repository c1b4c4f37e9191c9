"""The strip of days: wide as the days are, told in words, hidden where nothing is known."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from app.core.findings import DaySpan
from app.core.sentence.ledger import Status
from app.ui import look
from app.ui.day_strip import COLOURS, LEAST, LEAST_LINES, DayStrip

SPANS = (
    DaySpan("先行羁押", date(2020, 1, 1), date(2020, 1, 31)),
    DaySpan("没有记载", date(2020, 2, 1), date(2020, 2, 1)),
    DaySpan("服刑", date(2020, 2, 2), date(2022, 1, 1), "与先行羁押重叠"),
)


def test_every_status_has_its_own_colour() -> None:
    assert set(COLOURS) == {each.value for each in Status} - {Status.UNKNOWN.value}
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_spans_fill_the_bar_and_are_told(qtbot: QtBot) -> None:
    strip = DayStrip()
    qtbot.addWidget(strip)
    strip.resize(600, 80)
    strip.show_days(SPANS, ("不计入刑期3日，起止日期没有提供",))
    strip.show()
    boxes = [box for _, box in strip.bar.boxes()]
    assert boxes[0].left() == 0
    assert abs(boxes[-1].right() - strip.bar.width()) < 1
    assert boxes[1].width() >= LEAST
    assert boxes[2].width() > boxes[0].width()
    assert strip.bar.told_at(1) == "先行羁押：2020-01-01 至 2020-01-31，31日"
    assert strip.bar.told_at(599) == "服刑：2020-02-02 至 2022-01-01，700日（与先行羁押重叠）"
    assert strip.bar.told_at(10_000) == ""
    told = strip.bar.accessibleDescription()
    assert "没有记载：2020-02-01 至 2020-02-01，1日" in told
    assert told.endswith("没有画出：不计入刑期3日，起止日期没有提供")
    assert "服刑：2020-02-02" in strip.legend.text()
    assert "2020-01-31" not in strip.legend.text()  # a low window has no room for the days of what is as it should be
    assert "2020-01-31" in strip.legend.toolTip()
    strip.resize(600, look.lines(strip, LEAST_LINES + 1))
    assert "先行羁押：2020-01-01 至 2020-01-31，31日" in strip.legend.text()


def test_a_span_is_painted_in_its_colour(qtbot: QtBot) -> None:
    strip = DayStrip()
    qtbot.addWidget(strip)
    strip.resize(600, 80)
    strip.show_days((SPANS[0],))
    strip.show()
    image = strip.bar.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == COLOURS["先行羁押"]


def test_without_days_nothing_is_shown(qtbot: QtBot) -> None:
    strip = DayStrip()
    qtbot.addWidget(strip)
    strip.show_days(SPANS)
    assert not strip.isHidden()
    strip.show_days(())
    assert strip.isHidden()
