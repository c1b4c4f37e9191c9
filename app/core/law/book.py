"""The law book: provisions, rows of the commutation tables and parameters, picked by the date of the act judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from app.core.errors import FileUnreadable
from app.core.law import holidays
from app.core.law.holidays import Calendar
from app.core.law.law_file import read_law_file

HERE = Path(__file__).parent
# In this order: later files use the sources and provisions of earlier ones.
FILES = (
    "reduction.toml", "credit.toml", "assessment.toml", "procedure.toml", "batch.toml", "correction.toml",
    "deliveries.toml", "conduct.toml", "deprivation.toml", "limits.toml",
)  # fmt: skip
TITLES = {
    "reduction": "减刑、假释", "credit": "羁押折抵", "assessment": "计分考核", "procedure": "减刑、假释程序",
    "batch": "整批情况", "correction": "社区矫正", "deliveries": "送达、通知", "conduct": "社区矫正监管",
    "deprivation": "剥夺政治权利", "limits": "办案期限",
}  # fmt: skip


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
    office: bool = False  # entered by the office, not shipped

    def holds(self, day: date) -> bool:
        """Whether the provision is in force on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the law: its value, unit, the days it holds for, and the provision it comes from.

    `change` is the number of the office's change that entered it or ended it, 0 when it stands as shipped; `key` is
    what it is noted under when it is read.
    """

    id: str
    value: Any
    unit: str
    start: date | None
    end: date | None
    provision: str
    says: str
    change: int = 0
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.id}@{self.start or ''}")

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the commutation tables A to D; months throughout.

    Table A and D rows carry `interval` and `caps` by merit; B and C rows `ranges` of the term after the change.
    `change` is the office's change behind it, as in a parameter; `key` is what it is noted under when it is read.
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
    change: int = 0
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.name}@{self.start}")

    @property
    def name(self) -> str:
        """What all versions of the row have in common."""
        return f"{self.table}/{self.group}/{self.id}"

    def holds(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class LawBook:
    """All law the program holds, as one edition.

    `origin` tells which file an id stands in, `refused` which changes of the office do not fit this edition and were
    left out. `read` is a notebook: the keys of everything that was read through this book, also in vain.
    """

    edition: str
    provisions: Mapping[str, Provision]
    rows: tuple[Row, ...]
    parameters: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=holidays.shipped)
    origin: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    read: set[str] = field(default_factory=set, compare=False, repr=False)

    def noting(self) -> Self:
        """The same law with an empty notebook, for one case."""
        read: set[str] = set()
        return replace(self, calendar=self.calendar.noting(read), read=read)

    def provision(self, provision_id: str) -> Provision:
        """One provision by its id; KeyError when the book has none such."""
        self.read.add(provision_id)
        return self.provisions[provision_id]

    def parameter(self, parameter_id: str, day: date) -> Parameter:
        """The parameter that holds on a day; LawGap when there is none."""
        for each in self.parameters[parameter_id]:
            if each.holds(day):
                self.read.add(each.key)
                return each
        self.read.add(lack(parameter_id))
        raise LawGap(f"{parameter_id} on {day}")

    def keys_of_parameter(self, parameter_id: str) -> set[str]:
        """What reading any row of a parameter is noted under, and asking for it in vain."""
        return {lack(parameter_id), *(each.key for each in self.parameters.get(parameter_id, ()))}

    def local(self, parameter_id: str, day: date) -> Parameter | None:
        """A number of provincial practice on a day; None when the office has entered none."""
        for each in self.parameters.get(parameter_id, ()):
            if each.holds(day):
                self.read.add(each.key)
                return each
        self.read.add(lack(parameter_id))
        return None

    def number(self, parameter_id: str, day: date) -> int:
        """The whole number a parameter holds on a day."""
        return int(self.parameter(parameter_id, day).value)

    def row(self, table: str, group: str, day: date, months: int = 0) -> Row:
        """The table row for a group of prisoners, a day and the months of the sentence; LawGap when there is none."""
        for each in self.rows:
            low, high = each.band
            if each.table == table and each.group == group and each.holds(day) and low <= months < high:
                self.read.add(each.key)
                return each
        raise LawGap(f"table {table}, {group}, {months} months on {day}")


def lack(parameter_id: str) -> str:
    """What is noted when a number was asked for and there was none for the day."""
    return f"{parameter_id}@-"


@cache
def shipped() -> LawBook:
    """The edition shipped with the program; FileUnreadable when its files were damaged."""
    try:
        return load(HERE / name for name in FILES)
    except ValueError as fault:
        raise FileUnreadable("法律数据文件前后不一致，不能使用", do="请重新安装程序") from fault


def load(paths: Iterable[Path]) -> LawBook:
    """Read law files into one book.

    FileUnreadable for a file that is none, ValueError when an id stands twice or a citation leads nowhere.
    """
    edition = ""
    sources: dict[str, dict[str, Any]] = {}
    provisions: dict[str, Provision] = {}
    rows: list[Row] = []
    parameters: dict[str, list[Parameter]] = {}
    origin: dict[str, str] = {}
    for path in paths:
        data = read_law_file(path)
        edition = data.get("edition", edition)
        sources |= {each["id"]: each for each in data.get("source", [])}
        for each in data.get("provision", []):
            if each["id"] in provisions:
                raise ValueError(f"{path.name}: provision {each['id']} stands twice")
            if each["law"] not in sources:
                raise ValueError(f"{path.name}: {each['id']} is of a law that is not among the sources")
            provisions[each["id"]] = _provision(each, sources[each["law"]])
        rows += [_row(each) for each in data.get("row", [])]
        origin |= {each["id"]: path.stem for kind in ("provision", "row", "parameter") for each in data.get(kind, [])}
        for each in data.get("parameter", []):
            parameters.setdefault(each["id"], []).append(_parameter(each))
    numbers = {key: tuple(each) for key, each in parameters.items()}
    book = LawBook(edition, provisions, tuple(rows), numbers, origin=origin)
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
