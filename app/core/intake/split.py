"""One value in several columns below one label: 本次减刑 → 年 | 月 | 日, or 减刑幅度（年） beside 减刑幅度（月）."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.intake.cells import reader_of
from app.core.intake.choices import FALSE_WORDS, TRUE_WORDS, Reader
from app.core.intake.marks import marks_of, shown
from app.core.intake.words import WORDS, label_key
from app.core.records import Field, FieldType, Value
from app.core.values.numerals import NUMERAL, read_number
from app.core.values.reading import BLANKS, Read, plain
from app.core.values.term_grammar import MONTHS_IN_YEAR

YEAR, MONTH, DAY, LIFE = "年", "月", "日", "终身"
ORDER = (LIFE, YEAR, MONTH, DAY)
TERMS = (FieldType.TERM, FieldType.SENTENCE, FieldType.DEPRIVATION)
OPEN = frozenset({"不详", "未知", "不明", "待查", "待定", "未填", "无数据"})  # beside a number it is not the whole
NO_ANSWER = BLANKS - {"", "0"}
MOST_DAYS = 31  # more beside years or months may be the whole term in days
_UNITS: dict[str, str] = {
    spelling: unit for unit, spellings in WORDS["split"]["units"].items() for spelling in spellings
}
_ENDS = frozenset(spelling[-1] for spelling in _UNITS) | set(")）]】〕*★:：")
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_LABEL = re.compile(rf"(.*?)[_\-—/·.、,，:：]*[(（\[【〔]?(?:单位[:：]?)?({_UNIT})[)）\]】〕]?[*★:：]*")
_WRITTEN = {YEAR: "周?年", MONTH: "个?月", DAY: "[日天号]"}
_PART = {unit: re.compile(rf"(\d{{1,4}}|{NUMERAL})(?:\.0+)?(?:{word})?") for unit, word in _WRITTEN.items()}
_DIGIT = re.compile(r"\d")
_NAMED = re.compile(rf"(?:{'|'.join(ORDER)})：")
_TERM = re.compile(r"(?:(\d+)年)?(?:(\d+)个月)?(?:(\d+)日)?")


@dataclass(frozen=True, slots=True)
class Split:
    """The columns of one value: the words above and the lowest word they share, and the unit each column is of.

    `units` goes from a column's index to 终身, 年, 月 or 日, in this order.
    """

    upper: str
    lower: str
    units: tuple[tuple[int, str], ...]

    @property
    def label(self) -> str:
        """What the columns together are called."""
        return self.upper + self.lower

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns by their indexes."""
        return tuple(column for column, _ in self.units)

    @property
    def alone(self) -> tuple[int, ...]:
        """The columns that may be something by themselves: 裁定日 beside 裁定年, but no 日 beside 年 and 月."""
        parts = {unit for _, unit in self.units}
        return tuple(column for column, unit in self.units if unit != DAY or not {YEAR, MONTH} <= parts)

    def of(self, columns: Sequence[int]) -> Split:
        """The same with these of its columns only."""
        return Split(self.upper, self.lower, tuple(each for each in self.units if each[0] in columns))

    def fits(self, field: Field) -> bool:
        """Whether the columns can make a value of a field: a term, a day that has a year, 终身 for a deprivation."""
        units = {unit for _, unit in self.units}
        if field.type is FieldType.DATE:
            return YEAR in units and LIFE not in units
        return field.type is FieldType.DEPRIVATION if LIFE in units else field.type in TERMS


@lru_cache(maxsize=10_000)
def stem_and_unit(label: str) -> tuple[str, str]:
    """A label without its unit, and the unit: 减刑幅度（年） and 减刑_年 end in 年, 年 is nothing else; "" for none."""
    match = _LABEL.fullmatch(label)
    return (match[1], _UNITS[match[2]]) if match is not None else (label, "")


