"""The rows a model asks about, brought from the store: which columns it needs, and slim rows into bundles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core.actions.lists import stated_end
from app.core.actions.model_tests import tests_of
from app.core.law.book import LawBook
from app.core.models.asking import Bundle, Joined, Setting
from app.core.models.joining import keyless, numbers_of
from app.core.models.parts import Condition, Do, Lead, Model, ModelTable, Step
from app.core.models.refs import read_ref
from app.core.models.whole import SLOT
from app.core.records import Cell, Record, decode
from app.core.store.database import Rooms
from app.core.store.model_rows import ABSENT, PRESENT, SlimBundle, SlimRow, WantedTable, WantedWay

Homes = Mapping[tuple[str, str], str]  # (model id, local name) → table id


def setting_of(store: Rooms, model: Model, homes: Homes, law: LawBook, day: date) -> Setting:
    """What the model's questions are asked with: which of its tables are loaded, and up to which day."""
    through: dict[str, date] = {}
    for batch in store.batches.all():
        until = min(stated_end(batch.sheet) or stated_end(batch.file) or day, day)
        for each in model.tables:
            if homes[model.id, each.name] == batch.table:
                through[each.name] = max(through.get(each.name, until), until)
    return Setting(day, law, through)


def lacking(model: Model, setting: Setting) -> list[ModelTable]:
    """The tables the model cannot do without that are not loaded."""
    return [each for each in model.tables if not each.optional and each.name not in setting.through]


def wanted(model: Model, setting: Setting, homes: Homes) -> list[WantedTable]:
    """What the store is asked for: the subject's table first, then the others that are loaded."""
    fields = _fields(model)
    found = []
    for each in model.tables:
        if each.name in setting.through:
            found.append(
                WantedTable(
                    each.name,
                    homes[model.id, each.name],
                    tuple(sorted(fields[each.name])),
                    tuple(WantedWay(way.pairs, way.weak) for way in each.ways),
                    tuple(numbers_of(each)),
                    _must(model, each),
                    tuple(tests_of(model, each, setting)),
                )
            )
    return found


def _must(model: Model, table: ModelTable) -> str:
    """Whether a row without, or with, a row of this table can be no lead whatever else is asked."""
    if table.name == model.subject.table:
        return ""
    for step in model.steps:
        if step.table == table.name and step.do is Do.MATCH:
            return PRESENT
        if step.table == table.name and step.do is Do.DIFFERENCE and not step.where:
            return ABSENT
    return ""


def _fields(model: Model) -> dict[str, set[str]]:
    """The columns each table is asked for."""
    fields: dict[str, set[str]] = {each.name: set() for each in model.tables}
    subject = model.subject
    fields[subject.table] |= {
        each for each in (subject.name, subject.number, subject.label, subject.unit, subject.day) if each
    }
    for table in model.tables:
        for way in table.ways:
            fields[subject.table] |= {left for left, _ in way.pairs}
            fields[table.name] |= {right for _, right in way.pairs}
    for text in _texts(model):
        ref = read_ref(text)
        if ref is not None and ref.table in fields and ref.field:
            fields[ref.table].add(ref.field)
    return fields


def _texts(model: Model) -> Iterator[str]:
    """Everything in a model that may be a reference."""
    for step in model.all_steps():
        yield from _of_step(step)
    for lead in model.leads:
        yield from _of_lead(lead)


def _of_step(step: Step) -> Iterator[str]:
    yield from (step.until, step.start, step.done, step.day, *step.first, *step.second, *step.by)
    for term in (*step.value, *step.limit):
        yield from (each for each in (term.of, *term.times, *term.by) if isinstance(each, str))
    for each in step.where:
        yield from _of_condition(each)


def _of_condition(given: Condition) -> Iterator[str]:
    if given.op == "any":
        for each in given.value:
            yield from _of_condition(each)
        return
    yield given.of
    if isinstance(given.value, str):
        yield given.value


def _of_lead(lead: Lead) -> Iterator[str]:
    yield from SLOT.findall(lead.message)


class Slim:
    """Makes bundles of slim rows: records with their values and nothing of where these came from."""

    def __init__(self, model: Model, tables: Sequence[WantedTable]) -> None:
        self._model = model
        self._fields = {each.name: each.fields for each in tables}
        self._joined = [model.table(each.name) for each in tables[1:]]
        self._subject = tables[0].name
        self._known: dict[str, Cell] = {}

    def bundle(self, given: SlimBundle) -> Bundle:
        """One bundle."""
        subject = self._record(self._subject, given.subject)
        rows = {
            name: [Joined(self._record(name, row), weak) for row, weak in found] for name, found in given.rows.items()
        }
        return Bundle(subject, rows, frozenset(each.name for each in self._joined if keyless(each, subject)))

    def _record(self, table: str, row: SlimRow) -> Record:
        cells = {
            field: self._cell(value)
            for field, value in zip(self._fields[table], row.values, strict=True)
            if value is not None
        }
        return Record(table, "", "", 0, cells, row.id)

    def _cell(self, text: str) -> Cell:
        cell = self._known.get(text)
        if cell is None:
            cell = Cell(decode(text), "", "")
            if len(self._known) < 50_000:
                self._known[text] = cell
        return cell


def whole(bundle: Bundle, records: Mapping[int, Record]) -> Bundle:
    """A bundle with whole records in the place of slim ones."""
    rows = {name: [Joined(records[each.record.id], each.weak) for each in found] for name, found in bundle.rows.items()}
    return replace(bundle, subject=records[bundle.subject.id], rows=rows)


def ids_of(bundles: Sequence[Bundle]) -> list[int]:
    """The ids of all records of some bundles."""
    return list(
        dict.fromkeys(
            each
            for bundle in bundles
            for each in (bundle.subject.id, *(one.record.id for rows in bundle.rows.values() for one in rows))
        )
    )
