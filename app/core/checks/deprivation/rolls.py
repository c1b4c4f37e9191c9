"""What each of the three lists (court and prison, community correction, police) says of one deprivation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.checks.case_numbers import case_key
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.listing import elsewhere, unlisted_because
from app.core.checks.deprivation.matters import lists_deprivation, number_of
from app.core.checks.deprivation.sources import stated_in
from app.core.checks.persons import Dossier, day_of, word_of
from app.core.findings import Evidence
from app.core.people.index import place_of
from app.core.records import Record, show
from app.core.sentence.deprivation import Ground

ROSTER, LISTED = "T02", "T20"


class Roll(StrEnum):
    """One of the three lists."""

    COURT = "法院监所"
    JUSTICE = "司法局"
    POLICE = "公安机关"


TABLES = {Roll.COURT: ("T19", "T01", "T22"), Roll.JUSTICE: (ROSTER,), Roll.POLICE: (LISTED,)}
FREED = (Ground.RELEASE, Ground.OUTSIDE)
CORRECTED = (Ground.CONTROL, Ground.PROBATION, Ground.PAROLE, Ground.OUTSIDE)
SAID = "剥夺政治权利"


class Presence(StrEnum):
    """Whether a list has the person for this deprivation."""

    YES = "有"
    NO = "没有"
    MAYBE = "可能有"
    BEYOND = "反映不到"
    ABSENT = "未导入"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one list says: whether it has the person, from when to when, the term, and the cells that say it.

    `note` tells why nothing can be said, or what explains that the list has nothing.
    """

    roll: Roll
    presence: Presence
    since: str = ""
    until: str = ""
    term: str = ""
    note: str = ""
    cells: tuple[Evidence, ...] = ()

    @property
    def text(self) -> str:
        """All of it in a few words."""
        if self.presence is not Presence.YES:
            return str(self.presence)
        span = f"{self.since} 至 {self.until}" if self.until else self.since
        return "，".join(each for each in (span, self.term) if each) or str(self.presence)


def evidence(row: Record, *fields: str) -> tuple[Evidence, ...]:
    """The cells of a row that hold anything; the name's where none does."""
    found = [(each, cell) for each in fields if (cell := row.cells.get(each)) is not None and cell.raw.strip()]
    found = found or [("name", cell) for cell in [row.cells.get("name")] if cell is not None]
    return tuple(
        Evidence(*place_of(row), cell.column, field_id, cell.raw, show(cell.value)) for field_id, cell in found
    )


def entries_of(case: Matter, own: Sequence[Record]) -> tuple[Entry, ...]:
    """What the three lists say of a deprivation; `own` are the rows of the roster of correction that are its."""
    return _court(case), _justice(case, own), _police(case)


def roster_entries(dossier: Dossier, row: Record) -> tuple[Entry, ...]:
    """The entries where nothing but the roster of correction tells of a deprivation."""
    others = [_without(dossier, roll, day_of(row, "correction_start")) for roll in (Roll.COURT, Roll.POLICE)]
    return others[0], _of_roster((row,)), others[1]


def rosters(dossier: Dossier, cases: Sequence[Matter]) -> tuple[list[list[Record]], list[Record]]:
    """The rows of the roster of each case, and those that state a deprivation no case is about.

    A row belongs to the case of its number; without a number on either side, to the first case that has none either.
    """
    given: list[list[Record]] = [[] for _ in cases]
    rest = []
    for row in sorted(dossier.rows(ROSTER), key=place_of):
        number = case_key(word_of(row, "case_no")).rstrip("号字")
        numbers = [{number_of(each) for each in (*case.judgments, *case.releases, *case.listings)} for case in cases]
        fitting = [place for place, known in enumerate(numbers) if number and number in known]
        open_ = [place for place, known in enumerate(numbers) if not number or not known - {""}]
        place = next(iter(fitting or open_), None)
        if place is not None:
            given[place].append(row)
        elif (said := stated_in(row, "supplementary")) is not None and said.value:
            rest.append(row)
    return given, rest


def _court(case: Matter) -> Entry:
    ordering = [each for each in (*case.judgments, *case.releases, *case.rulings) if _orders(each)]
    silent = [each for each in case.releases if _says(each) is None]
    if not ordering and not silent:
        return _without(case.dossier, Roll.COURT, _start(case), _needed(case))
    rows = ordering or silent
    freed = case.freed if case.freed is not None and case.freed[1].table != LISTED else None
    since = f"{freed[0]}" if freed is not None else str(case.effective or "")
    term = str(case.original.value) if case.original is not None and case.original.row.table != ROSTER else ""
    if case.change is not None:
        term = f"{term}，变更为{case.change.value}" if term else str(case.change.value)
    cells = [
        cell
        for each in rows
        for cell in evidence(each, "deprivation", "supplementary", "deprivation_before", "deprivation_after")
    ]
    if freed is not None:
        cells += evidence(freed[1], freed[2])
    elif case.judgment is not None:
        cells += evidence(case.judgment, "effective_on")
    if not ordering and case.deprivation is None:
        note = "释放名单有此人，但没有写明是否附加剥夺政治权利"
        return Entry(Roll.COURT, Presence.MAYBE, since, "", "", note, tuple(cells))
    return Entry(Roll.COURT, Presence.YES, since, "", term.replace(SAID, ""), "", tuple(dict.fromkeys(cells)))


