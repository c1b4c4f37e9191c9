"""The statistics: on each page the answer in a sentence, its chart, and the table behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UserError
from app.ui import look, talk
from app.ui.chart_page import ChartPage
from app.ui.charts import Bar, BarChart, FunnelChart, Spot
from app.ui.line_chart import LineChart
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.statistics import Figures

HINT = (
    "比例高低有时只是偶然：括号里是 95% 的可能范围。不足 {least} 件的单位合在一起，不列名、不比较；不足 {least} 条"
    "有核查结果的规则不计算属实率。属实包括以后已制发、已回复、已整改等；待核查、核查中、持续关注的不算在内。"
)


class StatisticsDialog(QDialog):
    """Shows the figures of all desks or one."""

    desk_chosen = Signal(str)
    save_wanted = Signal()
    research_wanted = Signal()

    def __init__(self, parent: QWidget | None, desks: dict[str, str], shown: Figures) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("统计")
        self.desk = QComboBox()
        self.desk.setAccessibleName("台面")
        self.desk.addItem("全部台面", "")
        for name, words in desks.items():
            self.desk.addItem(words, name)
        self.desk.currentIndexChanged.connect(lambda: self.desk_chosen.emit(self.desk.currentData()))
        self._head, self._hint = QLabel(), QLabel()
        look.larger(self._head, bold=True)
        self._hint.setWordWrap(True)
        self.tabs = QTabWidget()
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self.desk)
        buttons = QDialogButtonBox()
        save = buttons.addButton("保存为 Excel(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self.save_wanted)
        research = buttons.addButton("导出研究数据(&R)…", QDialogButtonBox.ButtonRole.ActionRole)
        research.setToolTip("不含姓名、编号和单位名称，附编码本")
        research.clicked.connect(self.research_wanted)
        picture = buttons.addButton("保存图片(&P)…", QDialogButtonBox.ButtonRole.ActionRole)
        picture.clicked.connect(self.save_picture)
        printing = buttons.addButton("打印图(&T)…", QDialogButtonBox.ButtonRole.ActionRole)
        printing.clicked.connect(self.print_picture)
        for each in (save, research, picture, printing):
            each.setAutoDefault(False)
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons = (save, research, picture, printing, close)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addLayout(head)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(self._hint)
        rows.addWidget(buttons)
        look.size(self, 74, 38)
        self.show_figures(shown)

    def show_figures(self, shown: Figures) -> None:
        """Show these figures instead."""
        from app.core.actions.figure_words import answers
        from app.core.actions.statistics import figure_sheets

        self.shown = shown
        self._head.setText(
            f"已审查案件 {shown.cases} 件，有违法线索的占 {shown.mean:.1%}" if shown.cases else "还没有审查过的案件"
        )
        self._hint.setText(HINT.format(least=shown.least))
        place = max(self.tabs.currentIndex(), 0)
        while self.tabs.count():
            page = self.tabs.widget(0)
            self.tabs.removeTab(0)
            page.deleteLater()
        said = answers(shown)
        for sheet in figure_sheets(shown):
            columns = [(title, max(width * 0.55, len(title) + 1)) for title, width in sheet.columns.items()]
            table = PlainTable(sheet.title, columns)
            table.fill(sheet.rows)
            page = ChartPage(sheet.title, said[sheet.title], self._chart(sheet.title), table)
            self.tabs.addTab(page, f"{sheet.title}（{len(sheet.rows)}）")
        self.tabs.setCurrentIndex(place)
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab comes to the pages before the buttons below them, though they are made later."""
        before: QWidget = self.tabs
        for place in range(self.tabs.count()):
            page = self.tabs.widget(place)
            for each in (page.chart, page.table):
                QWidget.setTabOrder(before, each)
                before = each
        for button in self.buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def save_picture(self) -> None:
        """Write the chart that is shown as a picture."""
        page = self.tabs.currentWidget()
        path = talk.choose_new_file(self, "保存图片", f"{page.title}.png", talk.PICTURE)
        if path is None:
            return
        try:
            page.save(path if path.suffix else path.with_suffix(".png"))
        except UserError as fault:
            talk.error(self, fault)

    def print_picture(self) -> None:
        """Print the chart that is shown on one page."""
        printer = talk.choose_printer(self)
        if printer is not None:
            self.tabs.currentWidget().print(printer)

    def _chart(self, title: str) -> QWidget:
        from app.core.actions.figure_words import rule_words
        from app.core.actions.statistics import KINDS as WORDS

        shown, fates = self.shown, ("属实", "排除", "待定")
        if title == "按单位":
            funnel = FunnelChart("各单位案件数与有违法线索的比例")
            spots = [Spot(each.unit, each.cases, each.share.value) for each in shown.units if each.share]
            funnel.show_spots(spots, shown.mean)
            return funnel
        if title == "各单位逐月":
            lines = LineChart("各单位每月新发现的违法线索")
            lines.show_rows(shown.trend_months, shown.trend)
            return lines
        if title == "按种类":
            return _bars("各种类线索的核查结果", fates, [Bar(each[0], each[2:]) for each in shown.kinds])
        if title == "规则成效":
            parts = [Bar(rule_words(each), (each.confirmed, each.excluded, each.open)) for each in shown.rules]
            parts.sort(key=lambda each: sum(each.parts), reverse=True)
            return _bars("各规则线索的核查结果", fates, parts)
        if title == "按月份":
            return _bars("每月首次发现的线索", WORDS, [Bar(each.month, each.kinds) for each in shown.months])
        if title == "待办期限":
            return _bars("今后到期的事项", ("应由本院办", "等对方办"), [Bar(each[0], each[1:]) for each in shown.ahead])
        return _bars("各状态的线索", ("线索",), [Bar(state, (n,)) for state, n in shown.states])


def _bars(name: str, words: tuple[str, ...], bars: list[Bar]) -> BarChart:
    chart = BarChart(name, words)
    chart.show_bars(bars)
    return chart
