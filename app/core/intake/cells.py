"""One reader a field type: text becomes a value, with a doubt where something was taken for granted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from app.core.intake.choices import Reader, boolean_reader, choice_reader
from app.core.intake.words import NO_NAME, WORDS, label_key, unit_of
from app.core.people.id_number import IdState, read_id_number
from app.core.records import Field, FieldType, Value
from app.core.values.dates import is_first_day, is_last_day, parse_date, parse_month, parse_range
from app.core.values.deprivation_text import parse_deprivation
from app.core.values.money import parse_money
from app.core.values.name_text import is_several, may_be_two, split_name
from app.core.values.numerals import read_number
from app.core.values.reading import BLANKS, UNKNOWN, Read, plain
from app.core.values.term_grammar import parse_term
from app.core.values.term_text import parse_offence_terms, parse_sentence

NO_TEXT = UNKNOWN - {"/", "//", "—", "——", "-", "--"}
_WHOLE_FLOAT = re.compile(r"(-?\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[Ee]\+?\d+")
_COUNT = re.compile(
    r"([-+]?\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)(?:次|个|天|日|分|人|项|张|份|枚)*(?:表扬|立功|记功)?"
)
_TOO_LONG = re.compile(r"\d{16,}")
_PART_OF_NAME = re.compile(r"^\d|[*＊×?？□■○●_^]|^某+$|[xX]{2,}")  # a serial number, a mask, a character not there
_SAID_SEX = re.compile(r"[男女](?:性)?")


def reader_of(field: Field, label: str = "", money_unit: str = "") -> Reader:
    """The function that reads a field's text below a label (which may state a unit, else sums are in `money_unit`).

    It raises ValueError, in Chinese, for text it cannot read, and gives None for an empty cell.
    """
    unit = unit_of(label)
    match field.type:
        case FieldType.CHOICE:
            return choice_reader(tuple(field.choices.items()), field.name)
        case FieldType.BOOLEAN:
            return boolean_reader(field.name)
        case FieldType.DATE:
            return _date_reader(field.name)
        case FieldType.TERM | FieldType.SENTENCE | FieldType.DEPRIVATION:
            in_unit = unit if unit in ("年", "月") else ""
            parse = _WITH_UNIT[field.type]
            return lambda text: parse(text, in_unit)
        case FieldType.MONEY:
            return partial(_money, unit if "元" in unit else money_unit)
    return _PLAIN[field.type]


def _text(raw: str) -> Read[Value]:
    text = raw.strip()
    return Read(text if text and text not in NO_TEXT else None)


def _name(raw: str) -> Read[Value]:
    if is_several(raw):
        raise ValueError(f"“{' '.join(raw.split())}”不止一个人，请一人一行")
    name, note = split_name(raw)
    if not name or name in BLANKS:
        return Read(None)
    if NO_NAME.search(name) or (not name.isalpha() and re.fullmatch(r"[\W\d_]+", name)):
        raise ValueError(f"“{raw.strip()}”不是姓名")
    if _SAID_SEX.fullmatch(name):
        raise ValueError(f"姓名栏写的是性别“{name}”")
    told = not note or _SAID_SEX.fullmatch(note)
    doubts = ["" if told else f"姓名栏另有“{note}”，未计入姓名"]
    doubts += [f"“{name}”不像完整的姓名"] if _PART_OF_NAME.search(name) else []
    doubts += [f"“{raw.strip()}”中间有空格，按一个人读取"] if may_be_two(raw) else []
    return Read(name, "；".join(filter(None, doubts)))


def _number_text(raw: str) -> Read[Value]:
    if raw.isdecimal() and raw.isascii() and len(raw) > 1:
        return Read(raw)
    text = plain(raw)
    if text in BLANKS:
        return Read(None)
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(f"“{text}”是科学计数，编号已失真，请以文本格式重新导出")
    match = _WHOLE_FLOAT.fullmatch(text)
    return Read(match[1] if match else text)


def _id_number(raw: str) -> Read[Value]:
    read = read_id_number(raw)
    match read.state:
        case IdState.EMPTY | IdState.BLANK:
            return Read(None)
        case IdState.DAMAGED:
            raise ValueError("身份证号码以数字存放，末位已失真，请以文本格式重新导出")
        case IdState.MASKED:
            raise ValueError("身份证号码已脱敏，不能用于核对")
        case IdState.UNREADABLE:
            raise ValueError(f"“{raw.strip()}”不是身份证号码")
    return Read(read.number, "位数、出生日期或者校验码不符" if read.state is IdState.WRONG_DIGIT else "")


@cache
def _date_reader(name: str) -> Reader:
    """A day; a range gives its first day to a field that begins something and its last to one that ends something."""
    key = label_key(name)
    last = key.endswith("止日") or name in WORDS["last_of_range"]
    wanted = 0 if key.endswith("起日") else 1 if last else None

    def read(raw: str) -> Read[Value]:
        try:
            day = parse_date(raw)
        except ValueError:
            span = None if wanted is None else _span(raw)
            if span is None or wanted is None:
                raise
            if span[1] < span[0]:
                raise ValueError(f"“{raw.strip()}”的止日早于起日") from None
            return Read(span[wanted], f"“{raw.strip()}”是一段时间，取{'末日' if wanted else '首日'}")
        other = None if wanted is None else is_first_day if wanted else is_last_day
        if day.value is not None and other is not None and not raw[-1:].isdigit() and other(raw):
            raise ValueError(f"“{raw.strip()}”是{'起' if wanted else '止'}日，本栏是{name}")
        return Read(day.value, day.doubt)

    return read


def _span(raw: str) -> tuple[date, date] | None:
    try:
        return parse_range(raw).value
    except ValueError:
        return None


def _money(unit: str, raw: str) -> Read[Value]:
    amount, doubt = parse_money(raw, unit)
    if amount is not None and amount.fen < 0:
        doubt = "；".join(filter(None, (doubt, f"“{raw.strip()}”是负数")))
    return Read(amount, doubt)


def _integer(raw: str) -> Read[Value]:
    number = _number(raw)
    if number is not None and number != int(number):
        raise ValueError(f"“{raw.strip()}”不是整数")
    return Read(None if number is None else int(number))


def _decimal(raw: str) -> Read[Value]:
    return Read(None if plain(raw) == "无" else _number(raw))


def _number(raw: str) -> Decimal | None:
    text = plain(raw).replace(",", "")
    if text in UNKNOWN:
        return None
    if text in ("无", "没有"):
        return Decimal(0)
    match = _COUNT.fullmatch(text)
    if match is None or _TOO_LONG.match(match[1]):
        raise ValueError(f"“{raw.strip()}”不是数字")
    return Decimal(match[1]) if match[1][-1].isdecimal() else Decimal(read_number(match[1]))


_WITH_UNIT: Mapping[FieldType, Callable[[str, str], Read[Any]]] = {
    FieldType.TERM: parse_term,
    FieldType.SENTENCE: parse_sentence,
    FieldType.DEPRIVATION: parse_deprivation,
}
_PLAIN: Mapping[FieldType, Reader] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _name,
    FieldType.NUMBER_TEXT: _number_text,
    FieldType.ID_NUMBER: _id_number,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.MONTH: parse_month,
    FieldType.OFFENCE_TERMS: parse_offence_terms,
}
