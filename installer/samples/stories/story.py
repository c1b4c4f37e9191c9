"""One invented person, the story told of him or her, and the rows that follow from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from installer.samples.shared.days import id_number, wrong_check_digit
from installer.samples.shared.names import sample_birth, sample_name
from installer.samples.stories.facts import HERE, Facts

TABLE = re.compile(r"T\d\d")
OFFICES = ("例东司法所", "例南司法所", "例北司法所")
STATIONS = ("例东派出所", "例南派出所", "例北派出所")
VILLAGES = ("例东村", "例南村", "例北社区")
ABOUT = frozenset({"why", "chain", "findings", "allowed", "must_not", "drop", "female", "birth"})
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """A folder of stories: what it is called, and how its people are named and numbered.

    `serial` keeps the identity numbers of the desks apart, `files` tells the order of the stories, `chain` the one of
    a story that names none.
    """

    id: str
    name: str
    folder: Path
    surnames: str
    serial: int
    files: tuple[str, ...]
    chain: str


@dataclass(frozen=True)
class Person:
    """A person and the story: what is said otherwise than in the chain, and what is to be found.

    `findings` tells rule → level and gravity, `allowed` the rules that may speak as well, `must_not` those whose limit
    the story just keeps.
    """

    desk: Desk
    index: int
    told: Mapping[str, Any]

    @property
    def why(self) -> str:
        """The reason for the answer."""
        return str(self.told["why"])

    @property
    def findings(self) -> Mapping[str, str]:
        """Rule → level, and after a slash the gravity; levels either of which is right stand beside a bar."""
        return self.told.get("findings", {})

    @property
    def female(self) -> bool:
        """Whether the person is a woman."""
        return bool(self.told.get("female", False))

    @cached_property
    def name(self) -> str:
        """The invented name."""
        return sample_name(self.index, self.desk.surnames)

    @cached_property
    def born(self) -> date:
        """The birthday."""
        given = self.told.get("birth")
        return given if isinstance(given, date) else sample_birth(self.index + self.desk.serial)

    @cached_property
    def id_number(self) -> str:
        """The identity number, sound and nobody's."""
        return id_number(self.born, self.desk.serial + self.index, female=self.female)

    @cached_property
    def facts(self) -> Facts:
        """All facts of the story."""
        place, serial = self.index % len(OFFICES), f"{self.index + 1:03}"
        own = {key: value for key, value in self.told.items() if key not in ABOUT and not TABLE.fullmatch(key)}
        stated = {**chain("base")["facts"], **self._chain["facts"], **own}
        given: dict[str, Any] = {
            "name": self.name,
            "surname": self.name[0],
            "given": self.name[1:],
            "id_number": self.id_number,
            "id_wrong": wrong_check_digit(self.id_number),
            "id_area": self.id_number[:6],
            "id_born": self.id_number[6:14],
            "id_rest": self.id_number[14:],
            "born": self.born,
            "sex": "女" if self.female else "男",
            "serial": serial,
            "correction_no": f"4199992026{self.desk.serial + self.index:04}",
            "prisoner_no": f"99260{self.desk.serial:03}{serial[1:]}",
            "office_name": OFFICES[place],
            "station": STATIONS[place],
            "village": VILLAGES[place],
            "residence": f"例省例州市例县{VILLAGES[place]}",
        }
        facts = Facts({**given, **stated})
        began = next((found for key in ("judged", "ruled", "decided", "released") if (found := _day(facts, key))), None)
        given["year"] = began.year if began else 2026
        given["case_year"] = 2022
        return Facts({**given, **stated})

    @property
    def _chain(self) -> Mapping[str, Any]:
        return chain(self.told.get("chain", self.desk.chain))

    def rows(self, table: str) -> list[Row]:
        """The rows of a table by the columns' own names; the cells still say facts."""
        told = self.told.get(table)
        usual = self._chain.get(table) if table not in self.told.get("drop", ()) else None
        if isinstance(told, Mapping):
            return [{**(usual or {}), **told}]
        return [*([usual] if usual is not None else []), *(told or ())]

    @property
    def tables(self) -> set[str]:
        """The tables the person has rows in."""
        named = {key for key in (*self.told, *self._chain) if TABLE.fullmatch(key)}
        return {table for table in named if self.rows(table)}


def _day(facts: Facts, name: str) -> date | None:
    try:
        found = facts[name]
    except KeyError:
        return None
    return found if isinstance(found, date) else None


@cache
def _chains() -> Mapping[str, Mapping[str, Any]]:
    with (HERE / "chains.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def chain(name: str) -> Mapping[str, Any]:
    """A chain by name: its facts and usual rows, with those of the chain it is like."""
    own = _chains()[name]
    if "like" not in own:
        return own
    found: dict[str, Any] = {key: value for key, value in chain(own["like"]).items() if key not in own.get("drop", ())}
    for key, value in own.items():
        if isinstance(value, Mapping):
            found[key] = {**found.get(key, {}), **value}
    return found


@cache
def people(desk: Desk) -> Sequence[Person]:
    """Everybody of a desk, in the order of the story files."""
    told = []
    for file in desk.files:
        with (desk.folder / "stories" / f"{file}.toml").open("rb") as stream:
            told += tomllib.load(stream)["person"]
    return [Person(desk, index, each) for index, each in enumerate(told)]
