"""How a paragraph of a .docx is meant to look: its style and the styles below it, its own wishes, its number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from app.core.documents.safety import W
from app.core.values.numerals import in_chinese

HALF_POINT, TWIP = 2, 20  # a point is so many of them
Look = dict[str, str]  # what is wanted by its name, as the file writes it
DEEPEST = 12  # styles that rest on one another
LETTERS = 26
MOST_IN_CHINESE = 9999
_NAME = re.compile(r"[^\w .\-（）]")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_FLAGS = ("b", "i", "strike", "pageBreakBefore", "vanish")
_LEVEL = re.compile(r"%(\d)")


class Looks:
    """The styles and lists of one document."""

    def __init__(self, styles: Any, numbers: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._first = ""
        self._defaults: Look = {}
        self._levels: dict[str, dict[str, Look]] = {}
        self._lists: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if styles is not None:
            self._read_styles(styles)
        if numbers is not None:
            self._read_lists(numbers)

    def of_paragraph(self, paragraph: Any) -> Look:
        """All that is wanted of a paragraph and the runs in it that want nothing of their own."""
        own = paragraph.find(W + "pPr")
        name = _value(own, "pStyle") or self._first
        look = {**self._defaults, **self.of_style(name)}
        if own is not None:
            look |= _wishes(own)
        return look

    def of_style(self, name: str) -> Look:
        """What a style wants, with those it rests on."""
        chain: list[Any] = []
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = _value(chain[-1], "basedOn")
        look: Look = {}
        for style in reversed(chain):
            for part in (style.find(W + "pPr"), style.find(W + "rPr")):
                look |= _wishes(part) if part is not None else {}
        return look

    def of_run(self, run: Any, around: Look) -> Look:
        """What a run wants within its paragraph."""
        own = run.find(W + "rPr")
        if own is None:
            return around
        return {**around, **self.of_style(_value(own, "rStyle")), **_wishes(own)}

    def number(self, look: Look) -> str:
        """The number or mark that stands before a paragraph of a list; each call counts on."""
        levels = self._levels.get(self._lists.get(look.get("numId", ""), ""), {})
        at = look.get("ilvl", "0")
        if at not in levels or not at.isdecimal():
            return ""
        counts, level = self._counts[look["numId"]], int(at)
        counts[level] = counts.get(level, _whole(levels[at].get("start", "1")) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[at].get("numFmt") == "bullet":
            return "• "

        def spell(match: re.Match[str]) -> str:
            which = str(int(match[1]) - 1)
            return _spell(counts.get(int(which), 1), levels.get(which, {}).get("numFmt", "decimal"))

        return _LEVEL.sub(spell, levels[at].get("lvlText", "")) + " "

    def _read_styles(self, styles: Any) -> None:
        for each in styles.iterfind(f"{W}docDefaults//{W}rPr"):
            self._defaults |= _wishes(each)
        for each in styles.iterfind(W + "style"):
            name = each.get(W + "styleId", "")
            self._styles[name] = each
            if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true"):
                self._first = name

    def _read_lists(self, numbers: Any) -> None:
        for each in numbers.iterfind(W + "abstractNum"):
            self._levels[each.get(W + "abstractNumId", "")] = {
                level.get(W + "ilvl", "0"): {key: _value(level, key) for key in ("start", "numFmt", "lvlText")}
                for level in each.iterfind(W + "lvl")
            }
        for each in numbers.iterfind(W + "num"):
            self._lists[each.get(W + "numId", "")] = _value(each, "abstractNumId")


def css(look: Look) -> str:
    """A run's look for rich text."""
    said = []
    if font := look.get("font"):
        said.append(f"font-family:'{_NAME.sub('', font)}'")
    said.append(f"font-size:{points(look):g}pt")
    for key, words in (("b", "font-weight:bold"), ("i", "font-style:italic")):
        if look.get(key) == "1":
            said.append(words)
    lines = [word for key, word in (("u", "underline"), ("strike", "line-through")) if look.get(key, "none") in
             ("1", "single", "double", "thick", "words", "dotted", "dash", "wave")]  # fmt: skip
    if lines:
        said.append(f"text-decoration:{' '.join(lines)}")
    if _COLOUR.fullmatch(look.get("color", "")):
        said.append(f"color:#{look['color']}")
    if look.get("vertAlign") in ("superscript", "subscript"):
        said.append("vertical-align:" + ("super" if look["vertAlign"] == "superscript" else "sub"))
    return ";".join(said)


def points(look: Look) -> float:
    """The size of letters in points, within what can be read."""
    return min(max(_whole(look.get("sz", "21")) / HALF_POINT, 5), 72)


def indents(look: Look) -> Mapping[str, float]:
    """First line, left and right edge in points; what is counted in letters goes before what is measured."""
    letter = points(look) / 100
    found = {
        "first": _length(look, "firstLine") - _length(look, "hanging"),
        "left": _length(look, "left") or _length(look, "start"),
        "right": _length(look, "right") or _length(look, "end"),
    }
    for key, name in (("first", "firstLineChars"), ("left", "leftChars"), ("right", "rightChars")):
        if look.get(name):
            found[key] = _whole(look[name]) * letter
    return {key: min(max(value, -200), 400) for key, value in found.items()}


def _length(look: Look, name: str) -> float:
    return _whole(look.get(name, "0")) / TWIP


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else 0


def _value(around: Any, name: str) -> str:
    found = around.find(W + name) if around is not None else None
    return str(found.get(W + "val", "")) if found is not None else ""


def _wishes(properties: Any) -> Look:
    """What a pPr or rPr names."""
    look: Look = {}
    for name in _FLAGS:
        found = properties.find(W + name)
        if found is not None:
            look[name] = "0" if found.get(W + "val") in ("0", "false", "off", "none") else "1"
    for name in ("jc", "sz", "u", "color", "vertAlign"):
        if value := _value(properties, name):
            look[name] = value
    fonts = properties.find(W + "rFonts")
    if fonts is not None and (font := fonts.get(W + "eastAsia") or fonts.get(W + "ascii")):
        look["font"] = font
    for name in ("ind", "spacing"):
        found = properties.find(W + name)
        if found is not None:
            look |= {str(key).removeprefix(W): str(value) for key, value in found.attrib.items()}
    numbered = properties.find(W + "numPr")
    if numbered is not None:
        look |= {"numId": _value(numbered, "numId"), "ilvl": _value(numbered, "ilvl") or "0"}
    return look


def _spell(number: int, how: str) -> str:
    """A number in the way a list counts."""
    if how in ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"):
        return in_chinese(min(number, MOST_IN_CHINESE))
    if how in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % LETTERS)
        return letter.upper() if how == "upperLetter" else letter
    return str(number)
