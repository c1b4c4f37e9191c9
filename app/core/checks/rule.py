"""What a rule is, and how one is run: missing inputs are named, doubts cap the level, every verdict carries its law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from app.core.checks.why import SEEN, UNCHECKED, Missing, Why, not_applicable
from app.core.findings import Basis, Gravity, Harm, Level, Match, Outcome, Verdict
from app.core.law.book import LawBook, LawGap

CaseT = TypeVar("CaseT")
Answer = Verdict | list[Verdict]
ORALLY, NOTICE = "口头纠正", "纠正违法通知书"  # what a slight breach is told by, and a serious one


@dataclass(frozen=True, slots=True)
class Rule(Generic[CaseT]):
    """One rule: its id and name, when it applies, what it cites, and the function that asks the question.

    `when` returns "" when the rule applies, else the reason why not. `gravity` and `harm` hold for unlawful findings.
    `about` are the lists whose rows raise the question: without a row of the person in one of them it is not asked.
    """

    id: str
    name: str
    cites: tuple[str, ...]
    ask: Callable[[CaseT, Why], Answer]
    when: Callable[[CaseT], str] | None
    gravity: Gravity
    harm: Harm | None
    document: str | None
    about: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The letter of the family: T for JX-T03."""
        return self.id.split("-")[1][0]


