"""Characters a template's fonts lack: which of them a name holds, and what becomes of it on paper."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from app.core.documents.package import Member

FONT = re.compile(r'<w:rFonts\s[^>]*?w:eastAsia="([^"]+)"')
WORD_PARTS = "word/"
USUAL, SWAPPED = "usual", "swapped"
EXTENSION_A = range(0x3400, 0x4DB6)
ALWAYS = frozenset("〇")  # no hanzi by the standards, and in every font
MOST_NAMED = 10  # names in one sentence


@dataclass(slots=True)
class RareWords:
    """Gathers names with characters that fonts lack; `says` tells of them, a sentence for each kind of lack."""

    _found: dict[str, dict[str, str]] = field(default_factory=dict)  # kind of lack → name → its characters
    _fonts: dict[str, None] = field(default_factory=dict)

    def look(self, name: str, fonts: Collection[str]) -> None:
        """Look at a name that is to be printed in these fonts."""
        if name.isascii() or _known(name, frozenset(fonts)):
            return
        for char in dict.fromkeys(name):
            lack, font = lacking(char, frozenset(fonts))
            if lack:
                chars = self._found.setdefault(lack, {}).get(name, "")
                self._found[lack][name] = chars if char in chars else chars + char
                self._fonts.update(dict.fromkeys(font))

    def says(self) -> list[str]:
        """A sentence for each kind of lack, the worst first."""
        return [
            f"{says.format(who=_named(self._found[gap]), fonts='、'.join(self._fonts))}。{do}。"
            for gap, says, do in _gaps()
            if gap in self._found
        ]


def fonts_of(members: Sequence[Member]) -> frozenset[str]:
    """The fonts a template names for Chinese text."""
    texts = (each.plain().decode("utf-8", "replace") for each in members if each.name.startswith(WORD_PARTS))
    return frozenset(font for text in texts for font in FONT.findall(text))


@cache
def lacking(char: str, fonts: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """What is lacking for a character (the id of a `gap`, "" for nothing), and the fonts that lack it."""
    if char in ALWAYS or char.isascii():
        return "", ()
    for first, last, gap in _ranges():
        if first <= ord(char) <= last:
            return gap, ()
    if not unicodedata.category(char).startswith("L"):
        return "", ()
    without = tuple(sorted(each for each in fonts if not _holds(each)(char)))
    return (SWAPPED, without) if without else ("", ())


@cache
def _known(name: str, fonts: frozenset[str]) -> bool:
    return not any(lacking(each, fonts)[0] for each in name)


def _named(found: Mapping[str, str]) -> str:
    some = "、".join(f"{name}（{_shown(chars)}）" for name, chars in list(found.items())[:MOST_NAMED])
    return some + (f"等 {len(found)} 个名称" if len(found) > MOST_NAMED else "")


def _shown(chars: str) -> str:
    """Characters with their numbers, as the window may lack them too."""
    return "、".join(f"“{each}”U+{ord(each):04X}" for each in chars)


def _holds(font: str) -> Callable[[str], bool]:
    raw = _raw()
    wanted = next((each["holds"] for each in raw["font"] if font in each["names"]), raw[USUAL])
    return _SETS[wanted]


def _encodes(codec: str) -> Callable[[str], bool]:
    def holds(char: str) -> bool:
        try:
            char.encode(codec)
        except UnicodeEncodeError:
            return False
        return True

    return holds


_in_gbk = _encodes("gbk")
_SETS: Mapping[str, Callable[[str], bool]] = {
    "gb2312": _encodes("gb2312"),
    "gbk": _in_gbk,
    "gb18030": lambda char: _in_gbk(char) or ord(char) in EXTENSION_A,
}


@cache
def _ranges() -> tuple[tuple[int, int, str], ...]:
    return tuple((each["first"], each["last"], each["gap"]) for each in _raw()["range"])


def _gaps() -> Iterator[tuple[str, str, str]]:
    return ((each["id"], each["says"], each["do"]) for each in _raw()["gap"])


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("glyphs.toml").read_text(encoding="utf-8"))
