"""One sheet, whatever file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as texts; `rows[0]` is the file's first row, so row numbers count from 1 as the spreadsheet shows them.

    Texts may carry a mark (`intake.marks`). `merged` are ranges (first row, first column, last row, last column),
    from 0, both ends inside.
    """

    file: str
    name: str
    rows: Sequence[tuple[str, ...]]
    hidden: bool = False
    merged: Sequence[tuple[int, int, int, int]] = field(default=())
