"""The documents that were made, each with whom it is about, to whom it went, and what became of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.documents.kinds import DocumentKind, kinds
from app.core.jobs import Ticket
from app.core.life import ADOPTED, CLOSED, LOOKED_BACK, RECTIFIED, REPLY, SERVED, Stage
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
    `summary` is what was found, in the document's own words or those of its findings.
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


def fates(lines: Collection[PaperLine]) -> dict[str, tuple[str, ...]]:
    """By the key of a finding what became of the documents about it: number, made, served, answered and so on.

    Several documents about one finding stand below each other in every cell.
    """
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in lines:
        reply = line.life.last(REPLY)
        days = tuple(_day(line, name) for name in (SERVED, REPLY))
        later = tuple(_day(line, name) for name in (RECTIFIED, LOOKED_BACK, CLOSED))
        told = reply.told.get(ADOPTED, "") if reply is not None else ""
        made = line.day.isoformat() if line.day is not None else ""
        for key in line.paper.finding_keys:
            found[key].append((f"《{line.name}》{line.paper.number}", made, *days, told, *later))
    return {
        key: tuple("\n".join(cells).rstrip("\n") for cells in zip(*rows, strict=True)) for key, rows in found.items()
    }


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
        _person(words, row),
        row.unit if row is not None else "",
        row.desk if row is not None else "",
        _text(words.get("内容摘要")) or _matters(store, paper),
        _granted(_text(words.get(REPLY_WORD))),
        life,
    )


def _day(line: PaperLine, name: str) -> str:
    step = line.life.last(name)
    return step.day if step is not None else ""


def _person(words: Mapping[str, object], row: CaseRow | None) -> str:
    """Whom it is about: one by name, many by their number."""
    if row is None:
        return _text(words.get("姓名"))
    many = _text(words.get("人数"))
    return f"{many} 人" if many else row.name


def _matters(store: Rooms, paper: Paper) -> str:
    """What the findings of a document say, each once."""
    if paper.case_id is None or not paper.finding_keys:
        return ""
    found = store.casebook.findings(paper.case_id, current=None)
    return "；".join(dict.fromkeys(each.verdict.message for each in found if each.key in paper.finding_keys))


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
