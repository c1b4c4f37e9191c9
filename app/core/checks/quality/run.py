"""The report: every check asked of every sheet, the records seen once, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from app.core.checks.quality import contents, days, effect, identity, layout, repeats  # noqa: F401  they enter checks
from app.core.checks.quality.check import CHECKS, Absent, Check, Hit, Setting, SheetFacts, Watch, no_hits, unread
from app.core.checks.quality.knowledge import shipped
from app.core.checks.quality.report import WITHOUT_ROWS, Coverage, Health, Remark, SheetQuality, Spot
from app.core.findings import Basis
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Cell, Record, show

ROWS_A_STEP = 500
KINDS_NAMED = 3
IDENTIFIED = "DQ-16"
NO_CELL = Cell(None, "", "")  # of a whole row
_place = attrgetter("row", "column", "field", "why")


@dataclass(slots=True)
class _Tally:
    """What one check found in one sheet: all counted, only the first places kept."""

    keep: int
    listed: int
    count: int = 0
    rows: set[int] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    spots: list[Spot] = field(default_factory=list)

    def add(self, hit: Hit) -> None:
        """Count a place; of more than twice as many as wanted only the first by row stay."""
        self.count += 1
        self.rows.add(hit.row)
        self.kinds[hit.kind] += 1
        cell = hit.cell or NO_CELL
        self.spots.append(Spot(hit.row, cell.column, hit.field, cell.raw, hit.why, show(cell.value)))
        if len(self.spots) > 2 * self.keep:
            self.spots = self.first()

    def first(self) -> list[Spot]:
        """The first places by row."""
        return sorted(self.spots, key=_place)[: self.keep]


@dataclass(slots=True)
class _Sheet:
    """One sheet under way: the watches that look at it, what they found, what cannot be asked of it."""

    facts: SheetFacts
    watches: dict[str, Watch] = field(default_factory=dict)
    absent: dict[str, Absent] = field(default_factory=dict)
    tallies: dict[str, _Tally] = field(default_factory=dict)
    accepted: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    readable: Counter[str] = field(default_factory=Counter)
    units: set[str] = field(default_factory=set)


def inspect(
    sheets: Sequence[tuple[SheetFacts, Iterable[Record]]], law: LawBook, day: date, ticket: Ticket
) -> tuple[SheetQuality, ...]:
    """Ask every check of every sheet on a day; the records of a sheet are gone through once, in any order."""
    setting = Setting(day, law, shipped(), {each.number: f"“{each.file}”《{each.sheet}》" for each, _ in sheets})
    under_way = []
    for facts, records in sheets:
        sheet = _begin(facts, setting)
        _look(sheet, records, ticket)
        under_way.append(sheet)
    return tuple(_finish(each, law) for each in under_way)


def _begin(facts: SheetFacts, setting: Setting) -> _Sheet:
    sheet = _Sheet(facts)
    for check in CHECKS.all():
        sheet.tallies[check.id] = _Tally(setting.knowledge.spots_kept, setting.knowledge.rows_listed)
        try:
            sheet.watches[check.id] = check.make(facts, setting)
        except Absent as absent:
            sheet.absent[check.id] = absent
    return sheet


def _look(sheet: _Sheet, records: Iterable[Record], ticket: Ticket) -> None:
    """Show the sheet's rows to its watches: the doubtful cells of each, then the whole of it."""
    facts, add = sheet.facts, {key: each.add for key, each in sheet.tallies.items()}
    sees = [(add[key], each.see) for key, each in sheet.watches.items() if each.see is not no_hits]
    doubts = [(add[key], each.doubt) for key, each in sheet.watches.items() if each.doubt is not no_hits]
    lost, readable = sheet.unread, sheet.readable
    units = [each for each in facts.table.repeat.unit if each in facts.fields]
    for record in records:
        if sheet.accepted % ROWS_A_STEP == 0:
            ticket.step(sheet.accepted, 0, f"体检《{facts.sheet}》第{record.row}行")
        sheet.accepted += 1
        cells, doubtful = record.cells, []
        for key, cell in cells.items():
            if cell.doubt:
                doubtful.append((key, cell))
            if cell.value is not None:
                readable[key] += 1
            elif cell.doubt and unread(cell):
                lost[key] += 1
        sheet.units.update(str(record[each]) for each in units if record[each] is not None)
        for count, see in sees:
            for hit in see(record):
                count(hit)
        if doubtful:
            for count, doubt in doubts:
                for hit in doubt(record.row, doubtful):
                    count(hit)
    for row, refused in _refused(facts):
        for count, doubt in doubts:
            for hit in doubt(row, [refused]):
                count(hit)


