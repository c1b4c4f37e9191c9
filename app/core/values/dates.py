"""Dates, the way offices write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.core.values.numerals import NUMERAL, read_number
from app.core.values.reading import BLANKS, Read, plain

EXCEL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415  # 1950-01-01 and 2100-12-31
FIRST_YEAR, LAST_YEAR = 1900, 2200
LAST_SHORT_YEAR = 60  # 22.6.3 is 2022; 85.6.3 may be 1985
LONGEST = 60  # no date or range is longer; a whole paragraph in a cell is none
MONTHS = 12

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# A time of day goes before the blanks do: 1990/1/1 10:00 would become 1990/1/110:00.
_TIME = re.compile(r"(?<=[\d日号])(?:\s+|T)(?:[上下]午)?\s*\d{1,2}[::]\d{2}(?:[::]\d{2}(?:\.\d+)?)?Z?", re.ASCII)
_HOUR = r"(?:凌晨|清晨|早[晨上]|上午|中午|下午|傍晚|晚上?|深?夜间?)?(?:\d{1,2}时(?:\d{1,2}分?)?)?"
_WHOLE = re.compile(rf"(\d{{4}})[-/.,、。·\\年](\d{{1,2}})[-/.,、。·\\月](\d{{1,2}})(?:[日号]{_HOUR}|\.)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})日?")
_SHORT = re.compile(r"(\d{2})[-.年](\d{1,2})[-.月](\d{1,2})[日号]?")
_WORDS = re.compile(rf"({NUMERAL})年({NUMERAL})月({NUMERAL})[日号]?")
_MONTH = re.compile(rf"(\d{{4}}|[^\d\W]{{4}})[-/.年](\d{{1,2}}|{NUMERAL})月?份?")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}年?(?:初|底|末|间|许|左右)?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{1,2})")
_EXCEL_ZERO = re.compile(
    r"(?:1900[-/.年](?:0?1[-/.月]0{0,1}[01]|0?0[-/.月]0?0)日?|19000[01]0[01]|1899[-/.年]12[-/.月]3[01]日?)|0?0:00(?::00)?"
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_WEEKDAY = re.compile(r"[,(]?(?:星期|礼拜|周)[一二三四五六日天][)]?$")
_HEAD = re.compile(r"^(?:自|从|至|到|于|截至|截止)+")
# What happened on the day may stand behind it: 2021年1月10日送达.
_TAIL = re.compile(r"(?:为止|起|止|始|送达|签收|裁定|作出|宣判|宣告|生效|入监|收监|立案|报请|提请)+$")
_NOTE = re.compile(r"(?<=[\d日号])[(（]([^()（）\d]{1,20})[)）]$")
_UNREAL = re.compile(r"[未拟约]|预计|计划|应|左右|前后|待|不")  # of a note: the day is no day on which it happened
_FIRST = re.compile(r"^[自从]|(?:起始?|始)$")
_LAST = re.compile(r"^(?:截?至|到)|止$")
_SEPARATOR = re.compile(r"(?:起|止|始)?[,，]?(?:[-–—―~～至到]+|起)(?!$)")


@lru_cache(maxsize=20_000)
def parse_date(text: str) -> Read[date]:
    """Read one day; a two-digit year and an Excel serial are read with a doubt, and blanks give None.

    ValueError, in Chinese, for what is no day: impossible days, a month alone, day and month that may be swapped,
    the zero day of Excel.
    """
    if (match := _ISO.fullmatch(text)) and not _EXCEL_ZERO.fullmatch(text):
        return Read(_day(text, *match.groups()))
    read = plain(_TIME.sub("", text))
    if read in BLANKS:
        return Read(None)
    if _EXCEL_ZERO.fullmatch(read):
        raise ValueError(f"“{text.strip()}”是表格的空日期，没有日期")
    bare = _WEEKDAY.sub("", read)
    note = _NOTE.search(bare)
    if note is not None and not _UNREAL.search(note[1]):
        before = parse_date(bare[: note.start()])
        return Read(before.value, "；".join(filter(None, (before.doubt, f"日期后另有“{note[1]}”"))))
    bare = _TAIL.sub("", _HEAD.sub("", bare))
    if len(bare) <= LONGEST:
        for pattern in (_WHOLE, _COMPACT, _WORDS):
            if match := pattern.fullmatch(bare):
                return Read(_day(text, *match.groups()))
        if match := _SHORT.fullmatch(bare):
            return _short_year(text, *match.groups())
        if (match := _SERIAL.fullmatch(bare)) and FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL:
            day = EXCEL_EPOCH + timedelta(days=int(match[1]))
            return Read(day, f"“{text.strip()}”是表格的日期序号，按{day}读取")
    raise ValueError(f"“{_shortened(text)}”{_why_no_day(bare)}")


@lru_cache(maxsize=20_000)
def parse_month(text: str) -> Read[date]:
    """Read a calendar month as its first day; a whole day gives its month."""
    read = plain(_TIME.sub("", text))
    for pattern in (_MONTH, _COMPACT_MONTH):
        if match := pattern.fullmatch(read):
            return Read(_day(text, match[1], match[2], "1"))
    day = parse_date(text)
    return Read(day.value.replace(day=1) if day.value is not None else None, day.doubt)


@lru_cache(maxsize=5_000)
def parse_range(text: str) -> Read[tuple[date, date]]:
    """Read 自…起至…止, 2022.8.21-2025.8.20, 20220821-20250820 as first and last day; blanks give None.

    A range that runs backwards is read with a doubt. ValueError, in Chinese, when there are not two days.
    """
    read = plain(_TIME.sub("", text))
    if read in BLANKS:
        return Read(None)
    for match in _SEPARATOR.finditer(read) if len(read) <= LONGEST else ():
        parts = read[: match.start()], read[match.end() :]
        if not all(_could_be_day(part) for part in parts):
            continue
        first, last = (parse_date(part) for part in parts)
        if first.value is not None and last.value is not None:
            doubts = [first.doubt, last.doubt, "止日早于起日" if last.value < first.value else ""]
            return Read((first.value, last.value), "；".join(filter(None, doubts)))
    halves = text.split()
    if len(halves) == 2 and all(_could_be_day(each) for each in halves):
        days = [parse_date(each) for each in halves]
        if days[0].value is not None and days[1].value is not None and days[0].value <= days[1].value:
            doubts = [days[0].doubt, days[1].doubt, f"“{' '.join(halves)}”按起止日期读取"]
            return Read((days[0].value, days[1].value), "；".join(filter(None, doubts)))
    raise ValueError(f"“{_shortened(text)}”不是起止日期")


def is_serial_day(text: str) -> bool:
    """Whether `parse_date` takes a text for the serial number of a spreadsheet's day."""
    match = _SERIAL.fullmatch(_TAIL.sub("", _HEAD.sub("", plain(_TIME.sub("", text)))))
    return match is not None and FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL


