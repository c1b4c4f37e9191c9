"""Duties as data: who owes whom which document by when, and in which lists it can be seen that it was done."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COUNTINGS = ("days", "workdays", "months")
ABSENCES = ("", "提示", "存疑", "轻微", "较重", "重大")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a list something is seen: the first of these fields that is filled, in rows that fit.

    `has` and `lacks` map fields (several joined by "+") to words one of which must, or none of which may, stand in
    them; the word "" stands for an empty cell.
    """

    table: str
    fields: tuple[str, ...]
    has: Mapping[str, tuple[str, ...]]
    lacks: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How many days of delay are no more than a prompt, where only this field of a fitting row is known."""

    days: int
    field: str
    has: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty.

    It begins on a day the case knows by name (`on`) or on each row of a list (`row`); `days` is a number or the name
    of a parameter. `done` are the lists that must be known before anything is said to be absent, `also` are looked at
    where they are loaded, `hints` show that it may have been done, `beside` is somebody else's doing that is told but
    does not stand for it, `denied` are fields of the beginning row whose 否 says that it was not. `late` gives the
    gravity from so many days of delay on, first from one day, `absent` what a lacking row means and `grace` the
    parameter with the days that are waited for it. `early` days before the beginning still count in other rows. `worse`
    names a day of the case: lying between deadline and doing it makes the delay serious.
    """

    id: str
    rule: str
    holder: str
    act: str
    recipient: str
    document: str
    on: str
    row: Spot | None
    on_name: str
    days: int | str
    counting: str
    roll: bool
    done_name: str
    done: tuple[Spot, ...]
    cites: tuple[str, ...]
    also: tuple[Spot, ...] = ()
    hints: tuple[Spot, ...] = ()
    beside: tuple[Spot, ...] = ()
    denied: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    fits: str = ""
    late: tuple[tuple[int, str], ...] = ()
    absent: str = ""
    grace: str = ""
    early: int = 0
    optional: bool = False
    worse: str = ""
    tolerance: Tolerance | None = None
    start: date | None = None
    end: date | None = None

    @property
    def owed(self) -> str:
        """What is owed to whom, as a phrase: 向…送达…."""
        return self.act.format(recipient=self.recipient, document=self.document)

    def holds(self, day: date) -> bool:
        """Whether the duty is in force on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class DutyRule:
    """A rule that rests on duties: its name, gravity, the lists that raise it, its conditions and documents.

    `documents` are the paper for a slight breach and for a graver one; `own` says that code asks the duties itself.
    """

    id: str
    name: str
    gravity: str
    about: tuple[str, ...]
    only: tuple[str, ...]
    documents: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class DutyTable:
    """All duties and the rules that rest on them."""

    duties: tuple[Duty, ...]
    rules: tuple[DutyRule, ...]

    def of(self, rule_id: str) -> tuple[Duty, ...]:
        """The duties a rule rests on."""
        return tuple(each for each in self.duties if each.rule == rule_id)

    def duty(self, duty_id: str) -> Duty:
        """One duty by its id; KeyError when there is none such."""
        for each in self.duties:
            if each.id == duty_id:
                return each
        raise KeyError(duty_id)


@cache
def shipped() -> DutyTable:
    """The duties shipped with the program."""
    return load((HERE / "duties.toml",))


def load(paths: Iterable[Path]) -> DutyTable:
    """Read duty files into one table; ValueError when an id stands twice or something in a row is not understood."""
    words: dict[str, tuple[str, ...]] = {}
    duties: dict[str, Duty] = {}
    rules: dict[str, DutyRule] = {}
    rows: dict[str, dict[str, Any]] = {}
    for path in paths:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {name: tuple(each) for name, each in data.get("words", {}).items()}
        for each in data.get("rule", []):
            if each["id"] in rules:
                raise ValueError(f"{path.name}: rule {each['id']} stands twice")
            rules[each["id"]] = _rule(each)
        for each in data.get("duty", []):
            if each["id"] in duties:
                raise ValueError(f"{path.name}: duty {each['id']} stands twice")
            rows[each["id"]] = {**rows.get(each.pop("like", ""), {}), **each}
            duties[each["id"]] = _duty(rows[each["id"]], words)
    if lost := sorted({each.rule for each in duties.values()} - set(rules)):
        raise ValueError(f"duties of rules nobody names: {', '.join(lost)}")
    return DutyTable(tuple(duties.values()), tuple(rules.values()))


def _rule(data: Mapping[str, Any]) -> DutyRule:
    return DutyRule(
        data["id"],
        data["name"],
        data["gravity"],
        tuple(data["about"]),
        tuple(data.get("only", ())),
        tuple(data.get("documents", ())),
        data.get("own", False),
    )


KNOWN = {each.name for each in fields(Duty)} - {"row", "start", "end"} | {"on_has", "on_lacks", "from", "to"}


def _duty(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> Duty:
    counting, absent = data.get("counting", "days"), data.get("absent", "")
    unknown = sorted(set(data) - KNOWN)
    late = tuple(sorted((days, gravity) for days, gravity in data.get("late", ())))
    begins = not late or late[0][0] == 1
    if unknown or counting not in COUNTINGS or absent not in ABSENCES or not begins:
        raise ValueError(f"duty {data['id']}: {unknown or (counting, absent, late)}")
    on = data["on"]
    row = None
    if "." in on:
        row = _spot({"at": on, "has": data.get("on_has", {}), "lacks": data.get("on_lacks", {})}, words)
    mild = data.get("tolerance")
    return Duty(
        data["id"],
        data["rule"],
        data["holder"],
        data["act"],
        data.get("recipient", ""),
        data.get("document", ""),
        "" if row else on,
        row,
        data["on_name"],
        data["days"],
        counting,
        data.get("roll", True),
        data["done_name"],
        _spots(data["done"], words),
        tuple(data["cites"]),
        _spots(data.get("also", ()), words),
        _spots(data.get("hints", ()), words),
        _spots(data.get("beside", ()), words),
        tuple(data.get("denied", ())),
        tuple(data.get("kinds", ())),
        tuple(data.get("only", ())),
        data.get("fits", ""),
        late,
        absent,
        data.get("grace", ""),
        data.get("early", 0),
        data.get("optional", False),
        data.get("worse", ""),
        Tolerance(mild["days"], mild["field"], _texts(mild.get("has", {}), words)) if mild else None,
        data.get("from"),
        data.get("to"),
    )


def _spots(data: Iterable[str | Mapping[str, Any]], words: Mapping[str, tuple[str, ...]]) -> tuple[Spot, ...]:
    return tuple(_spot({"at": each} if isinstance(each, str) else each, words) for each in data)


def _spot(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> Spot:
    table, _, fields = data["at"].partition(".")
    has, lacks = _texts(data.get("has", {}), words), _texts(data.get("lacks", {}), words)
    return Spot(table, tuple(fields.split("|")), has, lacks)


def _texts(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Words to look for; the name of a group stands for its words."""
    return {field: words[each] if isinstance(each, str) else tuple(each) for field, each in data.items()}
