"""The statistics of the window: counted in a job, shown with charts, saved as tables and without identities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.reports.shares import share
from app.core.settings import Theme
from app.ui import look, talk
from app.ui.charts import Bar, BarChart, FunnelChart, Spot
from app.ui.line_chart import LineChart
from app.ui.main_window import MainWindow
from app.ui.statistics_dialog import StatisticsDialog
from tests.ui.conftest import PATIENCE, Person, cut_words


@pytest.fixture
def dialog(window: MainWindow, imported: Path, qtbot: QtBot) -> StatisticsDialog:
    window.statistics.open()
    qtbot.waitUntil(lambda: window.statistics.dialog is not None, timeout=PATIENCE)
    return window.statistics.dialog


def test_each_page_has_its_table(dialog: StatisticsDialog) -> None:
    names = [dialog.tabs.tabText(place).partition("（")[0] for place in range(dialog.tabs.count())]
    assert names == ["按单位", "按种类", "按月份", "规则成效", "办理状态", "待办期限", "各单位逐月"]
    assert "已审查案件 3 件" in dialog._head.text()
    assert "不足 30 件" in dialog._hint.text()


def test_each_page_answers_in_a_sentence_and_gives_its_picture(
    dialog: StatisticsDialog, person: Person, tmp_path: Path, qapp: QApplication
) -> None:
    look.wear(qapp, Theme.DARK, 11)
    for place in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(place)
        page = dialog.tabs.currentWidget()
        assert page.answer.text().endswith("。")
        assert page.answer.text() in page.chart.accessibleDescription()
        assert page.chart.accessibleName()
        person.new_file = tmp_path / f"图{place}.png"
        dialog.save_picture()
        image = QImage(str(person.new_file))
        assert image.pixelColor(0, 0).name() == "#ffffff"
        assert darkest(image, 0, 100) < 100
        assert look.worn() is Theme.DARK
    person.new_file = tmp_path / "图0.png" / "不行.png"
    dialog.save_picture()
    assert len(person.errors) == 1
    assert cut_words(dialog) == []


def darkest(image: QImage, first: int, last: int) -> int:
    """The lightness of the darkest point between two lines of a picture."""
    return min(image.pixelColor(x, y).lightness() for x in range(0, image.width(), 2) for y in range(first, last, 2))


def test_a_page_is_printed_on_paper(dialog: StatisticsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "图.pdf"))
    monkeypatch.setattr(talk, "choose_printer", lambda _: printer)
    dialog.print_picture()
    assert (tmp_path / "图.pdf").stat().st_size > 1000


def test_lines_over_months_are_drawn_and_told(qtbot: QtBot) -> None:
    chart = LineChart("逐月")
    qtbot.addWidget(chart)
    assert not chart.grab().isNull()
    chart.show_rows(["2026-10", "2026-11"], [("甲监狱", (3, 5)), ("乙监狱", (0, 0))])
    chart.resize(600, 300)
    image = chart.grab().toImage()
    assert look.colour_of("违法").name() in {
        image.pixelColor(x, y).name() for x in range(0, 600, 1) for y in range(0, 300, 2)
    }
    assert chart.accessibleDescription() == "甲监狱 2026-10 3，2026-11 5；乙监狱 2026-10 0，2026-11 0"
    chart.show_rows(["2026-11"], [("甲监狱", (0,))])
    assert not chart.grab().isNull()


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
