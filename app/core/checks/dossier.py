"""Records of one person brought together: who belongs to whom, and how sure that is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.findings import Person
from app.core.people.names import compare_form
from app.core.records import Record

TELLING = re.compile("[1-9]")


def text_of(record: Record, field_id: str) -> str:
    """The text of a field, without blanks around it; empty when it is missing."""
    value = record[field_id]
    if value.__class__ is str:
        return value.strip()
    return str(value).strip() if value is not None else ""


Place = tuple[str, str, int]


def place_of(record: Record) -> Place:
    """Where a record stands: file, sheet, row."""
    return record.file, record.sheet, record.row


@dataclass(frozen=True, slots=True)
class Attached:
    """Records of one table that belong to a person, those matched by name alone, and what had to be left out."""

    records: tuple[Record, ...] = ()
    loose: frozenset[Place] = frozenset()
    doubt: str = ""


class _Row(NamedTuple):
    """A row with what it is found by: its numbers, as far as people can be told apart by them, and its name."""

    record: Record
    keys: tuple[str, str]
    name: str


@dataclass(slots=True)
class Register:
    """All rows of one table, found by prisoner number, identity number or name."""

    present: bool
    _by_key: Mapping[str, list[_Row]] = field(default_factory=dict)
    _by_name: Mapping[tuple[str, bool], list[_Row]] = field(default_factory=dict)  # name, has a number of its own
    _kinds: Mapping[str, set[tuple[bool, bool]]] = field(default_factory=dict)  # by name: which numbers its rows have

    @classmethod
    def of(cls, records: Iterable[Record]) -> Register:
        """Index the rows of one table; a table without any row counts as absent."""
        by_key: dict[str, list[_Row]] = defaultdict(list)
        by_name: dict[tuple[str, bool], list[_Row]] = defaultdict(list)
        kinds: dict[str, set[tuple[bool, bool]]] = defaultdict(set)
        present = False
        for each in records:
            present = True
            keys, name = _keys(each), compare_form(text_of(each, "name"))
            row = _Row(each, keys, name)
            by_name[name, bool(keys[0])].append(row)
            kinds[name].add((bool(keys[0]), bool(keys[1])))
            for key in keys:
                if key:
                    by_key[key].append(row)
        return cls(present, by_key, by_name, kinds)

    def of_person(self, person: Person, namesakes: int) -> Attached:
        """The rows of one person: by number or identity number (with the same name), or by a name nobody shares.

        Rows found by number under another name are left out and named in `doubt`; rows found by name alone, because
        the number stands on one side only, are `loose`. A row with another number belongs to somebody else.
        """
        name, own = compare_form(person.name), (usable(person.prisoner_no), usable(person.id_number))
        candidates = {place_of(each.record): each for key in own if key for each in self._by_key.get(key, ())}
        # Where both sides have a prisoner number the number decides, so namesakes with one need no look; where a name
        # is shared no row is taken by name, so that it is enough to know that there are such rows.
        crowd = namesakes > 1
        for numbered in () if crowd else (False,) if own[0] else (False, True):
            candidates |= {place_of(each.record): each for each in self._by_name.get((name, numbered), ())}
        sure: dict[Place, Record] = {}
        loose: dict[Place, Record] = {}
        doubts: list[str] = []
        for place, (each, keys, called) in candidates.items():
            same = [mine == theirs for mine, theirs in zip(own, keys, strict=True) if mine and theirs]
            if any(same) and called not in ("", name):
                doubts.append(f"{each.sheet}第{each.row}行编号相同但姓名为{text_of(each, 'name')}")
            elif any(same):
                sure[place] = each
            elif not same:
                loose[place] = each
        by_name_only = bool(loose) or (crowd and self._any_by_name_only(name, own))
        if by_name_only and (fault := _undecided(loose.values(), namesakes)):
            doubts.append(fault)
            loose = {}
        return Attached(tuple((sure | loose).values()), frozenset(loose), "；".join(doubts))

    def _any_by_name_only(self, name: str, own: tuple[str, str]) -> bool:
        """Whether a row under this name has no kind of number that the person has too."""
        kinds = self._kinds.get(name, ())
        return any(not any(mine and theirs for mine, theirs in zip(own, each, strict=True)) for each in kinds)


def usable(number: str) -> str:
    """A prisoner or identity number people can be told apart by; empty for zeros and words like 自报."""
    return number if TELLING.search(number) else ""


def _keys(record: Record) -> tuple[str, str]:
    return usable(text_of(record, "prisoner_no")), usable(text_of(record, "id_number"))


def _undecided(rows: Iterable[Record], namesakes: int) -> str:
    """Why rows found by name alone cannot be given to anybody; "" when they can."""
    if namesakes > 1:
        return f"有{namesakes}名同名人员，只凭姓名对应的记录未采用"
    numbers = {_keys(each) for each in rows} - {("", "")}
    if len({first or second for first, second in numbers}) > 1:
        return "有同名而编号不同的记录，无法判断哪些属于本人，未采用"
    return ""
