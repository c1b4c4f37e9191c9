"""The lives of findings and of documents, read from life.toml: what follows what, who may do it, and what is said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from app.core.findings import Level, State


class By(StrEnum):
    """What makes a move: a person's word, a document, or the program itself."""

    PERSON = "person"
    PAPER = "paper"
    PROGRAM = "program"


class Stage(StrEnum):
    """How far a document that went out has come."""

    UNSERVED = "未送达"
    SERVED = "已送达"
    REPLIED = "已回复"
    RECTIFIED = "已整改"
    UNRECTIFIED = "未整改"
    LOOKED_BACK = "已回头看"
    CLOSED = "已办结"


CODE, WHY, UNTIL = "code", "why", "until"
NEEDS = frozenset({CODE, WHY, UNTIL})
SAID, RECEIVER, WAY, ADOPTED, RANK, NAME = "said", "receiver", "way", "adopted", "level", "name"
TOLD = frozenset({SAID, RECEIVER, WAY, ADOPTED, RANK, NAME})
SERVED, REPLY, APPROVAL, RECTIFIED, LOOKED_BACK, CLOSED = "送达", "回复", "审批", "整改", "回头看", "办结"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: what makes it, what a person presses and is asked, and what must come with it (`NEEDS`).

    `bulk` are the levels of which many may go this way with one word.
    """

    before: State
    after: State
    by: By
    needs: frozenset[str]
    button: str
    asks: str
    bulk: frozenset[Level] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding is excluded; `sentence`: the reason must be told in words besides."""

    id: str
    name: str
    says: str
    sentence: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What may be entered about a document: in which stages, to which stage (None: it stays), what must be told.

    `finding` is where its findings go, None for nowhere; `after` is an event that must stand unanswered before it.
    `asks` is what is to be told in words, `example` what may be said there.
    """

    name: str
    before: frozenset[Stage]
    to: Stage | None
    needs: frozenset[str]
    finding: State | None
    after: str
    button: str
    asks: str
    example: str


@dataclass(frozen=True, slots=True)
class Life:
    """Every allowed move, the reasons, and what waits for a second person where the office chose so.

    `second` are the words that wait; `final` states are not entered from `unsettled` ones before a checked 属实 stands.
    `events` are those of documents by their names, `lists` what may be chosen for a need of theirs.
    """

    moves: Mapping[tuple[State, State, By], Move]
    reasons: Mapping[str, Reason]
    second: frozenset[State]
    final: frozenset[State]
    unsettled: frozenset[State]
    events: Mapping[str, Event]
    lists: Mapping[str, tuple[str, ...]]

    def move(self, before: State, after: State, by: By) -> Move | None:
        """The move from one state to another, None when it is not allowed."""
        return self.moves.get((before, after, by))

    def steps(self, before: State) -> tuple[Move, ...]:
        """What a person may do next, in the order of the table."""
        return tuple(each for each in self.moves.values() if each.before is before and each.by is By.PERSON)


@cache
def life() -> Life:
    """The life of findings; ValueError when a row of the table stands twice or says what is not understood."""
    data = tomllib.loads(Path(__file__).with_name("life.toml").read_text(encoding="utf-8"))
    moves: dict[tuple[State, State, By], Move] = {}
    for row in data["move"]:
        afters = [row["to"]] if isinstance(row["to"], str) else row["to"]
        for before, after in ((State(one), State(other)) for one in row["from"] for other in afters):
            by, needs = By(row["by"]), frozenset(row.get("needs", ()))
            if (before, after, by) in moves or needs - NEEDS:
                raise ValueError(f"{before} → {after} by {by}")
            bulk = frozenset(Level(each) for each in row.get("bulk", ()))
            moves[before, after, by] = Move(before, after, by, needs, row.get("button", ""), row.get("asks", ""), bulk)
    reasons = {
        each["id"]: Reason(each["id"], each["name"], each["says"], each.get("sentence", False))
        for each in data["reason"]
    }
    second, final, unsettled = (frozenset(map(State, data[each])) for each in ("second", "final", "unsettled"))
    lists = {name: tuple(each) for name, each in data["lists"].items()}
    return Life(moves, reasons, second, final, unsettled, _events(data["event"]), lists)


def _events(rows: list[dict[str, Any]]) -> Mapping[str, Event]:
    events = {
        row["name"]: Event(
            row["name"],
            frozenset(Stage(each) for each in row["from"]),
            Stage(row["to"]) if "to" in row else None,
            frozenset(row["needs"]),
            State(row["finding"]) if "finding" in row else None,
            row.get("after", ""),
            row["button"],
            row["asks"],
            row.get("example", ""),
        )
        for row in rows
    }
    if len(events) < len(rows) or any(each.needs - TOLD for each in events.values()):
        raise ValueError("an event of documents stands twice, or needs what is not understood")
    return events
