"""How the desks outside prison ask: rules about people in lists, once a person and once for lists that are absent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

from app.core.answerable import answerable
from app.core.checks.absent_lists import verified
from app.core.checks.matter import PersonMatter
from app.core.checks.persons import Dossier, Lists
from app.core.checks.rule import Book, run_rule
from app.core.checks.supervised import marked
from app.core.checks.suppression import suppressed
from app.core.findings import CaseReview, Finding, Level, Outcome, Person, Standing, Verdict
from app.core.jobs import Ticket
from app.core.people.index import Someone
from app.core.records import Record

NOBODY = Person("")


PORTION = 500  # people whose rows are fetched together
Fetch = Callable[[Iterable[int]], Iterable[Record]]
CaseT = TypeVar("CaseT", bound=PersonMatter)


class Gathered(NamedTuple):
    """The people of a desk's lists; the lists, and the first day the desk's own list tells of, where it needs that."""

    people: list[Someone]
    lists: Lists
    since: date = date.max


def _nothing(_: Collection[str]) -> list[Verdict]:
    return []


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One reviewed case: the row it is known by, a key that stays the same from import to import, and the review.

    `words` are what the list of cases shows of it: offence, sentence, proposal (what kind of matter), filed_on.
    `someone` is whose case it is, None for a unit; `ask` asks some rules (ids) again and keeps every answer whole.
    """

    anchor: Record
    key: str
    review: CaseReview
    words: Mapping[str, str]
    someone: Someone | None = None
    ask: Callable[[Collection[str]], list[Verdict]] = _nothing


def review_case(book: Book[CaseT], case: CaseT, holder: str) -> Reviewed:
    """Ask every rule that the person's rows raise; lawful answers are kept without cells, they can be asked again.

    What a list that is not loaded could explain is a doubt; root causes stand before what follows from them; what the
    office took up already is marked.
    """
    verdicts: list[Verdict] = []
    lists, loose = case.dossier.lists, case.loose
    given = frozenset(table for table, rows in case.dossier.someone.rows.items() if rows)
    for rule in book.raised_by(given):
        for each in run_rule(rule, case, case.law, lists.as_of, weak=loose, holder=holder, bare=True):
            if each.outcome is not Outcome.NOT_APPLICABLE:
                verdicts.append(each)
    verdicts = marked(suppressed(verified(verdicts, lists)), case.dossier, case.law, case.begins)
    verdicts = [_answered(each, case) if each.outcome is Outcome.FOUND else each for each in verdicts]
    person = case.dossier.person
    read = frozenset(case.law.read)
    review = CaseReview(person, case.label, case.unit, standing(verdicts), (), tuple(verdicts), law_read=read)
    someone, again = case.dossier.someone, partial(_ask, book, case, holder)
    return Reviewed(case.anchor, f"{someone.key}|{case.label}", review, case.words, someone, again)


def _answered(verdict: Verdict, case: PersonMatter) -> Verdict:
    """A finding with the office that answers for it."""
    rows = [row for group in case.dossier.someone.rows.values() for row in group]
    found = answerable(verdict, rows, case.dossier.lists.whose)
    return verdict._replace(role=found.role, office=found.name)


def _ask(book: Book[CaseT], case: CaseT, holder: str, rules: Collection[str]) -> list[Verdict]:
    """What some rules answer to a case, whole and unsettled."""
    as_of = case.dossier.lists.as_of
    wanted = (rule for rule in book.all() if rule.id in rules)
    return [each for rule in wanted for each in run_rule(rule, case, case.law, as_of, weak=case.loose, holder=holder)]


def review_people(
    book: Book[CaseT],
    cases: Callable[[Dossier], Iterable[CaseT]],
    holder: str,
    people: list[Someone],
    lists: Lists,
    ticket: Ticket,
    fetch: Fetch | None = None,
) -> Iterator[Reviewed]:
    """People have cases, every case is asked every rule; the ticket is asked before each person.

    A person is let go once reviewed, so `people` is empty in the end. Where their rows are slim, `fetch` brings the
    whole ones.
    """
    total = len(people)
    for place, (someone,) in enumerate(portions(people, fetch, 1)):
        ticket.step(place, total, f"核查 {someone.identity.name}")
        for case in cases(Dossier(someone, lists)):
            yield review_case(book, case, holder)


def portions(people: list[Someone], fetch: Fetch | None, size: int) -> Iterator[list[Someone]]:
    """The people, so many at a time, with whole rows; each is let go of, so that the list is empty in the end."""
    people.reverse()
    while people:
        some = [people.pop() for _ in range(min(PORTION, len(people)))]
        if fetch is not None:
            make_whole(some, fetch)
        some.reverse()
        while some:
            yield [some.pop() for _ in range(min(size, len(some)))]


def make_whole(people: Sequence[Someone], fetch: Fetch) -> None:
    """Put whole records in the place of slim ones; those that only may be somebody's stay slim."""
    found = {each.id: each for each in fetch(row.id for one in people for rows in one.rows.values() for row in rows)}
    for one in people:
        for rows in one.rows.values():
            rows[:] = [found[each.id] for each in rows]


def standing(verdicts: Sequence[Verdict]) -> Standing:
    """How a case stands after its review: the gravest thing found, else whether anything could not be judged."""
    levels = {each.level for each in verdicts if each.outcome is Outcome.FOUND}
    for level, word in _STANDINGS:
        if level in levels:
            return word
    unjudged = any(each.outcome is Outcome.NOT_EVALUATED for each in verdicts)
    return Standing.UNJUDGED if unjudged else Standing.CLEAR


_STANDINGS = (
    (Level.UNLAWFUL, Standing.BREACH),
    (Level.DOUBT, Standing.DOUBT),
    (Level.HINT, Standing.HINT),
    (Level.DATA, Standing.DATA),
)


class Begins(NamedTuple):
    """The lists the cases of a desk begin with, and those that begin one where none of them tells of somebody."""

    tables: tuple[str, ...]
    stray: tuple[str, ...] = ()


def unasked(book: Book[CaseT], lists: Lists, begins: Begins, holder: str) -> Iterator[Verdict]:
    """The rules nobody could be asked, with the lists that are absent: all that raise the question, or all that say
    whose case it is."""
    nobody = not any(map(lists.has, begins.tables))
    for rule in book.all():
        raised = [table for table in rule.about if lists.has(table)]
        if rule.about and (not raised or (nobody and not set(raised) & set(begins.stray))):
            lack = lists.lack(*(begins.tables if raised else rule.about))
            yield Verdict(rule.id, rule.name, Outcome.NOT_EVALUATED, missing=lack.items, holder=lack.holder or holder)


def findings_of(desk: str, review: CaseReview) -> list[Finding]:
    """The findings of a reviewed case, each under a key that stays the same from run to run."""
    return [
        Finding(finding_key(review, each), desk, review.person, review.case, each.unit(review.unit), each)
        for each in review.verdicts
        if each.outcome is Outcome.FOUND
    ]


def finding_key(review: CaseReview, verdict: Verdict) -> str:
    """The same rule, person, case and fact give the same key."""
    person = review.person
    who = person.id_number or person.prisoner_no or person.name
    text = "|".join((verdict.rule, who, person.prisoner_no, review.case, verdict.fact))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
