"""A list of verdicts and the chosen one in full, one below the other; a person's word is asked for and shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from app.core.findings import Outcome, State, Verdict
from app.core.store.rows import Ended, StoredFinding
from app.ui import look
from app.ui.verdict_detail import Extra, VerdictDetail
from app.ui.verdict_list import VerdictList

LIST_LINES, DETAIL_LINES = 3, 5  # the least that is shown of them


class VerdictsView(QSplitter):
    """Shows what it is given; asks others to decide and to fetch original rows."""

    row_wanted = Signal(object)  # an Evidence
    decision_wanted = Signal(object, object)  # a StoredFinding, a State or an Extra
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.list, self.detail = VerdictList(), VerdictDetail()
        self.verdicts: Sequence[Verdict] = ()
        self._findings: Mapping[int, StoredFinding] = {}
        self.list.chosen.connect(self._show_verdict)
        self.detail.row_wanted.connect(self.row_wanted)
        self.detail.decided.connect(self._want_decision)
        for each, least in ((self.list, LIST_LINES), (self.detail, DETAIL_LINES)):
            each.setMinimumHeight(look.lines(self, least))
            self.addWidget(each)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes([400, 600])  # shares, not lengths

    def show_verdicts(
        self,
        verdicts: Sequence[Verdict],
        findings: Sequence[StoredFinding] = (),
        reasons: Collection[str] = (),
        ended: Sequence[Ended] = (),
    ) -> None:
        """Show these verdicts and the leads that ended.

        `findings` are the stored ones among the verdicts, `reasons` the rules that decide.
        """
        past = dict(enumerate(ended, len(verdicts)))
        self.verdicts = (*verdicts, *map(_as_verdict, ended))
        self._findings = _pair(verdicts, findings) | {place: each.finding for place, each in past.items()}
        states = {place: each.state for place, each in self._findings.items()}
        self.list.show_verdicts(self.verdicts, states, reasons, {place: each.how for place, each in past.items()})

    def go_to(self, key: str | None) -> None:
        """Put the cursor on the finding with this key, if it is shown."""
        for place, each in self._findings.items():
            if each.key == key:
                self.list.go_to(place)

    def go_to_rule(self, rule: str) -> None:
        """Put the cursor on the first finding of a rule."""
        for place in self._findings:
            if self.verdicts[place].rule == rule:
                self.list.go_to(place)
                self.list.setFocus()
                return

    def renew(self, finding: StoredFinding) -> None:
        """A finding among those shown got a new state."""
        for place, each in self._findings.items():
            if each.key == finding.key:
                self._findings = {**self._findings, place: finding}
                self.list.renew(place, self.verdicts[place], finding.state)
                if self.list.place() == place:
                    self.detail.show_verdict(self.verdicts[place], finding)
                return

    def chosen_finding(self) -> StoredFinding | None:
        """The finding the cursor stands on."""
        return self._findings.get(self.list.place())

    def chosen_verdict(self) -> Verdict | None:
        """The verdict the cursor stands on."""
        place = self.list.place()
        return self.verdicts[place] if 0 <= place < len(self.verdicts) else None

    def _show_verdict(self, place: int) -> None:
        if 0 <= place < len(self.verdicts):
            self.detail.show_verdict(self.verdicts[place], self._findings.get(place))
        else:
            self.detail.show_nothing()
        self.chosen.emit()

    def _want_decision(self, what: State | Extra) -> None:
        finding = self.chosen_finding()
        if finding is not None:
            self.decision_wanted.emit(finding, what)


def _as_verdict(ended: Ended) -> Verdict:
    """What became of a lead, and the lead as it was: the cells that answered it stand first."""
    was = ended.finding.verdict
    message = f"{ended.how}：{ended.says}。原来的线索：{was.message}"
    return was._replace(message=message, evidence=(*ended.evidence, *was.evidence))


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
