"""Which declared table a sheet holds, and which field each column is; the reason is always said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.core.intake.columns import Match, assign, words_of
from app.core.intake.declared import model_tables, resting, shipped_tables, tables
from app.core.intake.headers import Header
from app.core.intake.likeness import COMMON, likeness, worth
from app.core.intake.said import Said, implied, named_above, stated_above
from app.core.intake.sheet import Sheet
from app.core.intake.split import Split, mapped_splits, stem_and_unit
from app.core.intake.words import IGNORED_COLUMNS, label_form, label_key, unit_above
from app.core.records import Field, TableKind

ENOUGH, LEAST = 1.2, 0.5  # words of a table's own; fewer do when it explains most columns
MOSTLY = 0.7
TOO_CLOSE = 0.06  # two tables that near each other are not told apart
BETWEEN = ","  # between the two fields of a column that holds both days of a range

BY_HAND = "人工指定"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A table and its columns: column index → field, how each was found, how sure and why.

    `until` holds the second field of columns with both days of a range, `said` what stands outside the columns, by
    field id; `unmapped` are the labels nothing claims. `split` tells, by field id, which columns make one value
    together. `money_unit` is that of sums in columns that state none.
    """

    table: TableKind
    columns: Mapping[int, Field]
    how: Mapping[int, str]
    labels: tuple[str, ...]
    unmapped: tuple[str, ...]
    confidence: float
    reason: str
    until: Mapping[int, Field] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    money_unit: str = ""
    split: Mapping[str, Split] = field(default_factory=dict)

    def by_label(self) -> dict[str, str]:
        """The mapping as column label → field id, the way it is remembered and written out."""
        return {
            self.labels[index]: BETWEEN.join(each.id for each in (found, self.until.get(index)) if each is not None)
            for index, found in sorted(self.columns.items())
        }

    def field_ids(self) -> frozenset[str]:
        """Every field the sheet gives a value to."""
        fields = (*self.columns.values(), *self.until.values())
        return frozenset(each.id for each in fields) | frozenset(self.said)

    def lacking(self) -> tuple[str, ...]:
        """The required fields no column gives, by name."""
        given = self.field_ids()
        return tuple(each.name for each in self.table.fields if each.required and each.id not in given)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping somebody agreed to before: table id and column label → field id ("" for a column to be left out).

    With a `fingerprint` it holds for sheets with just these labels only, and `unit` is whose sheet it was; a
    `partial` one says how some columns are read and leaves the others to be recognised.
    """

    table: str
    columns: Mapping[str, str]
    fingerprint: str = ""
    partial: bool = False
    unit: str = ""


def fingerprint(header: Header) -> str:
    """The same labels in the same order give the same fingerprint; serial numbers and our own columns do not count."""
    keys = [
        key
        for column, label in enumerate(header.labels)
        if column not in header.serial and (key := label_key(label)) not in IGNORED_COLUMNS
    ]
    return hashlib.sha256("|".join(keys).encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word of every declared table, in the form labels are compared in."""
    return frozenset(key for table_id in tables() for key in words_of(table_id))


resting(known_words.cache_clear)


def recognise(header: Header, remembered: Iterable[Remembered] = (), sheet: Sheet | None = None) -> ColumnMap | None:
    """The table whose words the header uses best; None when no table's required and own words are there.

    A remembered mapping whose columns all stand in the header goes first. `sheet` adds what its title and its values
    tell.
    """
    for each in remembered:
        mapped = apply(header, each, sheet)
        if mapped is not None:
            return mapped
    ranked = _of_models(header, sheet) or _ranked(header, sheet)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < TOO_CLOSE):
        return None
    best, mapped = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    own = [label for label, wanted in mapped.by_label().items() if wanted not in COMMON]
    reason = f"有{len(mapped.columns)}列相符：{'、'.join(own)}"
    return replace(mapped, confidence=round(best / (best + second) * (1 + _share(mapped)) / 2, 2), reason=reason)


def why_unrecognised(header: Header, sheet: Sheet | None = None) -> str:
    """Which table comes nearest and what it lacks, as a clause for the user."""
    ranked = _ranked(header, sheet)
    if len(ranked) > 1:
        return f"既像《{ranked[0][1].table.name}》，又像《{ranked[1][1].table.name}》"
    near = [(len(found), table, found) for table in tables().values() if (found := assign(header, table))]
    if not near:
        return "表头里没有认识的列"
    _, table, found = max(near, key=lambda each: each[0])
    lacking = _mapped(header, table, found, sheet).lacking()
    if lacking:
        return f"最像《{table.name}》，但缺少{'、'.join(lacking)}列"
    return f"最像《{table.name}》，但没有这种表特有的列"


def _of_models(header: Header, sheet: Sheet | None) -> list[tuple[float, ColumnMap]]:
    """The tables of models that explain most of its columns, where that is more than any table of a desk does."""
    given = [_mapped(header, each, assign(header, each), sheet) for each in shipped_tables().values()]
    others = max((_explained(each) for each in given if not each.lacking()), default=0)
    ranked = _ranked(header, sheet, models=True)
    most = max((_explained(each) for _, each in ranked), default=0)
    return [each for each in ranked if _explained(each[1]) == most] if most > others else []


def _ranked(header: Header, sheet: Sheet | None, *, models: bool = False) -> list[tuple[float, ColumnMap]]:
    """The tables the header may be, the likeliest first: enough words of its own, or little else than its words."""
    found = []
    for table in (model_tables() if models else shipped_tables()).values():
        matches = assign(header, table)
        mapped = _mapped(header, table, matches, sheet)
        like = likeness(table, matches, header, sheet)
        mostly = like.score >= LEAST and _share(mapped) >= MOSTLY
        if (mostly or (like.score >= ENOUGH and not like.alone)) and not mapped.lacking():
            found.append(((like.score + like.preferred) * worth(header, mapped.columns, sheet), mapped))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].table.id))


