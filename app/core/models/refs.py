"""How a model's file names a value: a column, a sum over rows, what a step worked out, or the day of the run."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.models.parts import Do

TODAY = "@today"
_COLUMN = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_OVER = re.compile(r"(sum|first|last|max|min)\(([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\)")
_COUNT = re.compile(r"count\(([a-z][a-z0-9_]*)\)")
_STEP = re.compile(r"@([a-z][a-z0-9_]*)\.([a-z]+)")
_NUMBER = re.compile(r"#([a-z][a-z0-9_]*)")
_LAW = re.compile(r"law:([a-z][a-z0-9_]*)")
RESULTS = {
    Do.DEADLINE: ("start", "due", "days", "length"),
    Do.OVERLAP: ("days", "start", "last"),
    Do.THRESHOLD: ("value", "limit"),
    Do.COUNT: ("count",),
}


class Ref(NamedTuple):
    """A reference taken apart: `kind` is column, sum, first, last, max, min, count, step, today, number or law."""

    kind: str
    table: str = ""
    field: str = ""


def read_ref(text: str) -> Ref | None:
    """The parts of a reference; None when it is none."""
    if text == TODAY:
        return Ref("today")
    if match := _COLUMN.fullmatch(text):
        return Ref("column", match[1], match[2])
    if match := _OVER.fullmatch(text):
        return Ref(match[1], match[2], match[3])
    if match := _COUNT.fullmatch(text):
        return Ref("count", match[1])
    if match := _STEP.fullmatch(text):
        return Ref("step", match[1], match[2])
    if match := _NUMBER.fullmatch(text):
        return Ref("number", match[1])
    if match := _LAW.fullmatch(text):
        return Ref("law", match[1])
    return None
