"""Small screens and large letters: nothing is off the screen, nothing is cut off, everything is within reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.rights import CheckWay
from app.ui import look, room
from app.ui.charts import FunnelChart, Spot
from app.ui.decision_dialog import CheckDialog
from app.ui.desk_tab import DeskTab
from app.ui.job_bar import JobBar
from app.ui.line_chart import LineChart
from app.ui.main_window import MainWindow
from app.ui.plain_buttons import Tool
from app.ui.plain_table import LEAST_LETTERS, LEAST_ROWS, PlainTable, height
from tests.ui.conftest import cut_words

LARGEST = 22  # points: the most the settings offer
SMALL, SCALED = (
    QSize(1366, 720),
    QSize(853, 432),
)  # points of a small laptop, of a usual screen at 225 %, less a task bar
FREE = ("room", "look", "intake_dialog", "issue_dialog", "three_lists_dialog")  # who asks for it


@pytest.fixture
def screen() -> QSize:
    """What the screen has room for; a test may choose another."""
    return SMALL


@pytest.fixture(autouse=True)
def most(monkeypatch: pytest.MonkeyPatch, screen: QSize) -> QSize:
    """The size a window may have on it."""
    size = QSize(round(screen.width() * room.SHARE), screen.height() - room.TITLE)
    for module in FREE:
        monkeypatch.setattr(f"app.ui.{module}.free", lambda _: size)
    return size


@pytest.mark.parametrize("points", [LARGEST])
def test_every_dialog_fits_a_small_screen_in_the_largest_letters(
    dialogs: Iterator[tuple[str, QWidget]], most: QSize
) -> None:
    cut, beyond = {}, {}
    for name, dialog in dialogs:
        if found := cut_words(dialog):
            cut[name] = found
        if dialog.size() != dialog.size().boundedTo(most):
            beyond[name] = dialog.size()
    assert cut == {}
    assert beyond == {}


@pytest.mark.parametrize(("points", "screen"), [(LARGEST, SMALL), (11, SCALED)])
def test_the_window_fits_a_small_screen_and_its_case_is_told_whole(
    window: MainWindow, tab: DeskTab, imported: Path, screen: QSize
) -> None:
    window.resize(screen - QSize(0, room.TITLE))
    tab.table.go_to(tab.model.ids[2])
    assert cut_words(window) == []
    assert window.size() == screen - QSize(0, room.TITLE)
    assert window.tabs.tabBar().width() >= window.tabs.tabBar().sizeHint().width()


def test_the_upper_right_is_a_menu_where_the_tabs_need_the_room(window: MainWindow, tab: DeskTab) -> None:
    corner = window.tabs.cornerWidget()
    assert corner.currentWidget() is not corner.all
    window.resize(853, 400)
    assert corner.currentWidget() is corner.all
    words = [each.text().partition("(")[0] for each in corner.all.menu().actions()]
    assert words == ["文件", "待办", "统计", "法律依据", "模板", "数据安全", "设置", "帮助"]
    corner.all.menu().actions()[-2].trigger()
    assert [each.windowTitle() for each in window.findChildren(QDialog)] == ["设置"]
    window.resize(1366, 700)
    assert corner.currentWidget() is not corner.all


def tall(count: int) -> QDialog:
    """A dialog of so many lines above its buttons."""
    dialog = QDialog()
    rows = QVBoxLayout(dialog)
    for place in range(count):
        rows.addWidget(QLineEdit(str(place)))
    rows.addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel))
    rows.itemAt(2).widget().setFocus()
    room.keep(dialog)
    return dialog


def test_what_has_no_room_is_scrolled_above_the_buttons(qtbot: QtBot, most: QSize) -> None:
    dialog = tall(60)
    qtbot.addWidget(dialog)
    dialog.show()
    area, buttons = dialog.findChild(QScrollArea), dialog.findChild(QDialogButtonBox)
    assert dialog.height() <= most.height()
    assert area is not None
    assert not area.isAncestorOf(buttons)
    assert dialog.rect().contains(QRect(buttons.mapTo(dialog, buttons.rect().topLeft()), buttons.size()))
    assert len(area.widget().findChildren(QLineEdit)) == 60
    assert dialog.focusWidget().text() == "2"


def test_what_has_room_is_left_as_it_is(qtbot: QtBot) -> None:
    dialog = tall(5)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.findChild(QScrollArea) is None


def test_a_dialog_grows_with_what_it_says(qtbot: QtBot) -> None:
    dialog, says = QDialog(), QLabel()
    says.setWordWrap(True)
    QVBoxLayout(dialog).addWidget(says)
    room.keep(dialog)
    qtbot.addWidget(dialog)
    dialog.resize(400, 30)
    dialog.show()
    says.setText("这句话很长。" * 40)
    qtbot.waitUntil(lambda: says.height() >= says.heightForWidth(says.width()))


@pytest.mark.parametrize("screen", [SCALED])
def test_nothing_lies_over_the_buttons_where_the_screen_is_low(qtbot: QtBot) -> None:
    dialog = CheckDialog(None, "减刑起始时间不足", "属实", "检察员甲", CheckWay.BY_NAME)
    qtbot.addWidget(dialog)
    dialog.resize(560, SCALED.height() * 2 // 3)  # the most Qt gives by itself
    dialog.show()
    text, buttons = dialog.findChild(QPlainTextEdit), dialog.findChild(QDialogButtonBox)
    assert cut_words(dialog) == []
    assert text.mapTo(dialog, text.rect().bottomLeft()).y() < buttons.mapTo(dialog, buttons.rect().topLeft()).y()


@pytest.mark.parametrize("points", [11, LARGEST])
def test_a_tool_has_room_for_its_words_as_qt_counts_them(qtbot: QtBot) -> None:
    tool = Tool()
    qtbot.addWidget(tool)
    tool.setText("导入表格(&I)")
    frame = tool.style().pixelMetric(tool.style().PixelMetric.PM_DefaultFrameWidth)
    assert tool.sizeHint().width() - 2 * frame >= tool.fontMetrics().horizontalAdvance(tool.text())


def test_a_table_keeps_some_rows_and_its_widest_column(qtbot: QtBot) -> None:
    table = PlainTable("名单", (("姓名", 10), ("说明", 30), ("日期", 10)), wide=1)
    qtbot.addWidget(table)
    table.fill([("例甲", "说明", "2026-01-01")] * 9)
    table.show()
    assert table.minimumSizeHint().height() == height(table, LEAST_ROWS)
    table.resize(look.letters(table, 60), 200)
    assert table.columnWidth(1) > look.letters(table, 30)
    table.resize(look.letters(table, 20), 200)
    assert table.columnWidth(1) == look.letters(table, LEAST_LETTERS)
    assert table.horizontalScrollBar().maximum() > 0


def test_the_names_in_a_chart_stand_clear_of_each_other(qtbot: QtBot) -> None:
    chart = FunnelChart("各单位")
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.show_spots([Spot("例东司法所", 40, 0.5), Spot("例北司法所", 44, 0.49)], 0.4)
    one, other = chart._labels([QPointF(100, 100), QPointF(130, 104)])
    assert not one.intersects(other)
    assert not chart._beside([one, other]).contains(one.center().toPoint())


def test_the_names_above_lines_stand_side_by_side_while_there_is_room(qtbot: QtBot) -> None:
    chart = LineChart("各单位逐月")
    qtbot.addWidget(chart)
    chart.show_rows(["2026-10"], [(f"例{each}司法所", (1,)) for each in "东南西北"])
    line = look.lines(chart, 1.3)
    chart.resize(900, 300)
    assert {box.y() for box in chart._named(line, 50)} == {0}
    chart.resize(300, 300)
    boxes = chart._named(line, 50)
    assert len({box.y() for box in boxes}) > 1
    assert all(box.left() == 50 or box.right() <= 300 for box in boxes)


def test_the_state_is_shortened_visibly(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    bar.resize(200, 40)
    bar.show()
    bar.tell("审查 79 件")
    assert bar._says.shown() == bar.text()
    bar.tell("审查 79 件：" + "同意提请 24 件，" * 9)
    assert bar._says.shown().endswith("…")
    assert bar._says.toolTip() == bar.text()
