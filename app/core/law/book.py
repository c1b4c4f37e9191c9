"""The law book: provisions, rows of the commutation tables and parameters, picked by the date of the act judged."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# In this order: later files use the sources and provisions of earlier ones.
FILES = (
    "reduction.toml", "credit.toml", "assessment.toml", "procedure.toml", "batch.toml", "correction.toml",
    "deliveries.toml", "conduct.toml", "deprivation.toml",
)  # fmt: skip


class LawGap(LookupError):
    """The book holds no number for this day; what rests on it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One article relied on: law, article, days in force (the last inclusive), certainty V/S/M/D, paraphrase."""

    id: str
    law: str
    article: str
    start: date | None
    end: date | None
    certainty: str
    says: str

    def holds(self, day: date) -> bool:
        """Whether the provision is in force on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the law: its value, unit, the days it holds for, and the provision it comes from."""

    id: str
    value: Any
    unit: str
    start: date | None
    end: date | None
    provision: str
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the commutation tables A to D; months throughout.

    Table A and D rows carry `interval` and `caps` by merit; B and C rows `ranges` of the term after the change.
    `exempt` is True when major merit lifts the waiting times, False when the text is silent, "interval" when in part.
    """

    id: str
    table: str
    group: str
    start: date
    end: date | None
    band: tuple[int, int]
    wait: int | None
    interval: int | None
    caps: Mapping[str, int]
    ranges: Mapping[str, tuple[int, int]]
    floor: int | None
    absolute_cap: int | None
    exempt: bool | str
    cites: Mapping[str, str]
    interval_floor: str
    says: str

    def holds(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class LawBook:
    """All law the program holds, as one edition."""

    edition: str
    provisions: Mapping[str, Provision]
    rows: tuple[Row, ...]
    parameters: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)

    def provision(self, provision_id: str) -> Provision:
        """One provision by its id; KeyError when the book has none such."""
        return self.provisions[provision_id]

    def parameter(self, parameter_id: str, day: date) -> Parameter:
        """The parameter that holds on a day; LawGap when there is none."""
        for each in self.parameters[parameter_id]:
            if (each.start is None or each.start <= day) and (each.end is None or day <= each.end):
                return each
        raise LawGap(f"{parameter_id} on {day}")

    def local(self, parameter_id: str, day: date) -> Parameter | None:
        """A number of provincial practice on a day; None when the office has entered none."""
        try:
            return self.parameter(parameter_id, day) if parameter_id in self.parameters else None
        except LawGap:
            return None

    def number(self, parameter_id: str, day: date) -> int:
        """The whole number a parameter holds on a day."""
        return int(self.parameter(parameter_id, day).value)

    def row(self, table: str, group: str, day: date, months: int = 0) -> Row:
        """The table row for a group of prisoners, a day and the months of the sentence; LawGap when there is none."""
        for each in self.rows:
            low, high = each.band
            if each.table == table and each.group == group and each.holds(day) and low <= months < high:
                return each
        raise LawGap(f"table {table}, {group}, {months} months on {day}")


@cache
def shipped() -> LawBook:
    """The edition shipped with the program."""
    return load(HERE / name for name in FILES)


def load(paths: Iterable[Path]) -> LawBook:
    """Read law files into one book; ValueError when an id stands twice or a citation leads nowhere."""
    edition = ""
    sources: dict[str, dict[str, Any]] = {}
    provisions: dict[str, Provision] = {}
    rows: list[Row] = []
    parameters: dict[str, list[Parameter]] = {}
    for path in paths:
        with path.open("rb") as stream:
            data = tomllib.load(stream)
        edition = data.get("edition", edition)
        sources |= {each["id"]: each for each in data.get("source", [])}
        for each in data.get("provision", []):
            if each["id"] in provisions:
                raise ValueError(f"{path.name}: provision {each['id']} stands twice")
            provisions[each["id"]] = _provision(each, sources[each["law"]])
        rows += [_row(each) for each in data.get("row", [])]
        for each in data.get("parameter", []):
            parameters.setdefault(each["id"], []).append(_parameter(each))
    book = LawBook(edition, provisions, tuple(rows), {key: tuple(each) for key, each in parameters.items()})
    _check(book)
    return book


def _provision(data: Mapping[str, Any], source: Mapping[str, Any]) -> Provision:
    return Provision(
        data["id"],
        source["short"],
        data["article"],
        data.get("from", source.get("from")),
        data.get("to", source.get("to")),
        data.get("certainty", source["certainty"]),
        data["says"],
    )


def _parameter(data: Mapping[str, Any]) -> Parameter:
    return Parameter(
        data["id"], data["value"], data.get("unit", ""), data.get("from"), data.get("to"), data["cite"], data["says"]
    )


def _row(data: Mapping[str, Any]) -> Row:
    low, high = data.get("band", (0, 10_000))
    return Row(
        data["id"],
        data["table"],
        data["group"],
        data["from"],
        data.get("to"),
        (low, high),
        data.get("wait"),
        data.get("interval"),
        data.get("caps", {}),
        {merit: (pair[0], pair[1]) for merit, pair in data.get("ranges", {}).items()},
        data.get("floor"),
        data.get("absolute_cap"),
        data["exempt"],
        data["cites"],
        data.get("interval_floor", "disputed"),
        data["says"],
    )


def _check(book: LawBook) -> None:
    cited = {cite for row in book.rows for cite in row.cites.values()}
    cited |= {each.provision for group in book.parameters.values() for each in group}
    unknown = sorted(cited - set(book.provisions))
    if unknown:
        raise ValueError(f"cited but not in the book: {', '.join(unknown)}")
    for name, group in book.parameters.items():
        spans = sorted((each.start or date.min, each.end or date.max) for each in group)
        if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
            raise ValueError(f"parameter {name} has overlapping days")
