"""The engine of duties: what should have been done, by whom, for whom, by when, and whether it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.core.checks.duty_account import CaseT, Part, Start, Terms, fits, settle, unmet
from app.core.checks.persons import day_of
from app.core.checks.rule import Book
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Level, Outcome, Verdict
from app.core.law.book import LawGap
from app.core.law.duties import Duty, DutyRule, DutyTable
from app.core.people.index import place_of
from app.core.records import Record

WORST_FIRST = (Gravity.GRAVE, Gravity.SERIOUS, Gravity.SLIGHT)
LEVELS = (Level.UNLAWFUL, Level.DOUBT, Level.HINT)


def enter(book: Book[CaseT], table: DutyTable, terms: Terms[CaseT], prefix: str) -> None:
    """Enter the rules of a desk that rest on duties alone; `prefix` begins their ids."""
    for rule in table.rules:
        if rule.id.startswith(prefix) and not rule.own:
            _enter(book, rule, table.of(rule.id), terms)


def _enter(book: Book[CaseT], rule: DutyRule, duties: Sequence[Duty], terms: Terms[CaseT]) -> None:
    def when(case: CaseT) -> str:
        return unmet(case, rule.only, terms)

    def ask(case: CaseT, why: Why) -> list[Verdict]:
        return answer(rule, duties, case, terms, why)

    cites = tuple(dict.fromkeys(cite for each in duties for cite in each.cites))
    enters = book.rule(
        rule.id,
        rule.name,
        *cites,
        when=when,
        gravity=Gravity(rule.gravity),
        harm=Harm.PROCEDURE,
        document=rule.documents[0] if rule.documents else None,
        about=rule.about,
    )
    enters(ask)


def answer(rule: DutyRule, duties: Sequence[Duty], case: CaseT, terms: Terms[CaseT], why: Why) -> list[Verdict]:
    """What a rule's duties come to: a verdict for every event that begins some of them, or one if all were kept."""
    begun: dict[object, list[tuple[Duty, date, Record | None]]] = {}
    lacking: list[str] = []
    reasons: list[str] = []
    gap = False
    for duty in duties:
        if reason := unconcerned(duty, case, terms):
            reasons.append(reason)
            continue
        for start, row in starts(duty, case, terms):
            if start is None:
                lacking += [] if duty.optional else [duty.on_name]
                reasons.append(f"没有{duty.on_name}")
            elif not duty.holds(start) or start > case.dossier.lists.as_of:
                gap = gap or start <= case.dossier.lists.as_of
            else:
                begun.setdefault(None if row is None else place_of(row), []).append((duty, start, row))
    if not begun:
        if lacking or (reasons and gap is False and all(each.optional for each in duties)):
            raise Missing(*dict.fromkeys(lacking or [each.on_name for each in duties]))
        if gap and not reasons:
            raise LawGap(rule.id)
        return [why.not_applicable(reasons[0] if reasons else "没有相应的记录")]
    verdicts = [conclude(rule, group, case, terms, why.apart()) for group in begun.values()]
    return combined(verdicts, lacking, why)


def combined(verdicts: Sequence[Verdict], lacking: Iterable[str], why: Why) -> list[Verdict]:
    """The findings; without any what could not be judged; without that one answer with all steps."""
    for outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED):
        if some := [each for each in verdicts if each.outcome is outcome]:
            return some
    if missing := tuple(dict.fromkeys(lacking)):
        raise Missing(*missing)
    if len(verdicts) == 1:
        return list(verdicts)
    return [why.lawful(*dict.fromkeys(step for each in verdicts for step in each.steps))]


def unconcerned(duty: Duty, case: CaseT, terms: Terms[CaseT]) -> str:
    """Why a duty does not concern a case; "" when it does."""
    if duty.kinds:
        kind = terms.kind(case)
        if kind is None:
            raise Missing("矫正类别")
        if kind not in duty.kinds:
            return f"不适用于{kind}"
    return unmet(case, duty.only, terms)


def starts(duty: Duty, case: CaseT, terms: Terms[CaseT]) -> Iterator[Start]:
    """The days a duty begins on, each with the row that begins it."""
    if duty.row is None:
        yield terms.days[duty.on](case)[0], None
        return
    for row in case.rows(duty.row.table):
        if fits(row, duty.row) and (not duty.fits or terms.fits[duty.fits](case, row)):
            yield day_of(row, *duty.row.fields), row


def conclude(
    rule: DutyRule, group: Sequence[tuple[Duty, date, Record | None]], case: CaseT, terms: Terms[CaseT], why: Why
) -> Verdict:
    """One verdict on duties that begin with the same event; `why` must be fresh."""
    parts = [settle(duty, start, row, case, terms, why) for duty, start, row in group]
    return verdict(rule, parts, why, fact=f"{group[0][0].on_name}{group[0][1]}")


def verdict(
    rule: DutyRule, parts: Sequence[Part], why: Why, *, fact: str = "", least: Gravity | None = None
) -> Verdict:
    """Several parts as one verdict: the gravest decides; `least` raises what is unlawful to this gravity at least."""
    found = [each for each in parts if each.level]
    if not found:
        missing = tuple(dict.fromkeys(item for each in parts for item in each.missing))
        if missing:
            return why.not_evaluated(missing, next((each.holder for each in parts if each.holder), ""))
        return why.lawful()
    found.sort(key=lambda each: LEVELS.index(each.level or Level.HINT))
    message = "；".join(each.message for each in found)
    if found[0].level is not Level.UNLAWFUL:
        say = why.doubt if found[0].level is Level.DOUBT else why.hint
        return say(message, fact=fact)._replace(document=rule.documents[0] if rule.documents else None)
    graves = {each.gravity for each in found if each.level is Level.UNLAWFUL} | {least}
    gravity = next(each for each in WORST_FIRST if each in graves)
    said = why.unlawful(message, gravity=gravity, fact=fact)
    papers = rule.documents or (None,)
    return said._replace(document=papers[0] if gravity is Gravity.SLIGHT else papers[-1])
