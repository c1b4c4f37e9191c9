"""The grammar of terms, in the words of judgments, lists and old systems."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from app.core.values.numerals import NUMERAL, read_number
from app.core.values.reading import BLANKS, Read, plain
from app.core.values.term import DAYS_IN_HALF_MONTH, Term

MONTHS_IN_YEAR = 12
LONGEST_YEARS = 99  # more is a calendar year, not a term
DAYS_IN_MONTH = 30
NO_VALUE = BLANKS - {"0"} | {"00_00_00", "0_0_0"}

# Matches the empty text too: whoever uses it asks for a non-empty match.
TERM = re.compile(
    rf"(?:(?:(?P<years>\d+\.\d+|{NUMERAL})(?:周年|年)(?P<and_half>半)?|(?P<half_year>半年))[零又〇]*)?"
    rf"(?:(?:(?P<months>\d+\.\d+|{NUMERAL})(?:个(?P<half_after>半)月|个?月(?P<half_late>半)?)|(?P<half_month>半个?月))[零又〇]*)?"
    rf"(?:(?P<days>{NUMERAL})(?:日|天))?"
)
_CODE = re.compile(r"(\d{1,2})_(\d{1,2})_(\d{1,2})")
_LETTERS = re.compile(r"(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", re.IGNORECASE)
_BARE = re.compile(r"\d+(?:\.\d+)?")
_BROKEN_OFF = re.compile(rf"({NUMERAL})年[零又]?({NUMERAL})")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]|$)|\d{8}")
_BAND = re.compile(
    rf"以[上下内]|不满|不超过|超过|不少于|至少|最多|左右|多|余|约|(?:{NUMERAL})(?:年|个?月)?(?:[-–—~]|至|到)(?:{NUMERAL})(?:年|个?月)"
)


@lru_cache(maxsize=20_000)
def parse_term(text: str, unit: str = "") -> Read[Term]:
    """Read 三年六个月, 3年6月, 一年零三个月, 36个月, 18M, 半年, 六个半月, 12_06_00; blanks give None.

    `unit` is 年 or 月 when the column's header states it for bare numbers. ValueError, in Chinese, for other text: a
    number without its unit is refused, since 1.6 may mean a year and six months or 1.6 years.
    """
    read = plain(text)
    if read in NO_VALUE:
        return Read(None)
    read = read.rstrip("。;,整")
    if read == "零":
        return Read(Term())
    if unit and _BARE.fullmatch(read):
        read += "年" if unit == "年" else "个月"
    if match := _CODE.fullmatch(read):
        return _from_code(text, *(int(each) for each in match.groups()))
    if (match := _LETTERS.fullmatch(read)) and match[0]:
        years, months, days = (int(each or 0) for each in match.groups())
        return Read(Term.of_months(years * MONTHS_IN_YEAR + months, days))
    match = TERM.fullmatch(read)
    if match is not None and match[0]:
        return read_parts(match, text)
    if match := _BROKEN_OFF.fullmatch(read):
        years, months = read_number(match[1]), read_number(match[2])
        if 0 < months < MONTHS_IN_YEAR and years <= LONGEST_YEARS:
            return Read(Term(years, months), f"“{text.strip()}”未写明月，按{years}年{months}个月读取")
    raise ValueError(f"“{text.strip()}”{why_no_term(read)}")


def read_parts(match: re.Match[str], text: str) -> Read[Term]:
    """The term of a match of TERM; `text` is what a complaint quotes."""
    years, doubt = _with_fraction(match["years"], MONTHS_IN_YEAR, text, "年")
    months, month_doubt = _with_fraction(match["months"], 2, text, "月")
    if match["and_half"]:
        years += MONTHS_IN_YEAR // 2
    if match["half_year"]:
        years = MONTHS_IN_YEAR // 2
    halves = months + sum(1 for each in ("half_after", "half_late", "half_month") if match[each])
    days = DAYS_IN_HALF_MONTH * (halves % 2) + (read_number(match["days"]) if match["days"] else 0)
    if years > LONGEST_YEARS * MONTHS_IN_YEAR:
        raise ValueError(f"“{text.strip()}”像日期，不是刑期")
    term = Term.of_months(years + halves // 2, days)
    return Read(term, f"“{text.strip()}”按{term}读取" if doubt or month_doubt else "")


def why_no_term(read: str) -> str:
    """What is wrong with a text that is no term."""
    if _DATE.match(read):
        return "像日期，不是刑期"
    if _BARE.fullmatch(read):
        return "没有写明年、月，不能推定"
    if _BAND.search(read):
        return "是幅度，不是确定的刑期"
    if re.search(r"余刑|剩余刑期", read):
        return "没有写明余刑是多少"
    return "不是能读懂的刑期"


def _from_code(text: str, years: int, months: int, days: int) -> Read[Term]:
    """12_06_00, as the prisons' system writes twelve years and six months."""
    odd = months >= MONTHS_IN_YEAR or days > DAYS_IN_MONTH
    term = Term.of_months(years * MONTHS_IN_YEAR + months, days)
    return Read(term, f"“{text.strip()}”的月、日超出常规，按{term}读取" if odd else "")


def _with_fraction(number: str | None, parts: int, text: str, unit: str) -> tuple[int, bool]:
    """A number in parts of its unit (3.5 years = 42 twelfths), and whether it had a fraction."""
    if not number:
        return 0, False
    if "." not in number:
        return read_number(number) * parts, False
    whole = Decimal(number) * parts
    if whole != whole.to_integral_value():
        raise ValueError(f"“{text.strip()}”的小数折不成整{'月' if unit == '年' else '半月'}")
    return int(whole), True
