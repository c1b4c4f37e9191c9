"""The changes an office can make to the law, and how they are kept: as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.law.edition_checks import Number


@dataclass(frozen=True, slots=True)
class Source:
    """A provision the office names itself; `read` says that they have its text before them."""

    law: str
    article: str
    start: date
    read: bool

    @property
    def certainty(self) -> str:
        """S when the text was at hand, else M; the office's word is never V."""
        return "S" if self.read else "M"


@dataclass(frozen=True, slots=True)
class AddRow:
    """A number from a day on (to a day, or until further notice), by a provision in the book or one of the office's.

    `closes` ends the row that holds on the day before it.
    """

    target: str
    value: Number
    start: date
    end: date | None
    cite: str | Source
    says: str
    closes: bool = True


@dataclass(frozen=True, slots=True)
class AddVersion:
    """Other numbers in a row of the commutation tables from a day on, until further notice.

    `numbers` are those that change, by name (`edition_rows.numbers_of`), in months.
    """

    target: str
    numbers: Mapping[str, int]
    start: date
    cite: str | Source
    says: str


@dataclass(frozen=True, slots=True)
class EndRow:
    """The last day of a row that has none; `start` is the row's first day."""

    target: str
    start: date | None
    last: date


@dataclass(frozen=True, slots=True)
class SetYear:
    """The days of a whole year: weekdays off, weekends worked."""

    year: int
    off: frozenset[date]
    work: frozenset[date]

    @property
    def target(self) -> str:
        """What all changes of this year have in common."""
        return str(self.year)


Change = AddRow | AddVersion | EndRow | SetYear


def write_change(change: Change) -> tuple[str, dict[str, Any]]:
    """Its kind and its content in plain JSON values."""
    match change:
        case AddRow():
            value = change.value if isinstance(change.value, int) else change.value.isoformat()
            return "add", {
                "target": change.target, "value": value, "from": change.start.isoformat(),
                "to": change.end and change.end.isoformat(), "cite": _written(change.cite), "says": change.says,
                "closes": change.closes,
            }  # fmt: skip
        case AddVersion():
            return "version", {
                "target": change.target, "numbers": dict(change.numbers), "from": change.start.isoformat(),
                "cite": _written(change.cite), "says": change.says,
            }  # fmt: skip
        case EndRow():
            first = change.start and change.start.isoformat()
            return "end", {"target": change.target, "from": first, "last": change.last.isoformat()}
        case SetYear():
            off, work = ([each.isoformat() for each in sorted(days)] for days in (change.off, change.work))
            return "year", {"target": change.target, "off": off, "work": work}


def _written(source: str | Source) -> str | dict[str, Any]:
    if isinstance(source, str):
        return source
    return {"law": source.law, "article": source.article, "from": source.start.isoformat(), "read": source.read}


def read_change(kind: str, content: Mapping[str, Any] | None) -> Change:
    """What `write_change` wrote; ValueError for anything else."""
    if content is None:
        raise ValueError("unreadable")
    try:
        match kind:
            case "add":
                return _read_add(content)
            case "version":
                numbers = {str(name): int(value) for name, value in content["numbers"].items()}
                start = date.fromisoformat(content["from"])
                return AddVersion(
                    str(content["target"]), numbers, start, _source(content["cite"]), str(content["says"])
                )
            case "end":
                return EndRow(str(content["target"]), _day(content["from"]), date.fromisoformat(content["last"]))
            case "year":
                off, work = (frozenset(map(date.fromisoformat, content[each])) for each in ("off", "work"))
                return SetYear(int(content["target"]), off, work)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a change: {error}") from error
    raise ValueError(f"no such change: {kind}")


def _read_add(content: Mapping[str, Any]) -> AddRow:
    value = content["value"]
    return AddRow(
        str(content["target"]),
        value if isinstance(value, int) else date.fromisoformat(value),
        date.fromisoformat(content["from"]),
        _day(content["to"]),
        _source(content["cite"]),
        str(content["says"]),
        content["closes"] is True,
    )


def _source(cite: str | Mapping[str, Any]) -> str | Source:
    if isinstance(cite, str):
        return cite
    return Source(str(cite["law"]), str(cite["article"]), date.fromisoformat(cite["from"]), cite["read"] is True)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
