"""What the report on a sheet says: each check's answer with its places, and how far every column is filled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.findings import Basis

WITHOUT_ROWS = ("DQ-14", "DQ-18")  # what is said of a sheet's layout, whether it has data or not


class Health(StrEnum):
    """A check's answer about one sheet."""

    SOUND = "正常"
    FAULTY = "有问题"
    TOLD = "供了解"  # nothing need be mended
    LACKING = "缺列"
    NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place concerned: row (from 1), column label, field id, its text, what is the matter, the value read."""

    row: int
    column: str
    field: str
    raw: str
    why: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One check's answer about one sheet.

    `count` are the places concerned and `rows` how many rows they stand in; `spots` are the first places by row and
    `first_rows` the first rows. `says` is one sentence, `do` what is asked of the sender; `missing` are the columns for
    want of which there is no answer.
    """

    rule: str
    name: str
    asks: str
    do: str
    health: Health
    count: int = 0
    rows: int = 0
    first_rows: tuple[int, ...] = ()
    spots: tuple[Spot, ...] = ()
    says: str = ""
    basis: tuple[Basis, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """The answer in a few words: 有问题 3 处."""
        return f"{self.health} {self.count} 处" if self.count else str(self.health)

    @property
    def where(self) -> str:
        """The rows in a few words: 第3、5行, 第3、5、…行等120行; empty when there are none."""
        if not self.first_rows:
            return ""
        more = f"等{self.rows}行" if self.rows > len(self.first_rows) else ""
        return f"第{'、'.join(map(str, self.first_rows))}行{more}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one column is filled: of `rows` accepted rows `filled` hold a text, of those `readable` could be read."""

    field: str
    name: str
    column: str
    rows: int
    filled: int
    readable: int


@dataclass(frozen=True, slots=True)
class SheetQuality:
    """The report on one sheet; `identified` counts the accepted rows by which a person can be found elsewhere.

    `holder` says what kind of office holds such data, `unit` whose list it is by its own column, where all rows agree.
    `header_row` is the header's lowest row; `rejects` gives the refused rows: row, column, reason.
    """

    number: int
    file: str
    sheet: str
    table: str
    table_name: str
    holder: str
    unit: str
    hidden: bool
    header_row: int
    rows: int
    accepted: int
    identified: int
    unmapped: tuple[str, ...]
    rejects: tuple[tuple[int, str, str], ...]
    remarks: tuple[Remark, ...]
    coverage: tuple[Coverage, ...]

    @property
    def place(self) -> str:
        """The file and the sheet in a few words."""
        return f"{self.file}《{self.sheet}》"

    @property
    def faults(self) -> tuple[Remark, ...]:
        """The answers that ask for something."""
        return tuple(each for each in self.remarks if each.health is Health.FAULTY)

    @property
    def told(self) -> tuple[Remark, ...]:
        """The answers to be known."""
        return tuple(each for each in self.remarks if each.health is Health.TOLD)


def percent(part: int, whole: int) -> str:
    """A share as it is printed: 98.5%; never 100% while something is missing, — of nothing."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
