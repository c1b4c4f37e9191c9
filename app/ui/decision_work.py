"""A person's word on a finding: asked for what must be said with it, then put down as a job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.core.actions.done import Done
from app.core.actions.rights import check_way
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.life import By, life
from app.core.rights import CheckWay
from app.core.store.rows import StoredFinding
from app.ui.decision_dialog import CheckDialog, DecisionDialog
from app.ui.verdict_detail import Extra
from app.ui.work import Work

Then = Callable[[Done], None] | None


class DecisionWork(Work):
    """Moves findings on, lets a second person check them, and takes the last step back."""

    dialog: QDialog | None = None

    def decide(self, finding: StoredFinding, what: State | Extra, then: Then = None) -> None:
        """Do what a button of the finding says; `then` is called instead of telling."""
        if what is Extra.UNDO:
            self._undo(finding, then)
            return
        if what is Extra.CHECK:
            way, first = check_way(self.session.store, finding.decided_by), finding.decided_by
            asked = CheckDialog(self.tab.window(), finding.verdict.rule_name, finding.state, first, way)
            asked.agreed.connect(lambda agrees, why, who: self._check(finding, way, agrees, why, who, then))
            self._open(asked)
            return
        assert isinstance(what, State)
        move = life().move(finding.state, what, By.PERSON)
        if move is None or not move.needs:
            self._decide(finding, what, "", "", None, then)
            return
        dialog = DecisionDialog(self.tab.window(), move, finding.verdict.rule_name, self.session.today())
        dialog.agreed.connect(lambda why, code, until: self._decide(finding, what, why, code, until, then))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _decide(
        self, finding: StoredFinding, state: State, why: str, code: str, until: date | None, then: Then
    ) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.decide import decide

            ticket.step(0, 0, finding.verdict.rule_name)
            return decide(store, finding.key, state, who=who, why=why, now=now, code=code, until=until)

        self._run(finding, work, then)

    def _check(self, finding: StoredFinding, way: CheckWay, agrees: bool, why: str, who: str, then: Then) -> None:
        store, now, mine = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.decide import check, check_beside, check_by_name

            ticket.step(0, 0, finding.verdict.rule_name)
            if way is CheckWay.BESIDE:
                return check_beside(store, finding.key, agrees=agrees, why=why, passphrase=who, now=now)
            if way is CheckWay.BY_NAME:
                return check_by_name(store, finding.key, agrees=agrees, why=why, name=who, now=now)
            return check(store, finding.key, agrees=agrees, why=why, who=mine, now=now)

        self._run(finding, work, then)

    def _undo(self, finding: StoredFinding, then: Then) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.decide import undo

            ticket.step(0, 0, finding.verdict.rule_name)
            return undo(store, finding.key, who=who, now=now)

        self._run(finding, work, then)

    def _run(self, finding: StoredFinding, work: Callable[..., Done], then: Then) -> None:
        self.write("记录核查结果", work, then or (lambda done: self._decided(finding, done)), quiet=True)

    def _decided(self, finding: StoredFinding, done: Done) -> None:
        self.bar.tell(f"{finding.person.name}：{finding.verdict.rule_name}，{done.says}")
        for each in self.session.reader.casebook.findings(finding.case_id, current=None):
            if each.key == finding.key:
                self.tab.panel.renew(each)
