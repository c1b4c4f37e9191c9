"""Calendar sums and the ways offices write days, terms and identity numbers; on purpose independent of the program."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

AS_OF = date(2026, 11, 21)  # the day all samples are looked at
# 41 is a province, 9999 was never given to any county: the number is well formed and can belong to nobody.
AREA = "419999"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
DIGITS = "零一二三四五六七八九"
ISO, DOTTED, CHINESE, EXCEL, COMPACT = "iso", "dotted", "chinese", "excel", "compact"
WORDS, FIGURES, CODE = "words", "figures", "code"


@dataclass(frozen=True)
class Months:
    """A term in whole months; `prefix` stands before it: 减为有期徒刑."""

    count: int
    prefix: str = ""


def later(start: date, months: int) -> date:
    """The same day some months on or back; the month's last day where the day is absent."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: date, months: int) -> date:
    """The last day of a term that begins on `start`: the eve of the same day some months on."""
    return later(start, months) - timedelta(days=1)


def month_end(day_: date) -> date:
    """The last day of a month."""
    return day_.replace(day=calendar.monthrange(day_.year, day_.month)[1])


def write_day(day_: date, notation: str) -> str | date:
    """A day as a ward's clerk writes it; a real date for a spreadsheet's own dates."""
    if notation == DOTTED:
        return f"{day_.year}.{day_.month}.{day_.day}"
    if notation == CHINESE:
        return f"{day_.year}年{day_.month}月{day_.day}日"
    if notation == COMPACT:
        return f"{day_:%Y%m%d}"
    return day_ if notation == EXCEL else day_.isoformat()


def write_term(term: Months, notation: str) -> str:
    """A term as a ward's clerk writes it: 三年六个月, 3年6个月, 03_06_00 (years, months, days)."""
    years, months = divmod(term.count, 12)
    if notation == CODE:
        return f"{years:02}_{months:02}_00"
    number = in_chinese if notation == WORDS else str
    return term.prefix + (f"{number(years)}年" if years else "") + (f"{number(months)}个月" if months else "")


def in_chinese(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones or not tens else "")


def id_number(birth: date, serial: int, *, female: bool = False) -> str:
    """An identity number with the right check digit; `serial` tells people born on one day apart."""
    first17 = f"{AREA}{birth:%Y%m%d}{serial * 2 % 1000 + (0 if female else 1):03}"
    return first17 + CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def wrong_check_digit(number: str) -> str:
    """The same number with another last character, as a slip of the hand gives."""
    return number[:-1] + CHECK[(CHECK.index(number[-1]) + 1) % len(CHECK)]