def _says(row: Record) -> bool | None:
    """Whether a row of court or prison orders deprivation; None when it does not say."""
    names = ("deprivation", "supplementary", "deprivation_before", "deprivation_after")
    found = [said for each in names if (said := stated_in(row, each)) is not None]
    if any(each.value for each in found):
        return True
    if SAID in word_of(row, "supplementary"):
        return True
    return False if found else None


def _orders(row: Record) -> bool:
    return _says(row) is True


def _needed(case: Matter) -> tuple[str, ...]:
    """The tables of court and prison one of which must be loaded to say that they do not have a deprivation."""
    if case.ground in (Ground.ALONE, Ground.CONTROL, Ground.PROBATION):
        return ("T01",)
    return ("T19", "T22") if case.ground is Ground.PAROLE else ("T19",)


def _justice(case: Matter, own: Sequence[Record]) -> Entry:
    if own:
        return _of_roster(own)
    entry = _without(case.dossier, Roll.JUSTICE, _start(case))
    if entry.presence is not Presence.NO:
        return entry
    if case.ground is not None and case.ground not in CORRECTED:
        return _noted(entry, "不由司法局矫正，名册没有此人属于正常")
    last = max((day for each in case.rulings if (day := day_of(each, "parole_to")) is not None), default=None)
    last = last or case.days.control_end or case.days.probation_end
    if last is not None and last < case.as_of:
        return _noted(entry, f"{last}矫正已经期满，名册可能不含已经解除的人")
    return entry


def _of_roster(rows: Sequence[Record]) -> Entry:
    row = max(rows, key=lambda each: (day_of(each, "correction_start") or date.min, place_of(each)))
    said = stated_in(row, "supplementary")
    cells = tuple(
        cell
        for each in rows
        for cell in evidence(each, "correction_start", "correction_end", "supplementary", "correction_kind")
    )
    since, until = (str(day_of(row, each) or "") for each in ("correction_start", "correction_end"))
    kind = word_of(row, "correction_kind")
    note = f"所列起止是{kind or '社区矫正'}的起止"
    if said is None or not said.value:
        note += "；没有写附加剥夺政治权利"
    term = str(said.value).replace(SAID, "") if said is not None and said.value else ""
    return Entry(Roll.JUSTICE, Presence.YES, since, until, term, note, cells)


def _police(case: Matter) -> Entry:
    row = case.listing
    if row is None:
        entry = _without(case.dossier, Roll.POLICE, _start(case))
        if entry.presence is not Presence.NO:
            return entry
        begun = _start(case)
        return _noted(entry, elsewhere(case) or (unlisted_because(case, begun) if begun is not None else ""))
    fields = ("deprivation_start", "deprivation_end", "deprivation", "listed_on", "delisted_on", "status")
    cells = tuple(cell for each in case.listings for cell in evidence(each, *fields))
    since, until = (str(day_of(row, each) or "") for each in ("deprivation_start", "deprivation_end"))
    term = show(row["deprivation"]).replace(SAID, "")
    over = day_of(row, "delisted_on")
    notes = [f"{over}已撤管" if over is not None else "", "" if since else "没有写剥权起始日期"]
    return Entry(Roll.POLICE, Presence.YES, since, until, term, "；".join(filter(None, notes)), cells)


def _without(dossier: Dossier, roll: Roll, start: date | None, needed: Sequence[str] = ()) -> Entry:
    """What is to be said when a list has no row: that it has none only where it is loaded and tells of that time."""
    lists, loaded = dossier.lists, [each for each in TABLES[roll] if dossier.lists.has(each)]
    maybe = [(row, why) for row, why in dossier.maybe(*loaded) if row.table != LISTED or lists_deprivation(row)]
    if not loaded:
        return Entry(roll, Presence.ABSENT, note="名单没有导入，不能说没有此人")
    if maybe:
        rows = sorted(maybe, key=lambda pair: place_of(pair[0]))
        note = f"《{rows[0][0].sheet}》第{rows[0][0].row}行可能是同一人（{rows[0][1]}）"
        cells = tuple(cell for row, _ in rows for cell in evidence(row, "name", "id_number"))
        return Entry(roll, Presence.MAYBE, note=note, cells=cells)
    asked = [each for each in (needed or loaded) if lists.has(each)]
    if not asked:
        names = "、".join(f"《{lists.names.get(each, (each, ''))[0]}》" for each in needed)
        return Entry(roll, Presence.BEYOND, note=f"{names}没有导入，不能说没有此人")
    through = max(lists.through[each] for each in asked)
    if start is not None and start > through:
        return Entry(roll, Presence.BEYOND, note=f"名单截至{through}，反映不到{start}起的情况")
    first = min((lists.since[each] for each in asked if each in lists.since), default=None)
    if start is not None and first is not None and start < first:
        return Entry(roll, Presence.BEYOND, note=f"名单从{first}开始，反映不到{start}起的情况")
    return Entry(roll, Presence.NO)


def _start(case: Matter) -> date | None:
    """The day from which lists may be expected to tell of a deprivation."""
    if case.freed is not None:
        return case.freed[0]
    return case.effective or min((each.start for each in case.known), default=None)


def _noted(entry: Entry, note: str) -> Entry:
    return Entry(entry.roll, entry.presence, note=note)
