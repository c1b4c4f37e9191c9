"""The right-hand panel: one case with every verdict, and the chosen verdict in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.core.findings import CaseReview, Outcome, State, Verdict
from app.core.store.rows import CaseRow, StoredFinding
from app.ui.case_header import CaseHeader
from app.ui.verdict_detail import VerdictDetail
from app.ui.verdict_list import VerdictList

NO_CASE = "在左边的列表里选一件案件，\n这里显示审查结果和依据。"


class FindingPanel(QWidget):
    """Shows what it is given; asks others to decide and to fetch original rows."""

    row_wanted = Signal(object)  # an Evidence
    decision_wanted = Signal(object, object)  # a StoredFinding, a State

    def __init__(self, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.header, self.list, self.detail = CaseHeader(facts), VerdictList(), VerdictDetail()
        self._verdicts: Sequence[Verdict] = ()
        self._findings: Mapping[int, StoredFinding] = {}
        self._case = 0
        self.list.chosen.connect(self._show_verdict)
        self.detail.row_wanted.connect(self.row_wanted)
        self.detail.decided.connect(self._want_decision)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self.detail)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 600])  # shares, not lengths
        self._split = split
        filled = QWidget()
        rows = QVBoxLayout(filled)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.header)
        rows.addWidget(split, 1)
        self._rest = QWidget()
        rows.addWidget(self._rest, 1)
        empty = QLabel(NO_CASE)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(filled)

    def show_nothing(self) -> None:
        """No case is current."""
        self._case, self._verdicts, self._findings = 0, (), {}
        self._stack.setCurrentIndex(0)

    def show_case(self, row: CaseRow, review: CaseReview | None, findings: Sequence[StoredFinding]) -> None:
        """Show a case; the verdict looked at stays chosen when the case is the same."""
        kept = self._chosen_key() if row.id == self._case else None
        self._case = row.id
        self._verdicts = review.verdicts if review is not None else ()
        self._findings = _pair(self._verdicts, findings)
        self.header.show_case(row, review)
        reasons = review.reasons if review is not None else ()
        states = {place: each.state for place, each in self._findings.items()}
        self.list.show_verdicts(self._verdicts, states, reasons)
        for place, each in self._findings.items():
            if each.key == kept:
                self.list.go_to(place)
        self._split.setVisible(review is not None)
        self._rest.setVisible(review is None)
        self._stack.setCurrentIndex(1)

    def renew(self, finding: StoredFinding) -> None:
        """A finding of the case shown got a new state."""
        for place, each in self._findings.items():
            if each.key == finding.key:
                self._findings = {**self._findings, place: finding}
                self.list.renew(place, self._verdicts[place], finding.state)
                if self._chosen() == place:
                    self.detail.show_verdict(self._verdicts[place], finding)
                return

    def chosen_finding(self) -> StoredFinding | None:
        """The finding the cursor stands on."""
        return self._findings.get(self._chosen())

    def _chosen(self) -> int:
        return self.list.place()

    def _chosen_key(self) -> str | None:
        finding = self.chosen_finding()
        return None if finding is None else finding.key

    def _show_verdict(self, place: int) -> None:
        if 0 <= place < len(self._verdicts):
            self.detail.show_verdict(self._verdicts[place], self._findings.get(place))
        else:
            self.detail.show_nothing()

    def _want_decision(self, state: State) -> None:
        finding = self.chosen_finding()
        if finding is not None:
            self.decision_wanted.emit(finding, state)


def _pair(verdicts: Sequence[Verdict], findings: Sequence[StoredFinding]) -> dict[int, StoredFinding]:
    """Which stored finding each problem is: the store keeps them in the order of the verdicts."""
    waiting = list(findings)
    pairs: dict[int, StoredFinding] = {}
    for place, verdict in enumerate(verdicts):
        if verdict.outcome is not Outcome.FOUND:
            continue
        for each in waiting:
            if (each.verdict.rule, each.verdict.fact) == (verdict.rule, verdict.fact):
                pairs[place] = each
                waiting.remove(each)
                break
    return pairs