def _refused(facts: SheetFacts) -> Iterable[tuple[int, tuple[str, Cell]]]:
    """The cell at fault of each refused row, unless it was only empty."""
    fields = {label: key for key, label in facts.fields.items()}
    names = {each.id: each.name for each in facts.table.fields}
    for each in facts.rejects:
        key = fields.get(each.column, "")
        if key and each.reason != f"{names[key]}为空":
            yield each.row, (key, Cell(None, each.value, each.column, each.reason))


def _finish(sheet: _Sheet, law: LawBook) -> SheetQuality:
    """Hear what the watches say at the end, and put the report on the sheet together."""
    facts = sheet.facts
    for key, watch in sheet.watches.items():
        for hit in watch.end():
            sheet.tallies[key].add(hit)
    rows = sheet.accepted + len(facts.rejects)
    remarks = tuple(_remark(each, sheet, law, rows) for each in CHECKS.all())
    unidentified = sheet.tallies[IDENTIFIED].count if IDENTIFIED in sheet.watches else sheet.accepted
    return SheetQuality(
        facts.number,
        facts.file,
        facts.sheet,
        facts.table.id,
        facts.table.name,
        facts.table.holder,
        sheet.units.pop() if len(sheet.units) == 1 else "",
        facts.hidden,
        facts.header_row,
        rows,
        sheet.accepted,
        sheet.accepted - unidentified,
        facts.unmapped,
        tuple((each.row, each.column, each.reason) for each in facts.rejects),
        remarks,
        tuple(_coverage(sheet, each.id, each.name) for each in facts.table.fields if each.id in facts.fields),
    )


def _coverage(sheet: _Sheet, key: str, name: str) -> Coverage:
    readable = sheet.readable[key]
    return Coverage(key, name, sheet.facts.fields[key], sheet.accepted, readable + sheet.unread[key], readable)


def _remark(check: Check, sheet: _Sheet, law: LawBook, rows: int) -> Remark:
    """A check's answer about a sheet."""
    tally, absent = sheet.tallies[check.id], sheet.absent.get(check.id)
    if absent is None and not rows and check.id not in WITHOUT_ROWS:
        absent = Absent(Health.NOT_APPLICABLE, "表中没有数据行")
    if absent is not None:
        return Remark(check.id, check.name, check.asks, "", absent.health, says=absent.why, missing=absent.missing)
    if not tally.count:
        return Remark(check.id, check.name, check.asks, "", Health.SOUND)
    return Remark(
        check.id,
        check.name,
        check.asks,
        check.do,
        check.health,
        tally.count,
        len(tally.rows),
        tuple(sorted(tally.rows)[: tally.listed]),
        tuple(tally.first()),
        _says(tally),
        _basis(check, law),
    )


def _says(tally: _Tally) -> str:
    """The one place there is; or how many there are, and of which kinds the most."""
    if tally.count == 1:
        (spot,) = tally.spots
        return f"第{spot.row}行“{spot.column}”：{spot.why}" if spot.column else spot.why
    total = f"共{tally.count}处，在{len(tally.rows)}行"
    kinds = sorted(((kind, n) for kind, n in tally.kinds.items() if kind), key=lambda pair: (-pair[1], pair[0]))
    if not kinds:
        return total
    named = "、".join(f"{kind}{n}处" for kind, n in kinds[:KINDS_NAMED])
    return f"{total}：{named}" + ("等" if len(kinds) > KINDS_NAMED else "")


def _basis(check: Check, law: LawBook) -> tuple[Basis, ...]:
    if not check.cites:
        return ()
    found = law.provision(check.cites)
    return (Basis(found.law, found.article, (found.start, found.end), found.certainty, found.says),)
