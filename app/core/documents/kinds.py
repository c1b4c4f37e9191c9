"""Which documents there are, read from kinds.toml: name, template, heading and the number each carries."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROPOSAL = "提请类型"
PRISONER_NO = "罪犯编号"
NAME = "姓名"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document.

    `series` gives the number series by kind of proposal (减刑, 假释); `number_from` is the id of another kind whose
    number it carries, "" when it has its own. `title` may name 提请类型 in braces.
    """

    id: str
    name: str
    desk: str
    template: str
    title: str
    aliases: tuple[str, ...]
    series: Mapping[str, str]
    number_from: str

    def series_for(self, proposal: str) -> str | None:
        """The number series for a kind of proposal; an unknown one is numbered as 减刑. None: no number of its own."""
        return self.series.get(proposal) or next(iter(self.series.values()), None)

    def title_for(self, proposal: str) -> str:
        """The document's name for a kind of proposal: 假释提请检察意见书."""
        return self.title.replace("{" + PROPOSAL + "}", proposal)

    def file_stem(self, words: Mapping[str, object]) -> str:
        """A file name without ending, from the words of a case; not yet safe for a file system."""
        proposal = str(words.get(PROPOSAL) or "减刑")
        parts = (str(words.get(PRISONER_NO) or ""), str(words.get(NAME) or ""), self.title_for(proposal))
        return "_".join(part for part in parts if part)


@cache
def _all() -> tuple[DocumentKind, ...]:
    raw = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        DocumentKind(
            each["id"],
            each["name"],
            each["desk"],
            each["template"],
            each["title"],
            tuple(each["aliases"]),
            each.get("series", {}),
            each.get("number_from", ""),
        )
        for each in raw["kind"]
    )


def kinds(desk: str | None = None) -> tuple[DocumentKind, ...]:
    """All kinds, or those of one desk, in the order they are made."""
    return tuple(each for each in _all() if desk in (None, each.desk))


def kind(kind_id: str) -> DocumentKind:
    """One kind by its id; KeyError when there is none such."""
    for each in _all():
        if each.id == kind_id:
            return each
    raise KeyError(kind_id)


def kind_by_name(name: str) -> DocumentKind | None:
    """The kind a name or one of its other names means; None when no kind is called so."""
    wanted = name.strip().strip("《》").removesuffix(".docx")
    for each in _all():
        if wanted in (each.id, each.name, *each.aliases):
            return each
    return None
