"""Names of units in lines, titles and names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.core.intake.marks import shown
from app.core.intake.words import WORDS

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NAMED, _NOBODY, _BREAKS, _SECTION = (
    re.compile(WORDS["unit"][each]) for each in ("named", "nobody", "breaks", "section")
)


def unit_form(text: str) -> str:
    """The form in which two units' names are compared: half width, without blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", shown(text)))


def whole_unit(text: str) -> str:
    """A prison for what only is a section of it, 例县监狱刑罚执行科; any other text as it is."""
    return found[1] if (found := _SECTION.fullmatch(text)) else text


def named_unit(text: str) -> str:
    """The one unit a title or a name of a sheet, file or folder names plainly; "" for none or several."""
    found = {name for part in _BREAKS.split(unit_form(text)) for name in _names(part)}
    return found.pop() if len(found) == 1 else ""


def _names(part: str) -> Iterable[str]:
    found = _NAMED.match(part)
    if found and not _NOBODY.search(found[0]):
        yield found[0]
