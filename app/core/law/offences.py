"""Offence names as judgments and prison lists write them, and the strict classes they belong to."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

BEFORE = r"(?:^|(?<=[、,;和及与并罪)犯:.。/+|]))"
AFTER = r"(?=罪|[、,;和及与并(.。/+|]|\d|$|有期|无期|死刑|拘役|管制|[一二三四五六七八九十])"
# Words that turn what follows into its opposite: right before it, or anywhere earlier in the clause.
GRAFT_CHAPTER = 8
NOT_HERE = re.compile(r"(?:非|不是|不属于?|不系|不构成|不具有|不存在|未认定为?|未发现|没有|无)$")
NOT_BEFORE = re.compile(r"不是|不属于?|不存在|未发现|没有|无(?!期)")
NOT_AFTER = re.compile(r"[:(]?(?:否|无|不是)")


@dataclass(frozen=True, slots=True)
class Offence:
    """One offence named in a text: its name, class, chapter of the special part, and how sure the class is.

    `when_official` offences make the class only for who was an official.
    """

    name: str
    group: str
    chapter: int
    certain: bool
    official_only: bool
    article: str
    when_official: bool = False

    @property
    def graft(self) -> bool:
        """Whether it stands in the chapter on graft and bribery, which 法释〔2019〕6号 speaks of."""
        return self.chapter == GRAFT_CHAPTER


@dataclass(frozen=True, slots=True)
class Economic:
    """The offences that bar somebody from running a company (公司法第一百七十八条)."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    struck: re.Pattern[str]

    def named(self, text: str) -> bool:
        """Whether a text names one of them."""
        left = self.struck.sub("", plain(text))
        return any(plain(word) in left for word in self.words)

    def classed(self, text: str) -> bool:
        """Whether the class of offences a list gives is one of theirs."""
        return any(each in text for each in self.kinds)


class Offences:
    """The offence list, ready to be asked."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._known: dict[str, Offence] = {}
        for entry in data["offences"]:
            for name in entry["names"]:
                self._known[plain(name)] = Offence(
                    name,
                    entry["class"],
                    entry.get("chapter", 0),
                    entry.get("certain", True),
                    entry.get("official_only", False),
                    entry["article"],
                    entry.get("when_official", False),
                )
        names = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile(f"{BEFORE}({'|'.join(map(re.escape, names))}){AFTER}")
        self._flags = [(word, entry["class"]) for entry in data["flags"] for word in entry["words"]]
        self.class_names: Mapping[str, str] = {entry["id"]: entry["name"] for entry in data["classes"]}
        bar = data["economic"]
        self.economic = Economic(tuple(bar["words"]), tuple(bar["kinds"]), re.compile("|".join(bar["struck"])))
        # The same few words stand in thousands of rows.
        self.flagged: Callable[[str], frozenset[str]] = lru_cache(maxsize=4096)(self._flagged)

    @property
    def all(self) -> tuple[Offence, ...]:
        """Every name of the list, those of one class and article together."""
        return tuple(self._known.values())

    def find(self, text: str) -> tuple[Offence, ...]:
        """The listed offences a text names, each once; blanks may part names or stand inside one."""
        found = {match.group(1): None for read in (parted(text), plain(text)) for match in self._pattern.finditer(read)}
        return tuple(self._known[name] for name in found)

    def several(self, text: str) -> bool:
        """Whether a text plainly names more than one offence, listed or not."""
        if plain(text).removesuffix("罪") in self._known:
            return False
        read = re.sub(r"\([^)]*\)|犯罪|罪犯", "", parted(text))
        if read.count("罪") > 1 or len([part for part in re.split(r"[;,/+|]", read) if part]) > 1:
            return True
        rest = self._pattern.sub("", read)
        return rest != read and re.sub(r"[^\w]|罪|及其?|和|与|并|犯", "", rest) != ""

    def _flagged(self, text: str) -> frozenset[str]:
        """The classes a 从严情形 text says to hold; 非累犯 and 不属于职务犯罪 say the opposite."""
        read = plain(text)
        return frozenset(group for word, group in self._flags if says(read, word))

    def name_all(self, groups: Iterable[str]) -> str:
        """The names of classes, joined for a sentence."""
        return "、".join(self.class_names[each] for each in sorted(groups))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Full width to half width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def parted(text: str) -> str:
    """Full width to half width; blanks and line breaks part the words as a comma would."""
    return re.sub(r"\s+", ",", unicodedata.normalize("NFKC", text).strip())


def says(text: str, word: str) -> bool:
    """Whether a plain text says a word somewhere without denying it."""
    found = re.finditer(re.escape(word), text) if word in text else ()
    return any(not _denied(text, match.start(), match.end()) for match in found)


def _denied(text: str, start: int, end: int) -> bool:
    clause = re.split(r"[;,。]", text[:start])[-1]
    return bool(NOT_HERE.search(clause) or NOT_BEFORE.search(clause) or NOT_AFTER.match(text[end:]))


@cache
def shipped() -> Offences:
    """The list shipped with the program."""
    with (Path(__file__).parent / "offences.toml").open("rb") as stream:
        return Offences(tomllib.load(stream))
