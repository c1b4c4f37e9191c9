"""What the lists tell of a person, day by day; the sentences are data."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from app.core.checks.entries import Entry, EntryKind, cell_of
from app.core.checks.persons import Dossier
from app.core.findings import Evidence, Finding
from app.core.people.index import place_of
from app.core.records import Record, show

PATH = Path(__file__).with_name("events.toml")
MOST_SINGLE = 12  # days of one kind that are told one by one; more are told by month
Told = dict[tuple[str, str, int, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentence of each day of each list with the fields whose words follow it, and the days that are no events."""

    of: Mapping[str, Mapping[str, tuple[str, ...]]]
    left_out: frozenset[str]


@cache
def sentences() -> Sentences:
    """The sentences shipped with the program."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    left_out = frozenset(data.pop("left_out"))
    return Sentences({key: {name: tuple(each) for name, each in told.items()} for key, told in data.items()}, left_out)


def names_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Rules and their names, each once."""
    return tuple(dict.fromkeys(f"{each.verdict.rule} {each.verdict.rule_name}" for each in findings))


def events_of(dossier: Dossier, findings: Sequence[Finding]) -> list[Entry]:
    """Every day the person's rows tell of, with the findings that rest on its cell."""
    resting: Told = _resting(findings)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for table, rows in sorted(dossier.someone.rows.items()):
        for row in sorted(rows, key=place_of):
            for name, entry in _of_row(row, dossier, resting):
                groups[table, name].append(entry)
    return [each for group in groups.values() for each in _by_month(group)]


def _resting(findings: Sequence[Finding]) -> Told:
    found: dict[tuple[str, str, int, str], list[Finding]] = defaultdict(list)
    for each in findings:
        for cell in each.verdict.evidence:
            found[_key(cell)].append(each)
    return {key: names_of(some) for key, some in found.items()}


def _key(cell: Evidence) -> tuple[str, str, int, str]:
    return cell.file, cell.sheet, cell.row, cell.field


def _of_row(row: Record, dossier: Dossier, resting: Told) -> Iterator[tuple[str, Entry]]:
    """The days of a row; a row that names no day is told of without one."""
    source, _ = dossier.lists.names.get(row.table, (row.table, ""))
    unsure = dossier.someone.loose.get(place_of(row), "")
    days: dict[str, date] = {
        name: day for name in sentences().of.get(row.table, {}) if isinstance(day := row[name], date)
    }
    for name, day in days.items():
        cell = cell_of(row, name)
        findings = resting.get(_key(cell), ()) if cell is not None else ()
        says = _sentence(row, sentences().of[row.table][name])
        yield name, Entry(day, EntryKind.EVENT, says, cell=cell, source=source, unsure=unsure, findings=findings)
    if not days:
        says = f"《{source}》有这个人的记录，没有写明日期"
        cell = next((found for name in row.cells if (found := cell_of(row, name)) is not None), None)
        yield "", Entry(None, EntryKind.EVENT, says, cell=cell, source=source, unsure=unsure)


def _sentence(row: Record, told: tuple[str, ...]) -> str:
    says, *parts = told
    words = []
    for part in parts:
        before, _, rest = part.partition("{")
        name, _, after = rest.partition("}")
        if text := show(row[name or part]).strip():
            words.append(f"{before}{text}{after}" if name else text)
    return f"{says}：{'，'.join(dict.fromkeys(words))}" if words else says


def _by_month(entries: Sequence[Entry]) -> list[Entry]:
    """Days of one kind one by one, or, when there are many, the first of each month with their number."""
    if len(entries) <= MOST_SINGLE:
        return list(entries)
    months: dict[tuple[int, int] | None, list[Entry]] = defaultdict(list)
    for each in entries:
        months[(each.day.year, each.day.month) if each.day is not None else None].append(each)
    found = []
    for group in months.values():
        first = min(group, key=lambda each: each.day or date.max)
        findings = tuple(dict.fromkeys(name for each in group for name in each.findings))
        more = f"；本月共 {len(group)} 次" if len(group) > 1 and first.day is not None else ""
        found.append(replace(first, says=first.says + more, findings=findings))
    return found
