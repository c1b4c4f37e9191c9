"""Asking for data: which tables, what each column is worth, to whom the letters go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.intake.declared import tables
from app.core.intake.wanted import is_key, ranked, rules_of
from app.core.records import TableKind
from app.ui import look, talk
from app.ui.plain_table import PlainTable
from app.ui.tabs import DESKS

COLUMNS = (("列", 8), ("必填", 3), ("项数", 3), ("用于哪些审查", 14))
RECIPIENTS = (("由谁提供", 9), ("受文单位", 16))
LINES = (  # id, words, example
    ("span", "数据范围(&R)", "例如：2026年1月1日至10月31日提请的案件"),
    ("due", "报送期限(&T)", "例如：2026年12月5日"),
    ("phone", "联系电话(&P)", ""),
)
KEY = "识别人员"
NOTHING = "请在左边勾选需要的表。"
TABLE = 0  # the column of names and ticks
ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks for: ids of tables, the folder, whom to write to, and words of the letter by their id."""

    tables: tuple[str, ...]
    folder: Path
    recipients: dict[str, str]
    words: dict[str, str]


class AskingDialog(QDialog):
    """Shows tables and columns; `blanks_wanted` and `letters_wanted` carry what was chosen. It stays open."""

    blanks_wanted = Signal(object)  # a Wish
    letters_wanted = Signal(object)
    folder_wanted = Signal(object)  # Path

    def __init__(self, parent: QWidget, desk: str, chosen: Collection[str], folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("调取数据")
        self.tree = QTreeWidget()
        self.columns = PlainTable("这张表的列", COLUMNS, wide=3)
        self.recipients = PlainTable("受文单位", RECIPIENTS, wide=1)
        self.lines: dict[str, QLineEdit] = {}
        self.folder = QLineEdit(str(folder))
        self.buttons = QDialogButtonBox()
        self.title, self._says = QLabel(), QLabel()
        self._written: dict[str, QLineEdit] = {}
        self._lay_out()
        self._fill_tree(desk, chosen)
        self.tree.currentItemChanged.connect(self._show_table)
        self.tree.itemChanged.connect(self._renew)
        self.folder.textChanged.connect(self._renew)
        self._show_table()
        self._renew()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the tables that are ticked."""
        ticked = (each for each in self._items() if each.checkState(TABLE) == Qt.CheckState.Checked)
        return tuple(each.data(TABLE, ROLE) for each in ticked)

    def wish(self) -> Wish:
        """What is asked for as things stand."""
        return Wish(
            self.chosen(),
            Path(self.folder.text().strip()),
            {holder: line.text().strip() for holder, line in self._written.items()},
            {name: line.text().strip() for name, line in self.lines.items()},
        )

    def say(self, text: str) -> None:
        """Tell what was written."""
        self._says.setText(text)
        look.paint_text(self._says, look.colour_of(Outcome.LAWFUL))
        self.open_folder.setEnabled(True)

    def choose_folder(self) -> None:
        """Let the user pick another folder."""
        folder = talk.choose_folder(self, "保存到哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def _fill_tree(self, desk: str, chosen: Collection[str]) -> None:
        for each in DESKS:
            top = QTreeWidgetItem(self.tree, [each.title, "", ""])
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
            for table in tables().values():
                if table.desk == each.id:
                    self._add_table(top, table, ticked=table.id in chosen)
            top.setExpanded(each.id == desk)
            if each.id == desk:
                self.tree.setCurrentItem(top.child(0))
        for item in reversed(self._items()):
            if item.data(TABLE, ROLE) in chosen:
                self.tree.setCurrentItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        """The items of tables, from top to bottom."""
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        return [top.child(place) for top in tops for place in range(top.childCount())]

    def _add_table(self, top: QTreeWidgetItem, table: TableKind, *, ticked: bool) -> None:
        item = QTreeWidgetItem(top, [table.name, table.holder, str(len(rules_of(table)) or "")])
        item.setData(TABLE, ROLE, table.id)
        item.setToolTip(0, table.name)
        item.setToolTip(1, table.holder)
        item.setCheckState(TABLE, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _show_table(self) -> None:
        from app.core.checks.names import spoken

        item = self.tree.currentItem()
        table_id = item.data(TABLE, ROLE) if item is not None else None
        self.columns.setRowCount(0)
        self.title.setText("点左边的一张表，看它有哪些列")
        if table_id is None:
            return
        table = tables()[table_id]
        self.title.setText(f"《{table.name}》的列，用处大的排在前面")
        self.columns.fill(
            (
                each.name,
                "必填" if each.required else "",
                str(len(each.unlocks) or ""),
                "、".join(map(spoken, each.unlocks)) or (KEY if is_key(each) else ""),
            )
            for each in ranked(table)
        )

    def _renew(self) -> None:
        """Offices to write to, and what the buttons would do."""
        from app.core.actions.asking import by_holder

        chosen = self.chosen()
        held = by_holder(chosen)
        kept = {holder: line.text() for holder, line in self._written.items()}
        self._written = {}
        self.recipients.setRowCount(len(held))
        for row, (holder, theirs) in enumerate(held.items()):
            self.recipients.write(row, 0, holder)
            self.recipients.item(row, 0).setToolTip("、".join(each.name for each in theirs))
            self._put_line(row, holder, kept.get(holder, ""))
        before: QWidget = self.recipients
        for line in self._written.values():
            QWidget.setTabOrder(before, line)  # they are made after everything that stands below them
            before = line
        lacking = NOTHING if not chosen else "请选择文件夹。" if not self.folder.text().strip() else ""
        self._says.setText(lacking)
        look.paint_text(self._says, look.colour_of(Level.UNLAWFUL))
        self._blanks.setText(f"保存空白表（{len(chosen)} 张）(&B)")
        self._letters.setText(f"生成调取数据函（{len(held)} 份）(&G)")
        self._blanks.setEnabled(not lacking)
        self._letters.setEnabled(bool(held) and not lacking)

    def _put_line(self, row: int, holder: str, text: str) -> None:
        line = QLineEdit(text)
        line.setFrame(False)
        line.setAccessibleName(f"{holder}的受文单位")
        line.setPlaceholderText("单位全称")
        self.recipients.setCellWidget(row, 1, line)
        self._written[holder] = line

    def _lay_out(self) -> None:
        self.tree.setHeaderLabels(["需要的表", "由谁提供", "审查项数"])
        self.tree.setAccessibleName("需要的表")
        for column, wide in enumerate((15, 7, 4)):
            self.tree.setColumnWidth(column, look.letters(self, wide))
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        look.larger(self.title, bold=True)
        inside.addWidget(self.title)
        inside.addWidget(self.columns, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        for each in (self.tree, right):
            split.addWidget(each)
        split.setChildrenCollapsible(False)
        split.setSizes([look.letters(self, 27), look.letters(self, 40)])
        self._says.setWordWrap(True)
        self._make_buttons()
        rows = QVBoxLayout(self)
        rows.addWidget(split, 3)
        rows.addWidget(self._make_letter(), 2)
        rows.addLayout(self._make_place())
        rows.addWidget(self._says)
        rows.addWidget(self.buttons)
        look.size(self, 72, 36)

    def _make_letter(self) -> QWidget:
        box = QGroupBox("调取数据函（每个提供单位一份；院名、承办人取自“设置”；受文单位不填的印作【待填】）")
        row = QHBoxLayout(box)
        form = QFormLayout()
        for name, words, example in LINES:
            line = QLineEdit()
            line.setPlaceholderText(example)
            line.setAccessibleName(words.partition("(")[0])
            line.setMinimumWidth(look.letters(line, 13))
            form.addRow(f"{words}：", line)
            self.lines[name] = line
        self.recipients.setSelectionMode(PlainTable.SelectionMode.NoSelection)
        self.recipients.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.recipients.verticalHeader().setDefaultSectionSize(look.lines(self, 1.7))
        row.addLayout(form, 2)
        row.addWidget(self.recipients, 3)
        return box

    def _make_place(self) -> QHBoxLayout:
        self.folder.setAccessibleName("保存到的文件夹")
        label = QLabel("保存到(&V)：")
        label.setBuddy(self.folder)
        other, self.open_folder = QPushButton("选择(&F)…"), QPushButton("打开文件夹(&O)")
        other.clicked.connect(self.choose_folder)
        self.open_folder.clicked.connect(lambda: self.folder_wanted.emit(self.wish().folder))
        self.open_folder.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.folder, 1)
        for each in (other, self.open_folder):
            each.setAutoDefault(False)
            row.addWidget(each)
        return row

    def _make_buttons(self) -> None:
        action = QDialogButtonBox.ButtonRole.ActionRole
        self._blanks = self.buttons.addButton("保存空白表(&B)", action)
        self._letters = self.buttons.addButton("生成调取数据函(&G)", action)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self._blanks.clicked.connect(lambda: self.blanks_wanted.emit(self.wish()))
        self._letters.clicked.connect(lambda: self.letters_wanted.emit(self.wish()))
        self.buttons.rejected.connect(self.reject)
        for each in (self._blanks, self._letters):
            each.setAutoDefault(False)
        close.setDefault(True)
