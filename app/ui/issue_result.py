"""After documents were made: what was written, what was not and why; open the folder or print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from app.core.findings import Level
from app.ui import look
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.order import Issued

MOST_COPIES = 20
COLUMNS = (("结果", 5), ("文件或者原因", 30))


class IssueResult(QDialog):
    """Lists the files; the problems come first."""

    folder_wanted = Signal()
    print_wanted = Signal()
    pdf_wanted = Signal()
    preview_wanted = Signal(object)  # a path

    def __init__(self, parent: QWidget, issued: Issued, folder: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("文书已生成" if issued.files else "没有生成文书")
        head = QLabel(
            f"写出 {len(issued.files)} 份文书" + (f"，{len(issued.problems)} 份未能写出。" if issued.problems else "。")
        )
        look.larger(head, 1.2, bold=True)
        place = QLabel(f"文件夹：{folder}")
        place.setWordWrap(True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = PlainTable("文书清单", COLUMNS, wide=1)
        self._fill(issued)
        self.buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.open_folder = self.buttons.addButton("打开文件夹(&O)", role.ActionRole)
        words = "打印合并文件(&P)" if issued.merged else "打印(&P)"
        self.print = self.buttons.addButton(words, role.ActionRole)
        self.preview = self.buttons.addButton("打印预览(&V)", role.ActionRole)
        self.pdf = self.buttons.addButton("转为 PDF(&D)", role.ActionRole)
        close = self.buttons.addButton("关闭", role.RejectRole)
        close.setDefault(True)
        for button in (self.open_folder, self.print, self.pdf):
            button.setEnabled(bool(issued.files))
        self.open_folder.clicked.connect(self.folder_wanted)
        self.print.clicked.connect(self.print_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.preview.clicked.connect(self._preview)
        self.table.cellActivated.connect(self._preview)
        self.table.currentCellChanged.connect(lambda *_: self._renew())
        self._renew()
        self.buttons.rejected.connect(self.reject)
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setSuffix(" 份")
        self.copies.setAccessibleName("每个文件打印几份")
        copies = QLabel("每个文件打印(&N)")
        copies.setBuddy(self.copies)
        line = QHBoxLayout()
        line.addWidget(copies)
        line.addWidget(self.copies)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        for each in (head, place, self.table):
            rows.addWidget(each)
        rows.addLayout(line)
        rows.addWidget(self.buttons)
        close.setFocus()
        look.size(self, 50, 24)

    def _preview(self, *_: object) -> None:
        path = self._chosen()
        if path is not None:
            self.preview_wanted.emit(path)

    def _renew(self) -> None:
        self.preview.setEnabled(self._chosen() is not None)

    def _chosen(self) -> Path | None:
        """The file of the current line; None for a line that tells of a problem."""
        row = self.table.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    def _fill(self, issued: Issued) -> None:
        lines = [("未写出", str(each), Level.UNLAWFUL) for each in issued.problems]
        lines += [("请核对", each, Level.DOUBT) for each in issued.cautions]
        lines += [("合并", f"{each.parent.name} / {each.name}", "") for each in issued.merged]
        lines += [("已写出", f"{each.parent.name} / {each.name}", "") for each in issued.files]
        told = len(issued.problems) + len(issued.cautions)
        self._files: list[Path | None] = [*[None] * told, *issued.merged, *issued.files]
        self.table.setRowCount(len(lines))
        for row, (result, text, word) in enumerate(lines):
            self.table.write(row, 0, result, word=word)
            self.table.write(row, 1, text, word=word)
        self.table.selectRow(told if len(lines) > told else 0)
