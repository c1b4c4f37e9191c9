"""The right-hand panel: one case with every verdict, and the chosen verdict in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from app.core.findings import CaseReview
from app.core.store.rows import CaseRow, Ended, StoredFinding
from app.ui.case_header import CaseHeader
from app.ui.verdicts_view import VerdictsView

NO_CASE = "在左边的列表里选一件案件，\n这里显示审查结果和依据。"


class FindingPanel(QWidget):
    """Shows what it is given; asks others to decide and to fetch original rows."""

    row_wanted = Signal(object)  # an Evidence
    decision_wanted = Signal(object, object)  # a StoredFinding, a State or an Extra
    people_wanted = Signal(str)  # the name of somebody to be told apart
    what_if_wanted = Signal()

    def __init__(self, facts: Sequence[tuple[str, str]], *, what_if: bool = False) -> None:
        super().__init__()
        self.header, self.view = CaseHeader(facts, what_if=what_if), VerdictsView()
        self.list, self.detail = self.view.list, self.view.detail
        self._case = 0
        self.header.what_if.clicked.connect(self.what_if_wanted)
        self.view.row_wanted.connect(self.row_wanted)
        self.view.decision_wanted.connect(self.decision_wanted)
        filled = QWidget()
        rows = QVBoxLayout(filled)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.header)
        rows.addWidget(self.view, 1)
        self._rest = QWidget()
        rows.addWidget(self._rest, 1)
        empty = QLabel(NO_CASE)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.detail.people_wanted.connect(self._want_people)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(filled)

    def show_nothing(self) -> None:
        """No case is current."""
        self._case = 0
        self.view.show_verdicts(())
        self._stack.setCurrentIndex(0)

    def show_case(
        self,
        row: CaseRow,
        review: CaseReview | None,
        findings: Sequence[StoredFinding],
        ended: Sequence[Ended] = (),
    ) -> None:
        """Show a case and the leads that ended; the verdict looked at stays chosen when the case is the same."""
        before = self.view.chosen_finding() if row.id == self._case else None
        self._case = row.id
        self.header.show_case(row, review)
        if review is not None:
            self.view.show_verdicts(review.verdicts, findings, review.reasons, ended)
        else:
            self.view.show_verdicts(())
        self.view.go_to(before.key if before else None)
        self.view.setVisible(review is not None)
        self._rest.setVisible(review is None)
        self._stack.setCurrentIndex(1)

    def renew(self, finding: StoredFinding) -> None:
        """A finding of the case shown got a new state."""
        self.view.renew(finding)

    def chosen_finding(self) -> StoredFinding | None:
        """The finding the cursor stands on."""
        return self.view.chosen_finding()

    def _want_people(self) -> None:
        finding = self.chosen_finding()
        if finding is not None:
            self.people_wanted.emit(finding.person.name)
