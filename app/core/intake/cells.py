"""One reader a field type: text becomes a value, with a doubt where something was taken for granted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from app.core.intake.words import WORDS, label_key, unit_of
from app.core.people.id_number import IdState, read_id_number
from app.core.records import Field, FieldType, Value
from app.core.values.dates import parse_date, parse_month, parse_range
from app.core.values.deprivation_text import parse_deprivation
from app.core.values.money import parse_money
from app.core.values.name_text import split_name
from app.core.values.numerals import read_number
from app.core.values.reading import BLANKS, UNKNOWN, Read, plain
from app.core.values.term_grammar import parse_term
from app.core.values.term_text import parse_offence_terms, parse_sentence

Reader = Callable[[str], Read[Any]]

TRUE_WORDS = frozenset(
    {"是", "是的", "属实", "有", "已", "对", "真", "系", "属", "属于", "1", "02", "Y", "YES", "T", "TRUE"} | set("√✓✔☑")
)
FALSE_WORDS = frozenset(
    {"否", "不是", "没有", "无", "未", "非", "不", "不属于", "假", "错", "0", "01", "N", "NO", "F", "FALSE", "X"}
    | set("×✗✘")
)
CODES = {"01": "代码01按“否”读取", "02": "代码02按“是”读取"}
NO_TEXT = UNKNOWN - {"/", "//", "—", "——", "-", "--"}
_NOT = ("不是", "不属", "不系", "没有", "未", "非", "无", "否")
_YES = ("是", "有", "系", "属", "已")
_OPEN = re.compile(r"待|查|核|可能|疑|不明|未明|不详|未知|未定|争议|是否|有无")
_YES_OR_NO = re.compile(r"[(\[【]?(0?[0-2])[)\]】]?[-—_.、:\s]*([是否有无])")
_CODE_AND_WORD = re.compile(r"[(\[【]?(\d{1,4})[)\]】]?[-—_.、:]*([^\d\W].*)")
_WORD_AND_CODE = re.compile(r"(.*[^\d\W])[-—_.:]*[(\[【]?(\d{1,4})[)\]】]?")
_BARE_CODE = re.compile(r"(\d{1,3})(?:\.0+)?")
_BEGINS = re.compile(r"^[自从]|(?:起始?|始)$")  # with a word at its end: 自2022年8月21日起
_ENDS = re.compile(r"^(?:截?至|到)|止$")
_WHOLE_FLOAT = re.compile(r"(-?\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[Ee]\+?\d+")
_COUNT = re.compile(
    r"([-+]?\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)(?:次|个|天|日|分|人|项|张|份|枚)*(?:表扬|立功|记功)?"
)
_TOO_LONG = re.compile(r"\d{16,}")
_SAID_SEX = re.compile(r"[男女](?:性)?")
_JOINTS = re.compile(r"[\W_]+|并有|并具有|并且|以及|并|且|和|及|有")


def reader_of(field: Field, label: str = "") -> Reader:
    """The function that reads a field's text below a label (which may state a unit).

    It raises ValueError, in Chinese, for text it cannot read, and gives None for an empty cell.
    """
    unit = unit_of(label)
    match field.type:
        case FieldType.CHOICE:
            return _choice_reader(tuple(field.choices.items()), field.name)
        case FieldType.BOOLEAN:
            return _boolean_reader(field.name)
        case FieldType.DATE:
            return _date_reader(field.name)
        case FieldType.TERM | FieldType.SENTENCE | FieldType.DEPRIVATION:
            in_unit = unit if unit in ("年", "月") else ""
            parse = _WITH_UNIT[field.type]
            return lambda text: parse(text, in_unit)
        case FieldType.MONEY:
            return lambda text: parse_money(text, unit if "元" in unit else "")
    return _PLAIN[field.type]


def _text(raw: str) -> Read[Value]:
    text = raw.strip()
    return Read(text if text and text not in NO_TEXT else None)


def _name(raw: str) -> Read[Value]:
    name, note = split_name(raw)
    if not name or name in BLANKS:
        return Read(None)
    if not name.isalpha() and re.fullmatch(r"[\W\d_]+", name):
        raise ValueError(f"“{raw.strip()}”不是姓名")
    told = not note or _SAID_SEX.fullmatch(note)
    return Read(name, "" if told else f"姓名栏另有“{note}”，未计入姓名")


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
def _boolean_reader(name: str) -> Reader:
    """是/否 in all its spellings; the field's own name (累犯, 是否脱管) says yes, with 非 or 不 before it no."""
    what = re.sub(r"^(?:是否|有无|有否)", "", name)

    def read(raw: str) -> Read[Value]:
        text = plain(raw).upper().rstrip("。.,;、")
        if text in UNKNOWN:
            return Read(None)
        if coded := _YES_OR_NO.fullmatch(text):
            return _coded_answer(coded[1], coded[2], raw)
        bare = re.sub(r"[(（].*[)）]$", "", text)
        if bare in TRUE_WORDS or bare in (name, what):
            return Read(True, CODES.get(bare, ""))
        if bare in FALSE_WORDS or bare in (f"非{what}", f"不是{what}", f"无{what}", f"未{what}"):
            return Read(False, CODES.get(bare, ""))
        if not _OPEN.search(bare):
            if bare.startswith(_NOT):
                return Read(False, f"“{raw.strip()}”按“否”读取")
            if bare.startswith(_YES) or bare.endswith(name):
                return Read(True, f"“{raw.strip()}”按“是”读取")
        raise ValueError(f"“{raw.strip()}”不能读作是或者否")

    return read


