"""The three lists of deprivation side by side: the picture, the lines of the row that is looked at, and their cells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.actions.three_lists import COLUMNS, cells, notes, texts, words
from app.core.checks.deprivation.rolls import Presence, Roll
from app.core.checks.deprivation.three_lists import Comparison, Region, Running
from app.core.findings import Evidence, Level, Outcome
from app.ui import look
from app.ui.list_bars import ListBars, Way
from app.ui.room import free
from app.ui.text_table import TextTable
from app.ui.verdict_detail import EvidenceTable

WIDTHS = (4.5, 11.5, 13, 5, 15.5, 15.5, 15.5, 6.5, 6.5, 22, 7)
SHOWN = tuple(zip(COLUMNS, WIDTHS, strict=False))
RUNNING, FIRST, DIFFERS = 3, 4, 9
NARROW = 65  # letters: the picture and the cells have no room beside each other
TONES = {
    Running.NOW: Level.HINT,
    Presence.NO: Level.DOUBT,
    Presence.MAYBE: Level.DATA,
    Presence.BEYOND: Outcome.NOT_APPLICABLE,
    Presence.ABSENT: Outcome.NOT_APPLICABLE,
}
HINT = (
    "没有导入、截止太早或者只有疑似行的名单，不能说“没有此人”。名单不一致不等于违法："
    "刑满释放的人本来就不在司法局名册，已经期满的可能已经撤管。双击一格查看原始行。"
)


class ThreeListsDialog(QDialog):
    """Shows the comparison; tells which original row the user wants, and when the workbook is to be saved."""

    row_wanted = Signal(object)  # an Evidence
    workbook_wanted = Signal()

    def __init__(self, parent: QWidget | None, found: Comparison) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("三方名单比对")
        self.found = found
        self._regions = found.regions()
        self._cells: tuple[Evidence, ...] = ()
        loaded, hint = QLabel(_loaded(found)), QLabel(HINT)
        look.larger(loaded, bold=True)
        self.bars = ListBars([str(roll) for roll in found.loaded], [_way(each, found.loaded) for each in self._regions])
        self.only_running = QCheckBox("只列应当正在执行的(&N)")
        self.table = TextTable("比对的各件", SHOWN, self._tone)
        self.table.empty = "没有符合条件的。"
        self.table.setSelectionBehavior(TextTable.SelectionBehavior.SelectItems)
        self._notes, self.says = QLabel(), QLabel()
        self.cells = EvidenceTable()
        self.cells.setAccessibleName("所选一格的出处")
        for each in (loaded, hint, self._notes, self.says):
            each.setWordWrap(True)
        self._lay_out(loaded, hint)
        self.bars.chosen.connect(lambda _place: self._narrow())
        self.only_running.toggled.connect(lambda _on: self._narrow())
        self.table.current_changed.connect(lambda _place: self._show_cells())
        self.table.opened.connect(self._open)
        self.cells.cellDoubleClicked.connect(lambda row, _column: self.row_wanted.emit(self._cells[row]))
        self.table.texts.fill([texts(each) for each in found.lines])

    def say(self, text: str) -> None:
        """Tell how saving went."""
        self.says.setText(text)

    def _narrow(self) -> None:
        pressed = next((place for place, each in enumerate(self.bars.rows) if each.isChecked()), -1)
        wanted = self._regions[pressed].rolls if pressed >= 0 else None
        self.table.texts.narrow(
            [
                place
                for place, each in enumerate(self.found.lines)
                if (pressed < 0 or each.region == wanted)
                and (not self.only_running.isChecked() or each.running is Running.NOW)
            ]
        )

    def _show_cells(self) -> None:
        place = self.table.place()
        line = self.found.lines[place] if place >= 0 else None
        self._cells = cells(line, self.table.currentIndex().column()) if line is not None else ()
        self._notes.setText("；".join(notes(line)) if line is not None else "没有符合条件的。")
        self.cells.show_cells(self._cells)

    def _open(self, place: int, column: int) -> None:
        found = cells(self.found.lines[place], column)
        if found:
            self.row_wanted.emit(found[0])

    def _tone(self, place: int, column: int, text: str) -> str:
        line = self.found.lines[place]
        if column == RUNNING:
            return TONES.get(line.running, Outcome.NOT_APPLICABLE)
        if column == DIFFERS:
            return Level.DOUBT if text else ""
        if FIRST <= column < FIRST + len(Roll):
            entry = line.entries[column - FIRST]
            explained = entry.presence is Presence.NO and entry.note
            return Outcome.NOT_APPLICABLE if explained else TONES.get(entry.presence, "")
        return ""

    def _lay_out(self, loaded: QLabel, hint: QLabel) -> None:
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton("保存工作簿(&S)…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.workbook_wanted)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        beside = QVBoxLayout()
        for each in (self._notes, self.cells):
            beside.addWidget(each)
        beside.addStretch(1)
        narrow = look.letters(self, NARROW) > free(self).width()
        above = QVBoxLayout() if narrow else QHBoxLayout()
        above.addWidget(self.bars, 3, Qt.AlignmentFlag.AlignTop)
        above.addLayout(beside, 2)
        rows = QVBoxLayout(self)
        for each in (loaded, hint):
            rows.addWidget(each)
        rows.addLayout(above)
        rows.addWidget(self.only_running)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.says)
        rows.addWidget(self.buttons)
        look.size(self, 84, 44)


def _way(region: Region, loaded: tuple[Roll, ...]) -> Way:
    dots = tuple(None if region.rolls is None else roll in region.rolls for roll in loaded)
    return Way(dots, words(region, loaded), region.lines, region.running)


def _loaded(found: Comparison) -> str:
    """Which lists are there with how many, and whom to ask for the others."""
    own = "，".join(f"{roll} {found.size(roll)} 件" for roll in found.loaded)
    absent = "".join(f"没有{roll}的名单（{tables}），请向{holder}调取。" for roll, tables, holder in found.absent)
    single = "只有一方的名单，无从比对。" if len(found.loaded) == 1 else ""
    return f"截至 {found.as_of}：{own}。{absent}{single}"
