"""What a parser gives back: the value, and what was doubtful in reading it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# Ways an office writes "nothing here" into a date, term or money cell.
BLANKS = frozenset(
    {"", "无", "不详", "未知", "空", "暂无", "不明", "待查", "待定", "未填", "无数据", "0", "N/A", "NA", "NULL", "None"}
    | {"/", "//", "\\", "—", "——", "-", "--", "---", "–", "─", "――", "...", "……", "●"}
)
# The same without the words that answer something: 无 is an answer, 0 is a number.
UNKNOWN = BLANKS - {"无", "0"}
_BLANK_CHARACTERS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


class Read(NamedTuple, Generic[T]):
    """A value read from text, and a Chinese note on what was taken for granted; `value` is None for an empty cell."""

    value: T | None
    doubt: str = ""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Full width to half width, all blanks and line breaks out, apostrophe in front of numbers out."""
    return _BLANK_CHARACTERS.sub("", unicodedata.normalize("NFKC", text)).lstrip("'‘’`")
