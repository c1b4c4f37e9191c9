"""Boxes to tick, as forms have them: □是 ☑否."""

from __future__ import annotations

import re

_ON, _OFF = "☑☒■▣✔✓√", "□☐○"
_BOX = re.compile(rf"[{_ON}{_OFF}]")


def is_form(text: str) -> bool:
    """Whether a text has boxes to tick: several, or an empty one."""
    return len(_BOX.findall(text)) > 1 or any(box in text for box in _OFF)


def ticked(text: str) -> str:
    """The one word whose box is ticked; the boxes stand all before their words or all behind them.

    ValueError, in Chinese, when none or several are ticked, or it cannot be told to which word a box belongs.
    """
    boxes, words = _BOX.findall(text), _BOX.split(text)
    before, behind = not words[0].strip(), not words[-1].strip()
    if before == behind or not all(word.strip() for word in words[before : len(words) - behind]):
        raise ValueError(f"“{text.strip()}”看不出勾选的是哪一项")
    words = words[1:] if before else words[:-1]
    chosen = [word.strip() for box, word in zip(boxes, words, strict=True) if box in _ON]
    if len(chosen) != 1:
        raise ValueError(f"“{text.strip()}”{'勾选了不止一项' if chosen else '没有勾选'}")
    return chosen[0]
