"""Names as lists write them, and the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.core.values.name_text import split_name

_DOTS_AND_BLANKS = re.compile(r"[·•‧・．.∙⋅᛫●\s\u200b-\u200f\u2060\ufeff]+")
_ALIAS = re.compile(r"(?:曾用名|又名|别名|化名|绰号|外号|自报名|自报)[:：]?\s*([^、,，;；\s]+)")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as printed, the other names given in brackets, the brackets' whole text, and the cell's own text."""

    name: str
    aliases: tuple[str, ...]
    note: str
    original: str


@lru_cache(maxsize=20_000)
def read_name(text: str) -> PersonName:
    """Read a name cell: 李某某(女), 张某（曾用名：张小某）; the original is kept for print."""
    name, note = split_name(text)
    return PersonName(name, tuple(_ALIAS.findall(note)), note, text)


@lru_cache(maxsize=20_000)
def compare_form(text: str) -> str:
    """The form in which two names are compared: half width, without blanks, middle dots, brackets; lower case."""
    return _DOTS_AND_BLANKS.sub("", unicodedata.normalize("NFKC", split_name(text)[0])).lower()
