"""Run the rules of a desk over what the store holds, and keep what they answer."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.core.actions.afterwards import again, refused
from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.done import Done
from app.core.actions.model_run import DESK as MODELS
from app.core.actions.model_run import review_models
from app.core.actions.portions import PORTION, Reduced, Sent, reduce, sending, some_of
from app.core.actions.review_people import review_people
from app.core.actions.rights import needs
from app.core.actions.tally import Tally
from app.core.checks.dossier import text_of
from app.core.checks.reduction.batch_facts import Facts
from app.core.checks.reduction.batch_review import batch_findings, review_batches
from app.core.checks.reduction.review import AWARDS, DESK, MONTHS, PROPOSALS, READ, build_cases, review_case
from app.core.errors import UserError
from app.core.findings import Conclusion
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Record
from app.core.side_by_side import SideBySide, cores
from app.core.store.database import Store
from app.core.store.written import Written

CHANGED = frozenset({"cases", "findings"})
MANY = 2000  # cases that are worth several processes


@needs("review")
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
        return review_people(store, law, PEOPLE_DESKS[desk], day, districts, now=now, who=who, ticket=ticket)
    if desk == MODELS:
        return review_models(store, law, day, now=now, who=who, ticket=ticket)
    if desk != DESK:
        raise UserError("没有这个台面", do="请选择减刑审查、社区矫正、剥夺政治权利或者监督模型")
    return _review_reduction(store, law, day, now=now, who=who, ticket=ticket)


def _review_reduction(store: Store, law: LawBook, day: date, *, now: str, who: str, ticket: Ticket) -> Done:
    cases = store.casebook.case_of(DESK)
    if not cases:
        raise UserError("还没有提请减刑（假释）案件表", do="请先导入案件表，再运行审查")
    if PROPOSALS not in store.batches.tables_present():
        raise UserError("案件表的原始数据已经销毁，不能再审查", do="已有的结论保留；要再审查，请重新导入案件表")
    counts: Counter[str] = Counter()
    facts: list[Facts] = []
    tally = Tally()
    lists: dict[str, list[Record]] = {AWARDS: [], MONTHS: []}  # all of them, also of people nobody proposed
    processes = cores(len(cases), MANY)
    known = store.casebook.phrases.of(DESK, law.edition)

    def every() -> Iterator[Record]:
        for table in READ:
            for each in store.batches.records(table):
                if table in lists:
                    lists[table].append(each)
                yield each

    def reviewed(crew: SideBySide[LawBook, Sent, Reduced]) -> Iterator[tuple[int, Written]]:
        built = build_cases(every(), law, day)
        total, done = len(built), 0
        phrases = known or store.casebook.phrases.keep(DESK, law.edition, map(review_case, some_of(built)))
        sent: deque[list[Record]] = deque()
        for answer in crew.answers(law, sending(built, sent, PORTION if processes > 1 else 1, phrases), ticket):
            proposals = sent.popleft()
            ticket.step(done, total, f"审查 {text_of(proposals[0], 'name')}")
            done += len(proposals)
            tally.add(answer.tally)
            facts.extend(replace(one, proposal=each) for one, each in zip(answer.facts, proposals, strict=True))
            for each, written in zip(proposals, answer.written, strict=True):
                counts[written.conclusion] += 1
                yield cases[each.id], written

    with SideBySide(reduce, processes) as crew, store.atomic():
        number = store.casebook.put_reviews(
            reviewed(crew), as_of=day, law_edition=law.edition, now=now, expected=len(cases)
        )
        overviews = list(review_batches(facts, lists[AWARDS], lists[MONTHS], law, day))
        told = partial(batch_findings, desk=DESK)
        for overview, _ in overviews:
            tally.see(overview.verdicts)
        tally.keep(store, DESK, law, day, number, now=now)
        store.overviews.put(DESK, overviews, told, as_of=day, law_edition=law.edition, now=now)
        came = store.lives.settle(DESK, day, now=now, who=who)
        store.audit.note("审查", {"台面": DESK, "审查日": day.isoformat(), "件数": number}, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Conclusion if each in counts]
    return Done(f"审查 {number} 件：{'，'.join(parts)}{again(came)}{refused(law)}", CHANGED, number)
