"""Run the rules of a desk of people over its lists, and keep what they answer."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from app.core.actions.afterwards import again, refused, since
from app.core.actions.desks import PeopleDesk
from app.core.actions.done import Done
from app.core.actions.endings import Watch
from app.core.actions.lists import lists_of
from app.core.actions.people import judged_of
from app.core.actions.portions import Looked, Parcel, Shared, look, looked, parcel, reviews_of, some_of
from app.core.actions.rights import needs
from app.core.actions.settings import read_office
from app.core.actions.tally import Tally
from app.core.checks.classes import Classes
from app.core.checks.desk import Fetch, Reviewed, make_whole, portions, unasked
from app.core.checks.persons import Lists
from app.core.errors import UserError
from app.core.findings import Standing
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.memory import uncollected
from app.core.people.by_hand import Judged
from app.core.people.index import Someone
from app.core.records import Record
from app.core.side_by_side import SideBySide, cores
from app.core.store.database import Store
from app.core.store.link import in_chunks
from app.core.store.phrases import Phrases
from app.core.store.rows import Ending
from app.core.store.written import Written

CHANGED = frozenset({"cases", "findings"})
MANY = 8000  # rows that are worth several processes
HELD = 30_000  # rows that may be in memory, all of them with all they say
PORTION = 100  # people whose review takes some tenths of a second together


@needs("review")
def review_people(
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
    """Review all cases of a desk of people on a day, as `review` does."""
    lists = lists_of(store, day, districts or read_office(store).places)
    present = [table for table in desk.tables if lists.has(table)]
    if not present:
        raise UserError("还没有这个台面的名单", do="请先导入名单，再运行核查")
    rows = Counter[str]()
    for batch in store.batches.all():
        if batch.table in present:
            rows[batch.table] += batch.accepted
    processes = cores(rows.total(), MANY)
    fetch = partial(store.batches.records, None) if processes > 1 or rows.total() > HELD else None
    records: Iterator[Record]
    if fetch is None:
        records = (each for table in present for each in store.batches.records(table))
    else:
        records = store.batches.slim({each: desk.telling(each) for each in present})
    phrases = store.casebook.phrases
    known = phrases.of(desk.id, law.edition)
    run = _Run(desk, law, lists, ticket, Watch(store, desk.id, law.edition, day), judged_of(store), phrases, known)
    kept: set[int] = set()
    counts: Counter[str] = Counter()

    def reviewed() -> Iterator[tuple[int, Written]]:
        for chunk in in_chunks(run.here(records, fetch) if processes == 1 else run.apart(records, store, processes)):
            ids = store.casebook.keep_cases(desk.id, [each.row for each in chunk])
            for each in chunk:
                kept.add(ids[each.key])
                counts[each.written.conclusion] += 1
                yield ids[each.key], each.written

    with store.atomic():
        number = store.casebook.put_reviews(
            reviewed(), as_of=day, law_edition=law.edition, now=now, expected=max(rows.values())
        )
        run.tally.keep(store, desk.id, law, day, number, now=now)
        ended, reopened = run.watch.close(now=now, who=who), store.endings.reopen(desk.id)
        store.casebook.drop_cases(desk.id, kept)
        store.casebook.put_unasked(desk.id, list(unasked(desk.rules, lists, desk.begins, desk.holder)))
        came = store.lives.settle(desk.id, day, now=now, who=who)
        gone = {each.value: ended[each] for each in Ending if each in ended}
        what = {"台面": desk.id, "核查日": day.isoformat(), "件数": number, "不再成立": gone, "重新成立": reopened}
        store.audit.note("核查", what, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Standing if each in counts]
    told = f"{since(ended, reopened)}{again(came)}{refused(law)}"
    return Done(f"核查 {number} 件：{'，'.join(parts)}{told}", CHANGED, number)


@dataclass(slots=True)
class _Run:
    """One review of a desk: here case by case, or apart in several processes; what comes of it is the same."""

    desk: PeopleDesk
    law: LawBook
    lists: Lists
    ticket: Ticket
    watch: Watch
    judged: Judged
    phrases: Phrases
    known: bytes
    tally: Tally = field(default_factory=Tally)

    def here(self, records: Iterable[Record], fetch: Fetch | None) -> Iterator[Looked]:
        """The cases one by one."""
        for each in self.desk.review(records, self.law, self.lists, self.ticket, self.judged, fetch):
            self._learn([each])
            yield self._see(each)

    def apart(self, records: Iterable[Record], store: Store, processes: int) -> Iterator[Looked]:
        """The cases in portions of people, whose rows are read where they are reviewed; units are looked at here.

        The processes start while people are brought together.
        """
        classes = Classes()
        with SideBySide(look, processes) as crew:
            people, shared = self._gathered(records, store)
            total, done = len(people), 0
            sent: deque[list[Someone]] = deque()

            def sending() -> Iterator[Parcel]:
                for each in portions(people, None, PORTION):
                    sent.append(each)
                    yield parcel(each, store.batches.rows_under)

            for found, tally in crew.answers(shared, sending(), self.ticket):
                some = sent.popleft()
                self.ticket.step(done, total, f"核查 {some[0].identity.name}")
                done += len(some)
                self.tally.add(tally)
                for each in found:
                    if each.breaches is not None:
                        classes.take(each.breaches)
                    someone = some[each.place]
                    if self.watch.concerns(each.key, someone):
                        make_whole([someone], partial(store.batches.records, None))
                        self.watch.see(next(one for one in reviews_of(shared, someone) if one.key == each.key))
                    yield each
        for lead in classes.leads(self.law.number("class_least_people", self.lists.as_of)):
            yield self._see(lead)

    def _gathered(self, records: Iterable[Record], store: Store) -> tuple[list[Someone], Shared]:
        """Everybody in the lists, and what all of them are reviewed with; the phrases from some, unless known."""
        with uncollected():
            people, lists, first = self.desk.gather(records, self.lists, self.judged)
        shared = Shared(self.desk.id, self.law, lists, first, store.batches.reader(), self.known)
        some = some_of(people) if not self.known else ()
        make_whole(some, partial(store.batches.records, None))
        self._learn([each for one in some for each in reviews_of(shared, one)])
        return people, shared._replace(phrases=self.known)

    def _see(self, reviewed: Reviewed) -> Looked:
        self.watch.see(reviewed)
        self.tally.see(reviewed.review.verdicts)
        return looked(self.desk.id, reviewed, self.known)

    def _learn(self, reviewed: Sequence[Reviewed]) -> None:
        """Take the phrases from some cases, unless they are known."""
        if reviewed and not self.known:
            self.known = self.phrases.keep(self.desk.id, self.law.edition, [each.review for each in reviewed])
