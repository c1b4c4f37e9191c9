"""Run the rules of a desk over what the store holds, and keep what they answer."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.core.actions.desks import PEOPLE_DESKS, PeopleDesk
from app.core.actions.done import Done
from app.core.actions.endings import Watch
from app.core.actions.lists import lists_of
from app.core.actions.people import judged_of
from app.core.actions.portions import PORTION, Reduced, reduce, sending
from app.core.actions.settings import read_office
from app.core.actions.tally import Tally
from app.core.checks.desk import Reviewed, findings_of, unasked
from app.core.checks.dossier import text_of
from app.core.checks.reduction.batch_facts import Facts
from app.core.checks.reduction.batch_review import batch_findings, review_batches
from app.core.checks.reduction.review import AWARDS, DESK, MONTHS, TABLES, build_cases
from app.core.checks.reduction.travel import Travelling
from app.core.errors import UserError
from app.core.findings import Conclusion, Standing
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Record
from app.core.side_by_side import SideBySide, cores
from app.core.store.database import Store
from app.core.store.life_rows import StepKind
from app.core.store.link import in_chunks
from app.core.store.rows import Ending
from app.core.store.written import Written, write

CHANGED = frozenset({"cases", "findings"})
MANY = 2000  # cases that are worth several processes


def review(
    store: Store,
    law: LawBook,
    desk: str,
    day: date,
    *,
    now: str,
    who: str,
    ticket: Ticket,
    districts: Sequence[str] = (),
) -> Done:
    """Review all cases of a desk on a day; findings people have decided on keep their word.

    `districts` are the office's own places, those of its settings when none are given. UserError when nothing is
    loaded the desk could ask about.
    """
    if desk in PEOPLE_DESKS:
        return _review_people(store, law, PEOPLE_DESKS[desk], day, districts, now=now, who=who, ticket=ticket)
    if desk != DESK:
        raise UserError("没有这个台面", do="请选择减刑审查、社区矫正或者剥夺政治权利")
    return _review_reduction(store, law, day, now=now, who=who, ticket=ticket)


def _review_reduction(store: Store, law: LawBook, day: date, *, now: str, who: str, ticket: Ticket) -> Done:
    cases = store.casebook.case_of(DESK)
    if not cases:
        raise UserError("还没有提请减刑（假释）案件表", do="请先导入案件表，再运行审查")
    counts: Counter[str] = Counter()
    facts: list[Facts] = []
    tally = Tally()
    lists: dict[str, list[Record]] = {AWARDS: [], MONTHS: []}  # all of them, also of people nobody proposed
    processes = cores(len(cases), MANY)

    def every() -> Iterator[Record]:
        for table in TABLES:
            for each in store.batches.records(table):
                if table in lists:
                    lists[table].append(each)
                yield each

    def reviewed(crew: SideBySide[LawBook, Travelling, Reduced]) -> Iterator[tuple[int, Written]]:
        built = build_cases(every(), law, day)
        total, done = len(built), 0
        sent: deque[list[Record]] = deque()
        for answer in crew.answers(sending(built, sent, PORTION if processes > 1 else 1), ticket):
            proposals = sent.popleft()
            ticket.step(done, total, f"审查 {text_of(proposals[0], 'name')}")
            done += len(proposals)
            tally.add(answer.tally)
            facts.extend(replace(one, proposal=each) for one, each in zip(answer.facts, proposals, strict=True))
            for each, written in zip(proposals, answer.written, strict=True):
                counts[written.conclusion] += 1
                yield cases[each.id], written

    with SideBySide(reduce, law, processes) as crew, store.atomic():
        number = store.casebook.put_reviews(reviewed(crew), as_of=day, law_edition=law.edition, now=now)
        overviews = list(review_batches(facts, lists[AWARDS], lists[MONTHS], law, day))
        told = partial(batch_findings, desk=DESK)
        for overview, _ in overviews:
            tally.see(overview.verdicts)
        tally.keep(store, DESK, law, day, number, now=now)
        store.overviews.put(DESK, overviews, told, as_of=day, law_edition=law.edition, now=now)
        came = store.lives.settle(DESK, day, now=now, who=who)
        store.audit.note("审查", {"台面": DESK, "审查日": day.isoformat(), "件数": number}, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Conclusion if each in counts]
    return Done(f"审查 {number} 件：{'，'.join(parts)}{_again(came)}{_refused(law)}", CHANGED, number)


def _review_people(
    store: Store,
    law: LawBook,
    desk: PeopleDesk,
    day: date,
    districts: Sequence[str],
    *,
    now: str,
    who: str,
    ticket: Ticket,
) -> Done:
    lists = lists_of(store, day, districts or read_office(store).places)
    present = [table for table in desk.tables if lists.has(table)]
    if not present:
        raise UserError("还没有这个台面的名单", do="请先导入名单，再运行核查")
    records = (each for table in present for each in store.batches.records(table))
    fetch = partial(store.batches.records, None)
    kept: set[int] = set()
    counts: Counter[str] = Counter()
    watch, tally = Watch(store, desk.id, law.edition, day), Tally()

    def reviewed() -> Iterator[tuple[int, Written]]:
        for chunk in in_chunks(desk.review(records, law, lists, ticket, judged_of(store), fetch)):
            ids = store.casebook.keep_cases(desk.id, [_row(each) for each in chunk])
            for each in chunk:
                kept.add(ids[each.key])
                counts[each.review.conclusion] += 1
                watch.see(each)
                tally.see(each.review.verdicts)
                yield ids[each.key], write(each.review, findings_of(desk.id, each.review))

    with store.atomic():
        number = store.casebook.put_reviews(reviewed(), as_of=day, law_edition=law.edition, now=now)
        tally.keep(store, desk.id, law, day, number, now=now)
        ended, again = watch.close(now=now, who=who), store.endings.reopen(desk.id)
        store.casebook.drop_cases(desk.id, kept)
        store.casebook.put_unasked(desk.id, list(unasked(desk.rules, lists, law, desk.holder)))
        came = store.lives.settle(desk.id, day, now=now, who=who)
        gone = {each.value: ended[each] for each in Ending if each in ended}
        what = {"台面": desk.id, "核查日": day.isoformat(), "件数": number, "不再成立": gone, "重新成立": again}
        store.audit.note("核查", what, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Standing if each in counts]
    return Done(
        f"核查 {number} 件：{'，'.join(parts)}{_since(ended, again)}{_again(came)}{_refused(law)}", CHANGED, number
    )


def _refused(law: LawBook) -> str:
    """What of the office's own law was not used."""
    return "".join(f"。注意：{each}" for each in law.refused)


