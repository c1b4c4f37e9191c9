"""Names of persons as lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

_NOTE = re.compile(r"[(（\[【〔]([^)）\]】〕]*)[)）\]】〕]?")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
# What follows a name without brackets: 样一，绰号小样; 样一 女.
_ALSO = re.compile(r"[\s,，;；、:：/]*((?:曾用名|又名|别名|化名|绰号|外号|原名|乳名|小名).*)$", re.DOTALL)
_SEX = re.compile(r"(?<=[^\s,，;；、/][^\s,，;；、/])[\s,，;；、/]+([男女]性?)$")
_BETWEEN = re.compile(r"[,，;；、/]")
_LINES = re.compile(r"[^\W\d_]{2,}[^\S\n]*\n\s*[^\W\d_]{2,}|[^\W\d_]{2,}(?:\s+[^\W\d_]{2,}){2,}")
_PERHAPS_TWO = re.compile(r"[^\W\d_]{2,3}\s+[^\W\d_]{2,3}")
_AND_OTHERS = re.compile(r"等(?:[\d零一二两三四五六七八九十]+[余多]?[人名]?|[余多]?人)$")
_LETTER = re.compile(r"[A-Za-z]")
LONGEST_USUAL = 4  # characters
FIRST_SIGN = "\u3400"  # of the Chinese ones


@lru_cache(maxsize=20_000)
def split_name(text: str) -> tuple[str, str]:
    """A name without blanks and brackets, and what stood in the brackets or behind it (an alias or a note such as 女).

    Blanks between Chinese characters only align a column and go; between Latin words one stays.
    """
    if text.isalpha() and min(text) >= FIRST_SIGN and len(text) <= LONGEST_USUAL:  # the usual name
        return text, ""
    bare, noted = _bare(text)
    notes = "、".join((*(note for each in _NOTE.findall(text) if (note := each.strip())), *noted))
    words = _BLANKS.sub(" ", bare).strip(" ,，;；、").lstrip("'‘’")
    return words if _LETTER.search(words) else words.replace(" ", ""), notes


def is_several(text: str) -> bool:
    """Whether a text names more than one person: 样一、样二, one below the other, 样一等3人."""
    if text.isalpha():
        return False
    bare = _bare(text)[0].strip(" ,，;；、/\t\r\n")
    if _LETTER.search(bare):
        return False
    return any(each.search(bare) for each in (_BETWEEN, _LINES, _AND_OTHERS))


def may_be_two(text: str) -> bool:
    """Whether blanks in a name may stand between two persons: 样三 样四, but not 样 三."""
    return not text.isalpha() and _PERHAPS_TWO.fullmatch(_bare(text)[0]) is not None and not _LETTER.search(text)


def _bare(text: str) -> tuple[str, list[str]]:
    """A text without what stands in brackets, and without sex and aliases behind the name; these beside it."""
    bare = _NOTE.sub("", text).strip()
    noted = []
    for pattern in (_ALSO, _SEX):
        if (found := pattern.search(bare)) and found.start():
            bare = bare[: found.start()]
            noted.append(found[1].strip())
    return bare, noted