def above_unit(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The lines of a column's label without its unit, and the unit; no line is left of a unit alone."""
    if not lines or lines[-1][-1] not in _ENDS:
        return tuple(lines), ""
    stem, unit = stem_and_unit(lines[-1])
    above = tuple(lines[:-1])
    told = stem and not (unit and above and label_key(stem) in label_key("".join(above)))
    return (*above, stem) if told else above, unit


def splits_of(columns: Sequence[Sequence[str]]) -> tuple[Split, ...]:
    """The values that several columns make, by the lines of each column's label, upper ones first."""
    found: dict[tuple[str, ...], list[dict[str, int]]] = {}
    for column, lines in enumerate(columns):
        above, unit = above_unit(lines)
        if unit and above:
            groups = found.setdefault(above, [])
            group = next((each for each in groups if unit not in each), None)
            if group is None:
                groups.append(group := {})
            group[unit] = column
    return tuple(
        Split("".join(above[:-1]), above[-1], tuple((group[unit], unit) for unit in ORDER if unit in group))
        for above, groups in found.items()
        for group in groups
        if len(group) > 1
    )


def mapped_splits(splits: Sequence[Split], columns: Mapping[int, Field]) -> dict[str, Split]:
    """By field id, the parts of the fields all of whose columns are parts of one value."""
    found = {}
    for field_id, field in {each.id: each for each in columns.values()}.items():
        own = [column for column, each in columns.items() if each is field]
        whole = next((split for split in splits if set(own) <= set(split.columns)), None)
        if whole is not None and (split := whole.of(own)).fits(field):
            found[field_id] = split
    return found


def joined(split: Split, texts: Sequence[str], *, dated: bool) -> str:
    """The texts of a row's parts as one, with their marks in front: 1年6个月15日, 终身, 2022年6月3日.

    Empty parts and zeros are left out; a word that stands alone (无期徒刑 or 不详 below 年) is the whole. Where else a
    part is no whole number, or 终身 has a number beside it, each part is written with its unit (年：1.5；月：6), which
    `parts_reader` refuses.
    """
    marks = "".join(dict.fromkeys("".join(map(marks_of, texts))))
    parts = [(unit, shown(text).strip()) for (_, unit), text in zip(split.units, texts, strict=True)]
    pieces = [_piece(unit, text, dated=dated) for unit, text in parts]
    filled = [each for each in pieces if each]
    if None in pieces or (LIFE in filled and len(filled) > 1):
        odd = [text for (unit, text), piece in zip(parts, pieces, strict=True) if piece is None and unit != LIFE]
        one = len({*odd}) == 1 and pieces.count(None) == len(odd) and not filled
        if one and (len(parts) == 1 or not _DIGIT.search(odd[0])):
            return marks + odd[0]
        return marks + "；".join(f"{unit}：{text}" for unit, text in parts if text)
    if filled:
        return marks + "".join(filled)
    return marks + next((text for unit, text in parts if unit != LIFE and _says_none(text)), "")


def _says_none(text: str) -> bool:
    """Whether a part answers in a word that there is nothing: 无, a dash."""
    return plain(text) in NO_ANSWER


def _piece(unit: str, text: str, *, dated: bool) -> str | None:
    """A part with its unit, empty for nothing; None when it cannot be read."""
    read = plain(text)
    if read in BLANKS:
        return None if read in OPEN else ""
    if unit == LIFE:
        word = read.upper()
        return "" if word in FALSE_WORDS else LIFE if word in TRUE_WORDS or _UNITS.get(read) == LIFE else None
    match = _PART[unit].fullmatch(read)
    try:
        number = read_number(match[1]) if match is not None else None
    except ValueError:
        return None
    if not number:
        return None if number is None else ""
    return f"{number}{'个月' if unit == MONTH and not dated else unit}"


def parts_reader(field: Field) -> Reader:
    """The reader of what `joined` makes: the field's own, but for parts that make no value.

    ValueError for those too, and where months or days may be the whole term again in a smaller unit.
    """
    whole = reader_of(field)

    def read(raw: str) -> Read[Value]:
        if _NAMED.match(raw):
            life = "，终身与期限不能同时填写" if LIFE in raw else ""
            raise ValueError(f"“{raw}”不能合成{field.name}：年、月、日各栏要填整数{life}")
        if field.type is not FieldType.DATE and (match := _TERM.fullmatch(raw)):
            years, months, days = (int(each or 0) for each in match.groups())
            again = years and months == years * MONTHS_IN_YEAR
            if again or ((years or months) and days > MOST_DAYS):
                raise ValueError(f"“{raw}”的几栏可能是同一期限的几种写法，不能相加")
        return whole(raw)

    return read
