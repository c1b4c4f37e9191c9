"""Whatever people do with findings and documents, in whatever order: no word is lost, no number is given twice."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.core.actions.decide import decide, undo
from app.core.actions.paper_life import enter, take_back, void
from app.core.documents.kinds import kinds
from app.core.errors import UserError
from app.core.findings import Level, State
from app.core.life import By, Stage, life
from app.core.store.database import Store
from app.core.store.life_rows import StepKind
from app.core.store.paper_lives import may_be_entered
from app.core.store.rows import PaperState, Series, StoredFinding
from tests.core.store.samples import DAY, LATER, NOW, WHO, put, review, stored_cases, verdict

NOTICES = Series("notice", 2026, "执检")
RULES = ("JX-T03", "JX-M01")
TOLD = {"receiver": "收发室", "way": "直接送达", "adopted": "采纳", "level": "检察长", "name": "审批人甲"}
AFTER_ISSUE = (State.ISSUED, State.REPLIED, State.RECTIFIED, State.UNRECTIFIED, State.LOOKED_BACK)
PLACE = st.integers(0, 3)


class Casework(RuleBasedStateMachine):
    """Two cases with two findings each; people decide, documents go out, are answered, void; lists come again."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store.temporary()
        self.cases: list[int] = []
        self.facts = 0

    @initialize()
    def begin(self) -> None:
        self.cases = list(stored_cases(self.store, 2))
        self._review()
        self.keys = [each.key for each in self.store.casebook.findings()]

    def _review(self) -> None:
        found = [verdict(each, Level.UNLAWFUL, f"{each}不合法") for each in RULES]
        cell = found[0].evidence[0]
        told = [each._replace(evidence=(cell._replace(value=f"2025-03-1{self.facts}"),)) for each in found]
        put(self.store, *((case, review(n, *told)) for n, case in enumerate(self.cases, 1)), now=LATER)
        self.store.lives.settle("reduction", DAY, now=LATER, who=WHO)

    def _findings(self) -> dict[str, StoredFinding]:
        return {each.key: each for each in self.store.casebook.findings(current=None)}

    @rule(place=PLACE, after=st.sampled_from(State))
    def somebody_decides(self, place: int, after: State) -> None:
        key = self.keys[place]
        before = self._findings()[key].state
        allowed = after is not State.ISSUED and life().move(before, after, By.PERSON) is not None
        try:
            decide(self.store, key, after, who=WHO, why="已核对", now=NOW, until=date(2027, 1, 31))
            assert allowed
        except UserError:
            assert not allowed
            assert self._findings()[key].state is before

    @rule(place=PLACE)
    def somebody_takes_back(self, place: int) -> None:
        key = self.keys[place]
        if self.store.lives.undoable(key) is not None:
            undo(self.store, key, who=WHO, now=LATER)

    @rule(case=st.integers(0, 1), some=st.integers(1, 3))
    def a_notice_goes_out(self, case: int, some: int) -> None:
        own = self.keys[2 * case : 2 * case + 2]
        keys = [each for place, each in enumerate(own) if some & (1 << place)]
        paper = self.store.papers.reserve_for(
            self.cases[case], "notice", NOTICES, lambda n: f"例检纠违〔2026〕{n}号", template="通知书.docx",
            finding_keys=keys, now=NOW, who=WHO,
        )  # fmt: skip
        self.store.papers.mark_issued(paper.id, file="通知书.docx", sha256="cc", now=NOW, who=WHO)
        self.store.lives.issued(keys, paper.id, paper.number, now=NOW, who=WHO)

    def _papers(self) -> list[int]:
        return [each.id for each in self.store.papers.all(state=PaperState.ISSUED)]

    @precondition(lambda self: bool(self._papers()))
    @rule(data=st.data())
    def something_is_entered(self, data: st.DataObject) -> None:
        paper = self.store.papers.paper(data.draw(st.sampled_from(self._papers())))
        event = data.draw(st.sampled_from(may_be_entered(paper, self.store.paper_lives.life(paper.id)) or [None]))
        if event is None:
            return
        before = {key: each.state for key, each in self._findings().items()}
        enter(self.store, [paper.id], event.name, DAY, said="已写明", told=TOLD, now=LATER, who=WHO)
        if data.draw(st.booleans()):
            take_back(self.store, paper.id, now=LATER, who=WHO)
            assert {key: each.state for key, each in self._findings().items()} == before

    @precondition(lambda self: bool(self._papers()))
    @rule(data=st.data())
    def an_entry_is_taken_back(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from(self._papers()))
        if self.store.paper_lives.life(paper).standing:
            take_back(self.store, paper, now=LATER, who=WHO)

    @precondition(lambda self: bool(self._papers()))
    @rule(data=st.data())
    def a_document_is_void(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from(self._papers()))
        stage = self.store.paper_lives.life(paper).stage
        try:
            void(self.store, paper, "受文单位有误", now=LATER, who=WHO)
            assert stage in (Stage.UNSERVED, Stage.SERVED)
        except UserError:
            assert stage not in (Stage.UNSERVED, Stage.SERVED)

    @rule(facts=st.integers(0, 2))
    def the_lists_come_again(self, facts: int) -> None:
        before, self.facts = self._findings(), facts
        self._review()
        for key, now in self._findings().items():
            was = before[key]
            if now.state is was.state:
                assert (now.why, now.decided_by) == (was.why, was.decided_by)
            elif was.shelved:  # the facts are again what they were
                assert now.state == was.shelved
            else:
                assert was.state in (State.EXCLUDED, State.CLOSED)
                assert (now.shelved, now.why, now.decided_by) == (was.state, was.why, was.decided_by)

    @invariant()
    def no_number_is_given_twice(self) -> None:
        numbers = [each.n for each in self.store.papers.all()]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def what_is_sent_has_a_document_that_stands(self) -> None:
        sending = {each.id for each in kinds() if each.outgoing}
        standing = [each for each in self.store.papers.all(state=PaperState.ISSUED) if each.kind in sending]
        about = {key for each in standing for key in each.finding_keys}
        for key, each in self._findings().items():
            assert each.state is not State.ISSUED or key in about

    @invariant()
    def the_history_ends_where_the_finding_stands(self) -> None:
        for key, each in self._findings().items():
            history = self.store.lives.told(key).history
            assert each.state is (history[-1].after if history else State.OPEN)
            assert sum(step.kind is StepKind.WORD for step in history) <= len(history)

    def teardown(self) -> None:
        assert self.store.audit.verify() == []
        self.store.close()


Casework.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCasework = Casework.TestCase
