"""The life of a finding, read from life.toml: which state follows which, who may do it, and the reasons to exclude."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.core.findings import State


class By(StrEnum):
    """What makes a move: a person's word, a document, or the program itself."""

    PERSON = "person"
    PAPER = "paper"
    PROGRAM = "program"


CODE, WHY, UNTIL = "code", "why", "until"
NEEDS = frozenset({CODE, WHY, UNTIL})


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: what makes it, what a person presses and is asked, and what must come with it (`NEEDS`)."""

    before: State
    after: State
    by: By
    needs: frozenset[str]
    button: str
    asks: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding is excluded; `sentence`: the reason must be told in words besides."""

    id: str
    name: str
    says: str
    sentence: bool


@dataclass(frozen=True, slots=True)
class Life:
    """Every allowed move, the reasons, and what waits for a second person where the office chose so.

    `second` are the words that wait; `final` states are not entered from `unsettled` ones before a checked 属实 stands.
    """

    moves: Mapping[tuple[State, State, By], Move]
    reasons: Mapping[str, Reason]
    second: frozenset[State]
    final: frozenset[State]
    unsettled: frozenset[State]

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
            moves[before, after, by] = Move(before, after, by, needs, row.get("button", ""), row.get("asks", ""))
    reasons = {
        each["id"]: Reason(each["id"], each["name"], each["says"], each.get("sentence", False))
        for each in data["reason"]
    }
    second, final, unsettled = (frozenset(map(State, data[each])) for each in ("second", "final", "unsettled"))
    return Life(moves, reasons, second, final, unsettled)