def _share(mapped: ColumnMap) -> float:
    """Which part of the columns the table explains."""
    return _explained(mapped) / max(_explained(mapped) + len(mapped.unmapped), 1)


def _explained(mapped: ColumnMap) -> int:
    """How many columns the table explains, those of one value as one."""
    return len(mapped.columns) - sum(len(each.units) - 1 for each in mapped.split.values())


def match(header: Header, table: TableKind, sheet: Sheet | None = None) -> ColumnMap:
    """Columns to fields of one table."""
    return _mapped(header, table, assign(header, table), sheet)


def _mapped(header: Header, table: TableKind, found: Mapping[int, Match], sheet: Sheet | None) -> ColumnMap:
    spread = {column: each for first, each in found.items() for column in _columns_of(first, each)}
    columns = {column: each.field for column, each in spread.items()}
    until = {column: each.until for column, each in found.items() if each.until is not None}
    mapped = _column_map(header, table, columns, {column: each.how for column, each in spread.items()}, until)
    return replace(mapped, said=_said(header, mapped, sheet))


def _columns_of(first: int, found: Match) -> tuple[int, ...]:
    return (first,) if found.split is None else found.split.columns


def _said(header: Header, mapped: ColumnMap, sheet: Sheet | None) -> Mapping[str, Said]:
    names = [mapped.labels[column] for column in mapped.columns]
    said = implied(mapped.table, names, mapped.field_ids())
    if sheet is None:
        return said
    given = mapped.field_ids()
    named = named_above(header, sheet, mapped.table, given)
    return {**named, **stated_above(header, mapped.table, given), **said}


def _column_map(
    header: Header,
    table: TableKind,
    columns: Mapping[int, Field],
    how: Mapping[int, str],
    until: Mapping[int, Field] | None = None,
) -> ColumnMap:
    unmapped = tuple(
        label
        for column, label in enumerate(header.labels)
        if label and column not in columns and column not in header.serial and label_key(label) not in IGNORED_COLUMNS
    )
    unit = unit_above(header.above)
    columns = dict(sorted(columns.items()))
    mapped = ColumnMap(table, columns, how, header.labels, unmapped, 1.0, "", until or {}, money_unit=unit)
    return replace(mapped, split=mapped_splits(header.splits, columns)) if header.splits else mapped


def apply(header: Header, remembered: Remembered, sheet: Sheet | None = None) -> ColumnMap | None:
    """A remembered mapping laid on a header; None when its table, one of its columns or its fingerprint is not there.

    Columns it does not name are left out, unless it is partial.
    """
    table = tables().get(remembered.table)
    if table is None or (remembered.fingerprint and remembered.fingerprint != fingerprint(header)):
        return None
    labels = [(column, label) for column, label in reversed(list(enumerate(header.labels))) if label]
    places = {form: column for column, label in labels for form in _forms(label)} | {each: at for at, each in labels}
    fields = {each.name: each for each in table.fields} | {each.id: each for each in table.fields}
    columns: dict[int, Field] = {}
    until: dict[int, Field] = {}
    named: set[int] = set()
    for label, wanted in remembered.columns.items():
        parts = [fields.get(part) for part in wanted.split(BETWEEN)] if wanted else []
        column = next((places[form] for form in (label, *_forms(label)) if form in places), None)
        if column is None or None in parts:
            return None
        named.add(column)
        found = [part for part in parts if part is not None]
        if found:
            columns[column] = found[0]
        if len(found) > 1:
            until[column] = found[1]
    how = dict.fromkeys(columns, "以前确认过")
    if remembered.partial:
        given = {each.id for each in (*columns.values(), *until.values())}
        for first, other in assign(header, table).items():
            own = _columns_of(first, other)
            if named.isdisjoint(own) and other.until is None and other.field.id not in given:
                columns |= dict.fromkeys(own, other.field)
                how |= dict.fromkeys(own, other.how)
    mapped = _column_map(header, table, columns, how, until)
    return replace(mapped, said=_said(header, mapped, sheet), reason="与以前确认过的表头相同")


def _forms(label: str) -> tuple[str, ...]:
    """The forms a label is known again by, the closest first: 减刑幅度（年） is told from 减刑幅度（月）."""
    stem, unit = stem_and_unit(label)
    return (f"{label_form(stem)}\0{unit}", label_form(label)) if unit else (label_form(label),)


def choose(header: Header, table_id: str, columns: Mapping[int, str]) -> ColumnMap:
    """The mapping a person set by hand: column index → field id (two, with a comma, for both days of a range).

    A column that says it holds both days keeps the second where its first was left as it is.
    """
    spans = {column: each for column, each in assign(header, tables()[table_id]).items() if each.until is not None}
    given = set(columns.values())
    labels = {}
    for column, wanted in columns.items():
        span = spans.get(column)
        both = span is not None and span.until is not None and span.field.id == wanted and span.until.id not in given
        labels[header.labels[column]] = f"{wanted}{BETWEEN}{span.until.id}" if both and span and span.until else wanted
    mapped = apply(header, Remembered(table_id, labels))
    if mapped is None:
        raise KeyError(table_id)
    return replace(mapped, how=dict.fromkeys(mapped.columns, BY_HAND), reason=BY_HAND)
