"""The XML of one worksheet, before its reader: how far it reaches, what is hidden, what the reader passes over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.intake.marks import ERROR, UNSAVED
from app.core.intake.sheet import MOST_COLUMNS, MOST_MERGED, MOST_ROWS

MOST_CELLS = 40_000_000  # the reader lays out the whole rectangle, blank cells too
FEW_CELLS, SPARSE = 2_000_000, 50  # a larger rectangle with one filled cell in fifty or less holds strays
ROWS_APART, COLUMNS_APART = 1_000, 50  # blank ones between a table and a stray cell
MOST_STRAYS = 2_000
ONE_LETTER = 26  # columns
MOST_OF_A_CELL = 40_000  # a cell's text has at most 32 767 characters
LARGEST_UNUSUAL = 200 << 20
Place = tuple[int, int]

# Written the way all common programs do it, a sheet is looked at with these; each begins with plain letters, which
# the search finds at once, and none crosses a "<", so that no text makes them run in circles.
_FAR_COLUMN = re.compile(rb'<c r="([A-Za-z]{2,})\d')
_ROW = re.compile(rb'<row [^<>]*?\br="(\d{1,7})"')
_COLUMN_HIDDEN = re.compile(rb'<col\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*>')
_ROW_HIDDEN = re.compile(rb'<row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_ERROR = re.compile(rb'<c r="([A-Za-z]{1,3})(\d{1,7})"[^<>]*\bt="e"[^<>]*>')
_RESULT = re.compile(rb"\s*(?:<(?:\w+:)?f\b[^<>]*>(?:[^<]*</(?:\w+:)?f>)?\s*)?<(?:\w+:)?v>([^<]{1,20})<")
_UNSAVED = re.compile(
    # A formula that gives an empty text (t="str") has its result.
    rb'<c r="([A-Za-z]{1,3})(\d{1,7})"(?![^<>]*\bt="str")[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)worksheet\b")
# Written otherwise (other prefixes, no references), every tag is looked at.
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(row|c|col|mergeCell)(?=[\s/>])([^<>]*)>")
_NO_RESULT = re.compile(
    rb"\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"([A-Za-z]{1,7})(\d{1,12})")
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?c\s*>")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^<>]*>([^<]*)<")


FAR_AWAY = "表格以外很远的地方还有内容"
MANY_MERGED = "合并的单元格太多"


class TooFar(Exception):
    """A sheet is too large to be laid out; says why, in Chinese."""


@dataclass(slots=True)
class Scan:
    """What a worksheet's XML says beside the values; rows and columns of `notes` and `strays` count from 0."""

    notes: dict[Place, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stray:
    """A filled cell far from the table: its place, where its XML stands, its text or its shared text's number."""

    place: Place
    start: int
    end: int
    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Months:
    """The styles (by number) that show year and month only, and the day that is day 0."""

    styles: frozenset[str] = frozenset()
    epoch: date = date(1899, 12, 30)


def scan_sheet(pieces: Callable[[], Iterable[bytes]], months: Months) -> Scan:
    """Look through a worksheet for what its reader passes over.

    TooFar when it has cells so far apart, or so many merged ranges, that it cannot be read.
    """
    scan = Scan()
    if not _usual(pieces(), scan, months):
        data = b"".join(_bounded(pieces()))
        scan = Scan()
        _unusual(data, scan, months)
    return scan


def _bounded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_UNUSUAL:
            raise TooFar(FAR_AWAY)
        yield piece


def _usual(pieces: Iterable[bytes], scan: Scan, months: Months) -> bool:
    """The quick look; False when the sheet is written unusually or may reach too far, and needs the thorough one."""
    last_row, last_column, filled, merged = 1, ONE_LETTER, 0, 0
    for chunk in _chunks(pieces):
        cells = chunk.count(b'<c r="')
        if cells < chunk.count(b"c>"):  # every filled cell ends with it, however it begins
            return False
        merged += chunk.count(b"<mergeCell ")
        filled += cells
        last_row = max((last_row, *map(int, _ROW.findall(chunk))))
        last_column = max((last_column, *(column_of(each) + 1 for each in set(_FAR_COLUMN.findall(chunk)))))
        if last_column * last_row > max(FEW_CELLS, SPARSE * filled) or _beyond(chunk, last_row):
            return False
        if b' t="e"' in chunk:
            for found in _ERROR.finditer(chunk):
                if result := _RESULT.match(chunk, found.end()):
                    scan.notes[_place(found[1], found[2])] = ERROR + result[1].decode("utf-8", "replace")
        if b"<f" in chunk:
            scan.notes |= {_place(*found.groups()): UNSAVED for found in _UNSAVED.finditer(chunk)}
        if b"hidden=" in chunk:
            scan.hidden_rows += map(int, _ROW_HIDDEN.findall(chunk))
            for found in _COLUMN_HIDDEN.finditer(chunk):
                scan.hidden_columns += _span(_attributes(found[0]))
        for style in months.styles:
            scan.notes |= _month_notes(chunk, style, months.epoch)
    return merged <= MOST_MERGED and last_column * last_row <= MOST_CELLS


def _beyond(chunk: bytes, last_row: int) -> bool:
    """Whether a cell says it stands in a row with more digits than any row has."""
    return re.search(rb'<c r="[A-Za-z]{1,7}\d{%d}' % (len(str(last_row)) + 1), chunk) is not None


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A part in pieces that overlap by whole cells, without the prefix some programs give every tag."""
    rest, prefix = b"", None
    for piece in pieces:
        chunk = rest + piece
        if prefix is None:
            found = _PREFIX.search(chunk)
            prefix = found[1] if found is not None else b""
        if prefix:
            chunk = chunk.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
        cut = max(chunk.rfind(b"</c>") + len(b"</c>"), chunk.rfind(b"<row"))
        rest = chunk[cut:][-MOST_OF_A_CELL:]
        yield chunk


def _unusual(data: bytes, scan: Scan, months: Months) -> None:
    """The thorough look, tag by tag, counting places where none are written as the reader does."""
    row, column, merged = 0, 0, 0
    filled: list[tuple[Place, int, int]] = []
    for tag in _TAG.finditer(data):
        kind, inside = tag[1], tag[2]
        attributes = _attributes(inside)
        if kind == b"row":
            row, column = _number(attributes.get(b"r"), row + 1), 0
            if attributes.get(b"hidden") in (b"1", b"true"):
                scan.hidden_rows.append(row)
        elif kind == b"col":
            if attributes.get(b"hidden") in (b"1", b"true"):
                scan.hidden_columns += _span(attributes)
        elif kind == b"mergeCell":
            merged += 1
        else:
            at_row, column = _where(attributes.get(b"r"), row, column)
            if not inside.endswith(b"/") and not _END.match(data, tag.end()):
                place = (at_row - 1, column - 1)
                filled.append((place, tag.start(), tag.end()))
                _note(scan, data, tag.end(), place, attributes, months)
    if merged > MOST_MERGED:
        raise TooFar(MANY_MERGED)
    scan.strays = _strays(data, filled)


def _note(scan: Scan, data: bytes, end: int, place: Place, attributes: Mapping[bytes, bytes], months: Months) -> None:
    kind, style = attributes.get(b"t"), attributes.get(b"s", b"").decode("ascii", "replace")
    if kind == b"e" and (result := _RESULT.match(data, end)):
        scan.notes[place] = ERROR + result[1].decode("utf-8", "replace")
    elif kind != b"str" and _NO_RESULT.match(data, end):
        scan.notes[place] = UNSAVED
    elif style in months.styles and kind in (None, b"n") and (result := _RESULT.match(data, end)):
        scan.notes |= {place: text} if (text := month_text(result[1], months.epoch)) else {}


def _where(reference: bytes | None, row: int, column: int) -> tuple[int, int]:
    """Row and column from 1: as written, else the next one."""
    found = _REFERENCE.fullmatch(reference or b"")
    if found is None:
        return max(row, 1), column + 1
    return int(found[2]), column_of(found[1]) + 1


def _strays(data: bytes, filled: Sequence[tuple[Place, int, int]]) -> list[Stray]:
    """The few cells far from all others, to be read apart; TooFar when the sheet is too large without them too."""
    if not _too_far([place for place, _, _ in filled]):
        return []
    last_row = _last_before_gap({row for (row, _), _, _ in filled}, ROWS_APART)
    last_column = _last_before_gap({column for (_, column), _, _ in filled}, COLUMNS_APART)
    far = [each for each in filled if each[0][0] > last_row or each[0][1] > last_column]
    near = [place for place, _, _ in filled if place[0] <= last_row and place[1] <= last_column]
    beyond = any(row >= MOST_ROWS or column >= MOST_COLUMNS for (row, column), _, _ in far)
    if len(far) > MOST_STRAYS or beyond or _too_far(near):
        raise TooFar(FAR_AWAY)
    strays = []
    for place, start, inside in far:
        end = _END.search(data, inside)
        if end is None:
            raise TooFar(FAR_AWAY)
        value = _VALUE.search(data, inside, end.start())
        shared = re.search(rb"""\bt\s*=\s*["']s["']""", data[start:inside]) is not None
        text = value[1].decode("utf-8", "replace") if value is not None else ""
        strays.append(Stray(place, start, end.end(), text, shared))
    return strays


def _too_far(places: Sequence[Place]) -> bool:
    rows = 1 + max((row for row, _ in places), default=0)
    columns = max(ONE_LETTER, 1 + max((column for _, column in places), default=0))
    return rows * columns > min(MOST_CELLS, max(FEW_CELLS, SPARSE * len(places)))


def _last_before_gap(numbers: Iterable[int], gap: int) -> int:
    last = -1
    for number in sorted(numbers):
        if last >= 0 and number - last > gap:
            break
        last = number
    return last


def _month_notes(chunk: bytes, style: str, epoch: date) -> dict[Place, str]:
    if (written := f' s="{style}"'.encode()) not in chunk:
        return {}
    pattern = rb'<c r="([A-Za-z]{1,3})(\d{1,7})"(?=[^<>]*' + written + rb')(?![^<>]*\bt="(?!n"))[^<>]*>'
    notes = {}
    for found in re.finditer(pattern, chunk):
        result = _RESULT.match(chunk, found.end())
        if result and (text := month_text(result[1], epoch)):
            notes[_place(found[1], found[2])] = text
    return notes


def month_text(serial: bytes | float, epoch: date) -> str:
    """What a cell shows of the first day of a month when it shows year and month only; empty for any other value."""
    try:
        number = float(serial)
        day = epoch + timedelta(days=number)
    except (ValueError, OverflowError):
        return ""
    return f"{day.year}年{day.month}月" if day.day == 1 and number == int(number) else ""


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def _span(attributes: Mapping[bytes, bytes]) -> range:
    """The columns (from 1) a column element is about."""
    first, last = _number(attributes.get(b"min"), 1), _number(attributes.get(b"max"), 0)
    return range(first, min(last, MOST_COLUMNS) + 1)


def _number(text: bytes | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) <= len(str(10 * MOST_ROWS)) else otherwise


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, column_of(letters)


def column_of(letters: bytes) -> int:
    """A column's index from 0: A → 0, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
