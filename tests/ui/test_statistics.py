"""The statistics of the window: counted in a job, shown with charts, saved as tables and without identities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.reports.shares import share
from app.core.settings import Theme
from app.ui import look
from app.ui.charts import Bar, BarChart, FunnelChart, Spot
from app.ui.main_window import MainWindow
from app.ui.statistics_dialog import StatisticsDialog
from tests.ui.conftest import PATIENCE, Person


@pytest.fixture
def dialog(window: MainWindow, imported: Path, qtbot: QtBot) -> StatisticsDialog:
    window.statistics.open()
    qtbot.waitUntil(lambda: window.statistics.dialog is not None, timeout=PATIENCE)
    return window.statistics.dialog


def test_each_page_has_its_table(dialog: StatisticsDialog) -> None:
    names = [dialog.tabs.tabText(place).partition("（")[0] for place in range(dialog.tabs.count())]
    assert names == ["按单位", "按种类", "按月份", "规则成效", "办理状态"]
    assert "已审查案件 3 件" in dialog._head.text()
    assert "不足 30 件" in dialog._hint.text()


def test_a_desk_can_be_looked_at_alone(dialog: StatisticsDialog, settled: Callable[[], None]) -> None:
    dialog.desk.setCurrentIndex(dialog.desk.findData("correction"))
    settled()
    assert dialog.shown.cases == 0
    assert dialog._head.text() == "还没有审查过的案件"


def test_the_tables_and_the_research_data_are_saved(
    dialog: StatisticsDialog, person: Person, tmp_path: Path, settled: Callable[[], None]
) -> None:
    person.new_file = tmp_path / "统计"
    dialog.save_wanted.emit()
    settled()
    assert openpyxl.load_workbook(tmp_path / "统计.xlsx").sheetnames[0] == "按单位"
    person.new_file = tmp_path / "研究.xlsx"
    dialog.research_wanted.emit()
    settled()
    assert openpyxl.load_workbook(tmp_path / "研究.xlsx").sheetnames[-1] == "编码本"


@pytest.mark.parametrize("theme", Theme)
def test_charts_are_drawn_in_colours_that_can_be_read(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    look.wear(qapp, theme, 11)
    bars, funnel = BarChart("条形", ("属实", "排除", "待核查")), FunnelChart("漏斗")
    bars.show_bars([Bar("JX-T01", (4, 2, 1)), Bar("JX-T03", (0, 0, 0))])
    funnel.show_spots([Spot("甲监狱", 40, share(9, 40).value), Spot("乙监狱", 400, 0.02)], 0.05)
    for chart in (bars, funnel):
        qtbot.addWidget(chart)
        chart.resize(700, 300)
        image = chart.grab().toImage()
        ground = image.pixelColor(image.width() - 1, image.height() - 1).name()
        seen = {image.pixelColor(x, y).name() for x in range(0, 700, 3) for y in range(0, 300, 3)}
        assert len(seen) > 2
        assert look.contrast(chart.palette().color(QPalette.ColorRole.WindowText).name(), ground) >= look.LEAST_CONTRAST
        for word in (*bars.words, "违法", "存疑", "提示"):
            assert look.contrast(look.colour_of(word).name(), ground) >= look.LEAST_CONTRAST
    assert "JX-T01 7" in bars.accessibleDescription()
    assert "甲监狱 40 件 22.5%" in funnel.accessibleDescription()


def test_one_unit_without_a_finding_can_be_drawn(qtbot: QtBot) -> None:
    funnel = FunnelChart("漏斗")
    qtbot.addWidget(funnel)
    funnel.show_spots([Spot("甲监狱", 30, 0.0)], 0.0)
    assert not funnel.grab().isNull()
    funnel.show_spots([Spot("甲监狱", 1, 1.0)], 1.0)
    assert not funnel.grab().isNull()
