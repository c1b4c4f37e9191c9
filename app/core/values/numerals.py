"""Chinese numerals, the way judgments and lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = "零一二三四五六七八九"
_VARIANTS = str.maketrans(
    "〇○ΟОOo两俩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬", "零零零零零零二二一二二三三四五六六七八九十百千万"
)
_POSITIONAL_LENGTH = 4  # a year written digit by digit
NUMERAL = "(?:[0-9]+|[零一二三四五六七八九十百千〇○ΟОOo两俩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅]+)"


@lru_cache(1024)
def in_chinese(number: int) -> str:
    """Write a whole number from 0 to 9999 in Chinese: 12 → 十二, 105 → 一百零五."""
    if not 0 <= number <= 9999:
        raise ValueError(f"cannot write {number} in Chinese numerals here")
    if number == 0:
        return DIGITS[0]
    out = ""
    pending_zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += (DIGITS[0] if pending_zero else "") + DIGITS[digit] + name
            pending_zero = False
        elif out:
            pending_zero = True
    return out.removeprefix("一") if 10 <= number < 20 else out


def read_number(text: str) -> int:
    """Read a whole number: 12, 十二, 贰拾, 廿一, 一百零五, 二〇二四, 贰万伍仟; ValueError, in Chinese, when it is none.

    What can be read in two ways is refused: 三五, 一百二, 二万五.
    """
    if text.isdecimal():
        return int(text)
    words = text.translate(_VARIANTS).replace("廿", "二十").replace("卅", "三十")
    if not words:
        raise ValueError("空白不是数字")
    if all(char in DIGITS for char in words) and (len(words) == _POSITIONAL_LENGTH or "零" in words):
        return int("".join(str(DIGITS.index(char)) for char in words))
    total = 0
    for unit, name in ((100_000_000, "亿"), (10_000, "万")):
        head, found, rest = words.partition(name)
        if found:
            total += read_number(head) * unit
            if rest in DIGITS[1:] and rest:
                raise ValueError(f"“{text}”末位没有写明单位")
            words = rest.removeprefix("零") or "零"
    return total + _section(words, text)


def _spelled(words: str) -> str:
    """十二 and 一百十二 with their unwritten 一."""
    return re.sub(r"(?<![一二三四五六七八九])十", "一十", words)


def _section(words: str, text: str) -> int:
    """A number below ten thousand; it must be written just as it would be printed."""
    number, digit = 0, 0
    for char in _spelled(words):
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in "十百千":
            number += digit * 10 ** ("十百千".index(char) + 1)
            digit = 0
        else:
            raise ValueError(f"“{text}”不是数字")
    number += digit
    if number > 9999 or _spelled(in_chinese(number)) != _spelled(words):
        raise ValueError(f"“{text}”不是数字")
    return number