def _coded_answer(code: str, word: str, raw: str) -> Read[Value]:
    """A code with its word: the word answers, unless the code is one that cannot mean it (01 is no, 1 may be both)."""
    answer = word in "是有"
    if code in (("01", "0", "00") if answer else ("02", "2")):
        raise ValueError(f"“{raw.strip()}”的代码和文字不一致")
    return Read(answer)


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
        other = None if wanted is None else _BEGINS if wanted else _ENDS
        if day.value is not None and other is not None and not raw[-1:].isdigit() and other.search(plain(raw)):
            raise ValueError(f"“{raw.strip()}”是{'起' if wanted else '止'}日，本栏是{name}")
        return Read(day.value, day.doubt)

    return read


def _span(raw: str) -> tuple[date, date] | None:
    try:
        return parse_range(raw).value
    except ValueError:
        return None


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


@cache
def _choice_reader(choices: tuple[tuple[str, tuple[str, ...]], ...], name: str) -> Reader:
    """One of the words of a field, in any of their spellings; what follows in brackets or as a term is told."""
    known: dict[str, str] = {}
    for word, others in choices:
        for spelling in (word, *others):
            known.setdefault(_choice_key(spelling), word)
    words = "、".join(word for word, _ in choices)

    def read(raw: str) -> Read[Value]:
        text = plain(raw)
        found = known.get(_choice_key(text)) if text else None
        if found is not None:
            return Read(found)
        if text in BLANKS - {"无"}:
            return Read(None)
        if other := _with_code(text, known, name):
            return other
        head = re.split(r"[(,;，；。]|(?<=刑|役|制)(?=[\d一二两三四五六七八九十])", text, maxsplit=1)[0]
        if head != text and (found := known.get(_choice_key(head))) is not None:
            return Read(found, f"“{raw.strip()}”按“{found}”读取")
        raise ValueError(f"“{raw.strip()}”不在{name}的可选内容（{words}）中")

    return read


def _with_code(text: str, known: Mapping[str, str], name: str) -> Read[Value] | None:
    """A code beside its word (02-缓刑), or one that lost its zero (2); ValueError when code and word differ."""
    if bare := _BARE_CODE.fullmatch(text):
        found = next((known[each] for each in (f"0{bare[1]}", bare[1]) if each in known), None)
        return Read(found, f"“{text}”按代码读作“{found}”") if found else None
    if match := _CODE_AND_WORD.fullmatch(text):
        code, word = match.groups()
    elif match := _WORD_AND_CODE.fullmatch(text):
        word, code = match.groups()
    else:
        return None
    found = known.get(_choice_key(word))
    if found is None:
        return None
    meant = known.get(code) or known.get(f"0{code}")
    if meant is not None and meant != found:
        raise ValueError(f"“{text}”的代码和文字不一致：{name}代码{code}是“{meant}”")
    return Read(found, "" if meant else f"“{text}”按“{found}”读取")


def _choice_key(text: str) -> str:
    bare = _JOINTS.sub("", plain(text)).upper()
    return bare or plain(text)


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
