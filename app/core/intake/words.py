"""The words of headers and footers, and labels brought to one form so that a word is found however a list writes it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.intake.marks import shown

_NOTES = re.compile(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]")
_CIRCLED = re.compile(r"^\s*[①-⑳⑴-⒇⒈-⒛❶-❿]+")
_SERIAL = re.compile(r"^(?:\d{1,3}[、.:]|[一二三四五六七八九十]{1,3}[、.])")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NO_WORD = re.compile(r"\W+|_+")
_DAY = re.compile(r"(?:年月日|日期|时间|日)$")
# Only behind another word: 终止日期, 期满日期 and 截止日期 by themselves are three different things.
_START = re.compile(r"(?<=.)(?:起始|开始|起算|起)日?$")
_END = re.compile(r"(?<=.)(?:截止|终止|结束|届满|期满|止)日?$")
_GROUP_TAIL = re.compile(r"(?:起止)?(?:日期|时间|期间|期限|情况|日|期)?$")
_DAYS = re.compile(r".(?:日期|时间|日)$")
_UNIT = re.compile(r"[(\[【](?:单位:?)?(万元|千元|元|个月|月|年)[)\]】]|[/,，](万元|千元|元|个月|月|年)$")

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


# Spellings of one thing, with the one they are compared by: 身份证件号码 and 居民身份证编号 are 身份证号.
_SAME = tuple((re.compile(spelling), word) for spelling, word in WORDS["same"])


@lru_cache(maxsize=10_000)
def label_form(text: str) -> str:
    """Half width, without blanks, line breaks, bracketed notes and leading serial numbers.

    Bracketed text alone is kept.
    """
    read = _BLANKS.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", shown(text)))).strip("*★☆※#:：'\"“”、，,")
    bare = _SERIAL.sub("", _NOTES.sub("", read)).strip("*★☆※#:：'\"“”、，,")
    return bare or read.strip("()[]【】")


@lru_cache(maxsize=10_000)
def label_key(text: str) -> str:
    """The form in which labels are compared: 报请日期, 报请日 and 报请时间 are one word, so are 起始日期 and 起日.

    Spellings of one thing are one word too: 判决书文号 and 判决书编号, 抄送检察机关 and 抄送检察院.
    """
    form = _NO_WORD.sub("", label_form(text)).upper()
    if len(form) <= 2:
        return form
    for spelling, word in _SAME:
        form = spelling.sub(word, form)
    day = _DAY.sub("日", form)
    if _START.search(day):
        return _START.sub("起日", day)
    return _END.sub("止日", day)


@lru_cache(maxsize=10_000)
def joined_key(group: str, label: str) -> str:
    """A group's and a column's label as one word: 刑期起止/起日 and 公示时间/起日 are 刑期起日 and 公示起日."""
    return label_key(_GROUP_TAIL.sub("", label_form(group)) + label_form(label))


def dated_key(group: str, label: str) -> str:
    """The same below a group of days: 送达时间/执行机关 is 送达执行机关日; empty for other groups."""
    return label_key(f"{joined_key(group, label)}日期") if _DAYS.search(label_form(group)) else ""


@lru_cache(maxsize=10_000)
def unit_of(text: str) -> str:
    """The unit a label states for the numbers below it (万元, 年, 月), the lowest line's last; empty for none."""
    found = _UNIT.findall(_BLANKS.sub("", unicodedata.normalize("NFKC", shown(text))))
    return "".join(found[-1]).removeprefix("个") if found else ""


def unit_above(lines: Iterable[str]) -> str:
    """The unit of money that lines above a table state for all of it (单位：万元); empty for none."""
    found = (_MONEY_UNIT.search(unicodedata.normalize("NFKC", line)) for line in lines)
    return next((each[1] for each in found if each is not None), "")


_MONEY_UNIT = re.compile(WORDS["money_unit"])
SERIAL_COLUMNS = frozenset(map(label_key, WORDS["serial"]))
MAYBE_SERIAL = frozenset(map(label_key, WORDS["maybe_serial"]))
IGNORED_COLUMNS = frozenset(map(label_key, WORDS["ignored"]))
GENERIC = frozenset(map(label_key, WORDS["generic"]))
NEUTRAL_GROUPS = frozenset(map(label_key, WORDS["neutral_groups"]))
PERSON_WORDS = tuple(f"{person}{tail}" for person in WORDS["persons"] for tail in ("", "姓名", "名字"))
PRESENT: tuple[str, ...] = tuple(WORDS["present"])
SHIFTING = re.compile("|".join(WORDS["shifting"]))
_ABOUT = {form(word) for word in (*WORDS["harmless_before"], *WORDS["persons"]) for form in (label_form, label_key)}
_BEFORE = "|".join(sorted(_ABOUT, key=len, reverse=True))
_AFTER = "|".join(sorted(map(label_form, WORDS["harmless_after"]), key=len, reverse=True))
AROUND = re.compile(rf"(?:{_BEFORE})*\0(?:{_AFTER})*")
TOTAL = re.compile(WORDS["total"])
FOOTER = re.compile(WORDS["footer"], re.DOTALL)
NO_NAME = re.compile(WORDS["no_name"])
EXAMPLE = re.compile(WORDS["example"])