class Book(Generic[CaseT]):
    """The rules of one desk, in the order of their ids."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule[CaseT]] = {}
        self._sorted: tuple[Rule[CaseT], ...] = ()
        self._about: dict[frozenset[str], tuple[Rule[CaseT], ...]] = {}

    def rule(
        self,
        rule_id: str,
        name: str,
        *cites: str,
        when: Callable[[CaseT], str] | None = None,
        gravity: Gravity = Gravity.SERIOUS,
        harm: Harm | None = None,
        document: str | None = None,
        about: tuple[str, ...] = (),
    ) -> Callable[[Callable[[CaseT, Why], Answer]], Callable[[CaseT, Why], Answer]]:
        """Enter a function as a rule; ValueError when the id is taken or nothing is cited."""

        def enter(ask: Callable[[CaseT, Why], Answer]) -> Callable[[CaseT, Why], Answer]:
            if rule_id in self._rules or not cites:
                raise ValueError(f"rule {rule_id} stands twice or cites nothing")
            self._sorted = ()
            self._about.clear()
            self._rules[rule_id] = Rule(rule_id, name, cites, ask, when, gravity, harm, document, about)
            return ask

        return enter

    def all(self) -> tuple[Rule[CaseT], ...]:
        """All rules, sorted by id, so that every machine answers in the same order."""
        if not self._sorted:
            self._sorted = tuple(self._rules[key] for key in sorted(self._rules))
        return self._sorted

    def raised_by(self, tables: frozenset[str]) -> tuple[Rule[CaseT], ...]:
        """The rules whose question rows of these lists raise, sorted by id."""
        found = self._about.get(tables)
        if found is None:
            found = tuple(each for each in self.all() if not each.about or not tables.isdisjoint(each.about))
            self._about[tables] = found
        return found

    def __getitem__(self, rule_id: str) -> Rule[CaseT]:
        return self._rules[rule_id]


Place = tuple[str, str, int]


def run_rule(
    rule: Rule[CaseT],
    case: CaseT,
    law: LawBook,
    day: date,
    *,
    weak: frozenset[Place],
    holder: str,
    bare: bool = False,
) -> list[Verdict]:
    """Ask one rule about one case on a day; always at least one verdict.

    `weak` names the rows (file, sheet, row) that belong to the person only probably; `holder` is the office
    that holds what is missing when the rule does not name another; `bare`: a lawful answer goes without its proof.
    """
    try:
        reason = rule.when(case) if rule.when is not None else ""
    except (Missing, LawGap) as lack:
        return [_lacking(rule, Why(rule.id, rule.name, law, day, holder), lack)]
    if reason:  # as it is for most rules: there is nothing to prove
        return [not_applicable(rule.id, rule.name, reason)]
    why = Why(rule.id, rule.name, law, day, holder)
    why.bare = bare
    return _ask(rule, case, why, weak)


def ask_rule(rule: Rule[CaseT], case: CaseT, why: Why, *, weak: frozenset[Place]) -> list[Verdict]:
    """Ask one rule and leave its proof, with the days its answer turns on, in `why`."""
    try:
        reason = rule.when(case) if rule.when is not None else ""
    except (Missing, LawGap) as lack:
        return [_lacking(rule, why, lack)]
    return [why.not_applicable(reason)] if reason else _ask(rule, case, why, weak)


def _ask(rule: Rule[CaseT], case: CaseT, why: Why, weak: frozenset[Place]) -> list[Verdict]:
    why.cite(*rule.cites)
    try:
        answer = rule.ask(case, why)
    except (Missing, LawGap) as lack:
        answer = _lack(why, lack)
    verdicts = answer if isinstance(answer, list) else [answer]
    return [each if _bare(each) else _settle(rule, _in_time(each, why.day), weak, why.day) for each in verdicts]


def _bare(verdict: Verdict) -> bool:
    """Whether it is a lawful answer without its proof: as most are, and nothing about them is to be settled."""
    return verdict.outcome is Outcome.LAWFUL and not verdict.basis


def _lacking(rule: Rule[CaseT], why: Why, lack: Missing | LawGap) -> Verdict:
    """The answer when it cannot even be said whether the rule applies."""
    why.cite(*rule.cites)
    return _in_time(_lack(why, lack), why.day)


def _lack(why: Why, lack: Missing | LawGap) -> Verdict:
    if isinstance(lack, Missing):
        return why.not_evaluated(lack.items, lack.holder)
    return why.not_evaluated(("该日期适用的法律数值（法规库未收录）",), "法规库")


def _in_time(verdict: Verdict, day: date) -> Verdict:
    """The verdict without provisions that came into force only after that day, where it relies on others too."""
    for early in verdict.basis:
        if (early.in_force[0] or day) > day:
            held = tuple(each for each in verdict.basis if (each.in_force[0] or day) <= day)
            return verdict._replace(basis=held) if held else verdict
    return verdict


def _in_force(verdict: Verdict, day: date) -> bool:
    """Whether the verdict relies on a provision in force on a day, or on none at all."""
    return not verdict.basis or any((each.in_force[0] or day) <= day for each in verdict.basis)


def _settle(rule: Rule[CaseT], verdict: Verdict, weak: frozenset[Place], day: date) -> Verdict:
    """Hold a found verdict to the honest levels: weak identity, unread texts and later law never accuse."""
    if verdict.outcome is not Outcome.FOUND:
        return verdict
    document = verdict.document or rule.document
    if verdict.level is Level.UNLAWFUL and not _in_force(verdict, day):
        message = f"{verdict.message}（所引规定当时尚未施行，须按当时的规定核实）"
        verdict = verdict._replace(level=Level.DOUBT, gravity=None, harm=None, message=message)
    if verdict.level is not Level.UNLAWFUL:
        return verdict._replace(document=document if verdict.level is Level.DOUBT else None)
    settled = verdict._replace(
        gravity=verdict.gravity or rule.gravity, harm=verdict.harm or rule.harm, document=document
    )
    if any((each.file, each.sheet, each.row) in weak for each in settled.evidence):
        step = f"部分记录仅凭姓名对应（{Match.LIKELY.value}），未经核实，降为存疑"
        message = f"{settled.message}（部分记录仅凭姓名对应，须先核实）"
        return settled._replace(level=Level.DOUBT, gravity=None, message=message, steps=(*settled.steps, step))
    if rests_on_unread(settled.basis) and not settled.message.endswith(UNCHECKED):
        paper = ORALLY if settled.document == NOTICE else settled.document
        return settled._replace(gravity=Gravity.SLIGHT, document=paper, message=settled.message + UNCHECKED)
    return settled


def rests_on_unread(basis: Iterable[Basis]) -> bool:
    """Whether every provision relied on is only remembered or disputed."""
    return not any(each.certainty in SEEN for each in basis)
