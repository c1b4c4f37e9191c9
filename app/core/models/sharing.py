"""Tables that several models declare under one name are one table: one list serves them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.core.models.parts import Model
from app.core.records import Field, TableKind


class Declared(NamedTuple):
    """The tables of some models, and which of them each model's own table (model id, local name) is."""

    kinds: tuple[TableKind, ...]
    of: Mapping[tuple[str, str], str]


def declared(models: Iterable[Model]) -> Declared:
    """The own tables of models, those of one name and holder put together where their columns agree.

    Columns with one id must have one name and type; a table at odds with an earlier one stands by itself.
    """
    kinds: dict[str, TableKind] = {}
    of: dict[tuple[str, str], str] = {}
    for model in models:
        for table in model.tables:
            if not table.own:
                of[model.id, table.name] = table.kind.id
                continue
            home = next((each for each in kinds.values() if _agree(each, table.kind)), None)
            if home is None:
                kinds[table.kind.id] = table.kind
            else:
                kinds[home.id] = _together(home, table.kind)
            of[model.id, table.name] = table.kind.id if home is None else home.id
    return Declared(tuple(kinds.values()), of)


def _agree(one: TableKind, other: TableKind) -> bool:
    if (one.name, one.holder) != (other.name, other.holder):
        return False
    ids = {each.id: (each.name, each.type) for each in one.fields}
    names = {each.name: each.id for each in one.fields}
    return all(ids.get(each.id, (each.name, each.type)) == (each.name, each.type) for each in other.fields) and all(
        names.get(each.name, each.id) == each.id for each in other.fields
    )


def _together(one: TableKind, other: TableKind) -> TableKind:
    """Every column of both; required is only what both require."""
    given = {each.id: each for each in other.fields}
    fields = [_both(each, given[each.id]) if each.id in given else replace(each, required=False) for each in one.fields]
    known = {each.id for each in one.fields}
    fields += [replace(each, required=False) for each in other.fields if each.id not in known]
    return replace(one, fields=tuple(fields))


def _both(one: Field, other: Field) -> Field:
    synonyms = tuple(dict.fromkeys((*one.synonyms, *other.synonyms)))
    return replace(one, synonyms=synonyms, required=one.required and other.required)
