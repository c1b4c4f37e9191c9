"""The sheets as the offices send them: which rows stand where, below which labels, in whose notation."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from installer.samples.shared.days import CHINESE, COMPACT, DOTTED, EXCEL, ISO, WORDS, Months, write_day, write_term
from installer.samples.shared.sheets import Page, Written, formats, open_book, write_csv, write_page
from installer.samples.stories.facts import Span, Value
from installer.samples.stories.story import Desk, Person

MIXED = (ISO, DOTTED, CHINESE, EXCEL, COMPACT)
NAME, ID_NUMBER, SERIAL = "姓名", "身份证号", "-"
# What some tables call the two columns everybody stands under.
OWN_WORDS = {
    "T12": ("违法行为人姓名", "证件号码"),
    "T13": ("嫌疑人", "证件号码"),
    "T14": (NAME, "证件号"),
    "T22": (NAME, "证件号码"),
    "T23": ("选民姓名", ID_NUMBER),
    "T24": ("人员", "证件号"),
    "T28": ("人员", ID_NUMBER),
}


@dataclass(frozen=True)
class Spoilt:
    """A row no record can be made of, below the `after`-th one: cells by label, and the column it is rejected for."""

    after: int
    cells: Mapping[str, str]
    rejected: str


@dataclass(frozen=True)
class Layout:
    """One sheet: its table, `columns` (one a line: the table's word, the sheet's label or its two lines) and habits.

    `where` are facts of the people who stand in it, `needs` the column without which a row has no place here, `words`
    what a column's values are called, `merge` the column merged over all rows, `ditto` the one that says 同上 for what
    stands above, `spoilt` rows between the people's.
    """

    name: str
    table: str
    columns: str
    title: str = ""
    above: str = ""
    days: str = ISO
    terms: str = WORDS
    where: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needs: str = ""
    merge: str = ""
    ditto: str = ""
    total: str = ""
    foot: str = ""
    spoilt: tuple[Spoilt, ...] = ()

    @property
    def labels(self) -> list[tuple[str, str, str]]:
        """Each column: the table's word, the upper and the lower label."""
        lines = [line.split(maxsplit=1) for line in self.columns.strip().splitlines()]
        return [(word, *label.strip().partition(" > ")[::2]) for word, label in lines]


@dataclass(frozen=True)
class Book:
    """A file and its sheets."""

    file: str
    author: str
    sheets: tuple[Layout, ...]
    encoding: str


@dataclass(frozen=True)
class Told:
    """A written sheet and what its cells truly say.

    `columns` is label → the table's word, `truths` row (from 1) → the table's word → value, without the spoilt rows.
    """

    written: Written
    columns: Mapping[str, str]
    truths: Mapping[int, Mapping[str, Value | Span]]


@cache
def books(desk: Desk) -> Sequence[Book]:
    """The files of a desk."""
    with (desk.folder / "books.toml").open("rb") as stream:
        return [_book(each) for each in tomllib.load(stream)["book"]]


def _book(data: Mapping[str, Any]) -> Book:
    sheets = []
    for each in data["sheet"]:
        spoilt = tuple(Spoilt(**row) for row in each.get("spoilt", ()))
        sheets.append(Layout(**{**each, "spoilt": spoilt}))
    return Book(data["file"], data["author"], tuple(sheets), data.get("encoding", "gb18030"))


def tables(desk: Desk) -> frozenset[str]:
    """The tables the desk's folder holds."""
    return frozenset(sheet.table for book in books(desk) for sheet in book.sheets)


def own_words(table: str) -> tuple[str, str]:
    """What a table calls the person's name and identity number."""
    return OWN_WORDS.get(table, (NAME, ID_NUMBER))


def make(folder: Path, desk: Desk, everybody: Iterable[Person]) -> list[Told]:
    """Write the files of a desk and say what stands in them; people of other desks fill the sheets theirs lack."""
    everybody = list(everybody)
    everybody, done = list(everybody), []
    for book in books(desk):
        rows = {sheet.name: _rows(sheet, desk, everybody) for sheet in book.sheets}
        if not book.file.endswith(".xlsx"):
            (sheet,) = book.sheets
            page = book.file.endswith(".xls")
            lines, told = _body(sheet, book.file, rows[sheet.name], 2 if page else 1)
            lines.insert(0, [upper for _, upper, _ in sheet.labels])
            text = write_page(sheet.title, lines) if page else write_csv(lines)
            (folder / book.file).write_bytes(text.encode(book.encoding))
            done.append(told)
            continue
        with open_book(folder / book.file, book.author) as out:
            looks = formats(out)
            for sheet in book.sheets:
                done.append(_write(Page(out, sheet.name, looks), sheet, book.file, rows[sheet.name]))
    return done


