"""What is pending: what falls due, the documents and what became of them, the ledger of advice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.sentence.dues import Urgency
from app.ui import look
from app.ui.checks_page import ChecksPage
from app.ui.papers_page import PapersPage
from app.ui.plain_table import PlainTable
from app.ui.text_table import TextTable

if TYPE_CHECKING:
    from app.core.actions.due_line import DueLine
    from app.core.actions.office_books import Matters

DUE_WIDTHS = (5.8, 6, 6.2, 11, 3.8, 9, 17, 12, 5, 14, 14)
URGENCY, LEFT = 0, 1
TONES = {Urgency.OVERDUE: Level.UNLAWFUL, Urgency.TODAY: Level.UNLAWFUL, Urgency.SOON: Level.DOUBT}
WHOSE = ("全部", "本院要办的", "等对方的", "已逾期的", "三日内到期的")
TITLES, CHECKS = ("待办期限", "文书", "检察建议台账", "待复核"), "checks"
DUE_HINT = "起算日不算在内，期满日遇节假日顺延。双击一行，转到这份文书或者这件案件。"
ADVICE_HINT = "应回复：回复期已满或者已经回复的。采纳率按已回复的计算，包括部分采纳。不足 {least} 件的不计算比率。"


class DuePage(QWidget):
    """Shows what falls due; tells which line the user opens, and which are put aside or brought back."""

    opened = Signal(object)  # a DueLine
    aside_wanted = Signal(object)  # a list of DueLine
    back_wanted = Signal(object)  # a list of DueLine

    def __init__(self) -> None:
        super().__init__()
        from app.core.actions.due_line import COLUMNS

        self._lines: Sequence[DueLine] = ()
        self.whose = QComboBox()
        self.whose.addItems(WHOSE)
        self.whose.setAccessibleName("列出哪些")
        self.table = TextTable("待办期限", tuple(zip(COLUMNS, DUE_WIDTHS, strict=True)), self._tone)
        self.table.setSelectionMode(TextTable.SelectionMode.ExtendedSelection)
        self.aside_too = QCheckBox("包括已办的(&V)")
        self.aside, self.back = QPushButton("记为已办(&B)…"), QPushButton("恢复(&R)")
        self.says, self.detail, hint = QLabel(), QLabel(), QLabel(DUE_HINT)
        look.larger(self.says, bold=True)
        for each in (self.detail, hint):
            each.setWordWrap(True)
        label = QLabel("列出(&Y)：")
        label.setBuddy(self.whose)
        top = QHBoxLayout()
        top.addWidget(self.says, 1)
        top.addWidget(label)
        top.addWidget(self.whose)
        top.addWidget(self.aside_too)
        below = QHBoxLayout()
        below.addWidget(hint, 1)
        for button in (self.aside, self.back):
            button.setAutoDefault(False)
            below.addWidget(button)
        rows = QVBoxLayout(self)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.detail)
        rows.addLayout(below)
        self.aside.setToolTip("在程序以外已经办了的，写明怎样办的；可以选多行")
        self.whose.currentIndexChanged.connect(self._narrow)
        self.aside_too.toggled.connect(self._narrow)
        self.aside.clicked.connect(lambda: self.aside_wanted.emit(self.selected()))
        self.back.clicked.connect(lambda: self.back_wanted.emit(self.selected()))
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self.table.current_changed.connect(lambda _place: self._offer())
        self.table.opened.connect(lambda place, _column: self.opened.emit(self._lines[place]))

    def show_lines(self, lines: Sequence[DueLine], aside: Sequence[DueLine]) -> None:
        """Show these, the most pressing first, and when asked those that were put aside."""
        from app.core.actions.due_line import says

        self._lines = (*lines, *aside)
        self.says.setText(f"{says(lines)}。")
        self.table.texts.fill([each.texts for each in self._lines])
        self._narrow()

    def selected(self) -> list[DueLine]:
        """The lines chosen."""
        rows = sorted(each.row() for each in self.table.selectionModel().selectedRows())
        return [self._lines[self.table.texts.places[row]] for row in rows if row < len(self.table.texts.places)]

    def _offer(self) -> None:
        """Only what a list alone began can be put aside, only what was put aside brought back."""
        chosen, place = self.selected(), self.table.place()
        self.detail.setText(_told(self._lines[place]) if 0 <= place < len(self._lines) else "没有符合条件的。")
        self.aside.setEnabled(bool(chosen) and all(each.token and not each.aside for each in chosen))
        self.back.setEnabled(bool(chosen) and all(each.aside for each in chosen))

    def _narrow(self) -> None:
        wanted = self.whose.currentText()
        too = self.aside_too.isChecked()
        self.table.texts.narrow(
            [place for place, each in enumerate(self._lines) if (too or not each.aside) and _is_wanted(each, wanted)]
        )
        self._offer()

    def _tone(self, place: int, column: int, _text: str) -> str:
        line = self._lines[place]
        if line.aside:
            return Outcome.NOT_APPLICABLE
        return TONES.get(line.urgency, "") if column in (URGENCY, LEFT) else ""


class AdvicePage(QWidget):
    """The ledger of advice: by unit, and one line each."""

    def __init__(self) -> None:
        super().__init__()
        from app.core.actions.advice_ledger import LINE_COLUMNS, UNIT_COLUMNS

        widths = [(title, max(width / 1.7, 5)) for title, width in UNIT_COLUMNS.items()]
        self.units = PlainTable("各单位检察建议", widths)
        self.lines = TextTable(
            "检察建议台账", [(title, max(width / 1.6, 3.5)) for title, width in LINE_COLUMNS.items()]
        )
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.addWidget(self.units, 2)
        rows.addWidget(self.hint)
        rows.addWidget(self.lines, 3)

    def show_ledger(self, shown: Matters) -> None:
        """Show the ledger."""
        from app.core.actions.advice_ledger import ledger_sheets

        lines, units = ledger_sheets(shown.ledger)
        self.units.fill(units.rows)
        self.lines.texts.fill(lines.rows)
        self.hint.setText(ADVICE_HINT.format(least=shown.ledger.least))


class MattersDialog(QDialog):
    """Four pages; tells which workbook is to be saved."""

    saved_wanted = Signal(str)  # the name of the page: dues, papers, advice
    books_wanted = Signal()

    def __init__(self, parent: QWidget | None, shown: Matters) -> None:
        super().__init__(parent)
        self.setWindowTitle("待办与文书")
        self.dues, self.papers, self.advice = DuePage(), PapersPage(), AdvicePage()
        self.checks = ChecksPage()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("待办与文书")
        for page in (self.dues, self.papers, self.advice, self.checks):
            self.tabs.addTab(page, "")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton("保存本页(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.books = self.buttons.addButton("保存全部报表(&T)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.books.setToolTip("待办期限、文书台账、检察建议台账、一账三表、月报季报，一次保存到一个文件夹")
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.save, self.books):
            button.setAutoDefault(False)
        close.setDefault(True)
        self.save.clicked.connect(lambda: self.saved_wanted.emit(self.page()))
        self.books.clicked.connect(self.books_wanted)
        self.buttons.rejected.connect(self.reject)
        self.tabs.currentChanged.connect(lambda _: self.save.setEnabled(self.page() != CHECKS))
        rows = QVBoxLayout(self)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(self.said)
        rows.addWidget(self.buttons)
        look.size(self, 90, 42)
        self.show_matters(shown)

    def show_matters(self, shown: Matters) -> None:
        """Show how things stand now."""
        self.shown = shown
        self.dues.show_lines(shown.dues, shown.aside)
        self.papers.show_papers(shown.papers)
        self.advice.show_ledger(shown)
        self.checks.show_lines(shown.checks)
        papers = sum(not each.void for each in shown.papers)
        counts = (len(shown.dues), papers, len(shown.ledger.advice), len(shown.checks))
        for place, (title, count) in enumerate(zip(TITLES, counts, strict=True)):
            self.tabs.setTabText(place, f"{title}（{count}）")

    def show_paper(self, paper_id: int) -> None:
        """Turn to a document."""
        self.tabs.setCurrentWidget(self.papers)
        self.papers.go_to(paper_id)

    def page(self) -> str:
        """Which page is in front."""
        return ("dues", "papers", "advice", CHECKS)[self.tabs.currentIndex()]

    def say(self, text: str) -> None:
        """Tell how something went."""
        self.said.setText(text)


def _told(line: DueLine) -> str:
    """What a line is about and why it ends on its day, in a sentence."""
    counted = f"{line.begins}起 {line.length}，{line.last} 届满" if line.begins else f"{line.last} 到期"
    note = line.aside or line.note
    parts = (f"{line.who}，{line.about}", counted, line.basis and f"依据：{line.basis}", line.rule, note)
    return "；".join(each for each in parts if each) + "。"


def _is_wanted(line: DueLine, wanted: str) -> bool:
    match WHOSE.index(wanted):
        case 1:
            return line.ours
        case 2:
            return not line.ours
        case 3:
            return line.urgency is Urgency.OVERDUE
        case 4:
            return line.urgency in (Urgency.TODAY, Urgency.SOON)
    return True
