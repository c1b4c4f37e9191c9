"""Which columns of a table are worth most: those the person is known by, then by how many rules cannot do without."""

from __future__ import annotations

from collections.abc import Collection

from app.core.intake.likeness import COMMON
from app.core.records import Field, TableKind


def is_key(field: Field) -> bool:
    """Whether a column tells whose row it is, or no row can be without it."""
    return field.required or field.id in COMMON


def ranked(table: TableKind) -> tuple[Field, ...]:
    """All columns: keys first, then those more rules need; of equals the order of the declaration."""
    return tuple(sorted(table.fields, key=lambda each: (not is_key(each), -len(each.unlocks))))


def useful(table: TableKind) -> tuple[Field, ...]:
    """The columns some rule needs and those the person is known by, in the order of `ranked`.

    All columns of a table that no rule draws on yet but for its key.
    """
    plain = not any(each.unlocks for each in table.fields if not is_key(each))
    return tuple(each for each in ranked(table) if plain or each.unlocks or is_key(each))


def rules_of(table: TableKind) -> frozenset[str]:
    """The rules that need some column of a table."""
    return frozenset(rule for each in table.fields for rule in each.unlocks)


def absent(table: TableKind, given: Collection[str]) -> tuple[Field, ...]:
    """The columns that some rule needs and a sheet does not give, most useful first; `given` are field ids."""
    lacking = [each for each in table.fields if each.unlocks and each.id not in given]
    return tuple(sorted(lacking, key=lambda each: -len(each.unlocks)))
