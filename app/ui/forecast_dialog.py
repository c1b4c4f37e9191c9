"""Who could be proposed and was not: a long list to sort and filter, and how the chosen person's day was reckoned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.findings.asked_again import Chance, Forecast
from app.ui import law_words, look

Index = QModelIndex | QPersistentModelIndex
NOTHING = QModelIndex()
ROLE = Qt.ItemDataRole
ALL, HELD = "全部", "可能多关"
COLUMNS: tuple[tuple[str, float, Callable[[Forecast], str]], ...] = (
    ("姓名", 6, lambda each: each.person.name),
    ("罪犯编号", 8, lambda each: each.person.prisoner_no),
    ("单位", 8, lambda each: each.unit),
    ("监区", 5, lambda each: each.ward),
    ("种类", 3.5, lambda each: each.kind),
    ("情况", 8, lambda each: str(each.chance)),
    ("确定可提请的最早日", 9.5, lambda each: str(each.certain or "")),
    ("存有疑义的最早日", 8.5, lambda each: str(each.since or "") if each.since != each.certain else ""),
    ("刑期止日", 7, lambda each: str(each.end or "")),
    ("可能多关、还差什么、须核实", 16, lambda each: each.urgent or waiting(each) or "；".join(each.to_check)),
)
TONES = {
    Chance.NOW: Outcome.LAWFUL,
    Chance.OPEN: Level.DOUBT,
    Chance.UNKNOWN: Outcome.NOT_EVALUATED,
}
NOTE = (
    "本表只作提示，不是违法认定：悔改、立功等实体条件须另行审查。日期按今天有效的法律推算，法律修改的以届时规定为准。"
    "可能多关的排在最前，其次是条件具备最久的；点列标题可以改变排序。"
)


def waiting(each: Forecast) -> str:
    """What stands in the way or is missing, in one line."""
    missing = "、".join(item for item, _ in each.missing)
    return "；".join((*each.lacking, *((f"缺少{missing}",) if missing else ())))


class ForecastModel(QAbstractTableModel):
    """All rows in memory; those that pass the filters in the order chosen."""

    def __init__(self, found: Sequence[Forecast], parent: QWidget) -> None:
        super().__init__(parent)
        self._all = found
        self.shown: list[Forecast] = list(found)
        self._order: tuple[int, bool] = (-1, False)

    def show_only(self, wanted: Callable[[Forecast], bool]) -> None:
        """Show the rows that pass, in the order chosen before."""
        self.beginResetModel()
        self.shown = [each for each in self._all if wanted(each)]
        self._put_in_order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, empty cells last; -1 is the order of urgency."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        if column < 0:
            kept = {id(each) for each in self.shown}
            self.shown = [each for each in self._all if id(each) in kept]
        self._put_in_order()
        self.endResetModel()

    def _put_in_order(self) -> None:
        column, descending = self._order
        if column >= 0:
            text = COLUMNS[column][2]
            self.shown.sort(key=text, reverse=descending)
            self.shown.sort(key=lambda each: not text(each))

    def rowCount(self, parent: Index = NOTHING) -> int:
        """The number of rows shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = NOTHING) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """The columns' titles; rows are counted from 1."""
        if role != ROLE.DisplayRole:
            return None
        return COLUMNS[section][0] if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """The text of a cell, its tooltip, and the colour of what weighs."""
        each = self.shown[index.row()]
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return COLUMNS[index.column()][2](each) or None
        if role == ROLE.ForegroundRole:
            word = _tone(each, index.column())
            return QBrush(look.colour_of(word)) if word else None
        return None


def _tone(each: Forecast, column: int) -> str:
    title = COLUMNS[column][0]
    if title == "情况":
        return TONES.get(each.chance, "")
    return Level.UNLAWFUL if each.urgent and column == len(COLUMNS) - 1 else ""


