"""Which documents there are, read from kinds.toml: name, template, heading, number, what each rests on and may say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.core.findings import Level

PROPOSAL = "提请类型"
PRISONER_NO = "罪犯编号"
NAME = "姓名"
ADDRESSEE = "受文单位"


class Rests(StrEnum):
    """What one document of a kind rests on."""

    CASE = "case"  # a whole case
    UNIT = "unit"  # those findings of a case that one office answers for
    CLASS = "class"  # a lead about many people at one office
    PAPER = "paper"  # other documents of the case


@dataclass(frozen=True, slots=True)
class Reply:
    """Within how long an answer is asked for, in days or months; `certainty` as in the files of the law."""

    days: int = 0
    months: int = 0
    certainty: str = "D"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document; what the fields mean stands at the head of kinds.toml.

    `desk` is the folder of its template, `desks` are those whose cases it is made of. `title` may name 提请类型 in
    braces. `levels` are those of the findings it may rest on, empty when it does not rest on findings.
    """

    id: str
    name: str
    desk: str
    template: str
    title: str
    aliases: tuple[str, ...]
    series: Mapping[str, str]
    number_from: str
    desks: tuple[str, ...]
    rests: Rests
    levels: tuple[Level, ...]
    means: tuple[str, ...]
    under: str
    needs: str
    on: tuple[str, ...]
    to: Mapping[str, str]
    approval: str
    rank: str
    instead: str
    standing: bool
    reply: Reply | None
    sent: bool = False

    @property
    def outgoing(self) -> bool:
        """Whether it goes to another office, so that its findings count as 已制发."""
        return self.sent or bool(self.approval) or self.reply is not None

    def series_for(self, proposal: str) -> str | None:
        """The number series for a kind of proposal; an unknown one is numbered as 减刑. None: no number of its own."""
        return self.series.get(proposal) or next(iter(self.series.values()), None)

    def title_for(self, proposal: str) -> str:
        """The document's name for a kind of proposal: 假释提请检察意见书."""
        return self.title.replace("{" + PROPOSAL + "}", proposal)

    def file_stem(self, words: Mapping[str, object]) -> str:
        """A file name without ending, from the words of a case; not yet safe for a file system."""
        proposal = str(words.get(PROPOSAL) or "减刑")
        unit = str(words.get(ADDRESSEE) or "") if self.rests is not Rests.CASE else ""
        parts = (str(words.get(PRISONER_NO) or ""), str(words.get(NAME) or ""), unit, self.title_for(proposal))
        return "_".join(part for part in parts if part)

    def meant_by(self, word: str) -> bool:
        """Whether a name, or the word by which a rule asks for a document, means this kind."""
        return word in (self.id, self.name, *self.aliases, *self.means)


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
            tuple(each.get("desks", ())),
            Rests(each.get("rests", "case")),
            tuple(Level(level) for level in each.get("levels", ())),
            tuple(each.get("means", ())),
            each.get("under", ""),
            each.get("needs", ""),
            tuple(each.get("on", ())),
            each.get("to", {}),
            each.get("approval", ""),
            each.get("rank", ""),
            each.get("instead", ""),
            each.get("standing", False),
            Reply(**each["reply"]) if "reply" in each else None,
            each.get("sent", False),
        )
        for each in raw["kind"]
    )


def kinds(desk: str | None = None) -> tuple[DocumentKind, ...]:
    """All kinds, or those made of the cases of one desk, in the order they are made."""
    return tuple(each for each in _all() if desk is None or desk in each.desks)


def kinds_in(folder: str) -> tuple[DocumentKind, ...]:
    """The kinds whose templates lie in one folder."""
    return tuple(each for each in _all() if each.desk == folder)


def kind(kind_id: str) -> DocumentKind:
    """One kind by its id; KeyError when there is none such."""
    for each in _all():
        if each.id == kind_id:
            return each
    raise KeyError(kind_id)


def kind_by_name(name: str) -> DocumentKind | None:
    """The kind a name or one of its other names means; None when no kind is called so."""
    wanted = name.strip().strip("《》").removesuffix(".docx")
    return next((each for each in _all() if each.meant_by(wanted)), None)
