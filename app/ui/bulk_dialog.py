"""One word on the findings of many cases: how many may be decided so, and what must be said with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from app.core.actions.bulk import AIMS, bulk_move
from app.core.findings import Level, State
from app.core.life import life
from app.core.store.rows import StoredFinding
from app.ui.decision_dialog import WordsForm, reason_box, until_box

HINT = "违法、存疑的线索要逐条核实，不能成批认定属实、排除或者关注；成批处理的，之后可以一次撤销。"
WORDS = {
    State.CHECKING: "开始核查(&1)",
    State.WATCHED: "持续关注(&2)",
    State.EXCLUDED: "排除(&X)",
}


class BulkDialog(WordsForm):
    """`agreed` tells the state, the sentence, the code of a reason and the day."""

    agreed = Signal(object, str, str, object)  # a State, why, code, a date or None

    def __init__(self, parent: QWidget | None, cases: int, findings: Sequence[StoredFinding], today: date) -> None:
        counts = Counter(each.verdict.level for each in findings)
        listed = "、".join(f"{level} {counts[level]} 条" for level in Level if counts[level])
        super().__init__(parent, "批量记录核查结果", f"选中 {cases} 件案件，现有线索：{listed or '没有'}。")
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.able = {aim: sum(bulk_move(each, aim) is not None for each in findings) for aim in AIMS}
        self.aims = {aim: QRadioButton(f"{WORDS[aim]}：{count} 条可以") for aim, count in self.able.items()}
        self.reason, self.until = reason_box(), until_box(today)
        for aim, button in self.aims.items():
            button.setEnabled(self.able[aim] > 0)
            button.toggled.connect(self.renew)
            self.form.addRow(button)
        next((each for each in self.aims.values() if each.isEnabled()), self.aims[State.CHECKING]).setChecked(True)
        self.reason.currentIndexChanged.connect(self.renew)
        self.form.addRow("排除的理由(&R)：", self.reason)
        self.form.addRow("关注到(&D)：", self.until)
        self.why.setAccessibleName("说明")
        self.form.addRow("说明(&W)：", self.why)
        self.renew()

    def aim(self) -> State:
        """The state that was chosen."""
        return next((aim for aim, button in self.aims.items() if button.isChecked()), State.CHECKING)

    def lacking(self) -> str:
        """What the chosen word needs."""
        aim = self.aim()
        if not self.able[aim]:
            return "选中的案件没有可以成批处理的线索。"
        if aim is State.EXCLUDED:
            reason = life().reasons.get(self.reason.currentData() or "")
            if reason is None:
                return "请选择理由。"
            return "这个理由要用一句话写明。" if reason.sentence and not self.said() else ""
        return "请用一句话写明关注什么。" if aim is State.WATCHED and not self.said() else ""

    def renew(self) -> None:
        """What the chosen word does not need cannot be filled in."""
        self.reason.setEnabled(self.aim() is State.EXCLUDED)
        self.until.setEnabled(self.aim() is State.WATCHED)
        super().renew()

    def accept(self) -> None:
        """Hand on what was said."""
        aim, said = self.aim(), self.said()
        code = (self.reason.currentData() or "") if aim is State.EXCLUDED else ""
        day = self.until.date().toPython() if aim is State.WATCHED else None
        super().accept()
        self.agreed.emit(aim, said, code, day)
