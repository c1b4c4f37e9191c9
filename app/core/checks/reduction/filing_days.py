"""The other direction: when each prisoner may first be proposed, by asking the desk's own rules of day after day.

The rules that bind a day of filing note the days on which their answer turns; between two of them it stays as it is.
So the first lawful day is found by asking only on those days, and is by its making the day the review agrees with.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import MERITS, ReductionCase, Stage
from app.core.checks.reduction.case_facts import PAROLE
from app.core.checks.reduction.paying import NONE_WORDS
from app.core.checks.reduction.review import HOLDER
from app.core.checks.rule import Rule, ask_rule
from app.core.checks.why import Missing, Why
from app.core.findings import Basis, Level, Outcome, Verdict
from app.core.law.book import LawBook
from app.core.records import Cell, Record
from app.core.sentence.terms import ONE_DAY, add_months
from app.core.values import Sentence, SentenceKind, Term

COMMUTATION = "减刑"
KINDS = (COMMUTATION, PAROLE)
# What must be over before a day of filing, by what is proposed; and in words for whoever waits for it.
CLOCKS = {
    COMMUTATION: {
        "JX-T01": "减刑起始时间未满",
        "JX-T02": "减刑起始时间未满",
        "JX-T03": "减刑间隔时间未满",
        "JX-T04": "距上次减刑的时间短于上次减去的刑期",
        "JX-T05": "减刑间隔时间未满",
        "JX-T10": "减刑间隔时间未满（原判恰为十年）",
        "JX-T11": "狱内又故意犯罪的禁减期未满",
        "JX-T12": "撤销假释收监后的起始时间未满",
        "JX-F04": "拒不履行情形消失后的期限未满",
    },
    PAROLE: {
        "JX-J01": "实际执行的刑期未过原判的二分之一",
        "JX-J02": "实际执行的刑期未到无期徒刑假释的下限",
        "JX-J03": "实际执行的刑期未到死缓罪犯假释的下限",
        "JX-J05": "减刑后假释的间隔时间未满",
        "JX-F04": "拒不履行情形消失后的期限未满",
    },
}
# Without what these need no day can be told; what the others lack a person must look at.
DECISIVE = frozenset(
    ("JX-T01", "JX-T02", "JX-T03", "JX-T04", "JX-T12", "JX-J01", "JX-J02", "JX-J03", "JX-J04", "JX-J05", "JX-S05")
)
UNKNOWN_TO_LAW = "法规库"
TRIED = "试算"
# What a proposal says of itself and a forecast does not take over.
OF_THE_PROPOSAL = (
    "filed_on", "proposed", "proposed_term", "proposed_end", "proposed_deprivation", "ruled_on", "ruling_served_on",
    "ruling_result",
)  # fmt: skip


class State(IntEnum):
    """What the rules say of a day of filing, the worst first."""

    BLOCKED = 0
    UNKNOWN = 1
    OPEN = 2
    CLEAR = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """What the rules said of one day of filing."""

    day: date
    state: State
    verdicts: tuple[Verdict, ...]

    def found(self, *outcomes: Outcome) -> list[Verdict]:
        """The verdicts with one of these outcomes."""
        return [each for each in self.verdicts if each.outcome in outcomes]

    def blocking(self) -> list[Verdict]:
        """The verdicts that forbid a proposal on that day."""
        return [each for each in self.verdicts if each.level is Level.UNLAWFUL]

    def steps(self) -> tuple[str, ...]:
        """The sums of all rules that had something to reckon, each line once."""
        told = self.found(Outcome.LAWFUL, Outcome.FOUND, Outcome.NOT_EVALUATED)
        return tuple(dict.fromkeys(step for each in told for step in each.steps))

    def basis(self) -> tuple[Basis, ...]:
        """The provisions relied on, each once."""
        told = self.found(Outcome.LAWFUL, Outcome.FOUND)
        return tuple(dict.fromkeys(basis for each in told for basis in each.basis))


@dataclass(slots=True)
class Walk:
    """The days of filing that were tried: today's answer, since when it holds, and the first days that are better.

    `open_from` and `clear_from` are the first day not forbidden and the first that all rules allow, from `today` on;
    for a day that is fine today they are the first of the days it has been so.
    """

    today: Answered
    open_from: Answered | None = None
    clear_from: Answered | None = None


class Trial:
    """A case as if commutation or parole (`kind`) were filed, with the merit its row claims or else repentance."""

    def __init__(self, case: ReductionCase, kind: str) -> None:
        cells = {key: cell for key, cell in case.proposal.cells.items() if key not in OF_THE_PROPOSAL}
        cells["proposal_kind"] = Cell(kind, kind, TRIED)
        if text_of(case.proposal, "merit") not in MERITS:
            cells["merit"] = Cell("确有悔改表现", "确有悔改表现", TRIED)
        if kind == COMMUTATION and _suspended(case):
            cells["proposed"] = Cell(Sentence(SentenceKind.LIFE), "减为无期徒刑", TRIED)
        self.case, self.kind, self._cells = case, kind, cells
        tried = self.on(case.as_of)
        self._rules = [each for each in map(RULES.__getitem__, CLOCKS[kind]) if not _reason(each, tried)]

    def on(self, filed: date) -> ReductionCase:
        """The case with that day of filing."""
        old = self.case.proposal
        cells = {**self._cells, "filed_on": Cell(filed, str(filed), TRIED)}
        return replace(self.case, proposal=Record(old.table, old.file, old.sheet, old.row, cells, old.id))

    def ask(self, day: date) -> tuple[Answered, set[date]]:
        """What the clocks say of that day of filing, and the days on which that turns."""
        asked = self.on(day)
        turns: set[date] = set()
        verdicts: list[Verdict] = []
        for rule in self._rules:
            why = _Sums(rule.id, rule.name, asked.law, asked.rules_day, HOLDER)
            verdicts += ask_rule(rule, asked, why, weak=frozenset())
            turns |= why.turns
        return Answered(day, state_of(verdicts), tuple(verdicts)), turns


class _Sums(Why):
    """A proof without cells: those of a day that was only tried prove nothing."""

    def see(self, record: Record | None, *field_ids: str) -> None:
        """Take nothing."""


def _reason(rule: Rule[ReductionCase], case: ReductionCase) -> str:
    """Why a rule does not concern a person; that does not hang on the day. What cannot be told is asked."""
    try:
        return rule.when(case) if rule.when is not None else ""
    except Missing:
        return ""


def _suspended(case: ReductionCase) -> bool:
    if case.original_kind is not SentenceKind.SUSPENDED_DEATH:
        return False
    try:
        return case.stage is Stage.SUSPENDED
    except Missing:
        return False


def state_of(verdicts: Iterable[Verdict]) -> State:
    """The worst of the answers; what only a person can find out, such as a list not delivered, does not count.

    A prompt about the time itself is how the rules before 2017 say that it is too early: they bind nobody any more.
    """
    state = State.CLEAR
    for each in verdicts:
        if each.level is Level.UNLAWFUL:
            return State.BLOCKED
        if each.outcome is Outcome.NOT_EVALUATED and (each.rule in DECISIVE or each.holder == UNKNOWN_TO_LAW):
            state = min(state, State.UNKNOWN)
        elif each.level is Level.DOUBT or (each.level is Level.HINT and each.rule in DECISIVE):
            state = min(state, State.OPEN)
    return state


def walk(trial: Trial, law_days: Collection[date]) -> Walk:
    """Try the days on which the answer may turn, from when the person came to prison until one is clearly lawful.

    `law_days` are those on which the law itself turns (`law_turns`).
    """
    case = trial.case
    today, turns = trial.ask(case.as_of)
    found = Walk(today)
    # Since when it was possible matters only to whoever may be proposed today.
    begin = case.as_of if today.state is State.BLOCKED else first_day(case)
    known = {each for each in (begin, case.as_of, *turns, *law_days, *birthdays(case)) if each >= begin}
    waiting = list(known)
    heapq.heapify(waiting)
    while waiting:
        day = heapq.heappop(waiting)
        if day > case.as_of and today.state is State.CLEAR:
            break
        reply, more = (today, set()) if day == case.as_of else trial.ask(day)
        for each in more:
            if each > day and each not in known:
                known.add(each)
                heapq.heappush(waiting, each)
        _note(found, reply)
        if day > case.as_of and reply.state is State.CLEAR:
            break
    return found


def _note(found: Walk, reply: Answered) -> None:
    """Keep the first of the days that are fine, and forget them when a later day is not."""
    if reply.state is State.BLOCKED:
        if reply.day <= found.today.day:
            found.open_from = found.clear_from = None
        return
    found.open_from = found.open_from or reply
    if reply.state is State.CLEAR:
        found.clear_from = found.clear_from or reply
    elif reply.day <= found.today.day:
        found.clear_from = None


def first_day(case: ReductionCase) -> date:
    """The day a proposal could be thought of at all: committed, and the last ruling made; today where nothing is known.

    None is looked for after today.
    """
    days = [case.day(each) for each in ("delivered_on", "effective_on", "sentence_start")]
    rulings = [each[name] for each in case.history[-1:] for name in ("ruled_on", "served_on")]
    known = [each for each in (*days, *rulings) if isinstance(each, date)]
    return min(max(known, default=case.as_of), case.as_of)


def birthdays(case: ReductionCase) -> Iterator[date]:
    """The days on which an age is full that brings or ends relief."""
    birth, claimed = case.birth, text_of(case.proposal, "lenient") not in ("", *NONE_WORDS)
    if birth is not None:
        for name in ("minor_below", *(("old_from", "very_old_from") if claimed else ())):
            years = case.law.number(name, case.as_of)
            yield add_months(birth, Term(years).total_months) + ONE_DAY


def law_turns(law: LawBook) -> set[date]:
    """The days on which rows of the commutation tables begin to hold, or no longer do."""
    return {each.start for each in law.rows} | {each.end + timedelta(days=1) for each in law.rows if each.end}
