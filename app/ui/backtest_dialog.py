"""Past rulings asked again: how the answers agree, by whom and when, and the disagreements to work through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.core.findings.asked_again import Agreement, Backtested, Ruling
from app.core.reports.backtest import COUNTED, GROUPS, crossed, tally
from app.ui import look
from app.ui.plain_table import PlainTable
from app.ui.text_table import TextTable
from app.ui.verdicts_view import VerdictsView

COLUMNS = (
    *(("罪犯编号", 6.6), ("姓名", 4), ("裁定日期", 6), ("提请", 7), ("裁定", 8.5), ("按当时法律的结论", 9)),
    *(("单位", 9), ("法院", 11)),
)
CONCLUSION = 5
HINT = (
    "每件裁定都按裁定当天的法律重新审查。“不一致”只说明程序按现有数据得出的结论与裁定不同，不等于裁定有误："
    "请先核对数据，再看理由和依据。"
)
NO_REASON = "程序按现有数据没有发现影响提请的问题，人民法院的裁定是“{}”。请核对裁定书写明的理由。"
WORDS = {Agreement.SAME: Outcome.LAWFUL, Agreement.DIFFERENT: Level.DOUBT, Agreement.OPEN: Outcome.NOT_APPLICABLE}


class BacktestDialog(QDialog):
    """Shows what was asked; tells when the user wants an original row, or the workbook."""

    row_wanted = Signal(object)  # an Evidence
    workbook_wanted = Signal()

    def __init__(self, parent: QWidget | None, says: str, tested: Sequence[Backtested]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("裁定回测")
        self.tested = tested
        self._different = [each for each in tested if each.agreement is Agreement.DIFFERENT]
        head, hint = QLabel(f"{says}。"), QLabel(HINT)
        look.larger(head, 1.1, bold=True)
        self.says = QLabel()
        for each in (head, hint, self.says):
            each.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("回测的结果")
        self.tabs.addTab(self._make_list(), f"不一致（{len(self._different)}）")
        self.tabs.addTab(self._make_crossed(), "结论与裁定对照")
        for word, group in GROUPS.items():
            self.tabs.addTab(_grouped(word, [each.texts for each in tally(tested, group)]), f"按{word}")
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton("保存工作簿(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self.workbook_wanted)
        self.save.setAutoDefault(False)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(head)
        rows.addWidget(hint)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(self.says)
        rows.addWidget(self.buttons)
        look.size(self, 72, 38)

    def say(self, text: str) -> None:
        """Tell how saving went."""
        self.says.setText(text)

    def _make_list(self) -> QWidget:
        self.list = TextTable("与裁定不一致的案件", COLUMNS, _tone)
        self.view = VerdictsView()
        self.view.setOrientation(Qt.Orientation.Horizontal)
        self.view.row_wanted.connect(self.row_wanted)
        self._no_reason = QLabel()
        self._no_reason.setWordWrap(True)
        below = QWidget()
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self._no_reason)
        under.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(below)
        split.setSizes([450, 550])
        split.setChildrenCollapsible(False)
        self.list.current_changed.connect(self._show)
        self.list.texts.fill([_line(each) for each in self._different])
        return split

    def _make_crossed(self) -> QWidget:
        table = PlainTable("结论与裁定对照", (("程序的结论", 8), *((str(each), 8) for each in Ruling)), wide=0)
        table.fill(crossed(self.tested))
        return table

    def _show(self, place: int) -> None:
        each = self._different[place] if place >= 0 else None
        grounds = each.grounds if each is not None else ()
        self.view.show_verdicts(grounds)
        self.view.setVisible(bool(grounds))
        self._no_reason.setText(NO_REASON.format(each.ruling) if each is not None and not grounds else "")
        self._no_reason.setVisible(not grounds)


def _grouped(word: str, lines: Sequence[Sequence[str]]) -> QWidget:
    def tone(_place: int, column: int, text: str) -> str:
        found = next((each for each in Agreement if each == COUNTED[column - 1]), None) if column else None
        return WORDS[found] if found is not None and text != "0" else ""

    table = TextTable(f"按{word}统计", ((word, 14), *((str(each), 6) for each in COUNTED)), tone)
    table.texts.fill(lines)
    return table


def _line(each: Backtested) -> tuple[str, ...]:
    own = (each.person.prisoner_no, each.person.name, each.ruled_on.isoformat(), each.asked_for)
    return *own, str(each.ruling), str(each.conclusion), each.unit, each.court


def _tone(_place: int, column: int, text: str) -> str:
    return text if column == CONCLUSION else ""
