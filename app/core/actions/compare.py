"""Lists that came in, beside those of the same unit that came before: what is new, changed, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from typing import NamedTuple

from app.core.actions.rights import needs
from app.core.intake.compare import Change, Comparison, changes, compare
from app.core.intake.declared import tables
from app.core.intake.pairing import Line, line_of
from app.core.intake.unit import units_of
from app.core.intake.unit_names import unit_form
from app.core.jobs import Ticket
from app.core.people.names import compare_form
from app.core.records import Record, Reject, show
from app.core.store.database import Rooms, Store
from app.core.store.repeats import Pair, Times
from app.core.store.rows import Batch, Question

GONE = "以前的名单有，这份名单没有"
UNSURE = "这份名单有相近的行，不能确定是不是同一行"
REFUSED = "这份名单可能有，但那一行被退回了，补正导入后自动对上"
AGAIN = 10  # where less than one row in so many came again, it is another list, and nobody is missed in it
NUMBERS = ("prisoner_no", "correction_no", "id_number")
PORTION = 1000


class Taken(NamedTuple):
    """A sheet that was taken in: its batch, its refused rows, and whether it is whole (rows mended are not)."""

    batch: int
    rejected: Sequence[Reject]
    whole: bool


class Missed(NamedTuple):
    """A row of an earlier list (by its id) that a newer one should have: whom it is about, and what is asked."""

    record: int
    file: str
    sheet: str
    row: int
    person: str
    what: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How a batch stands to those before it; `before` is the one it repeats most.

    new + changed + same are its rows. `missed` are the rows of earlier lists it should have and does not surely have.
    """

    before: Batch
    new: int
    changed: int
    same: int
    missed: tuple[Missed, ...] = ()

    def __str__(self) -> str:
        told = f"与{self.before.imported_at[:10]}导入的“{self.before.file}”相比，新增{self.new}行、变化{self.changed}行"
        return told + (f"、待核实{len(self.missed)}行" if self.missed else "")


@dataclass(slots=True)
class Followed:
    """What came of comparing: by batch how it stands to those before it, and by row the one it repeats.

    `order` is that in which the batches were compared.
    """

    order: list[Batch] = field(default_factory=list)
    compared: dict[int, Compared] = field(default_factory=dict)
    pairs: dict[int, Pair] = field(default_factory=dict)


class Difference(NamedTuple):
    """A row that came again with other values: both rows, and the fields that differ."""

    old: Record
    new: Record
    fields: tuple[Change, ...]


class Shown(NamedTuple):
    """One row: its number in the sheet, whom it is about, and its filled fields, or those that changed."""

    row: int
    person: str
    fields: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A batch beside the one before it, to be shown: how many rows, and the first of each kind."""

    batch: Batch
    before: Batch | None
    times: Times
    new: tuple[Shown, ...]
    changed: tuple[Shown, ...]
    questions: tuple[Question, ...]


@needs("import")
def follow(store: Store, taken: Sequence[Taken], *, now: str, ticket: Ticket) -> Followed:
    """Compare what was taken in with what is in force of the same table and unit, and put it down, all or nothing.

    The sheets of a file are one list; several files are taken one after the other, and a row is missed only when none
    of them has it. Without an earlier list no row is read.
    """
    followed = Followed()
    sheets = {each.batch: each for each in taken}
    batches = store.batches.all()
    earlier = [each for each in batches if each.id not in sheets]
    lists = [list(each) for _, each in groupby(sorted((b for b in batches if b.id in sheets), key=_list), _list)]
    rows = _Rows(store)
    missed: dict[int, tuple[int, str]] = {}
    with store.atomic():
        for number, each in enumerate(sorted(lists, key=lambda each: each[0].id)):
            ticket.step(number, len(lists), f"与以前的名单比较 {each[0].file}")
            befores = rows.related(each, [before for before in earlier if _akin(before, each[0])])
            earlier += each
            followed.order += each
            if befores:
                found = rows.compare(each, befores)
                _pair(store, each, befores, found, followed)
                rows.drop(old for old, _ in found.pairs())
                if all(sheets[sheet.id].whole for sheet in each):
                    refused = [reject for sheet in each for reject in sheets[sheet.id].rejected]
                    missed |= _missed(each, befores, found, refused)
        again = {each.old for each in followed.pairs.values()}
        _ask(store, {row: told for row, told in missed.items() if row not in again}, followed, now)
    return followed


def differences(store: Rooms, batch_id: int) -> Iterator[Difference]:
    """The rows of a batch that came again with other values, in their order."""
    table = tables()[store.batches.batch(batch_id).table]
    pairs = store.repeats.pairs(batch_id)
    for start in range(0, len(pairs), PORTION):
        portion = pairs[start : start + PORTION]
        ids = [number for each in portion for number in (each.old, each.new)]
        found = {each.id: each for each in store.batches.records(table.id, ids)}
        for each in portion:
            old, new = found[each.old], found[each.new]
            yield Difference(old, new, changes(old, new, table))


def beside(store: Rooms, batch_id: int, most: int) -> Beside:
    """How a batch stands to the one before it, as far as that still stands; at most so many rows of each kind."""
    batch = store.batches.batch(batch_id)
    new = store.batches.records(batch.table, store.repeats.fresh(batch_id, most))
    changed = islice(differences(store, batch_id), most)
    return Beside(
        batch,
        store.batches.batch(batch.before) if batch.before else None,
        store.repeats.times().get(batch_id, Times(0, 0)),
        tuple(Shown(each.row, _person(each), _filled(each)) for each in new),
        tuple(Shown(each.new.row, _person(each.new), each.fields) for each in changed),
        tuple(store.repeats.questions(batch_id)),
    )


def _filled(record: Record) -> tuple[Change, ...]:
    cells = (cell for name, cell in record.cells.items() if name not in ("name", *NUMBERS))
    return tuple(Change(each.column, "", raw) for each in cells if (raw := each.raw.strip()))


def _person(record: Record) -> str:
    """Whom a row is about: name and number, as far as it has them."""
    number = next((show(record[name]) for name in NUMBERS if record[name]), "")
    return f"{show(record['name'])}（{number}）" if number else show(record["name"])


def _list(batch: Batch) -> tuple[str, str, str]:
    return batch.table, batch.unit, batch.sha256


def _akin(one: Batch, other: Batch) -> bool:
    """Whether two lists may be of one unit: where one does not say whose it is, its rows must tell."""
    units = units_of(one.unit), units_of(other.unit)
    return one.table == other.table and (not all(units) or bool(units[0] & units[1]))


class _Rows:
    """The rows in force of batches, as they are compared; each batch is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lines: dict[int, dict[int, Line]] = {}
        self._people: dict[int, set[str]] = {}
        self._units: dict[int, str] = {}

    def related(self, sheets: Sequence[Batch], befores: Sequence[Batch]) -> list[Batch]:
        """Of these earlier batches those that are about some of the same people."""
        return [each for each in befores if not all(self._strangers(each, sheet) for sheet in sheets)]

    def compare(self, sheets: Sequence[Batch], befores: Sequence[Batch]) -> Comparison:
        """A list beside the rows of earlier ones; rows of units that do not occur in it are left aside."""
        after = [line for each in sheets for line in self._of(each).values()]
        units = {self._units.get(line.id, "") for line in after} - {""}
        old = [line for each in befores for line in self._of(each).values()]
        before = [each for each in old if not units or self._units.get(each.id, "") in units | {""}]
        return compare(before, after, tables()[sheets[0].table].repeat)

    def drop(self, lines: Iterable[Line]) -> None:
        """These rows are no longer in force."""
        for each in lines:
            del self._lines[each.batch][each.id]

    def _strangers(self, one: Batch, other: Batch) -> bool:
        self._of(one), self._of(other)
        return self._people[one.id].isdisjoint(self._people[other.id])

    def _of(self, batch: Batch) -> dict[int, Line]:
        if batch.id not in self._lines:
            repeat, columns = tables()[batch.table].repeat, tuple(batch.labels())
            lines = {}
            for number, values in self._store.repeats.values(batch):
                lines[number] = line_of((number, batch.id), values, columns, repeat, compare_form)
                if unit := next((text for name in repeat.unit if (text := values.get(name, ""))), ""):
                    self._units[number] = unit_form(unit[1:])
            self._lines[batch.id] = lines
            people = (text for each in lines.values() for text in (each.number, each.id_number, each.name))
            self._people[batch.id] = set(people) - {""}
        return self._lines[batch.id]