class ForecastDialog(QDialog):
    """The list with its filters and the detail of the current row."""

    export_wanted = Signal(object)  # the Forecasts shown

    def __init__(self, parent: QWidget | None, found: Sequence[Forecast], said: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("应提请未提请")
        self.model = ForecastModel(found, self)
        self.unit = _choice("单位", sorted({each.unit for each in found if each.unit}))
        self.kind = _choice("种类", sorted({each.kind for each in found}))
        self.chance = _choice("情况", [HELD, *Chance])
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名或者编号")
        self.search.setAccessibleName("按姓名或者编号查找")
        self._count, self.detail = QLabel(), _rich()
        self.table = self._make_table()
        self.buttons = QDialogButtonBox()
        self.export = self.buttons.addButton("导出 Excel(&E)…", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self.export.clicked.connect(lambda: self.export_wanted.emit(list(self.model.shown)))
        self.buttons.rejected.connect(self.reject)
        for box in (self.unit, self.kind, self.chance):
            box.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self._lay_out(said)
        self._filter()
        self.table.setFocus()
        look.size(self, 92, 36)

    def current(self) -> Forecast | None:
        """The row the cursor stands on."""
        row = self.table.currentIndex().row()
        return self.model.shown[row] if 0 <= row < len(self.model.shown) else None

    def _filter(self) -> None:
        unit, kind, chance = (box.currentData() for box in (self.unit, self.kind, self.chance))
        typed = self.search.text().strip()

        def wanted(each: Forecast) -> bool:
            fits = chance is None or (bool(each.urgent) if chance == HELD else each.chance == chance)
            named = not typed or typed in each.person.name or typed in each.person.prisoner_no
            return fits and named and unit in (None, each.unit) and kind in (None, each.kind)

        self.model.show_only(wanted)
        self._count.setText(f"共 {len(self.model.shown)} 行")
        self.export.setEnabled(bool(self.model.shown))
        if self.model.shown:
            self.table.selectRow(0)
        self._show_detail()

    def _show_detail(self) -> None:
        each = self.current()
        self.detail.setText(detail_html(each) if each is not None else "没有符合条件的人员。")

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("应提请未提请人员")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().setDefaultSectionSize(look.lines(table, 1.5))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        for column, (_, letters, _) in enumerate(COLUMNS):
            table.setColumnWidth(column, look.letters(table, letters))
        header.setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._show_detail())
        self.model.modelReset.connect(self._show_detail)
        return table

    def _lay_out(self, said: str) -> None:
        head, note = QLabel(said), QLabel(NOTE)
        look.larger(head, bold=True)
        filters = QHBoxLayout()
        for text, box in (("单位(&U)", self.unit), ("种类(&K)", self.kind), ("情况(&S)", self.chance)):
            label = QLabel(text)
            label.setBuddy(box)
            filters.addWidget(label)
            filters.addWidget(box)
        filters.addWidget(self.search, 1)
        filters.addWidget(self._count)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("所选人员的推算过程")
        scroll.setWidget(self.detail)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(scroll)
        split.setChildrenCollapsible(False)
        split.setSizes([600, 400])  # shares, not lengths
        rows = QVBoxLayout(self)
        rows.addWidget(head)
        rows.addLayout(filters)
        rows.addWidget(split, 1)
        rows.addWidget(note)
        rows.addWidget(self.buttons)
        for label in (head, note):
            label.setWordWrap(True)


def detail_html(each: Forecast) -> str:
    """Everything known of one row: what it says, what stands in the way, the sums, the law, and where it came from."""
    lines = [f"<b>{escape(each.person.name)}　{escape(each.kind)}：{escape(str(each.chance))}</b>", escape(dates(each))]
    lines += [f"<b>可能多关：</b>{escape(each.urgent)}"] if each.urgent else []
    lines += [f"<b>还差：</b>{escape('；'.join(each.lacking))}"] if each.lacking else []
    missing = "；".join(f"{item}（向{holder}调取）" if holder else item for item, holder in each.missing)
    lines += [f"<b>缺少的数据：</b>{escape(missing)}"] if missing else []
    lines += [f"<b>提请前须核实：</b>{escape('；'.join(each.to_check))}"] if each.to_check else []
    lines += [f"<b>合法的最大幅度：</b>{escape(each.most)}"] if each.most else []
    told = "".join(f"<p style='margin:0'>{line}</p>" for line in lines if line)
    steps, basis = law_words.steps_html(each.steps), law_words.basis_html(each.basis)
    told += f"<p><b>计算过程</b></p>{steps}" if steps else ""
    told += f"<p><b>依据</b></p>{basis}" if basis else ""
    return told + f"<p>来源：{escape(each.file)}《{escape(each.sheet)}》第{each.row}行</p>"


def dates(each: Forecast) -> str:
    """The two days in a sentence; empty when there is none."""
    if each.certain is not None:
        told = f"{each.certain} 起确定可以提请" if each.chance is Chance.NOW else f"最早 {each.certain} 确定可以提请"
        return told + (f"；{each.since} 起存有疑义" if each.since not in (None, each.certain) else "")
    if each.since is None:
        return ""
    return f"不早于 {each.since}，确切日期现有数据不能确定"


def _choice(name: str, words: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(ALL, None)
    for each in words:
        box.addItem(str(each), str(each))
    return box


def _rich() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setMargin(look.letters(label, 0.5))
    flag = Qt.TextInteractionFlag
    label.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
    return label
