"""The vocabulary of what came in: tables and their fields, records with the cell of every value, refused rows."""

from __future__ import annotations

import json
from collections.abc import ItemsView, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.values import Deprivation, Money, OffenceTerm, Sentence, SentenceKind, Term


class FieldType(StrEnum):
    """How the text of a column is read."""

    TEXT = "text"
    NAME = "name"
    NUMBER_TEXT = "number_text"  # prisoner numbers and the like: digits kept as text
    ID_NUMBER = "id_number"
    DATE = "date"
    MONTH = "month"  # a calendar month, held as its first day
    TERM = "term"
    SENTENCE = "sentence"  # 三年六个月, 无期徒刑, 死缓
    DEPRIVATION = "deprivation"
    OFFENCE_TERMS = "offence_terms"  # 贩卖毒品罪十一年；非法持有枪支罪三年
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # whole fen
    CHOICE = "choice"


Value = str | bool | int | Decimal | date | Money | Term | Sentence | Deprivation | tuple[OffenceTerm, ...] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column a table may have: its id, the word people see, synonyms, type and who holds the item."""

    id: str
    name: str
    type: FieldType
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # canonical word → other spellings
    unlocks: tuple[str, ...] = ()  # rule ids that need it


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a list is told from, and compared with, the next one of its kind; every entry is a field id.

    `unit` says whose list it is. `key` are ways to tell the rows of one person apart, the surest first; without any,
    a person has one row. Only what both lists cover is compared: the same `scope` (the first field both have), the
    same `part`, days of `period` in the time of both, and, when `by_person`, people of both. A text of `key` or
    `scope` that names no year, such as 第四批, is that of the year in which `year` lies.
    """

    unit: tuple[str, ...] = ()
    key: tuple[tuple[str, ...], ...] = ()
    scope: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    by_person: bool = False

    def fields(self) -> frozenset[str]:
        """Every field it names."""
        plain = (*self.unit, *self.scope, *self.part, *self.period, *self.year)
        return frozenset(plain).union(*self.key)


@dataclass(frozen=True, slots=True)
class Stated:
    """Columns whose cells may hold a sentence's whole text (field ids), and the field each part of it belongs to."""

    sources: tuple[str, ...]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of input table: its id (R1, T01 …), name, holder of the data, desk, fields, and how it comes again.

    `stated` says which columns may speak of other fields too.
    """

    id: str
    name: str
    holder: str
    desk: str
    fields: tuple[Field, ...]
    repeat: Repeat = field(default=Repeat())
    stated: tuple[Stated, ...] = ()

    def field(self, field_id: str) -> Field:
        """Return one field by its id; KeyError when the table has none such."""
        for each in self.fields:
            if each.id == field_id:
                return each
        raise KeyError(field_id)


class Cell(NamedTuple):
    """One value and where it stands: the column's own header, the raw text, and what was doubtful in reading it."""

    value: Value
    raw: str
    column: str
    doubt: str = ""


class Cells(Mapping[str, Cell]):
    """The cells of one row by field id; the rows of a sheet share the list of their fields."""

    __slots__ = ("_cells", "_places")

    def __init__(self, places: Mapping[str, int], cells: tuple[Cell, ...]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, field_id: str) -> Cell:
        return self._cells[self._places[field_id]]

    def get(self, field_id: str, default: Any = None) -> Any:
        """The cell of a field, without the detour over a KeyError that most mappings take."""
        place = self._places.get(field_id)
        return default if place is None else self._cells[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def in_order(self, places: Mapping[str, int]) -> tuple[Cell, ...] | None:
        """The cells alone, where these very places are theirs; None where they have others."""
        return self._cells if places is self._places else None

    @property
    def places(self) -> Mapping[str, int]:
        """Where each field's cell stands; rows of a sheet share it."""
        return self._places

    def items(self) -> ItemsView[str, Cell]:
        """Fields and cells, all looked up at once."""
        return dict(zip(self._places, self._cells, strict=True)).items()


@dataclass(frozen=True, slots=True)
class Record:
    """One accepted row: its table, its place in the file and its cells by field id.

    `row` is counted as the spreadsheet does, from 1.
    """

    table: str
    file: str
    sheet: str
    row: int
    cells: Mapping[str, Cell]
    id: int = 0  # given by the store

    def __getitem__(self, field_id: str) -> Value:
        """The value of a field; None when the column is missing or the cell empty."""
        cell = self.cells.get(field_id)
        return None if cell is None else cell.value


@dataclass(frozen=True, slots=True)
class Reject:
    """One refused row: its place, the column and raw text at fault, and the whole row's texts.

    `reason` says what is wrong and what to do, in Chinese.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A row below the header that is no data: its row (from 1), why it was put aside, and its text."""

    row: int
    why: str
    text: str


# What a cell's doubt says when its text was carried down: from a merged range's first cell, or where 同上 stands.
CARRIED_FROM = "取自上面的单元格"


def encode(value: Value) -> str:
    """Write a value as tagged text for keeping; `decode` reads it back to the same value."""
    match value:
        case None:
            return ""
        case bool():
            return f"b{int(value)}"
        case int():
            return f"i{value}"
        case Decimal():
            return f"n{value}"
        case date():
            return f"d{value.isoformat()}"
        case Money():
            return f"m{value.fen}"
        case Term():
            return f"t{_term(value)}"
        case Sentence():
            return f"s{_sentence(value)}"
        case Deprivation():
            return f"p{int(value.life)},{int(value.unchanged)},{_term(value.term)}"
        case tuple():
            return "o" + json.dumps([[each.offence, _sentence(each.sentence)] for each in value], ensure_ascii=False)
        case _:
            return f"x{value}"


def decode(text: str) -> Value:
    """Read back what `encode` wrote; ValueError on an unknown tag."""
    if not text:
        return None
    tag, body = text[0], text[1:]
    match tag:
        case "x":
            return body
        case "b":
            return body == "1"
        case "i":
            return int(body)
        case "n":
            return Decimal(body)
        case "d":
            return date.fromisoformat(body)
        case "m":
            return Money(int(body))
        case "t":
            return _read_term(body)
        case "s":
            return _read_sentence(body)
        case "p":
            life, unchanged, term = body.split(",", 2)
            return Deprivation(_read_term(term), life == "1", unchanged == "1")
        case "o":
            return tuple(OffenceTerm(offence, _read_sentence(each)) for offence, each in json.loads(body))
    raise ValueError(f"unknown tag {tag!r}")


def show(value: Value) -> str:
    """Print a value for people: 是/否 for booleans, ISO dates, Chinese terms; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "；".join(str(each) for each in value)
    return str(value)


def _term(term: Term) -> str:
    return f"{term.years},{term.months},{term.days}"


def _sentence(sentence: Sentence) -> str:
    return f"{sentence.kind.value}|{'' if sentence.term is None else _term(sentence.term)}"


def _read_term(text: str) -> Term:
    years, months, days = (int(part) for part in text.split(","))
    return Term(years, months, days)


def _read_sentence(text: str) -> Sentence:
    kind, _, term = text.partition("|")
    return Sentence(SentenceKind(kind), _read_term(term) if term else None)
