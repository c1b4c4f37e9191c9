"""The rows a supervision model asks about, joined by SQL; only the columns it needs are unpacked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.core.errors import UserError
from app.core.store.batches import Batches
from app.core.store.link import CHUNK, Link, Row
from app.core.store.repeats import ENDS, IN_FORCE
from app.core.store.rows import Batch

MOST_PAIRS = 20_000_000
PRESENT, ABSENT = "present", "absent"


@dataclass(frozen=True, slots=True)
class WantedWay:
    """Pairs (subject field, field) that must agree; `weak` when only names do."""

    pairs: tuple[tuple[str, str], ...]
    weak: bool


At = tuple[str, str] | date  # a table's field, or a day


@dataclass(frozen=True, slots=True)
class Apart:
    """That one day lies more than so many days after another."""

    later: At
    earlier: At
    days: int


@dataclass(frozen=True, slots=True)
class Says:
    """That a text contains one of these words."""

    at: tuple[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedTable:
    """A table, known to the model by `name`: its kind, the fields needed, the ways it is joined to the subject.

    `numbers` are pairs of identity numbers that must not differ where a weak way joins. `must` may be `PRESENT` or
    `ABSENT`: subjects without a row, or with a sure one, are passed over. Each of `tests` must hold for one row at
    least (of the subject's table: for the subject): subjects for which that is surely not so are passed over too.
    """

    name: str
    kind: str
    fields: tuple[str, ...]
    ways: tuple[WantedWay, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    must: str = ""
    tests: tuple[tuple[Apart | Says, ...], ...] = ()


class SlimRow(NamedTuple):
    """A record's id and its values as `records.encode` writes them, in the order wanted; None where no column is."""

    id: int
    values: Sequence[str | None]


class SlimBundle(NamedTuple):
    """A subject row and the rows joined to it by table name, each with whether only names agree."""

    subject: SlimRow
    rows: Mapping[str, list[tuple[SlimRow, bool]]]


class ModelRows:
    """Brings rows of several lists together."""

    def __init__(self, link: Link, batches: Batches) -> None:
        self._link = link
        self._batches = batches

    @contextmanager
    def joined(self, wanted: Sequence[WantedTable]) -> Iterator[Joint]:
        """Unpack and join the rows in force of these tables, the first of which is the subject's.

        Must be left before anything else is joined: what is put together lives in temporary tables.
        """
        try:
            for place, each in enumerate(wanted):
                self._unpack(place, each)
                if place:
                    self._join(place, each, wanted[0])
            yield Joint(self._link, wanted)
        finally:
            for place in range(len(wanted)):
                for table in (f"model_link_{place}", f"model_rows_{place}"):
                    self._link.change(f"DROP TABLE IF EXISTS temp.{table}")

    def _unpack(self, place: int, wanted: WantedTable) -> None:
        columns = "".join(f", f{number} TEXT" for number in range(len(wanted.fields)))
        self._link.change(f"CREATE TEMP TABLE model_rows_{place} (id INTEGER PRIMARY KEY{columns})")
        for batch in self._batches.all():
            if batch.table == wanted.kind:
                values = "".join(f", {_value(batch, each)}" for each in wanted.fields)
                sql = f"""
                    INSERT INTO temp.model_rows_{place} SELECT id{values} FROM records
                    WHERE +batch_id = ? AND id BETWEEN ? AND ? AND {IN_FORCE}
                """
                first, end = self._link.row(ENDS, (batch.id,)) or (None, None)
                if first is not None:
                    self._link.change(sql, (batch.id, first, end))

    def _join(self, place: int, wanted: WantedTable, subject: WantedTable) -> None:
        self._link.change(
            f"CREATE TEMP TABLE model_link_{place} (one INTEGER NOT NULL, other INTEGER NOT NULL,"
            " weak INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID"
        )
        for number, way in enumerate(sorted(wanted.ways, key=lambda each: each.weak)):
            columns = [(_at(subject, left), _at(wanted, right)) for left, right in way.pairs]
            numbers = [(_at(subject, left), _at(wanted, right)) for left, right in wanted.numbers] if way.weak else []
            keys = ", ".join(right for _, right in columns)
            index = f"model_way_{place}_{number}"
            self._link.change(f"CREATE INDEX temp.{index} ON model_rows_{place} ({keys})")
            if way.weak:
                self._guard(place, columns)
            agree = " AND ".join(f"length(s.{left}) > 1 AND o.{right} = s.{left}" for left, right in columns)
            differ = "".join(
                f" AND NOT (length(s.{left}) > 1 AND length(o.{right}) > 1 AND s.{left} <> o.{right})"
                for left, right in numbers
            )
            self._link.change(
                f"INSERT OR IGNORE INTO temp.model_link_{place} SELECT s.id, o.id, {int(way.weak)}"
                f" FROM temp.model_rows_0 s CROSS JOIN temp.model_rows_{place} o ON {agree}{differ}"
            )
            self._link.change(f"DROP INDEX temp.{index}")

    def _guard(self, place: int, columns: Sequence[tuple[str, str]]) -> None:
        """Refuse a join by names that would bring everybody to everybody."""
        left, right = columns[0]
        found = self._link.row(
            f"SELECT sum(a.n * b.n) FROM (SELECT {left} k, count(*) n FROM temp.model_rows_0 GROUP BY {left}) a"
            f" JOIN (SELECT {right} k, count(*) n FROM temp.model_rows_{place} GROUP BY {right}) b ON a.k = b.k"
            " WHERE length(a.k) > 1"
        )
        if found is not None and (found[0] or 0) > MOST_PAIRS:
            raise UserError("名单里同名的人太多，不能凭姓名对应", do="请补充身份证号码等可靠的号码，再运行")


class Joint:
    """Rows that were put together; they are read in portions, in the order of the subject's rows."""

    def __init__(self, link: Link, wanted: Sequence[WantedTable]) -> None:
        self._link = link
        self._wanted = wanted
        self._where = "".join(
            _must(place, each, wanted[0]) + _tests(place, each, wanted[0]) for place, each in enumerate(wanted)
        )

    def count(self) -> tuple[int, int]:
        """How many subject rows there are, and how many of them are not passed over."""
        every = self._link.row("SELECT count(*) FROM temp.model_rows_0") or (0,)
        left = self._link.row(f"SELECT count(*) FROM temp.model_rows_0 s WHERE 1{self._where}") or (0,)
        return int(every[0]), int(left[0])

    def bundles(self) -> Iterator[SlimBundle]:
        """The subject rows that are not passed over, each with its rows."""
        last = 0
        sql = f"SELECT * FROM temp.model_rows_0 s WHERE s.id > ?{self._where} ORDER BY s.id LIMIT {CHUNK}"
        while found := self._link.rows(sql, (last,)):
            first, last = found[0][0], found[-1][0]
            others = {
                each.name: self._others(place, first, last)
                for place, each in enumerate(self._wanted)
                if place and each.ways
            }
            for row in found:
                yield SlimBundle(_slim(row), {name: rows.get(row[0], []) for name, rows in others.items()})

    def _others(self, place: int, first: int, last: int) -> dict[int, list[tuple[SlimRow, bool]]]:
        sql = f"""
            SELECT l.one, l.weak, o.* FROM temp.model_link_{place} l JOIN temp.model_rows_{place} o ON o.id = l.other
            WHERE l.one BETWEEN ? AND ? ORDER BY l.one, l.other
        """
        rows: dict[int, list[tuple[SlimRow, bool]]] = defaultdict(list)
        for one, weak, *row in self._link.rows(sql, (first, last)):
            rows[one].append((_slim(row), bool(weak)))
        return rows


def _slim(row: Row | list[object]) -> SlimRow:
    return SlimRow(row[0], row[1:])  # type: ignore[arg-type]


def _must(place: int, wanted: WantedTable, subject: WantedTable) -> str:
    """The condition that passes over subjects no lead can come of; those that cannot be joined at all stay."""
    if not wanted.must:
        return ""
    link = f"SELECT 1 FROM temp.model_link_{place} l WHERE l.one = s.id"
    if wanted.must == ABSENT:
        sure = "" if all(each.weak for each in wanted.ways) else " AND l.weak = 0"
        return f" AND NOT EXISTS ({link}{sure})"
    keys = (" AND ".join(f"length(s.{_at(subject, left)}) > 1" for left, _ in way.pairs) for way in wanted.ways)
    able = " OR ".join(f"coalesce({each}, 0)" for each in keys)
    return f" AND (EXISTS ({link}) OR NOT ({able}))"


def _tests(place: int, wanted: WantedTable, subject: WantedTable) -> str:
    """The condition that passes over subjects of which a test surely fails; what cannot be said stays."""
    found = ""
    for group in wanted.tests:
        texts = " AND ".join(_test(each, wanted, subject) for each in group)
        if not place:
            found += f" AND {texts}"
            continue
        link = f"temp.model_link_{place} l JOIN temp.model_rows_{place} o ON o.id = l.other WHERE l.one = s.id"
        none = f"NOT EXISTS (SELECT 1 FROM temp.model_link_{place} l WHERE l.one = s.id)"
        found += f" AND ({none} OR EXISTS (SELECT 1 FROM {link} AND {texts}))"
    return found


def _test(test: Apart | Says, wanted: WantedTable, subject: WantedTable) -> str:
    def at(place: At) -> str:
        if isinstance(place, date):
            return f"'d{place.isoformat()}'"
        return f"s.{_at(subject, place[1])}" if place[0] == subject.name else f"o.{_at(wanted, place[1])}"

    if isinstance(test, Says):
        # Quotes are doubled: the words come from a file nobody vouches for.
        words = " OR ".join("instr({}, '{}') > 0".format(at(test.at), each.replace("'", "''")) for each in test.words)
        return f"({at(test.at)} IS NULL OR {words})"
    later, earlier = at(test.later), at(test.earlier)
    apart = f"julianday(substr({later}, 2)) - julianday(substr({earlier}, 2)) <= {test.days}"
    return f"NOT coalesce(length({later}) = 11 AND length({earlier}) = 11 AND {apart}, 0)"


def _at(wanted: WantedTable, field: str) -> str:
    return f"f{wanted.fields.index(field)}"


def _value(batch: Batch, field: str) -> str:
    """SQL for one value of a record's cells, as `CellWriter` wrote them; NULL where it has no such cell."""
    labels = list(batch.labels())
    path = f"$[{labels.index(field)}]" if field in labels else f"$[{len(labels)}].{_plain(field)}"
    return (
        f"CASE json_type(cells, '{path}') WHEN 'array' THEN json_extract(cells, '{path}[0]')"
        f" WHEN 'text' THEN json_extract(cells, '{path}') END"
    )


def _plain(field: str) -> str:
    if not field.replace("_", "").isalnum():
        raise ValueError(field)
    return field
