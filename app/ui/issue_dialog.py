"""Which documents, for which cases, into which folder, in whose name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
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
from app.core.documents.kinds import DocumentKind, Rests
from app.core.findings import Level
from app.ui import look, talk
from app.ui.finding_choice import FindingChoice
from app.ui.office_form import HINT, OfficeForm
from app.ui.room import Scroll, fit, free
from app.ui.tabs import REDUCTION

SHORT_KEYS = 10
KINDS_BESIDE, WIDE = 3, 50  # letters a screen has to have room for: else fewer stand beside each other
RARE = "有的姓名里有模板字体没有的字，可能印不出来，请先核对"
EACH = "每件案件每种文书一个文件；同一种文书另合并成一个文件，便于打印。文号按年度自动编排，用过的不再使用。"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    case_ids: Sequence[int]
    kinds: Sequence[str]
    folder: Path
    office: Office
    keys: frozenset[str] | None = None  # the findings it is to rest on, None: those that ask for it


class IssueDialog(QDialog):
    """Asks; `wished` when the user agreed."""

    wished = Signal(object)  # a Wish

    def __init__(
        self,
        parent: QWidget,
        desk: str,
        kinds: Sequence[DocumentKind],
        selected: Sequence[int],
        shown: Sequence[int],
        folder: Path,
        office: Office,
        asked: Mapping[int, frozenset[str]],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("生成文书")
        self._desk = desk
        self._selected, self._shown, self._asked = list(selected), list(shown), asked
        self._kinds = {each.id: each for each in kinds}
        self.kinds = {each.id: QCheckBox(f"{each.name}(&{place})") for place, each in enumerate(kinds, 1)}
        self.only_selected = QRadioButton(f"选中的 {len(selected)} 件(&X)")
        self.all_shown = QRadioButton(f"列表中的全部 {len(shown)} 件(&A)")
        self.folder = QLineEdit(str(folder))
        self._wide = look.letters(self, WIDE) <= free(self).width()
        self.form = OfficeForm(office, columns=2 if self._wide else 1)
        self.choice = FindingChoice()
        self.choice.changed.connect(self._choose)
        self.buttons = QDialogButtonBox()
        self._says = QLabel()
        self.warning, self.warned = QLabel(), QPushButton("查看(&Y)")
        self._rare: list[str] = []
        self._lay_out()
        for box in self.kinds.values():
            box.toggled.connect(self._renew)
        self.only_selected.setEnabled(bool(selected))
        (self.only_selected if len(selected) > 1 else self.all_shown).setChecked(True)
        self.only_selected.toggled.connect(self.tick_asked)
        self.tick_asked()
        self.folder.textChanged.connect(self._renew)
        self._renew()

    def wish(self) -> Wish:
        """What is asked for as things stand."""
        chosen = [kind for kind, box in self.kinds.items() if box.isChecked()]
        keys = self.choice.keys()
        cases = self._cases() if keys is None else [self.choice.case]
        return Wish(cases, chosen, Path(self.folder.text().strip()), self.form.office(), keys)

    def tick_asked(self) -> None:
        """Tick the kinds that the cases ask for, and say of how many they are."""
        counts = self._counts()
        for place, (name, box) in enumerate(self.kinds.items(), 1):
            kind = self._kinds[name]
            many = f"（{counts[name]} 件）" if name in counts and not kind.standing else ""
            key = f"(&{place})" if place < SHORT_KEYS else ""
            box.setText(f"{kind.name}{many}{key}")
            box.setChecked(name in counts)
            box.setToolTip(f"须经{kind.approval}批准" if kind.approval else "")
        self._renew()

    def warn(self, sentences: Sequence[str]) -> None:
        """Show what should be looked at before a number is taken, nothing when there is nothing."""
        self._rare = list(sentences)
        self.warning.setText(RARE)
        for each in (self.warning, self.warned):
            each.setVisible(bool(sentences))

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is known whether findings are offered: take the room they need."""
        fit(self, self._area)
        super().showEvent(event)

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

    def _counts(self) -> Counter[str]:
        """Of how many of the chosen cases the findings ask for each kind."""
        return Counter(each for case in self._cases() for each in self._asked.get(case, ()))

    def _choose(self) -> None:
        """Findings are chosen of one case, which is then the case."""
        if self.choice.keys() is not None:
            self.only_selected.setChecked(True)
        self._renew()

    def _cases(self) -> Sequence[int]:
        return self._selected if self.only_selected.isChecked() else self._shown

    def _renew(self) -> None:
        for button in (self.only_selected, self.all_shown):
            button.setEnabled(self.choice.keys() is None and (button is self.all_shown or bool(self._selected)))
        wish, counts = self.wish(), self._counts()
        whole = [each for each in wish.kinds if self._of_every_case(self._kinds[each])]
        count = len(wish.case_ids) * len(whole) + sum(counts[each] for each in wish.kinds if each not in whole)
        about = "" if len(whole) == len(wish.kinds) else "约 "
        if wish.keys is not None:
            about, count = "约 ", len(wish.kinds)
        self._agree.setText(f"生成{about or ' '}{count} 份文书(&G)")
        lacking = "请至少选一种文书。" if not wish.kinds else "请选择文件夹。" if not self.folder.text().strip() else ""
        lacking = lacking or ("" if wish.keys is None or wish.keys else "请至少勾选一条线索。")
        self._says.setText(lacking)
        self._agree.setEnabled(count > 0 and not lacking)

    def _of_every_case(self, kind: DocumentKind) -> bool:
        """Whether a document of this kind is made of each case, whatever was found."""
        return kind.rests is Rests.CASE or (kind.rests is Rests.PAPER and self._desk == REDUCTION.id)

    def _lay_out(self) -> None:
        which, cases, place, office = (
            QGroupBox(each) for each in ("文书", "案件", "保存到", "本院信息（印在文书上，下次自动填好）")
        )
        grid = QGridLayout(which)
        beside = KINDS_BESIDE if self._wide else KINDS_BESIDE - 1
        for number, box in enumerate(self.kinds.values()):
            grid.addWidget(box, number // beside, number % beside)
        inside = QVBoxLayout(cases)
        inside.addWidget(self.only_selected)
        inside.addWidget(self.all_shown)
        inside.addWidget(self.choice, 1)
        inside.addStretch()
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
        told = QLabel(HINT)
        told.setWordWrap(True)
        inside.addWidget(told)
        self._agree = self.buttons.addButton("生成(&G)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        look.paint_text(self._says, look.colour_of(Level.UNLAWFUL))
        look.paint_text(self.warning, look.colour_of(Level.DOUBT))
        warning = QHBoxLayout()
        warning.addWidget(self.warning, 1)
        warning.addWidget(self.warned)
        self.warned.setAutoDefault(False)
        self.warned.clicked.connect(lambda: talk.say(self, RARE, "\n".join(self._rare)))
        self.warn(())
        top = QHBoxLayout()
        top.addWidget(which, 5)
        top.addWidget(cases, 3)
        hint = QLabel(EACH)
        hint.setWordWrap(True)
        inner = QWidget()
        asked = QVBoxLayout(inner)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addLayout(top, 1)
        for each in (place, office, hint):
            asked.addWidget(each)
        rows = QVBoxLayout(self)
        self._area = Scroll(inner)
        rows.addWidget(self._area, 1)
        rows.addLayout(warning)
        for each in (self._says, self.buttons):
            rows.addWidget(each)
        self._agree.setDefault(True)  # only now has the button its dialog
