"""The copies of the data: when each was made, why, how large, whether it was proven; and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.store.backup import Backup
from app.core.values.dates import print_moment
from app.ui import look, talk
from app.ui.plain_table import PlainTable

COLUMNS = (("时间", 9), ("原因", 6), ("大小", 5), ("检查", 10), ("位置", 14))
HINT = (
    "退出程序、升级数据、恢复备份和撤回导入之前都会自动备份，每份备份都打开检查过才算数。当天的全部保留，"
    "以后每天、每周、每月各留一份。备份与数据一样加密，用同样的口令打开。"
)
NO_SECOND = "没有设置。建议选择U盘或者另一块硬盘：本机硬盘损坏时，第二份还在。"
SOUND, NEVER = "完好", "没有检查过"
UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


class BackupPage(QWidget):
    """Shows the list and tells what the user wants done."""

    made_wanted = Signal()
    checked_wanted = Signal(object)  # Backups
    restored_wanted = Signal(object)  # the path of a copy
    second_chosen = Signal(str)  # "" for none

    def __init__(self, copies: Sequence[Backup], folder: Path, second: str) -> None:
        super().__init__()
        self._copies: list[Backup] = []
        self._second = second
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.table = PlainTable("备份", COLUMNS, wide=3)
        self.table.empty = "还没有备份。点“立即备份”就做一份。"
        self.place, self.other = QLabel(f"备份文件夹：{folder}"), QLabel()
        for each in (self.place, self.other):
            each.setWordWrap(True)
        self.choose, self.drop = QPushButton("选择第二备份文件夹(&2)…"), QPushButton("不用第二份(&N)")
        self.choose.clicked.connect(self._choose)
        self.drop.clicked.connect(lambda: self._set_second(""))
        self.make = QPushButton("立即备份(&B)")
        self.check = QPushButton("检查全部备份(&C)")
        self.restore = QPushButton("恢复到所选备份(&R)…")
        self.other_file = QPushButton("从别处的备份恢复(&O)…")
        self.make.clicked.connect(self.made_wanted)
        self.check.clicked.connect(lambda: self.checked_wanted.emit(list(self._copies)))
        self.restore.clicked.connect(self._restore_chosen)
        self.other_file.clicked.connect(self._restore_other)
        rows = QVBoxLayout(self)
        for each in (hint, self.table, self.place):
            rows.addWidget(each)
        rows.addLayout(_row(self.other, self.choose, self.drop))
        rows.addLayout(_row(None, self.make, self.check, self.restore, self.other_file))
        self.show_copies(copies)
        self._show_second()

    def show_copies(self, copies: Sequence[Backup]) -> None:
        """Show these copies."""
        self._copies = list(copies)
        self.table.fill(_line(each) for each in self._copies)
        for row, each in enumerate(self._copies):
            if each.faults:
                self.table.write(row, 3, _checked(each), word="违法", bold=True)
        for button in (self.check, self.restore):
            button.setEnabled(bool(self._copies))

    def _restore_chosen(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._copies):
            self._ask(self._copies[row].path, f"{print_moment(self._copies[row].made)}的备份")

    def _restore_other(self) -> None:
        path = talk.choose_file(self.window(), "选择备份文件", "", talk.STORE)
        if path is not None:
            self._ask(path, path.name)

    def _ask(self, path: Path, words: str) -> None:
        more = (
            "此后录入、审查和决定的内容都会退回到那时。现有数据会先另存一份，之后可以再恢复回来；用过的文号不会重号。"
        )
        if talk.ask(self.window(), f"把全部数据恢复到{words}？", more, yes="恢复"):
            self.restored_wanted.emit(path)

    def _choose(self) -> None:
        folder = talk.choose_folder(self.window(), "选择第二备份文件夹", self._second)
        if folder is not None:
            self._set_second(str(folder))

    def _set_second(self, folder: str) -> None:
        self._second = folder
        self._show_second()
        self.second_chosen.emit(folder)

    def _show_second(self) -> None:
        self.other.setText(f"第二备份文件夹：{self._second or NO_SECOND}")
        self.drop.setEnabled(bool(self._second))


def size_in_words(size: int) -> str:
    """A number of bytes as people say it."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} 字节"


def _line(copy: Backup) -> tuple[str, ...]:
    made = f"{copy.made:%Y-%m-%d %H:%M}"
    return made, copy.why, size_in_words(copy.size), _checked(copy), str(copy.path.parent)


def _checked(copy: Backup) -> str:
    if copy.faults:
        return f"损坏：{copy.faults[0]}"
    return f"{SOUND}（{copy.checked[:10]} 检查）" if copy.checked else NEVER


def _row(words: QLabel | None, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    if words is not None:
        row.addWidget(words, 1)
    for each in buttons:
        each.setAutoDefault(False)
        row.addWidget(each)
    if words is None:
        row.addStretch(1)
    row.setSpacing(look.letters(buttons[0], 0.5))
    return row
