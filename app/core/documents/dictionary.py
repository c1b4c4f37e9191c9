"""The words a template may use, read from fields.toml: explained, typed, and what an empty one prints."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

BLANK = "【待填】"


class WordType(StrEnum):
    """What a word stands for in a template."""

    TEXT = "text"
    FLAG = "flag"  # for conditions only
    TEXTS = "texts"  # a list of lines
    ROWS = "rows"  # a list of rows, each with words of its own


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its name, the explanation shown to the office, its type and, for rows, the words of a row.

    `source` is the field id of table R1 it is read from, "" when it is worked out. `blank` words may stay empty on
    paper; any other text without a value prints 【待填】. `of` is the kind of document it is only for, "" for the words
    of a case.
    """

    name: str
    says: str
    type: WordType = WordType.TEXT
    source: str = ""
    blank: bool = False
    inside: Mapping[str, Word] = field(default_factory=dict)
    of: str = ""

    @property
    def empty(self) -> object:
        """What stands for it when there is no value."""
        match self.type:
            case WordType.TEXT:
                return "" if self.blank else BLANK
            case WordType.FLAG:
                return False
            case _:
                return ()


@cache
def dictionary() -> Mapping[str, Word]:
    """All words by name, in the order of fields.toml."""
    raw = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    shared = {each["id"]: each["field"] for each in raw["rows"]}
    return _words(raw["field"], shared)


def _words(entries: list[dict[str, Any]], shared: Mapping[str, list[dict[str, Any]]]) -> Mapping[str, Word]:
    words: dict[str, Word] = {}
    for each in entries:
        if each["name"] in words:
            raise ValueError(f"the word {each['name']} is explained twice")
        inside = shared[each["use"]] if "use" in each else each.get("field", [])
        words[each["name"]] = Word(
            each["name"],
            each["says"],
            WordType(each.get("type", "text")),
            each.get("from", ""),
            each.get("blank", False),
            _words(inside, shared),
            each.get("of", ""),
        )
    return words
