"""Whether two rows are about one person: an exact to tolerant cascade, with a grade and the reason.

Grades: M1 sure; M2 likely, what rests on it must be verified; M3 possible, listed for a person to compare and never
joined; None for different people. No sound number is ever bent to fit another one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from app.core.findings import Match
from app.core.people.id_number import IdState
from app.core.people.identity import Identity

VISIBLE_DIGITS = 10  # of a masked number that must agree
PREFIX_SIGNS = 4  # of a transliterated name that was cut off
WILD = "?□■*某"
ONE_MISSING = "姓名有缺字，其余相同"
BIRTH = slice(6, 14)  # of eighteen signs
MASK = "*X某"
CHECK_X = "x"
DIGITS_KEPT = 15  # by a spreadsheet program that took a number for a quantity


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two rows are: the grade, None for different people, and why, in Chinese."""

    grade: Match | None
    why: str


def compare(one: Identity, other: Identity) -> Likeness:
    """Grade two rows; the same whichever comes first."""
    if one.number and other.number:
        return _sound(one, other)
    if one.has_number and other.has_number and IdState.OTHER not in (one.id.state, other.id.state):
        return _damaged(one, other)
    if one.id.state is IdState.OTHER and other.id.state is IdState.OTHER:
        return _papers(one, other)
    return _without_number(one, other)


def _sound(one: Identity, other: Identity) -> Likeness:
    if one.number != other.number:
        if one.key == other.key and one.birth == other.birth and one.sex == other.sex:
            return Likeness(Match.WEAK, "姓名、出生日期、性别相同，但两个身份证号均有效而不同")
        if one.key == other.key and _cut(one.number, other.number):
            return Likeness(Match.WEAK, f"姓名和身份证号前{DIGITS_KEPT}位相同，后三位可能因数字格式丢失")
        return Likeness(None, "两个身份证号均有效而不同")
    words = same_name(one, other)
    fifteen = IdState.UPGRADED in (one.id.state, other.id.state)
    if words:
        grade = Match.LIKELY if words == ONE_MISSING else Match.SURE
        return Likeness(grade, "十五位身份证号升位后相同，" + words if fifteen else "身份证号相同，" + words)
    if one.birth != other.birth and one.sex != other.sex:
        return Likeness(None, "身份证号相同，但姓名、出生日期、性别都不同")
    return Likeness(Match.LIKELY, "身份证号相同但姓名不同")


def _damaged(one: Identity, other: Identity) -> Likeness:
    """At least one number is wrong, cut off by a spreadsheet program, or masked."""
    words = same_name(one, other)
    if IdState.MASKED in (one.id.state, other.id.state):
        return _masked(one, other, words)
    first, second = one.id.number, other.id.number
    if first == second and words:
        return Likeness(Match.LIKELY, "身份证号相同但校验不符，" + words)
    if not words:
        return Likeness(None, "身份证号不同，姓名不同")
    if one.birth is not None and other.birth is not None and one.birth != other.birth:
        return Likeness(None, "身份证号不同，出生日期不同")
    kept = _kept(one, other)
    if kept >= VISIBLE_DIGITS:
        return Likeness(Match.LIKELY, f"身份证号后几位已丢失，前{kept}位相同，{words}")
    close = len(first) == len(second) and OSA.distance(first, second) == 1
    born = one.birth is not None and one.birth == other.birth
    if close and (born or _born_alike(one, other)):
        return Likeness(Match.LIKELY, f"身份证号只差一位或相邻两位颠倒，{words}，出生日期相同")
    if close or IdState.DAMAGED in (one.id.state, other.id.state):
        return _without_number(one, other)
    return Likeness(Match.WEAK, f"{words}，但身份证号有误，不能核对")


def _born_alike(one: Identity, other: Identity) -> bool:
    """Whether a wrong number without a birth date beside it carries the birth date of the sound one."""
    return any(
        bad.birth is None and sound.birth is not None and bad.id.number[BIRTH] == sound.number[BIRTH]
        for bad, sound in ((one, other), (other, one))
        if sound.number and len(bad.id.number) == len(sound.number)
    )


def _kept(one: Identity, other: Identity) -> int:
    """How many leading digits a number cut off by a spreadsheet program shares with a sound one; 0 when they differ."""
    for cut, sound in ((one, other), (other, one)):
        if cut.id.state is IdState.DAMAGED and sound.number:
            mantissa, power, _ = cut.id.number.partition("E")
            digits = mantissa.replace(".", "")[: -1 if power else DIGITS_KEPT]  # a power's last digit was rounded
            return len(digits) if sound.number.startswith(digits) else 0
    return 0