def _since(ended: Counter[Ending], again: int) -> str:
    """What became of the leads of the last review, as a sentence to be added."""
    answered = ended[Ending.ANSWERED]
    others = ended.total() - answered
    parts = [
        (answered, f"{answered} 条线索已由新数据回答"),
        (others, f"{others} 条线索因其他原因不再成立"),
        (again, f"{again} 条线索重新成立"),
    ]
    told = [words for number, words in parts if number]
    return f"；与上次相比，{'，'.join(told)}" if told else ""


def _again(came: Counter[StepKind]) -> str:
    """Which findings are 待核查 again, as a sentence to be added."""
    parts = [
        (came[StepKind.DUE], f"{came[StepKind.DUE]} 条持续关注的线索到期"),
        (came[StepKind.CHANGED], f"{came[StepKind.CHANGED]} 条已排除、已办结的线索所依据的数据有变化"),
    ]
    told = [words for number, words in parts if number]
    return f"；{'，'.join(told)}，回到待核查" if told else ""


def _row(reviewed: Reviewed) -> dict[str, str | int]:
    """What the list of cases shows of a reviewed case."""
    review = reviewed.review
    return {
        "key": reviewed.key,
        "record_id": reviewed.anchor.id,
        "name": review.person.name,
        "prisoner_no": review.person.prisoner_no,
        "id_number": review.person.id_number,
        "unit": review.unit,
        "batch": review.case,
        **reviewed.words,
    }
