"""A finding's history as the store hands it out, and the word that stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.core.findings import State
from app.core.life import Stage


class StepKind(StrEnum):
    """What a line of a finding's history is about."""

    WORD = "核查"
    CHECK = "复核"
    RETURN = "复核退回"
    UNDO = "撤销"
    PAPER = "制发文书"
    ANSWER = "对方处理"
    VOID = "文书作废"
    DUE = "关注到期"
    CHANGED = "事实有变"
    AGAIN = "事实如前"
    CARRIED = "沿用"


UNDOABLE = frozenset({StepKind.WORD, StepKind.CHECK, StepKind.RETURN})


class Word(NamedTuple):
    """What stands on a finding, as its row holds it.

    `shelved` is the state it had before the facts changed, "" while nothing did; `seals` (JSON) are those of the facts
    the word was given on.
    """

    state: str
    decided_at: str
    decided_by: str
    why: str
    code: str
    until: str
    checked_at: str
    checked_by: str
    shelved: str
    seals: str


class Step(NamedTuple):
    """One line of a finding's history; `paper` is the document it goes with, 0 for none, `undone` if taken back."""

    id: int
    kind: StepKind
    before: State
    after: State
    code: str
    why: str
    until: str
    at: str
    who: str
    paper: int
    undone: bool


class Line(NamedTuple):
    """What is written into the history: what it is about, by whom, when, and what was said.

    `undoes` is the number of the step it takes back.
    """

    kind: StepKind
    who: str
    now: str
    why: str = ""
    code: str = ""
    until: str = ""
    paper: int = 0
    undoes: int | None = None


class TheirStep(NamedTuple):
    """One thing the other office did with a finding."""

    kind: str
    before: str
    after: str
    why: str
    at: str
    who: str


class TheirWord(NamedTuple):
    """What the other office says of a finding, and how it came to that."""

    key: str
    desk: str
    rule: str
    rule_name: str
    level: str
    name: str
    case_name: str
    unit: str
    says: str
    state: str
    steps: tuple[TheirStep, ...]


class Told(NamedTuple):
    """A finding's life: its history oldest first, the step that can be taken back, whether a second person is due.

    `others` are what other offices said of it, by the office's name.
    """

    history: tuple[Step, ...]
    undoable: Step | None
    waits: bool
    others: tuple[tuple[str, TheirWord], ...] = ()


class PaperStep(NamedTuple):
    """One entry about a document: what, on which day (ISO), from which stage to which, and what was told with it.

    `told` holds receiver, way, adopted and the like; `undone` if taken back.
    """

    id: int
    paper: int
    name: str
    day: str
    before: Stage
    after: Stage
    said: str
    told: Mapping[str, str]
    at: str
    who: str
    undone: bool


class PaperLife(NamedTuple):
    """How far a document has come, and every entry about it, oldest first."""

    stage: Stage
    steps: tuple[PaperStep, ...]

    @property
    def standing(self) -> tuple[PaperStep, ...]:
        """The entries that were not taken back."""
        return tuple(each for each in self.steps if not each.undone)

    def last(self, name: str) -> PaperStep | None:
        """The last entry of a name that stands; None when there is none."""
        return next((each for each in reversed(self.standing) if each.name == name), None)
