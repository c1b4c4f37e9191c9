"""Resident identity numbers by GB 11643: check digit, 15 to 18 digits, and what Excel does to them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul
from typing import NamedTuple

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
ZEROS = ord("0") * sum(WEIGHTS)
_LOOKALIKES = str.maketrans("×хХ✕✖乂χΧⅹⅩ＊●○□■#", "XXXXXXXXXX******")
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'’‘`\"“”.。,，_-]+")
_LEAD = re.compile(r"^(?:居民|公民)?(?:身份)?证?(?:件)?号?码?(?:[:：]|(?=[0-9]))")
_NOBODY = re.compile(
    r"0+|X+|自报.*|无(?:身份证|证件|号码|证)?(?:号码?)?|不详|不明|未知|身份不明|未办|未办理|/+|[—–]+|空"
)
_AS_FLOAT = re.compile(r"([0-9]{15,18})\.0+")
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]+")
_MASK = re.compile(r"[0-9X]*(?:\*+|X{2,}|某+)[0-9*X某]*")
_OTHER = re.compile(
    r"[A-Z]{1,3}[0-9]{6,12}|[0-9]{8}|[0-9]{10}[A-Z]?|[HM][0-9]{8,10}|.*(?:护照|通行证|居住证|居留证|永居|军官|士兵|警官|户口|证).*"
)
_LOST_DIGITS = "000"
SHORT, LONG = 15, 18


class IdState(StrEnum):
    """What can be said of an identity number as it stands."""

    VALID = "有效"
    UPGRADED = "十五位已升"
    WRONG_DIGIT = "校验不符"
    DAMAGED = "数字格式受损"
    MASKED = "脱敏"
    OTHER = "其他证件"
    UNREADABLE = "不是证件号码"
    BLANK = "身份不明"
    EMPTY = "空"


class IdRead(NamedTuple):
    """An identity number in normal form, its state, and the birth date and sex a sound one carries."""

    number: str
    state: IdState
    birth_date: date | None = None
    sex: str = ""


def check_digit(first17: str) -> str:
    """The eighteenth character for seventeen ASCII digits."""
    return CHECK_DIGITS[(sum(map(mul, WEIGHTS, first17.encode("ascii"))) - ZEROS) % 11]


def read_id_number(text: str) -> IdRead:
    """Bring an identity number into normal form and say what it is worth; nothing is repaired by guessing.

    Blanks, apostrophes, full width and look-alikes of X are mended, since that cannot change the number; fifteen
    digits become eighteen. WRONG_DIGIT covers a wrong length, an impossible birth date and a wrong check digit.
    """
    if len(text) == LONG and text.isascii() and text[:-1].isdecimal() and text[-1] in CHECK_DIGITS:
        read = _whole(text)
        if read.state is IdState.VALID:
            return read
    return _read_any(text)


@lru_cache(maxsize=20_000)
def _read_any(text: str) -> IdRead:
    bare = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).strip()
    if _SCIENTIFIC.fullmatch(bare):
        return IdRead(bare, IdState.DAMAGED)
    if match := _AS_FLOAT.fullmatch(bare):
        return _of_float(bare, match[1])
    number = _LEAD.sub("", _NOISE.sub("", bare)).upper()
    if not number:
        return IdRead("", IdState.EMPTY if not bare.strip("-_'.,。，") else IdState.BLANK)
    if _NOBODY.fullmatch(number):
        return IdRead(number, IdState.BLANK)
    if re.fullmatch(r"[0-9]{15}", number):
        return _upgrade(number)
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _whole(number)
    if _MASK.fullmatch(number):
        return IdRead(number, IdState.MASKED)
    if re.fullmatch(r"[0-9]{11,20}X?", number):
        return IdRead(number, IdState.WRONG_DIGIT)
    return IdRead(number, IdState.OTHER if _OTHER.fullmatch(number) else IdState.UNREADABLE)


def _of_float(bare: str, number: str) -> IdRead:
    """A number with .0 behind it: whole where no floating-point value can hold it, else it may have been rounded."""
    if len(number) != LONG:
        return _upgrade(number) if len(number) == SHORT else IdRead(bare, IdState.DAMAGED)
    read = _full(number, IdState.VALID)
    rounded = int(float(number)) == int(number)
    return IdRead(bare, IdState.DAMAGED) if rounded or read.state is not IdState.VALID else read


def _whole(number: str) -> IdRead:
    read = _full(number, IdState.VALID)
    lost = read.state is IdState.WRONG_DIGIT and number.endswith(_LOST_DIGITS)
    return IdRead(number, IdState.DAMAGED) if lost else read


def _upgrade(number: str) -> IdRead:
    first17 = f"{number[:6]}19{number[6:]}"
    read = _full(first17 + check_digit(first17), IdState.UPGRADED)
    return read if read.state is IdState.UPGRADED else IdRead(number, IdState.WRONG_DIGIT)


def _full(number: str, state: IdState) -> IdRead:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdRead(number, IdState.WRONG_DIGIT)
    if check_digit(number[:17]) != number[17]:
        return IdRead(number, IdState.WRONG_DIGIT)
    return IdRead(number, state, birth, "男" if int(number[16]) % 2 else "女")
