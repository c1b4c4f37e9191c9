"""Which documents, for which cases, into which folder, in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.documents.context import Office
from app.core.documents.kinds import DocumentKind
from app.core.findings import Level
from app.ui import look, talk
from app.ui.office_form import HINT, OfficeForm

EACH = "每件案件每种文书一个文件；同一种文书另合并成一个文件，便于打印。文号按年度自动编排，用过的不再使用。"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    case_ids: Sequence[int]
    kinds: Sequence[str]
    folder: Path
    office: Office


class IssueDialog(QDialog):
    """Asks; `wished` when the user agreed."""

    wished = Signal(object)  # a Wish

    def __init__(
        self,
        parent: QWidget,
        kinds: Sequence[DocumentKind],
        selected: Sequence[int],
        shown: Sequence[int],
        folder: Path,
        office: Office,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("生成文书")
        self._selected, self._shown = list(selected), list(shown)
        self.kinds = {each.id: QCheckBox(f"{each.name}(&{place})") for place, each in enumerate(kinds, 1)}
        self.only_selected = QRadioButton(f"选中的 {len(selected)} 件(&X)")
        self.all_shown = QRadioButton(f"列表中的全部 {len(shown)} 件(&A)")
        self.folder = QLineEdit(str(folder))
        self.form = OfficeForm(office)
        self.buttons = QDialogButtonBox()
        self._says = QLabel()
        self._lay_out()
        for box in self.kinds.values():
            box.setChecked(True)
            box.toggled.connect(self._renew)
        self.only_selected.setEnabled(bool(selected))
        (self.only_selected if len(selected) > 1 else self.all_shown).setChecked(True)
        self.only_selected.toggled.connect(self._renew)
        self.folder.textChanged.connect(self._renew)
        self._renew()

    def wish(self) -> Wish:
        """What is asked for as things stand."""
        chosen = [kind for kind, box in self.kinds.items() if box.isChecked()]
        cases = self._selected if self.only_selected.isChecked() else self._shown
        return Wish(cases, chosen, Path(self.folder.text().strip()), self.form.office())

    def accept(self) -> None:
        """Hand the wish on."""
        wish = self.wish()
        super().accept()
        self.wished.emit(wish)

    def choose_folder(self) -> None:
        """Let the user pick another folder."""
        folder = talk.choose_folder(self, "文书保存到哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def _renew(self) -> None:
        wish = self.wish()
        count = len(wish.case_ids) * len(wish.kinds)
        self._agree.setText(f"生成 {count} 份文书(&G)")
        lacking = "请至少选一种文书。" if not wish.kinds else "请选择文件夹。" if not self.folder.text().strip() else ""
        self._says.setText(lacking)
        self._agree.setEnabled(count > 0 and not lacking)

    def _lay_out(self) -> None:
        which, cases, place, office = (
            QGroupBox(each) for each in ("文书", "案件", "保存到", "本院信息（印在文书上，下次自动填好）")
        )
        inside = QVBoxLayout(which)
        for box in self.kinds.values():
            inside.addWidget(box)
        inside = QVBoxLayout(cases)
        inside.addWidget(self.only_selected)
        inside.addWidget(self.all_shown)
        inside.addStretch(1)
        row = QHBoxLayout(place)
        other = QPushButton("选择(&F)…")
        other.setAccessibleName("选择保存文书的文件夹")
        other.setAutoDefault(False)
        other.clicked.connect(self.choose_folder)
        self.folder.setAccessibleName("保存文书的文件夹")
        row.addWidget(self.folder, 1)
        row.addWidget(other)
        inside = QVBoxLayout(office)
        inside.addWidget(self.form)
        inside.addWidget(QLabel(HINT))
        self._agree = self.buttons.addButton("生成(&G)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._agree.setDefault(True)
        self._agree.setFocus()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        look.paint_text(self._says, look.colour_of(Level.UNLAWFUL))
        top = QHBoxLayout()
        top.addWidget(which, 3)
        top.addWidget(cases, 2)
        hint = QLabel(EACH)
        hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.addLayout(top)
        for each in (place, office, hint, self._says, self.buttons):
            rows.addWidget(each)
        self.setMinimumWidth(look.letters(self, 42))
