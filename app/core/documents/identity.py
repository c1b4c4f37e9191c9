"""De-identified documents: what tells who one is about, and what is written in its place, the same all through."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from app.core.documents.package import Member

STEMS = "甲乙丙丁戊己庚辛壬癸"
NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXxＸ]|\d{15}|1[3-9]\d{9})(?!\d)")  # identity numbers and mobile telephones
SHORTEST = 2  # characters: one alone would be found everywhere
PROPERTIES = {
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>',
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"/>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'custom-properties"/>',
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PICTURE = "docProps/thumbnail"
DROPPED = re.compile(r"<Relationship\s[^>]*(?:/thumbnail|/attachedTemplate)\"[^>]*/>")
NAMING = re.compile(r'(\sw\d*:(?:author|initials|userId)=")[^"]*"')
TEMPLATE = re.compile(r"<w:attachedTemplate\s[^>]*/>")
TEXT = re.compile(r"<[^>]*>")


class Kind(StrEnum):
    """What a piece of identity is; the value is shown."""

    PERSON = "姓名"
    NUMBER = "编号"
    OFFICE = "单位"
    PLACE = "地点"
    FILE = "文件"
    DAY = "出生日期"


@dataclass(frozen=True, slots=True)
class Mask:
    """What stood there, and what is written in its place."""

    kind: Kind
    original: str
    shown: str


@dataclass(slots=True)
class Masks:
    """The masks of one run: the same piece has the same mask in every document."""

    _given: dict[str, Mask] = field(default_factory=dict)
    _used: Counter[str] = field(default_factory=Counter)

    def of(self, kind: Kind, text: str) -> Mask:
        """The mask of a piece, a new one when it is the first time."""
        if text not in self._given:
            self._given[text] = Mask(kind, text, self._next(kind, text))
        return self._given[text]

    def all(self) -> Sequence[Mask]:
        """Every mask, in the order they were given."""
        return tuple(self._given.values())

    def gather(self, words: Mapping[str, object]) -> dict[str, Mask]:
        """The pieces of identity among a document's words, by their text."""
        return {text: self.of(kind, text) for kind, text in _pieces(words)}

    def words(self, words: Mapping[str, object], pieces: Mapping[str, Mask]) -> dict[str, object]:
        """The words with every piece, and every number that is one by its look, masked."""
        return {name: self._masked(value, pieces) for name, value in words.items()}

    def text(self, text: str, pieces: Mapping[str, Mask]) -> str:
        """A text with every piece masked, the longest first."""
        for piece in sorted(pieces, key=len, reverse=True):
            text = text.replace(piece, pieces[piece].shown)
        return NUMBERS.sub(lambda found: self.of(Kind.NUMBER, found[0]).shown, text)

    def _masked(self, value: object, pieces: Mapping[str, Mask]) -> object:
        if isinstance(value, str):
            return self.text(value, pieces)
        if isinstance(value, Mapping):
            return self.words(value, pieces)
        return [self._masked(each, pieces) for each in value] if isinstance(value, list | tuple) else value

    def _next(self, kind: Kind, text: str) -> str:
        if kind is Kind.DAY:
            return "××××年×月×日"
        if kind is Kind.OFFICE:
            stem = f"某某{next((each for each in _endings() if text.endswith(each)), '单位')}"
        elif kind is Kind.PERSON:
            turn, place = divmod(self._used[kind], len(STEMS))
            self._used[kind] += 1
            return f"{STEMS[place]}某{turn + 1 if turn else ''}"
        else:
            stem = {Kind.NUMBER: "×××", Kind.PLACE: "某某地", Kind.FILE: "表"}[kind]
        self._used[stem] += 1
        place = self._used[stem]
        return f"{stem}{place if place > 1 or kind in (Kind.NUMBER, Kind.FILE) else ''}"


def scrubbed(members: Sequence[Member], pieces: Mapping[str, Mask]) -> list[Member]:
    """A document without properties, authors and template paths, and with the pieces masked in its fixed text too."""
    return [_scrub(each, pieces) for each in members if not each.name.startswith(PICTURE)]


def left_over(members: Sequence[Member], pieces: Iterable[str]) -> list[str]:
    """The pieces that can still be read anywhere in a document, its formatting left out."""
    texts = [_decoded(each) for each in members]
    texts += [TEXT.sub("", each) for each in texts]
    return [each for each in pieces if any(each in text or escape(each) in text for text in texts)]


def _scrub(member: Member, pieces: Mapping[str, Mask]) -> Member:
    if member.name in PROPERTIES:
        return Member.pack(member.name, (HEAD + PROPERTIES[member.name]).encode())
    if not member.name.endswith((".xml", ".rels")):
        return member
    before = _decoded(member)
    after = TEMPLATE.sub("", NAMING.sub(r'\1"', DROPPED.sub("", before)))
    for piece in sorted(pieces, key=len, reverse=True):
        after = after.replace(escape(piece), escape(pieces[piece].shown))
    return member if after == before else Member.pack(member.name, after.encode())


def _decoded(member: Member) -> str:
    return member.plain().decode("utf-8", "replace")


def _pieces(words: Mapping[str, object]) -> Iterator[tuple[Kind, str]]:
    """Every piece with its kind, those of lists too."""
    for name, value in words.items():
        kind = _kinds().get(name)
        if isinstance(value, str) and kind is not None and _tells(value):
            yield kind, value
        for row in value if isinstance(value, list | tuple) else ():
            if isinstance(row, Mapping):
                yield from _pieces(row)


def _tells(text: str) -> bool:
    return len(text) >= SHORTEST and text not in _raw()["common"] and "【" not in text


@cache
def _kinds() -> Mapping[str, Kind]:
    return {word: Kind[name.upper()] for name, words in _raw()["words"].items() for word in words}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(_raw()["endings"], key=len, reverse=True))


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("identity.toml").read_text(encoding="utf-8"))
