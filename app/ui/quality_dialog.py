"""The report on the quality of what was delivered: every check of every sheet, the places it stopped at, the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.quality_paper import Sender, unit_of
from app.core.checks.quality.report import WITHOUT_ROWS, Health, Remark, SheetQuality, percent
from app.core.findings import Level, Outcome
from app.ui import look
from app.ui.plain_table import PlainTable

CHECKS = (("编号", 4), ("检查项", 14), ("结果", 5), ("处数", 4), ("涉及行", 4), ("占数据行", 5))
SPOTS = (("行", 4), ("列", 9), ("内容", 12), ("说明", 20))
WIDE_CHECK, WIDE_SPOT = 1, 3
COVERAGE = "DQ-16"
COLOURS = {Health.FAULTY: Level.DATA, Health.TOLD: Level.HINT, Health.SOUND: Outcome.LAWFUL}
HINT = "报送单位、数据期间印在体检单上；没有填写的，印作“【待填】”。"


class QualityDialog(QDialog):
    """Shows the report sheet by sheet; the places of the chosen check stand below the list of checks."""

    paper_wanted = Signal(object, object)  # of SheetQuality, a Sender

    def __init__(self, parent: QWidget | None, report: Sequence[SheetQuality], first: int = 0) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("数据体检")
        self._report = list(report)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("体检的表")
        self.sheets.addItems([_line(each) for each in self._report])
        self.checks = PlainTable("各项检查的结果", CHECKS, wide=WIDE_CHECK)
        self.spots = PlainTable("所选检查项的各处", SPOTS, wide=WIDE_SPOT)
        self.name, self.period = QLineEdit(unit_of(report)), QLineEdit()
        self.only_this = QCheckBox("体检单只写当前这张表(&O)")
        self.only_this.setVisible(len(self._report) > 1)
        self._rows, self._asks, self.says = QLabel(), QLabel(), QLabel(HINT)
        for each in (self._rows, self._asks, self.says):
            each.setWordWrap(True)
        self._lay_out()
        self.sheets.currentIndexChanged.connect(self._show_sheet)
        self.checks.itemSelectionChanged.connect(self._show_check)
        self.sheets.setCurrentIndex(first)
        self._show_sheet()

    def sheet(self) -> SheetQuality:
        """The sheet that is shown."""
        return self._report[self.sheets.currentIndex()]

    def sender(self) -> Sender:
        """To whom the paper goes, as it was filled in."""
        return Sender(self.name.text().strip(), self.period.text().strip())

    def want_paper(self) -> None:
        """Ask for the paper on the sheets it is to be about."""
        wanted = [self.sheet()] if self.only_this.isChecked() else self._report
        self.paper_wanted.emit(wanted, self.sender())

    def say(self, text: str) -> None:
        """Tell how saving went."""
        self.says.setText(text)

    def _show_sheet(self) -> None:
        sheet = self.sheet()
        known = percent(sheet.identified, sheet.accepted)
        unread = f"，未读入 {len(sheet.rejects)} 行" if sheet.rejects else ""
        unmapped = f"。没有认出、未作核对的列：{'、'.join(sheet.unmapped)}" if sheet.unmapped else ""
        self._rows.setText(
            f"{sheet.table_name}，数据行 {sheet.rows}，读入 {sheet.accepted} 行{unread}；"
            f"有可用证件号码的占 {known}{unmapped}。"
        )
        self.checks.blockSignals(True)
        self.checks.setRowCount(len(sheet.remarks))
        for row, each in enumerate(sheet.remarks):
            share = "" if each.rule in WITHOUT_ROWS else percent(each.rows, sheet.rows)
            numbers = (str(each.count), str(each.rows), share) if each.count else ("", "", "")
            for column, text in enumerate((each.rule, each.name, str(each.health), *numbers)):
                self.checks.write(row, column, text, word=COLOURS.get(each.health, Outcome.NOT_APPLICABLE))
        self.checks.blockSignals(False)
        found = [row for row, each in enumerate(sheet.remarks) if each.count]
        self.checks.selectRow(found[0] if found else 0)
        self._show_check()

    def _show_check(self) -> None:
        sheet = self.sheet()
        row = self.checks.currentRow()
        if not 0 <= row < len(sheet.remarks):
            return
        remark = sheet.remarks[row]
        self._asks.setText(_told(remark, sheet))
        self.spots.fill((str(each.row), each.column, each.raw, each.why) for each in remark.spots)

    def _lay_out(self) -> None:
        faults = sum(remark.count for each in self._report for remark in each.faults)
        head = QLabel(f"请核对 {faults} 处。" if faults else "没有需要核对的地方。")
        look.larger(head, 1.2, bold=True)
        self.buttons = QDialogButtonBox()
        self.paper = self.buttons.addButton("生成数据体检单(&D)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.paper.clicked.connect(self.want_paper)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (head, self.sheets, self._rows):
            rows.addWidget(each)
        rows.addWidget(self.checks, 5)
        rows.addWidget(self._asks)
        rows.addWidget(self.spots, 3)
        rows.addLayout(self._make_sender())
        for each in (self.says, self.buttons):
            rows.addWidget(each)
        close.setFocus()
        look.size(self, 62, 38)

    def _make_sender(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for words, field, example, share in (
            ("报送单位(&U)：", self.name, "例如：某某县司法局", 3),
            ("数据期间(&T)：", self.period, "例如：2026年10月", 2),
        ):
            label = QLabel(words)
            label.setBuddy(field)
            field.setPlaceholderText(example)
            field.setAccessibleName(words.partition("(")[0])
            line.addWidget(label)
            line.addWidget(field, share)
        line.addWidget(self.only_this)
        return line


def _line(sheet: SheetQuality) -> str:
    """A sheet in the list: its file and name, and how much there is to be looked at."""
    count = sum(each.count for each in sheet.faults)
    return f"{sheet.place}　" + (f"请核对 {count} 处" if count else "没有需要核对的地方")


def _told(remark: Remark, sheet: SheetQuality) -> str:
    """What a check asks, what it came upon and what is to be done; of coverage, how far every column is filled."""
    parts = [f"{remark.asks}。"]
    if remark.says:
        parts.append(f"{remark.health}：{remark.says}。")
    if remark.do:
        parts.append(f"{remark.do}。")
    if remark.count > len(remark.spots):
        parts.append(f"下面列出前 {len(remark.spots)} 处。")
    if remark.rule == COVERAGE and sheet.coverage:
        parts.append(_coverage(sheet))
    return "".join(parts)


def _coverage(sheet: SheetQuality) -> str:
    """In how many of the rows a column could be read: the columns that are not full one by one."""
    short = [each for each in sheet.coverage if each.readable < each.rows]
    named = [f"{each.column} {percent(each.readable, each.rows)}" for each in short]
    full = len(sheet.coverage) - len(short)
    named += [f"其余 {full} 列 100%" if short else f"全部 {full} 列 100%"] if full else []
    return f"各列读得出的行的比例：{'、'.join(named)}。"
