"""The head of the case: who, what sentence, what is proposed, the conclusion and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.core.findings import CaseReview, Conclusion, Outcome, Standing
from app.core.store.rows import CaseRow
from app.ui import look
from app.ui.day_strip import DayStrip


class CaseHeader(QFrame):
    """Five lines at the top of the panel, and the strip of days."""

    def __init__(self, facts: Sequence[tuple[str, str]], *, what_if: bool = False) -> None:
        super().__init__()
        self._told = facts
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.backgroundRole().Base)
        self._name, self._place = self._label(), self._label()
        self._facts, self._conclusion, self._reasons = self._label(), self._label(), self._label()
        look.larger(self._name, 1.25, bold=True)
        look.larger(self._conclusion, 1.25, bold=True)
        first = QHBoxLayout()
        first.addWidget(self._name)
        first.addStretch(1)
        first.addWidget(self._conclusion)
        self.what_if = QPushButton("试算(&J)…")
        self.what_if.setAccessibleName("改动本案的日期、金额等，看结论怎样变化")
        self.what_if.setToolTip("改动日期、刑期、金额等，看哪些答复会变；数据不会改变")
        if not what_if:
            self.what_if.hide()
        first.addWidget(self.what_if)
        self._conclusion.setWordWrap(False)
        self._name.setWordWrap(False)
        rows = QVBoxLayout(self)
        rows.addLayout(first)
        rows.addWidget(self._place)
        rows.addWidget(self._facts)
        rows.addWidget(self._reasons)
        self._days = DayStrip()
        rows.addWidget(self._days)
        rows.setSpacing(rows.spacing() // 2)

    def show_case(self, row: CaseRow, review: CaseReview | None) -> None:
        """Show a case, reviewed or not."""
        self._name.setText(row.name)
        self._place.setText(" ".join(each for each in (row.prisoner_no, row.unit, row.ward) if each))
        self._facts.setText("；".join(_facts(row, self._told)))
        word = row.conclusion or look.NOT_REVIEWED
        self._conclusion.setText(word)
        look.paint_text(self._conclusion, look.colour_of(word))
        self._reasons.setText(_reasons(row, review))
        self._days.show_days(review.days if review else (), review.unplaced if review else ())

    def _label(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        flag = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flag.TextSelectableByMouse)
        return label


def _facts(row: CaseRow, told: Sequence[tuple[str, str]]) -> list[str]:
    offence = f"{row.offence}，" if row.offence else ""
    facts = [f"{offence}原判{row.sentence}"] if row.sentence else [row.offence]
    facts += [words.format(value) for field, words in told if (value := getattr(row, field))]
    return [each for each in facts if each]


def _reasons(row: CaseRow, review: CaseReview | None) -> str:
    if review is None:
        return "这件案件还没有审查。请点“运行审查”。"
    parts = [_undecided(review) if review.conclusion is Conclusion.UNDECIDED else _decided(review)]
    if review.largest_lawful:
        parts.append(f"合法的最大幅度：{review.largest_lawful}")
    parts.append(f"以 {row.reviewed_as_of} 为审查日")
    return "。".join(parts) + "。"


def _decided(review: CaseReview) -> str:
    if isinstance(review.conclusion, Standing):
        unjudged = sum(each.outcome is Outcome.NOT_EVALUATED for each in review.verdicts)
        return f"按现有数据：{review.conclusion}" + (f"；另有 {unjudged} 项缺少数据，不能判断" if unjudged else "")
    names = {each.rule: each.rule_name for each in review.verdicts}
    reasons = "、".join(f"{names.get(each, '')}（{each}）" for each in review.reasons)
    return f"理由：{reasons}" if reasons else "没有发现影响提请的问题"


def _undecided(review: CaseReview) -> str:
    """Which items are missing and who holds them, instead of the many rules that wait for them."""
    waiting = [
        each for each in review.verdicts if each.outcome is Outcome.NOT_EVALUATED and each.rule in review.reasons
    ]
    missing = "、".join(dict.fromkeys(item for each in waiting for item in each.missing))
    holders = "、".join(dict.fromkeys(each.holder for each in waiting if each.holder))
    source = f"，可向{holders}调取" if holders else ""
    return f"缺少{missing or '数据'}，{len(waiting)} 个关键项目不能判断{source}"
