"""The libraries this program is made with, each with its licence: for 关于 and for the list of materials.

What there is stands in resources/licences/libraries.toml; the text of a licence is the library's own, or lies beside
that list where the library ships none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from app.core import paths

FOLDER = paths.RESOURCES / "licences"
INTERPRETER = "CPython"
OWN_NAMES = ("LICEN", "COPYING", "NOTICE")


@dataclass(frozen=True, slots=True)
class Library:
    """A library as it is shipped: its name, version, SPDX licence, what it is for, and the files beside its list."""

    name: str
    version: str
    licence: str
    use: str
    texts: tuple[str, ...] = ()

    @property
    def of_python(self) -> bool:
        """Whether it is a package that brings its own metadata."""
        return self.name != INTERPRETER

    def text(self) -> str:
        """The whole licence; "" when there is none to be found, which no shipped library may have."""
        found = [(FOLDER / each).read_text(encoding="utf-8") for each in self.texts]
        return "\n\n".join(each.strip() for each in (*found, *_own_texts(self.name)) if each.strip())


@cache
def shipped() -> tuple[Library, ...]:
    """All libraries the program holds, by name."""
    listed = tomllib.loads((FOLDER / "libraries.toml").read_text(encoding="utf-8"))["library"]
    found = [
        Library(each["name"], _version(each), each["licence"], each["use"], tuple(each.get("texts", ())))
        for each in listed
    ]
    return tuple(sorted(found, key=lambda each: each.name.lower()))


def _version(listed: dict[str, str]) -> str:
    if "version" in listed:
        return listed["version"]
    try:
        return metadata.version(listed["name"])
    except metadata.PackageNotFoundError:  # a library for another system
        return ""


def _own_texts(name: str) -> list[str]:
    try:
        files = metadata.distribution(name).files or ()
    except metadata.PackageNotFoundError:
        return []
    found = [each for each in files if any(part in each.name.upper() for part in OWN_NAMES)]
    wanted = [
        Path(str(each.locate())) for each in found if ".dist-info" in str(each) and each.suffix not in (".py", ".pyc")
    ]
    return [each.read_text(encoding="utf-8", errors="replace") for each in sorted(wanted) if each.is_file()]
