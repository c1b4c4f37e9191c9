"""The papers that go with a proposal, by the words lists of enclosures use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.law.offences import plain, says


@dataclass(frozen=True, slots=True)
class Material:
    """One paper: its name, the group it belongs to (court, unpaid, paid), when it is wanted, and its words."""

    name: str
    group: str
    when: str
    words: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether a list of enclosures names it, and does not say that it is missing."""
        return any(says(plain(text), word) for word in self.words)


@cache
def shipped() -> tuple[Material, ...]:
    """The papers shipped with the program."""
    with (Path(__file__).parent / "materials.toml").open("rb") as stream:
        found = tomllib.load(stream)["material"]
    return tuple(
        Material(each["name"], each["group"], each.get("when", "always"), tuple(each["words"])) for each in found
    )
