"""The documents that were made, each with whom it is about, to whom it went, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.documents.kinds import DocumentKind, kinds
from app.core.jobs import Ticket
from app.core.life import Stage
from app.core.store.database import Rooms
from app.core.store.life_rows import PaperLife
from app.core.store.paper_lives import NEW
from app.core.store.rows import CaseRow, Paper, PaperState
from app.core.values.numerals import read_number

ISSUED = "制发"  # in limits.toml: the day a document bears
REPLY_WORD = "回复期"
ADDRESSEES = ("受文单位", "受送达人", "法院")
GRANTED = re.compile(r"(\S+?)(日|个月)")
UNITS = {"日": "days", "个月": "months"}
PLENTY = 200  # documents between two steps of the ticket


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One document: what it is called, the day it bears, to whom it went, whom it is about, and its life.

    `granted` is the time it grants for an answer ({"days": 15}), as it was printed; empty when it grants none.
    `summary` is what it says was found, in the document's own words.
    """

    paper: Paper
    name: str
    day: date | None
    to: str
    person: str
    unit: str
    desk: str
    summary: str
    granted: Mapping[str, int]
    life: PaperLife

    @property
    def void(self) -> bool:
        """Whether it counts no longer."""
        return self.paper.state is PaperState.VOID

    @property
    def stage(self) -> str:
        """How far it has come, in a word."""
        return str(self.life.stage) if self.paper.state is PaperState.ISSUED else str(self.paper.state)


def paper_lines(
    store: Rooms,
    *,
    ticket: Ticket,
    sent: bool = True,
    states: Collection[PaperState] = (PaperState.ISSUED,),
) -> list[PaperLine]:
    """The documents in some states, oldest first; `sent` leaves out what goes to nobody."""
    names = {each.id: each for each in kinds()}
    papers = [each for each in store.papers.all() if each.state in states]
    papers = [each for each in papers if each.kind in names and (names[each.kind].outgoing or not sent)]
    rows = {each.id: each for each in store.views.case_rows({each.case_id for each in papers if each.case_id})}
    lives = store.paper_lives.all()
    lines = []
    for place, each in enumerate(papers):
        if place % PLENTY == 0:
            ticket.step(place, len(papers), "整理文书")
        lines.append(_line(store, each, names[each.kind], rows.get(each.case_id or 0), lives.get(each.id, NEW)))
    return lines


def stages(lines: Collection[PaperLine]) -> list[str]:
    """The stages there are among documents, in the order of a document's life."""
    order = [*map(str, Stage), *map(str, PaperState)]
    return sorted({each.stage for each in lines}, key=order.index)


def _line(store: Rooms, paper: Paper, kind: DocumentKind, row: CaseRow | None, life: PaperLife) -> PaperLine:
    words = store.runs.words_of(paper.id) or {}
    to = next((text for each in ADDRESSEES if (text := _text(words.get(each)))), "")
    proposal = _text(words.get("提请类型")) or (row.proposal if row is not None else "")
    name = kind.title_for(proposal) if "{" in kind.title and proposal in kind.series else kind.name
    return PaperLine(
        paper,
        name,
        store.paper_lives.made_on(paper.id),
        to or (row.unit if row is not None else ""),
        row.name if row is not None else _text(words.get("姓名")),
        row.unit if row is not None else "",
        row.desk if row is not None else "",
        _text(words.get("内容摘要")),
        _granted(_text(words.get(REPLY_WORD))),
        life,
    )


def _granted(text: str) -> Mapping[str, int]:
    """The time a document grants by its own words: 十五日, 两个月; nothing when they say something else."""
    found = GRANTED.fullmatch(text)
    if found is None:
        return {}
    try:
        return {UNITS[found[2]]: 2 if found[1] == "两" else read_number(found[1])}
    except ValueError:
        return {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
