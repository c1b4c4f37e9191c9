"""What stands in an exchange file, read as what a stranger wrote: every word of the kind it must be, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core.errors import FileUnreadable
from app.core.findings import State
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.records import Cell, FieldType, TableKind
from app.core.store import exchange_file
from app.core.store.codec import read_cells
from app.core.store.exchanges import TheirPaper
from app.core.store.life_rows import TheirStep, TheirWord
from app.core.store.rows import BOTH, PaperState, Series
from app.core.values import Deprivation, Money, Sentence, Term

LONGEST_WORD, LONGEST_TEXT = 200, 20_000
LAST_ROW, LARGEST_NUMBER = 1_048_576, 9_999
MOST_SHEETS, MOST_COLUMNS = 10_000, 1_000
YEARS = range(1950, 2200)
BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError, RecursionError)
KINDS: Mapping[FieldType, type | tuple[type, ...]] = {
    FieldType.DATE: date,
    FieldType.MONTH: date,
    FieldType.TERM: Term,
    FieldType.SENTENCE: Sentence,
    FieldType.DEPRIVATION: Deprivation,
    FieldType.OFFENCE_TERMS: tuple,
    FieldType.BOOLEAN: bool,
    FieldType.INTEGER: int,
    FieldType.DECIMAL: (Decimal, int),
    FieldType.MONEY: Money,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the other office with the rows it sends: their numbers in the sheet and their cells as kept."""

    file: str
    sheet: str
    table: str
    header_row: int
    header_first: int
    mapping: Mapping[str, str]
    unit: str
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """An exchange file, not yet taken in; `cases` are desk, name, prisoner number, unit, case and conclusion."""

    file: str
    code: str
    office: str
    made_at: str
    made_by: str
    cases: tuple[tuple[str, ...], ...]
    sheets: tuple[Sheet, ...]
    words: tuple[TheirWord, ...]
    papers: tuple[TheirPaper, ...]
    numbers: tuple[tuple[Series, int], ...]

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(len(each.rows) for each in self.sheets)


def open_offer(path: Path, passphrase: str, *, ticket: Ticket) -> Offer:
    """Read an exchange file without taking anything in; errors as `exchange_file.read`."""
    parts, code = exchange_file.read(path, passphrase, ticket=ticket)
    return offer_of(parts, path.name, code)


def offer_of(parts: Mapping[str, Any], file: str, code: str) -> Offer:
    """What the parts of an exchange file say; FileUnreadable when they are not what they must be."""
    try:
        return _offer(parts, file, code)
    except BROKEN as fault:
        what = f"交换文件里的内容不合规格：{file}"
        raise FileUnreadable(what, do="请核对来源，让对方用本程序重新导出") from fault


def read_row(cells: str, labels: Mapping[str, str], table: TableKind) -> dict[str, Cell]:
    """The cells of a row; ValueError when they are not what the table's fields hold."""
    try:
        found = read_cells(cells, labels)
        for field_id, cell in found.items():
            wanted = KINDS.get(table.field(field_id).type, str)
            fits = cell.value is None or isinstance(cell.value, wanted)
            if not fits or (wanted is int and isinstance(cell.value, bool)):
                raise ValueError(field_id)
            if not all(isinstance(each, str) for each in (cell.raw, cell.column, cell.doubt)):
                raise ValueError(field_id)
    except BROKEN as fault:
        raise ValueError(str(fault)) from fault
    return found


def _offer(parts: Mapping[str, Any], file: str, code: str) -> Offer:
    about = parts["manifest"]
    sheets = _sheets(parts["batches"], parts["records"])
    papers, numbers = [], []
    for each in _list(parts["papers"]):
        papers.append(_paper(each))
        if each["series"] is not None:
            series, year, office, n = each["series"]
            if _whole(year) in YEARS and 0 < _whole(n) <= LARGEST_NUMBER:
                numbers.append((Series(_word(series), year, _word(office)), n))
    offer = Offer(
        file,
        code,
        _word(about["office"]),
        _moment(about["made_at"]),
        _word(about["made_by"]),
        tuple(tuple(_word(text) for text in each) for each in _list(parts["cases"])),
        sheets,
        tuple({each.key: each for each in map(_their_word, _list(parts["words"]))}.values()),
        tuple(papers),
        tuple(dict.fromkeys(numbers)),
    )
    if not offer.office or any(len(each) != 6 for each in offer.cases) or about["rows"] != offer.rows:
        raise ValueError("the manifest does not tell of what is there")
    return offer


def _sheets(batches: Any, records: Any) -> tuple[Sheet, ...]:
    given = _list(batches)
    if len(given) > MOST_SHEETS:
        raise ValueError("too many sheets")
    rows: list[list[tuple[int, str]]] = [[] for _ in given]
    for place, row, cells in _list(records):
        if not 0 <= _whole(place) < len(given) or not 0 < _whole(row) <= LAST_ROW or not isinstance(cells, str):
            raise ValueError("a row without a sheet")
        rows[place].append((row, cells))
    return tuple(_sheet(each, some) for each, some in zip(given, rows, strict=True))


def _sheet(given: Mapping[str, Any], rows: Sequence[tuple[int, str]]) -> Sheet:
    mapping = given["mapping"]
    if not isinstance(mapping, dict) or len(mapping) > MOST_COLUMNS:
        raise ValueError("no mapping")
    return Sheet(
        _word(given["file"]),
        _word(given["sheet"]),
        _word(given["table"]),
        _row(given["header_row"]),
        _row(given["header_first"]),
        {_text(label): _word(fields) for label, fields in mapping.items()},
        _word(given["unit"]),
        tuple(rows),
    )


def fields_of(sheet: Sheet) -> TableKind | None:
    """The table of a sheet, when this program knows it and all of its columns."""
    table = tables().get(sheet.table)
    if table is None:
        return None
    known = {each.id for each in table.fields}
    asked = {each for fields in sheet.mapping.values() for each in fields.split(BOTH)}
    return table if asked <= known else None


def _their_word(given: Mapping[str, Any]) -> TheirWord:
    return TheirWord(
        key=_word(given["key"]),
        desk=_word(given["desk"]),
        rule=_word(given["rule"]),
        rule_name=_word(given["rule_name"]),
        level=_word(given["level"]),
        name=_word(given["name"]),
        case_name=_word(given["case"]),
        unit=_word(given["unit"]),
        says=_text(given["says"]),
        state=State(given["state"]).value,
        steps=tuple(TheirStep(*map(_text, each)) for each in _list(given["steps"])),
    )


def _paper(given: Mapping[str, Any]) -> TheirPaper:
    state = PaperState(given["state"]).value
    texts = [_word(given[each]) for each in ("name", "made_at", "file", "sha256")]
    return TheirPaper(_word(given["kind"]), _word(given["number"]), state, *texts)


def _moment(text: Any) -> str:
    return datetime.fromisoformat(_word(text)).isoformat(timespec="seconds")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("no number")
    return value


def _row(value: Any) -> int:
    if not 0 <= _whole(value) <= LAST_ROW:
        raise ValueError("no row")
    return int(value)


def _text(value: Any, most: int = LONGEST_TEXT) -> str:
    """A text without signs that cannot be seen, or saved."""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text")
    return "".join(each for each in value if each.isprintable() or each == "\n")


def _word(value: Any) -> str:
    return _text(value, LONGEST_WORD).replace("\n", " ").strip()
