"""One sheet, whatever file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # a sheet has no more in any program
MOST_MERGED = 200_000
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as texts; `rows[0]` is the file's first row, so row numbers count from 1 as the spreadsheet shows them.

    Texts may carry a mark (`intake.marks`). `merged` are ranges (first row, first column, last row, last column),
    from 0, both ends inside. `hidden_rows` and `hidden_columns` are those with content nobody sees, counted from 1;
    they are read like all others.
    """

    file: str
    name: str
    rows: Sequence[tuple[str, ...]]
    hidden: bool = False
    merged: Sequence[Range] = field(default=())
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def within(numbers: Sequence[int], most: int) -> tuple[int, ...]:
    """Row or column numbers in order, each once, none beyond the last one with content."""
    return tuple(sorted({each for each in numbers if 0 < each <= most}))


def sound_ranges(ranges: Sequence[Range], height: int) -> tuple[Range, ...]:
    """Merged ranges as a spreadsheet program could have made them: inside the rows, none starting in another's rows.

    Programs never let ranges overlap; a damaged file's would be walked through again and again.
    """
    below: dict[int, int] = {}
    sound = []
    for top, left, bottom, right in sorted(set(ranges)):
        if top <= bottom and left <= right and top < height and top > below.get(left, -1):
            below[left] = bottom
            sound.append((top, left, bottom, right))
    return tuple(sound)
