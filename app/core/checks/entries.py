"""The vocabulary of a person's time line: what happened, what was owed, and where each is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.findings import Evidence, Person
from app.core.records import Record, show


class EntryKind(StrEnum):
    """Whether a list tells it or the law asks for it."""

    EVENT = "事件"
    DUTY = "义务"


class DutyState(StrEnum):
    """What became of a duty."""

    KEPT = "已履行"
    LATE = "逾期履行"
    ABSENT = "未见"
    WAITING = "未到期"
    UNKNOWN = "不能判断"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: an event on its day, or a duty on its last day; None where the day is not known.

    `told` says what became of a duty, `missing` and `holder` what is needed to judge it. `cell` is the cell the line
    came from and `source` its list; `unsure` says why the row may be somebody else's. `findings` are the rules of the
    findings that rest on it, `case` the matter a duty belongs to where the person has several.
    """

    day: date | None
    kind: EntryKind
    says: str
    state: DutyState | None = None
    told: str = ""
    missing: tuple[str, ...] = ()
    holder: str = ""
    cell: Evidence | None = None
    source: str = ""
    unsure: str = ""
    findings: tuple[str, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one list says: its name, who holds it, and the cell."""

    source: str
    holder: str
    cell: Evidence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing about a person of which lists say different things; each saying stands once."""

    what: str
    sayings: tuple[Saying, ...]

    @property
    def holders(self) -> tuple[str, ...]:
        """Whom to ask, each once."""
        return tuple(dict.fromkeys(each.holder for each in self.sayings if each.holder))


@dataclass(frozen=True, slots=True)
class TimeLine:
    """All lines about one person, by their days, those without a day last.

    `absent` are the desk's lists that are not loaded, with their holders: what they would tell is not shown.
    `apart` is what the lists say differently about the person, `doubts` rows that cannot be of one person with these.
    """

    person: Person
    as_of: date
    entries: tuple[Entry, ...]
    absent: tuple[tuple[str, str], ...] = ()
    apart: tuple[Disagreement, ...] = ()
    doubts: tuple[str, ...] = ()


def cell_of(record: Record, field_id: str) -> Evidence | None:
    """A cell of a record as evidence; None when the record has no such cell."""
    cell = record.cells.get(field_id)
    if cell is None:
        return None
    return Evidence(record.file, record.sheet, record.row, cell.column, field_id, cell.raw, show(cell.value))