def is_zero_day(text: str) -> bool:
    """Whether a text is the day a spreadsheet shows for an empty or zero cell: 1900-01-00, 1899-12-30."""
    return _EXCEL_ZERO.fullmatch(plain(_TIME.sub("", text))) is not None


def is_first_day(text: str) -> bool:
    """Whether a text says of its day that something begins then: 自2022年8月21日起."""
    return _FIRST.search(plain(text)) is not None


def is_last_day(text: str) -> bool:
    """Whether a text says of its day that something lasts until then: 至2025年8月20日止."""
    return _LAST.search(plain(text)) is not None


def print_date(day: date) -> str:
    """2024年3月15日, as official documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def print_moment(moment: datetime) -> str:
    """2024年03月15日09时05分."""
    return f"{moment:%Y}年{moment:%m}月{moment:%d}日{moment:%H}时{moment:%M}分"


def _day(text: str, year: str, month: str, day: str) -> date:
    """A day from its parts; ValueError, in Chinese, when there is no such day or its year is beyond sense."""
    numbers = [read_number(part) for part in (year, month, day)]
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        raise ValueError(f"“{text.strip()}”的年份不合常理")
    try:
        return date(*numbers)
    except ValueError:
        raise ValueError(f"“{text.strip()}”没有这一天") from None


def _short_year(text: str, year: str, month: str, day: str) -> Read[date]:
    if int(year) > LAST_SHORT_YEAR:
        raise ValueError(f"“{text.strip()}”年份只有两位，不知是19{year}年还是20{year}年")
    return Read(_day(text, f"20{year}", month, day), f"“{text.strip()}”年份只有两位，按20{year}年读取")


def _could_be_day(text: str) -> bool:
    try:
        return parse_date(text).value is not None
    except ValueError:
        return False


def _why_no_day(text: str) -> str:
    """What is wrong with a text that is no day."""
    reasons: tuple[tuple[Callable[[str], object], str], ...] = (
        (_MONTH.fullmatch, "只有年月，没有日"),
        (_COMPACT_MONTH.fullmatch, "只有年月，没有日"),
        (_YEAR.fullmatch, "只有年份，没有月、日"),
        (_YEAR_LAST.fullmatch, "年、月、日的先后不明，请写成年-月-日"),
        (re.compile(r".*\d.*[-–—~至到].*\d.*").fullmatch, "不是一个日期，可能是一段时间"),
    )
    return next((reason for fits, reason in reasons if fits(text)), "不是能读懂的日期")


def _shortened(text: str) -> str:
    clean = text.strip()
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"
