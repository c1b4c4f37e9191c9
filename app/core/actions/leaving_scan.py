"""Identity numbers in the bytes of a file, whatever kind it is; and the same file without them."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from app.core.documents.identity import Kind, Masks
from app.core.people.id_number import IdState, read_id_number
from app.core.untrusted import ZIP_FAULTS

NUMBER = re.compile(r"(?<![0-9A-Za-z.])([1-9]\d{5}(?:[ -]?\d{8}[ -]?\d{3}[0-9Xx]|\d{9}))(?![0-9A-Za-z])")
BREAKS = re.compile(r"</(?:w:p|w:tc|si|is|c|v|f|row|text:p|table:table-cell)>|<w:(?:br|tab)\s*/>")
TAG = re.compile(r"<[^>]*>")
TEXT = re.compile(r"(<(?:w:)?t(?:\s[^>]*)?>)([^<]+)(</(?:w:)?t>)")
ZIP = b"PK\x03\x04"
MARKUP = (".xml", ".rels", ".html", ".htm", ".xhtml")
MASKABLE = frozenset({".xlsx", ".docx", ".csv", ".txt"})
DEEPEST, MOST_MEMBERS, LARGEST = 4, 20_000, 1 << 30
SHORTEST, SHORTEST_NUMBER = 2, 4  # characters of a name, of a prisoner number; fewer would be found everywhere


class Held(NamedTuple):
    """How many different identity numbers a file holds, and at how many places; `whole` is false for one not read."""

    numbers: int
    places: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """Names and numbers of the people in the store, by which a copy is de-identified."""

    pieces: Mapping[str, Kind]

    def longest(self) -> int:
        """The length of the longest piece."""
        return max(map(len, self.pieces), default=0)


def held_in(data: bytes, name: str = "") -> Held:
    """Look through a file; archives within archives too, a number split by formatting or blanks as well."""
    found: dict[str, int] = {}
    whole = True
    for part, text in _texts(data, name, DEEPEST):
        whole = whole and text is not None
        for number in numbers_in(text or "", markup=part.endswith(MARKUP)):
            found[number] = found.get(number, 0) + 1
    return Held(len(found), sum(found.values()), whole)


def numbers_in(text: str, *, markup: bool = False) -> Iterator[str]:
    """Every identity number of 18 or 15 digits whose date and check digit are right, in its form of 18."""
    if markup:
        text = html.unescape(TAG.sub("", BREAKS.sub("\n", text)))
    for each in NUMBER.finditer(text):
        read = read_id_number(each[1])
        if read.state in (IdState.VALID, IdState.UPGRADED):
            yield read.number


def without_numbers(data: bytes, suffix: str, known: Known, masks: Masks) -> bytes | None:
    """The same file with numbers, names and prisoner numbers masked; None when a number would still stand in it."""
    if data.startswith(ZIP):
        made = _masked_archive(data, known, masks)
    else:
        text, coding = _decoded(data)
        made = masked_text(text, known, masks).encode(coding, "replace")
    return None if suffix.lower() not in MASKABLE or held_in(made, suffix).numbers else made


def masked_text(text: str, known: Known, masks: Masks) -> str:
    """A text with everything masked that tells who it is about."""
    pieces, out, place, longest = known.pieces, [], 0, known.longest()
    starts = {each[0] for each in pieces}
    while place < len(text):
        if text[place] in starts:
            for end in range(min(len(text), place + longest), place + SHORTEST - 1, -1):
                kind = pieces.get(text[place:end])
                if kind is not None and not (kind is Kind.NUMBER and _within_number(text, place, end)):
                    out.append(masks.of(kind, text[place:end]).shown)
                    place = end
                    break
            else:
                out.append(text[place])
                place += 1
            continue
        out.append(text[place])
        place += 1
    return NUMBER.sub(lambda each: _mask_number(each[1], masks), "".join(out))


def _within_number(text: str, start: int, end: int) -> bool:
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(each.isascii() and each.isalnum() for each in beside)


def _mask_number(number: str, masks: Masks) -> str:
    read = read_id_number(number)
    sound = read.state in (IdState.VALID, IdState.UPGRADED)
    return masks.of(Kind.NUMBER, read.number).shown if sound else number


def _masked_archive(data: bytes, known: Known, masks: Masks) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename.endswith(".xml"):
                text = TEXT.sub(
                    lambda found: (
                        found[1]
                        + html.escape(masked_text(html.unescape(found[2]), known, masks), quote=False)
                        + found[3]
                    ),
                    content.decode("utf-8", "replace"),
                )
                content = text.encode()
            new.writestr(zipfile.ZipInfo(each.filename, each.date_time), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _texts(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str | None]]:
    """Every text of a file with the name of its part; None for a part that cannot be looked into."""
    if not data.startswith(ZIP):
        yield from ((name.lower(), each) for each in _readings(data))
        return
    if not depth:
        yield name, None
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_MEMBERS or sum(each.file_size for each in entries) > LARGEST:
                yield name, None
            total = 0
            for each in islice(entries, MOST_MEMBERS):
                with archive.open(each) as stream:
                    part = stream.read(max(LARGEST - total, 0))
                total += len(part)
                yield from _texts(part, each.filename, depth - 1)
    except ZIP_FAULTS:
        yield name, None


def _readings(data: bytes) -> Iterator[str]:
    """What the bytes say, read as text; for bytes that are none, in every coding digits may stand in."""
    text, coding = _decoded(data)
    if coding != "latin-1":
        yield unicodedata.normalize("NFKC", text) if not text.isascii() else text
        return
    yield text
    for shift in (0, 1):
        yield data[shift:].decode("utf-16-le", "replace")


def _decoded(data: bytes) -> tuple[str, str]:
    """A text and its coding; latin-1 for bytes that are no text."""
    marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
    marked = next((coding for mark, coding in marks if data.startswith(mark)), "")
    for coding in (marked, "utf-8", "gb18030") if b"\x00" not in data else (marked,):
        if coding:
            try:
                return data.decode(coding), coding
            except ValueError:
                continue
    return data.decode("latin-1"), "latin-1"