Truth = dict[str, Value | Span]


def _rows(sheet: Layout, desk: Desk, everybody: Sequence[Person]) -> list[tuple[Truth, Truth]]:
    """Each row twice: what it truly says, and with the cells as somebody typed them."""
    name, number = own_words(sheet.table)
    found = []
    for person in everybody:
        if person.desk != desk and sheet.table in tables(person.desk):
            continue
        if any(person.facts[fact] != value for fact, value in sheet.where.items()):
            continue
        for row in person.rows(sheet.table):
            if sheet.needs and not row.get(sheet.needs):
                continue
            says = {column: person.facts.value(cell) for column, cell in row.items()}
            who: Truth = {name: person.name, number: person.id_number}
            found.append(({**says, **who}, {**who, **says}))
    return found


def _body(sheet: Layout, file: str, rows: Sequence[tuple[Truth, Truth]], top: int) -> tuple[list[list[object]], Told]:
    """The data lines below `top` rows, and what they say."""
    lines: list[list[object]] = []
    truths: dict[int, Truth] = {}
    refused: dict[int, str] = {}
    labels = {upper + lower: word for word, upper, lower in sheet.labels}
    if late := [each.after for each in sheet.spoilt if each.after > len(rows)]:
        raise ValueError(f"{file} {sheet.name} has no row {late[0]}")
    for serial, (truth, typed) in enumerate(rows, 1):
        cells = {**typed, SERIAL: serial}
        lines.append([_note(cells.get(word), word, sheet, at + serial) for at, word in enumerate(labels.values())])
        truths[top + len(lines)] = {word: truth[word] for word in labels.values() if word in truth}
        for each in sheet.spoilt:
            if each.after == serial:
                lines.append([each.cells.get(label) for label in labels])
                refused[top + len(lines)] = each.rejected
    named = {label: word for label, word in labels.items() if word != SERIAL}
    if sheet.ditto:
        _repeat(lines, [*labels.values()].index(sheet.ditto))
    return lines, Told(Written(file, sheet.name, sheet.table, len(lines), refused), named, truths)


def _repeat(lines: Sequence[list[object]], column: int) -> None:
    """Write 同上 for a cell that says what the one above says."""
    cells = [line[column] for line in lines]
    for line, above, cell in zip(lines[1:], cells, cells[1:], strict=False):
        if cell and cell == above:
            line[column] = "同上"


def _write(page: Page, sheet: Layout, file: str, rows: Sequence[tuple[Truth, Truth]]) -> Told:
    labels = sheet.labels
    if sheet.title:
        page.title(sheet.title, len(labels))
    if sheet.above:
        page.line(sheet.above.split("|"))
    if any(lower for _, _, lower in labels):
        page.two_line_head([(upper, lower) for _, upper, lower in labels])
    else:
        page.line([upper for _, upper, _ in labels], "head")
    lines, told = _body(sheet, file, rows, page.next)
    first, merged = page.next, [word for word, _, _ in labels].index(sheet.merge) if sheet.merge else -1
    text = str(lines[0][merged]) if sheet.merge else ""
    for line in lines:
        page.line([None if place == merged else cell for place, cell in enumerate(line)])
    if sheet.merge:
        page.merge_down(first, merged, text)
    if sheet.total:
        page.line([sheet.total, f"{len(lines)}人"])
    if sheet.foot:
        page.line(sheet.foot.split("|"))
    page.sheet.set_column(0, len(labels) - 1, 14)
    return told


def _note(value: Value | Span, word: str, sheet: Layout, turn: int) -> object:
    days = MIXED[turn % len(MIXED)] if sheet.days == "mixed" else sheet.days
    if isinstance(value, Span):
        return "至".join(str(write_day(day, days)) for day in (value.first, value.last))
    if isinstance(value, date):
        return write_day(value, days)
    if isinstance(value, Months):
        return write_term(value, sheet.terms)
    if isinstance(value, str):
        return sheet.words.get(word, {}).get(value, value)
    return value
