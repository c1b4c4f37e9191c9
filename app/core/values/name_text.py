"""Names of persons as lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

_NOTE = re.compile(r"[(（\[【〔]([^)）\]】〕]*)[)）\]】〕]?")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_LETTER = re.compile(r"[A-Za-z]")
FIRST_SIGN = "\u3400"  # of the Chinese ones


@lru_cache(maxsize=20_000)
def split_name(text: str) -> tuple[str, str]:
    """A name without blanks and brackets, and what stood in the brackets (an alias or a note such as 女).

    Blanks between Chinese characters only align a column and go; between Latin words one stays.
    """
    if text.isalpha() and min(text) >= FIRST_SIGN:  # the usual name
        return text, ""
    notes = "、".join(note for each in _NOTE.findall(text) if (note := each.strip()))
    words = _BLANKS.sub(" ", _NOTE.sub("", text)).strip().lstrip("'‘’")
    return words if _LETTER.search(words) else words.replace(" ", ""), notes
