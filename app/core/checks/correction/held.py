"""Days in custody before the judgment, from the text of a cell: 2025-12-01至2025-12-30，指定居所监视居住…至…."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.values.dates import parse_range

ONE_DAY = timedelta(days=1)
NONE = frozenset({"", "无", "未", "否", "/", "-", "—", "——", "未羁押", "未被羁押", "没有", "无羁押", "取保候审"})
_DAY = r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|(?<!\d)\d{8}(?!\d))"
_RANGE = re.compile(rf"(?:自|从)?\s*({_DAY})\s*(?:起)?\s*[，,]?\s*(?:[-–—~～至到]+)\s*({_DAY})\s*止?")
_COUNT = re.compile(r"(?:共|计|合计|折抵)?\s*(\d{1,4})\s*[日天]")
_DESIGNATED, _WATCHED, _BAIL = "指定居所", "监视居住", "取保"


@dataclass(frozen=True, slots=True)
class Held:
    """Days in custody and in a designated residence, both ends counted; `spans` of each, and the first day."""

    custody: int = 0
    residence: int = 0
    custody_spans: int = 0
    residence_spans: int = 0
    first: date | None = None

    def __bool__(self) -> bool:
        return bool(self.custody or self.residence)


def read_held(text: str, before: date | None = None) -> Held | None:
    """The days a text states, none later than the day before `before`; None when it cannot be read.

    Bail and residence at home do not count. A bare number of days is custody.
    """
    plain = re.sub(r"\s+", "", text)
    if plain in NONE:
        return Held()
    found = list(_RANGE.finditer(plain))
    if not found:
        count = _COUNT.fullmatch(plain)
        return Held(int(count[1]), 0, 1) if count else None
    days: dict[bool, set[date]] = {False: set(), True: set()}
    spans = {False: 0, True: 0}
    place = 0
    for at, match in enumerate(found):
        after = plain[match.end() : found[at + 1].start()] if at + 1 < len(found) else plain[match.end() :]
        label = re.split(r"[；;，,、。]", plain[place : match.start()])[-1] + re.split(r"[；;，,、。]", after)[0]
        place = match.end()
        if re.search(r"\d", re.sub(r"[（(]?共?\d+[日天][）)]?", "", label)):
            return None
        if _BAIL in label or (_WATCHED in label and _DESIGNATED not in label):
            continue
        stretch = _stretch(match[1], match[2])
        if stretch is None:
            return None
        kind = _DESIGNATED in label
        mine = {day for day in stretch if before is None or day < before}
        spans[kind] += bool(mine - days[kind])
        days[kind] |= mine
    days[True] -= days[False]
    everything = days[False] | days[True]
    first = min(everything, default=None)
    return Held(len(days[False]), len(days[True]), spans[False], spans[True], first)


def _stretch(first: str, last: str) -> Iterable[date] | None:
    try:
        read = parse_range(f"{first}至{last}")
    except ValueError:
        return None
    if read.value is None or read.value[1] < read.value[0]:
        return None
    begin, end = read.value
    return [begin + each * ONE_DAY for each in range((end - begin).days + 1)]
