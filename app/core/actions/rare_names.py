"""Names that the fonts of templates cannot print: said before a document takes its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.core.actions.templates import bytes_in_use
from app.core.documents.glyphs import RareWords, fonts_of
from app.core.documents.kinds import DocumentKind
from app.core.documents.package import read_package
from app.core.store.database import Rooms

# Words of a document that hold names of people, offices and places as somebody typed them.
NAMED = ("姓名", "受文单位", "监狱", "法院", "原判法院", "受送达人", "承办人", "院名")
PEOPLE = "涉及人员"


def rare_names(store: Rooms, case_ids: Sequence[int], kinds: Sequence[DocumentKind]) -> list[str]:
    """What to look at before documents of these kinds are made for these cases: their people's names, as sentences."""
    fonts = frozenset(font for each in kinds for font in fonts_of(read_package(bytes_in_use(store, each))))
    found = RareWords()
    for row in store.views.case_rows(case_ids):
        found.look(row.name, fonts)
    return found.says()


def look_at_names(found: RareWords, words: Mapping[str, object], fonts: Collection[str]) -> None:
    """Look at all names among the words of one document."""
    for name in NAMED:
        if isinstance(text := words.get(name), str):
            found.look(text, fonts)
    people = words.get(PEOPLE)
    for each in people if isinstance(people, list | tuple) else ():
        if isinstance(each, Mapping) and isinstance(text := each.get("姓名"), str):
            found.look(text, fonts)
