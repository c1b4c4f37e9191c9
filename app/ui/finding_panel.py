"""The right-hand panel: one case with every verdict, the chosen verdict in full, and the person's time line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.core.findings import CaseReview
from app.core.store.rows import CaseRow, Ended, StoredFinding
from app.ui.case_header import CaseHeader
from app.ui.line_view import UNIT, WAITING, LineView
from app.ui.room import Page, Scroll
from app.ui.verdicts_view import VerdictsView

if TYPE_CHECKING:
    from app.core.checks.entries import TimeLine

NO_CASE = "在左边的列表里选一件案件，\n这里显示审查结果和依据。"
CLASS = "类案"  # what a case about a unit proposes
REST = 250  # milliseconds the cursor rests on a case before its time line is read


class FindingPanel(QWidget):
    """Shows what it is given; asks others to decide and to fetch original rows."""

    row_wanted = Signal(object)  # an Evidence
    decision_wanted = Signal(object, object)  # a StoredFinding, a State or an Extra
    people_wanted = Signal(str)  # the name of somebody to be told apart
    what_if_wanted = Signal()
    line_wanted = Signal(int)  # a case whose person's time line is looked at

    def __init__(self, facts: Sequence[tuple[str, str]], *, what_if: bool = False, line: bool = False) -> None:
        super().__init__()
        self.header, self.view = CaseHeader(facts, what_if=what_if), VerdictsView()
        self.list, self.detail = self.view.list, self.view.detail
        self._case, self._unit = 0, False
        self.header.what_if.clicked.connect(self.what_if_wanted)
        self.view.row_wanted.connect(self.row_wanted)
        self.view.decision_wanted.connect(self.decision_wanted)
        filled = Page()
        rows = QVBoxLayout(filled)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.header)
        self.line, self.pages = LineView(), QTabWidget()
        self.pages.setAccessibleName("所选案件")
        self.pages.addTab(self.view, "核查结果")
        if line:
            self.pages.addTab(self.line, "时间线")
        self.pages.tabBar().setVisible(line)
        if not line:  # else Tab ends at the hidden bar; and room is kept for it, large letters of the head are cut off
            self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.pages.setMinimumHeight(self.view.minimumSizeHint().height())
        self.pages.setDocumentMode(True)
        rows.addWidget(self.pages, 1)
        self._fresh = False  # whether the line shown is that of the case as it is now
        self._rested = QTimer(self, interval=REST, singleShot=True)
        self._rested.timeout.connect(self._ask_line)
        self.pages.currentChanged.connect(self._look_at_line)
        self.line.row_wanted.connect(self.row_wanted)
        self.line.rule_wanted.connect(self._go_to_rule)
        self._rest = QWidget()
        rows.addWidget(self._rest, 1)
        empty = QLabel(NO_CASE)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.detail.people_wanted.connect(self._want_people)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(Scroll(filled))  # in a low window the head is scrolled away, not cut off

    def showEvent(self, event: QShowEvent) -> None:
        """What was not asked while nobody looked is asked now."""
        super().showEvent(event)
        self._look_at_line()

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
        self.pages.setVisible(review is not None)
        self._rest.setVisible(review is None)
        self._unit = row.proposal == CLASS
        self._stale_line()
        self._stack.setCurrentIndex(1)

    def renew(self, finding: StoredFinding) -> None:
        """A finding of the case shown got a new state."""
        self.view.renew(finding)
        self._stale_line()

    def show_line(self, case_id: int, found: TimeLine | UserError) -> None:
        """Show the time line of a case, or why there is none; what comes too late is passed over."""
        if case_id != self._case:
            return
        self._fresh = True
        if isinstance(found, UserError):
            self.line.say(str(found))
        else:
            self.line.show_line(found)

    def recolour(self) -> None:
        """The theme changed."""
        self.line.renew()

    def chosen_finding(self) -> StoredFinding | None:
        """The finding the cursor stands on."""
        return self.view.chosen_finding()

    def _stale_line(self) -> None:
        """The case shown is another one, or something of it changed."""
        self._fresh = False
        self._look_at_line()

    def _look_at_line(self) -> None:
        if self.pages.currentWidget() is not self.line or self._fresh:
            return
        if self._unit:
            self.line.say(UNIT)
            return
        self.line.say(WAITING)
        self._rested.start()

    def _ask_line(self) -> None:
        if self._case and self.line.isVisible():  # not of a window that was closed meanwhile
            self.line_wanted.emit(self._case)

    def _go_to_rule(self, rule: str) -> None:
        """Show the findings, the cursor on the first one of a rule."""
        self.pages.setCurrentWidget(self.view)
        self.view.go_to_rule(rule)

    def _want_people(self) -> None:
        finding = self.chosen_finding()
        if finding is not None:
            self.people_wanted.emit(finding.person.name)
