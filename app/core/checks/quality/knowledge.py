"""What the checks of data quality know beyond the declared tables, read from quality.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.core.records import Field, FieldType, TableKind

EVERY = "every"
DAYS = (FieldType.DATE, FieldType.MONTH)


MODELS = "models"


@dataclass(frozen=True, slots=True)
class StatusWord:
    """What a remark may say that the status should say too: the word, what before it changes it, what reflects it."""

    word: re.Pattern[str]
    before: re.Pattern[str]
    reflected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data of the checks; fields are named by their ids, `same` gives groups of fields by table id."""

    spots_kept: int
    rows_listed: int
    ahead: Mapping[str, Sequence[str]]
    ahead_named: re.Pattern[str]
    pairs: Sequence[tuple[str, str]]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    both: re.Pattern[str]
    same: Mapping[str, Sequence[Sequence[str]]]
    person: Mapping[str, Sequence[str]]
    numbers: Sequence[str]
    shortest_number: int
    first_instance: re.Pattern[str]
    ruling: re.Pattern[str]
    court_fields: Sequence[str]
    is_court: re.Pattern[str]
    court_left_out: re.Pattern[str]
    whole_number: re.Pattern[str]
    status: Sequence[StatusWord]

    def past_days(self, table: TableKind) -> tuple[str, ...]:
        """The days of a table that record what happened and so cannot lie ahead."""
        ahead = {*self.ahead[EVERY], *self.ahead.get(table.id, ())}
        days = [each for each in table.fields if each.type in DAYS and each.id not in ahead]
        own = table.desk == MODELS  # whose columns are known by their names only
        return tuple(each.id for each in days if not (own and self.ahead_named.search(each.name)))

    def spans(self, table: TableKind) -> tuple[tuple[str, str], ...]:
        """Every beginning of a table with its end: by their names, then those told one by one."""
        days = [each for each in table.fields if each.type is FieldType.DATE]
        ends = {self.ends.sub("", each.name): each.id for each in days if self.ends.search(each.name)}
        found = [
            (each.id, end)
            for each in days
            if self.begins.search(each.name) and (end := ends.get(self.begins.sub("", each.name))) is not None
        ]
        ids = {each.id for each in days}
        return tuple(dict.fromkeys((*found, *(pair for pair in self.pairs if ids.issuperset(pair)))))

    def span_texts(self, table: TableKind) -> tuple[Field, ...]:
        """The texts of a table that hold both days of a span."""
        return tuple(each for each in table.fields if each.type is FieldType.TEXT and self.both.search(each.name))

    def found_by(self, table: TableKind) -> Sequence[str]:
        """By which fields a person of this table is found in others; any one is enough."""
        return self.person.get(table.id, self.person[EVERY])


@cache
def shipped() -> Knowledge:
    """What is shipped with the program."""
    with Path(__file__).with_name("quality.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return _knowledge(data)


def _knowledge(data: Mapping[str, Any]) -> Knowledge:
    ends, courts, first = data["ends"], data["courts"], data["first_instance"]
    return Knowledge(
        data["spots_kept"],
        data["rows_listed"],
        data["may_be_ahead"],
        re.compile(data["ahead_named"]),
        tuple((first, last) for first, last in ends["pairs"]),
        re.compile(ends["begins"]),
        re.compile(ends["ends"]),
        re.compile(ends["both"]),
        data["same"],
        data["person"],
        tuple(data["numbers"]["fields"]),
        data["numbers"]["shortest"],
        re.compile(first["number"]),
        re.compile(first["ruling"]),
        tuple(courts["fields"]),
        re.compile(courts["is_court"]),
        re.compile(courts["left_out"]),
        re.compile(courts["whole_number"]),
        tuple(
            StatusWord(re.compile(each["word"]), re.compile(each["before"]), tuple(each["reflected"]))
            for each in data["status"]
        ),
    )