def _cut(first: str, second: str) -> bool:
    """Whether one of two sound numbers may be the other one cut off, its check digit being right by chance."""
    return first[:DIGITS_KEPT] == second[:DIGITS_KEPT] and any(each.endswith("000") for each in (first, second))


def _masked(one: Identity, other: Identity, words: str) -> Likeness:
    first, second = (_unmasked_end(each.id.number) for each in (one, other))
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a not in MASK and b not in MASK]
    if len(first) != len(second) or any(a != b for a, b in pairs) or not words:
        return Likeness(None, "脱敏身份证号的可见数字或者姓名不同")
    if one.birth is not None and other.birth is not None and one.birth != other.birth:
        return Likeness(None, "脱敏身份证号可见数字相同，但出生日期不同")
    if len(pairs) >= VISIBLE_DIGITS:
        return Likeness(Match.LIKELY, f"脱敏身份证号可见的{len(pairs)}位相同，{words}")
    return Likeness(Match.WEAK, f"脱敏身份证号可见的{len(pairs)}位相同，{words}，位数太少")


def _unmasked_end(number: str) -> str:
    """The number with an X at its end, which is a check digit where another sign hides the rest, told from a mask."""
    return number[:-1] + CHECK_X if number.endswith("X") and number[-2:-1] not in MASK else number


def _papers(one: Identity, other: Identity) -> Likeness:
    """Passports and the like: the number, the name and the birth date together."""
    words = same_name(one, other)
    if one.id.number == other.id.number and words:
        return Likeness(Match.SURE, "证件号码相同，" + words)
    return (
        Likeness(None, "证件号码不同")
        if one.id.number != other.id.number
        else Likeness(Match.WEAK, "证件号码相同但姓名不同")
    )


def _without_number(one: Identity, other: Identity) -> Likeness:
    """A number is missing, of another kind, or no help."""
    if one.key != other.key and not (one.aliases & {other.key} or other.aliases & {one.key}):
        return Likeness(None, "姓名不同")
    if one.birth is not None and other.birth is not None and one.birth != other.birth:
        return Likeness(None, "姓名相同但出生日期不同")
    if one.sex and other.sex and one.sex != other.sex:
        return Likeness(None, "姓名相同但性别不同")
    shared = {kind for kind, _ in one.hints & other.hints}
    if "case_no" in shared:
        return Likeness(Match.LIKELY, "姓名和案号相同，缺少身份证号")
    born = one.birth is not None and one.birth == other.birth
    if born and one.sex and one.sex == other.sex and shared:
        return Likeness(Match.LIKELY, "姓名、出生日期、性别相同，罪名、法院或者住址也相同，缺少身份证号")
    return Likeness(Match.WEAK, "姓名、出生日期相同，缺少身份证号" if born else "只有姓名相同")


def same_name(one: Identity, other: Identity) -> str:
    """In what way two names may be one person's, given that something else says so; "" for different names."""
    first, second = one.key, other.key
    if first == second:
        return "姓名相同"
    if not first or not second:
        return "一方没有姓名"
    if second in one.aliases or first in other.aliases or one.aliases & other.aliases:
        return "曾用名或别名相同"
    if len(first) == len(second) > 1 and _same_but_wild(first, second):
        return ONE_MISSING
    if min(len(first), len(second)) > 1 and OSA.distance(first, second) == 1:
        return "姓名只差一字或者用字颠倒"
    if min(len(first), len(second)) >= PREFIX_SIGNS and (first.startswith(second) or second.startswith(first)):
        return "姓名一长一短，前面相同"
    if len(first) == len(second) and spoken(first) & spoken(second):
        return "姓名读音相同"
    return ""


def _same_but_wild(first: str, second: str) -> bool:
    """Equal but for one sign, which on one side stands for a missing or private one."""
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(apart) == 1 and any(_wild(each) for each in apart[0])


def _wild(sign: str) -> bool:
    return sign in WILD or unicodedata.category(sign) == "Co"


@lru_cache(maxsize=50_000)
def spoken(key: str) -> frozenset[str]:
    """Every way a name may be read aloud, without tones; variant and traditional forms of a sign read alike."""
    from pypinyin import Style, pinyin

    sounds = pinyin(key, style=Style.NORMAL, heteronym=True)
    return frozenset("".join(each) for each in product(*(each[:3] for each in sounds)))
