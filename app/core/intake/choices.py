"""Readers of cells that answer with one of a few words: yes or no, a choice, boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from app.core.records import Value
from app.core.values.reading import BLANKS, UNKNOWN, Read, plain
from app.core.values.ticks import is_form, ticked

Reader = Callable[[str], Read[Any]]

TRUE_WORDS = frozenset(
    {"是", "是的", "属实", "有", "已", "对", "真", "系", "属", "属于", "1", "02", "Y", "YES", "T", "TRUE"} | set("√✓✔☑")
)
FALSE_WORDS = frozenset(
    {"否", "不是", "没有", "无", "未", "非", "不", "不属于", "假", "错", "0", "01", "N", "NO", "F", "FALSE", "X"}
    | set("×✗✘")
)
CODES = {"01": "代码01按“否”读取", "02": "代码02按“是”读取"}
_NOT = ("不是", "不属", "不系", "没有", "未", "非", "无", "否")
_YES = ("是", "有", "系", "属", "已")
_OPEN = re.compile(r"待|查|核|可能|疑|不明|未明|不详|未知|未定|争议|是否|有无")
_YES_OR_NO = re.compile(r"[(\[【]?(0?[0-2])[)\]】]?[-—_.、:\s]*([是否有无])")
_CODE_AND_WORD = re.compile(r"[(\[【]?(\d{1,4})[)\]】]?[-—_.、:]*([^\d\W].*)")
_WORD_AND_CODE = re.compile(r"(.*[^\d\W])[-—_.:]*[(\[【]?(\d{1,4})[)\]】]?")
_BARE_CODE = re.compile(r"(\d{1,3})(?:\.0+)?")
# Behind a word of a choice: a note, a term (有期徒刑三年), a number of times or days (禁闭7天).
_NUMBER = r"[\d一二两三四五六七八九十]"
_CHOICE_HEAD = re.compile(rf"[(,;，；。]|(?<=刑|役|制)(?={_NUMBER})|(?={_NUMBER}+(?:天|日|次|个)$)")
_JOINTS = re.compile(r"[\W_]+|并有|并具有|并且|以及|并|且|和|及|有")


@cache
def boolean_reader(name: str) -> Reader:
    """是/否 in all its spellings; the field's own name (累犯, 是否脱管) says yes, with 非 or 不 before it no."""
    what = re.sub(r"^.*(?:是否|有无|有否)", "", name)

    def read(raw: str) -> Read[Value]:
        text = plain(ticked(raw) if is_form(raw) else raw).upper().rstrip("。.,;、")
        if text in UNKNOWN:
            return Read(None)
        if coded := _YES_OR_NO.fullmatch(text):
            return _coded_answer(coded[1], coded[2], raw)
        bare = re.sub(r"[(（].*[)）]$", "", text)
        if bare in TRUE_WORDS or bare in (name, what):
            return Read(True, CODES.get(bare, ""))
        if bare in FALSE_WORDS or bare in (f"非{what}", f"不是{what}", f"无{what}", f"未{what}", f"不{what}"):
            return Read(False, CODES.get(bare, ""))
        if len(bare) > 1 and what.startswith(bare.removeprefix("不")):  # 齐全, 不齐
            return Read(not bare.startswith("不"))
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
def choice_reader(choices: tuple[tuple[str, tuple[str, ...]], ...], name: str) -> Reader:
    """One of the words of a field, in any of their spellings; what follows in brackets or as a term is told."""
    known: dict[str, str] = {}
    for word, others in choices:
        for spelling in (word, *others):
            known.setdefault(_choice_key(spelling), word)
    words = "、".join(word for word, _ in choices)

    def read(raw: str) -> Read[Value]:
        text = plain(ticked(raw) if is_form(raw) else raw)
        found = known.get(_choice_key(text)) if text else None
        if found is not None:
            return Read(found)
        if text in BLANKS - {"无"}:
            return Read(None)
        if other := _with_code(text, known, name):
            return other
        head = _CHOICE_HEAD.split(text, maxsplit=1)[0]
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
