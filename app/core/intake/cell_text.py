"""One cell of a workbook as text, the way the spreadsheet program shows it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.core.intake.marks import CUT, ERROR, LOSSY

EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
FIRST_YEAR, LAST_YEAR = 1900, 2200
NO_DAY = "1900-01-00"  # what an empty date shows


def cell_text(value: object) -> str:
    """The text of a value as the readers hand it over; a number too long to be exact carries a mark."""
    return _BY_TYPE.get(type(value), str)(value)


def number_text(value: float) -> str:
    """Whole numbers without their .0, others with the fifteen digits a spreadsheet shows."""
    if not math.isfinite(value):
        return f"{ERROR}#NUM!"
    if value.is_integer():
        if abs(value) < EXACT:
            return str(int(value))
        return f"{LOSSY}{Decimal(f'{value:.15g}'):f}"
    text = f"{value:.15g}"
    if FIRST_YEAR <= value < LAST_YEAR and text.endswith(".1"):
        return CUT + text
    return text


def _moment(value: datetime) -> str:
    text = value.isoformat(" ", "seconds")
    return text.removesuffix(" 00:00:00")


def _time(value: time) -> str:
    return NO_DAY if value == time() else value.isoformat("seconds")


_BY_TYPE: Mapping[type, Callable[..., str]] = {
    str: str,
    float: number_text,
    int: lambda value: str(value) if abs(value) < EXACT else f"{LOSSY}{value}",
    bool: lambda value: "是" if value else "否",
    date: date.isoformat,
    datetime: _moment,
    time: _time,
    timedelta: str,
}