def _pair(
    store: Store, sheets: Sequence[Batch], befores: Sequence[Batch], found: Comparison, followed: Followed
) -> None:
    """Put down which rows came again, and count them sheet by sheet."""
    kinds = (found.unchanged, False), (found.changed, True)
    pairs = [Pair(old.id, new.id, new.batch, changed) for kind, changed in kinds for old, new in kind]
    store.repeats.pair(pairs)
    followed.pairs.update((each.new, each) for each in pairs)
    by_id = {each.id: each for each in befores}
    for sheet in sheets:
        repeated = Counter(old.batch for old, new in found.pairs() if new.batch == sheet.id)
        before = by_id[max(repeated or by_id, key=lambda number: (repeated[number], number))]
        same, changed = (sum(new.batch == sheet.id for _, new in kind) for kind, _ in kinds)
        store.repeats.follows(sheet.id, before.id)
        followed.compared[sheet.id] = Compared(before, sheet.accepted - same - changed, changed, same)


def _missed(
    sheets: Sequence[Batch], befores: Sequence[Batch], found: Comparison, refused: Sequence[Reject]
) -> dict[int, tuple[int, str]]:
    """The earlier rows a list should have: record id → the batch that lacks it, and what is asked about it."""
    again, only = len(found.pairs()), min(len(found.vanished), len(found.new))
    vanished = found.vanished if again and again * AGAIN >= again + only else ()
    names = {each.id: each.sheet for each in befores}
    lacking = {each.sheet: each.id for each in reversed(sheets)}
    texts = {compare_form(text) for each in refused for text in each.texts} - {""}
    asked = {}
    for line, what in [(each, GONE) for each in vanished] + [(each, UNSURE) for each in found.undecided[0]]:
        if texts & {line.number.lower(), line.id_number.lower(), line.name}:
            what = REFUSED
        asked[line.id] = lacking.get(names[line.batch], sheets[0].id), what
    return asked


def _ask(store: Store, missed: dict[int, tuple[int, str]], followed: Followed, now: str) -> None:
    """Raise a question about each row that is missed, once."""
    known = store.repeats.asked(missed)
    questions: dict[int, list[Missed]] = {}
    for record in store.batches.records(ids=missed.keys() - known):
        batch, what = missed[record.id]
        one = Missed(record.id, record.file, record.sheet, record.row, _person(record), what)
        questions.setdefault(batch, []).append(one)
    store.repeats.ask(
        ((batch, each.record, each.person, each.what) for batch, listed in questions.items() for each in listed),
        now=now,
    )
    for batch, listed in questions.items():
        followed.compared[batch] = replace(followed.compared[batch], missed=tuple(listed))
