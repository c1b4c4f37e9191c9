"""Asking a model of a row: what it finds, with its proof, held to the honest levels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.core.findings import Basis, Level, Match, Outcome, Person, Verdict
from app.core.models.asking import Bundle, Group, Setting, Stop, Unknown
from app.core.models.parts import Lead, Model
from app.core.models.state import TRUSTED, State, said
from app.core.models.steps import run_step
from app.core.models.whole import SLOT
from app.core.records import Record, show

UNCHECKED = "（依据待核）"
TO_CHECK = "（须先核实）"
FIRST_ONLY = "已有更重的线索"


def ask(model: Model, bundle: Bundle, setting: Setting, *, bare: bool = False) -> tuple[list[Verdict], list[Group]]:
    """What the model answers to one row, at least one verdict, and the groups it counts in.

    Leads when there are any, else what could not be judged, else one lawful answer. `bare` leaves out the proof.
    """
    state = State(model, bundle, setting, bare=bare)
    if _asked_before(model, bundle):
        return [_answer(model, state, Stop("同一人的另一行已经合并核对", never=True))], []
    stopped = _through(model.steps, state)
    if stopped is not None:
        return [_answer(model, state, stopped)], []
    verdicts: list[Verdict] = []
    groups = list(state.groups)
    for lead in model.leads:
        own = _branch(state)
        ended = _through(lead.steps, own)
        groups += [each for each in own.groups if ended is None and each not in groups]
        verdicts.append(_found(model, lead, own) if ended is None else _answer(model, own, ended))
        if ended is None and model.one:
            break
    found = [each for each in verdicts if each.outcome is Outcome.FOUND]
    blind = [each for each in verdicts if each.outcome is Outcome.NOT_EVALUATED]
    if len(found) >= model.least:
        return found, groups
    if blind and len(found) + len(blind) >= model.least:
        return blind, []
    return [_too_few(model, state, len(found)) if found else _first(verdicts)], []


def _through(steps: Iterable, state: State) -> Stop | Unknown | None:  # type: ignore[type-arg]
    """Ask steps in turn; None when all went through."""
    try:
        for each in steps:
            run_step(each, state)
    except (Stop, Unknown) as ended:
        return ended
    return None


def _asked_before(model: Model, bundle: Bundle) -> bool:
    """Whether an earlier row of the same person asks for this one too."""
    own = _place(bundle.subject)
    return any(not each.weak and _place(each.record) < own for each in bundle.rows.get(model.subject.once, ()))


def _place(record: Record) -> tuple[int, str, str, int]:
    return record.id or 0, record.file, record.sheet, record.row


def _first(verdicts: list[Verdict]) -> Verdict:
    return next((each for each in verdicts if each.outcome is not Outcome.NOT_EVALUATED), verdicts[0])


def _too_few(model: Model, state: State, number: int) -> Verdict:
    return _answer(model, state, Stop(f"只有 {number} 项，不足 {model.least} 项，不列为线索"))


def _branch(state: State) -> State:
    """The same state, for one lead to go on with by itself."""
    other = State(state.model, state.bundle, state.setting, bare=state.bare)
    other.results, other.bound = dict(state.results), dict(state.bound)
    other.steps, other.doubts = list(state.steps), list(state.doubts)
    other.weak, other.unread, other.used = state.weak, state.unread, dict(state.used)
    other._seen = dict(state._seen)
    return other


def _answer(model: Model, state: State, ended: Stop | Unknown) -> Verdict:
    """The answer to a row that is no lead, or of which nothing can be said."""
    if isinstance(ended, Unknown):
        return Verdict(
            model.id,
            model.name,
            Outcome.NOT_EVALUATED,
            tuple(state.steps),
            state.evidence(),
            tuple(state.used.values()),
            missing=(ended.what,),
            holder=ended.holder,
        )
    outcome = Outcome.NOT_APPLICABLE if ended.never else Outcome.LAWFUL
    return Verdict(model.id, model.name, outcome, (*state.steps, ended.why), state.evidence())


def _found(model: Model, lead: Lead, state: State) -> Verdict:
    """The lead, as grave as what it rests on allows."""
    subject = model.subject
    state.see(state.bundle.subject, *(each for each in (subject.name, subject.number, subject.label) if each))
    try:
        basis = _basis(model, lead, state)
        message = "" if state.bare else sentence(lead.message, state)
    except Unknown as lack:
        return _answer(model, state, lack)
    if not basis:
        return _answer(model, state, Unknown(f"{state.day}适用的依据", "模型"))
    unread = state.unread or lead.disputed or not any(each.certainty in TRUSTED for each in basis)
    level = lead.level
    if level is Level.UNLAWFUL and (unread or state.doubts or state.weak):
        level = Level.DOUBT
        state.say("依据未经逐字核对或者有争议，按存疑提出" if unread else "有须先核实的情况，按存疑提出")
    for each in state.doubts:
        state.say(each)
    message += (UNCHECKED if unread else "") + (TO_CHECK if state.doubts else "")
    unlawful = level is Level.UNLAWFUL
    return Verdict(
        model.id,
        lead.name,
        Outcome.FOUND,
        tuple(state.steps),
        state.evidence(),
        tuple(basis),
        level=level,
        gravity=lead.gravity if unlawful else None,
        harm=lead.harm if unlawful else None,
        message=message,
        document=lead.document,
        fact=lead.id,
    )


def _basis(model: Model, lead: Lead, state: State) -> list[Basis]:
    """What the lead rests on, in force on the day of the act."""
    named = {each: state.ground(model.grounds[each]) for each in lead.basis} | state.used
    return list(dict.fromkeys(each for each in named.values() if _in_force(each, state.day)))


def _in_force(basis: Basis, day: date) -> bool:
    start, end = basis.in_force
    return (start is None or start <= day) and (end is None or day <= end)


def sentence(message: str, state: State) -> str:
    """A sentence with its slots filled."""
    return SLOT.sub(lambda slot: said(state.value(slot[1])), message)


def person_of(model: Model, bundle: Bundle, *, weak: bool = False) -> Person:
    """Whom or what a row is about."""
    row, subject = bundle.subject, model.subject
    number = show(row[subject.number]) if subject.number else ""
    prisoner = show(row["prisoner_no"]) if "prisoner_no" in row.cells else ""
    return Person(show(row[subject.name]), number, prisoner, Match.LIKELY if weak else Match.SURE)
