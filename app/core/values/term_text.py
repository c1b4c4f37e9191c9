"""Principal penalties, deprivation of rights and the sentences of a joinder, read from the words of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.core.values.numerals import NUMERAL
from app.core.values.reading import Read, plain
from app.core.values.term import Deprivation, OffenceTerm, Sentence, SentenceKind, Term
from app.core.values.term_grammar import NO_VALUE, TERM, parse_term, read_parts, why_no_term

__all__ = ["parse_deprivation", "parse_offence_terms", "parse_sentence", "parse_term"]

LIFE_CODE, SUSPENDED_DEATH_CODE = "9995", "9996"
_KIND = re.compile(
    r"(?P<death>死刑[,，、]?[(]?(?:宣告)?缓期(?:[二两2贰]年)?(?:执行)?[)]?|死缓(?:[二两2]年)?(?:执行)?)"
    r"|(?P<life>无期(?:徒刑)?)|(?P<fixed>有期(?:徒刑)?)|(?P<detention>拘役)|(?P<control>管制)"
)
_KINDS = {
    "death": SentenceKind.SUSPENDED_DEATH,
    "life": SentenceKind.LIFE,
    "fixed": SentenceKind.FIXED_TERM,
    "detention": SentenceKind.DETENTION,
    "control": SentenceKind.CONTROL,
}
_NO_TERM = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
_CODES = {LIFE_CODE: SentenceKind.LIFE, SUSPENDED_DEATH_CODE: SentenceKind.SUSPENDED_DEATH}
_SPOKEN = re.compile(rf"判({NUMERAL})缓{NUMERAL}")
_TURN = re.compile(
    r"(?<!权利)(?<!剥权)(?<!剥政)(?<!期限)(?<!终身)(?<!缩)"
    r"(?:减为|变更为|改判为?|改为|(?:决定|合并|并罚[,，]?)执行|决定执行刑期)"
)
_LEAD = re.compile(
    r"^(?:[,，:：为]|提请|建议|报请|报减|拟减|拟|予以|给予|对其|裁定|判处|被判处|判|处以|处|原判|决定|执行|共|刑期|幅度"
    r"|减去|减刑|减少|减|去)+"
)
_ANY = re.sub(r"\?P<\w+>", "?:", TERM.pattern)
# What may stand beside the principal penalty without changing it.
_BESIDE = re.compile(
    rf"(?:宣告)?缓刑(?:考验期限?)?(?:为)?{_ANY}|(?<!死)缓(?!期){_ANY}"
    rf"|(?:附加|并处)?(?:剥夺政治权利|剥权|剥政)(?:期限)?(?:由?终身)?(?:不变|(?:改为|减为|变更为|缩减为|为)?{_ANY})?"
    r"|(?:并处|单处)?(?:罚金|没收)[^,，;；。)]*|限制减刑|终身监禁|不得(?:减刑|假释)[^,，;；。)]*|驱逐出境"
    r"|[(]?(?:自)?\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:起)?[-—~至到]+\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:止)?[)]?"
)
_AFTER = re.compile(rf"有期徒刑|{_BESIDE.pattern}")
_ANOTHER = re.compile(r"[年月日天]|徒刑|无期|有期|拘役|管制|死刑|死缓|\d|以[上下内]")
_STOPS = ",，;；。、()（）[]+"
_NONE = frozenset({"无", "/", "//", "—", "——", "-", "--", "没有", "未附加", "未剥夺", "未判处", "不剥夺", "否", "零"})
_DEPRIVED = re.compile(
    r"^(?:并处|附加|同时|判处|[,，])*(?:剥夺政治权利|剥夺政权|剥政|剥权|剥夺)?(?:期限|年限|刑期)?(?:为|[:：])?"
)
_UNCHANGED = re.compile(r"(?:期限)?(?:保持|仍)?不变")
_CHANGED = re.compile(r"(?:改为|减为|变更为|缩减为|缩短为|减至)")
_OFFENCE_EDGE = ",，;；、。:：+＋()（）[]-—和及与犯因以"
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}[、.)]|第[一二三四五六七八九十]+[,，、:：])")


@lru_cache(maxsize=20_000)
def parse_sentence(text: str, unit: str = "") -> Read[Sentence]:
    """Read a principal penalty or a reduction: 有期徒刑三年, 无期, 死缓, 减为有期徒刑二十二年, 减刑七个月, 9995.

    A term without its kind counts as 有期徒刑. What stands beside it (缓刑, 罚金, 剥权 …) is left out with a doubt that
    says so; blanks give None. ValueError, in Chinese, for other text, two penalties, a band. `unit` as in `parse_term`.
    """
    read = plain(text)
    if read in NO_VALUE:
        return Read(None)
    if kind := _CODES.get(read) or _CODES.get(read.split("_", 1)[0]):
        return Read(Sentence(kind))
    if match := _SPOKEN.fullmatch(read):
        read = f"{match[1]}年，缓刑"
    turns = list(_TURN.finditer(read))
    before = read[: turns[-1].start()] if turns else ""
    body = _LEAD.sub("", read[turns[-1].end() :] if turns else read)
    sentence, rest, doubt = _main(body, text, unit)
    unused = [each for each in (_lead_words(before), _judge(rest, text)) if each]
    doubts = [doubt, f"“{text.strip()}”中“{'”“'.join(unused)}”未作为主刑读取" if unused else ""]
    return Read(sentence, "；".join(filter(None, doubts)))


@lru_cache(maxsize=5_000)
def parse_deprivation(text: str, unit: str = "") -> Read[Deprivation]:
    """Read 剥夺政治权利二年, 剥权2年, 终身, 期限不变, 改为一年, 无; an empty cell is unknown, 无 and dashes mean none.

    ValueError, in Chinese, for other text and for a number without its unit. `unit` as in `parse_term`.
    """
    read = plain(text)
    if read in _NONE:
        return Read(Deprivation())
    if read in NO_VALUE:
        return Read(None)
    if changes := list(_CHANGED.finditer(read)):
        read = read[changes[-1].end() :]
    rest = _DEPRIVED.sub("", read)
    rest = rest if _UNCHANGED.fullmatch(rest) else rest.removesuffix("不变")
    if rest.startswith("终身"):
        return Read(Deprivation(life=True))
    if _UNCHANGED.fullmatch(rest):
        return Read(Deprivation(unchanged=True))
    if rest in ("", "是", "有"):
        raise ValueError(f"“{text.strip()}”没有写明剥夺政治权利的期限")
    try:
        term = parse_term(rest, unit)
    except ValueError:
        raise ValueError(f"“{text.strip()}”{why_no_term(rest)}") from None
    return Read(Deprivation(term.value or Term()), term.doubt)


@lru_cache(maxsize=5_000)
def parse_offence_terms(text: str) -> Read[tuple[OffenceTerm, ...]]:
    """Read 贩卖毒品罪十一年；非法持有枪支罪三年: one entry an offence, in order; blanks give None.

    Fines and other things beside a term, and a joint term at the end, are left out with a doubt. ValueError, in
    Chinese, when an offence has no term or a term no offence.
    """
    read = plain(text.replace("\n", "；"))
    if read in NO_VALUE:
        return Read(None)
    found: list[OffenceTerm] = []
    unused: list[str] = []
    for part in _clauses(read):
        main = _BESIDE.sub("", part)
        at = _first_penalty(main)
        offence = _NUMBERED.sub("", main[:at].strip(_OFFENCE_EDGE))
        offence = re.sub(r"(?:被)?(?:判处|判|处)$", "", offence).strip(_OFFENCE_EDGE)
        if at < len(main) and (
            not offence or _TURN.search(main[:at]) or offence.startswith(("数罪并罚", "总和", "合并"))
        ):
            if not found or not _TURN.search(part):
                raise ValueError(f"“{part}”没有写明罪名")
            unused.append(part)
            continue
        if at == len(main):
            raise ValueError(f"“{part}”没有写明刑期")
        sentence = parse_sentence(main[at:].strip(_OFFENCE_EDGE))
        if sentence.value is None:
            raise ValueError(f"“{part}”没有写明刑期")
        found.append(OffenceTerm(offence, sentence.value))
        unused += [beside for each in _BESIDE.finditer(part) if (beside := each[0].strip(_STOPS))]
    if not found:
        raise ValueError(f"“{text.strip()}”不是能读懂的各罪刑期")
    return Read(tuple(found), f"“{'”“'.join(unused)}”未计入各罪刑期" if unused else "")


def _main(body: str, text: str, unit: str) -> tuple[Sentence, str, str]:
    """The principal penalty at the head of `body`, what follows it, and a doubt."""
    kind = SentenceKind.FIXED_TERM
    if match := _KIND.match(body):
        kind = _KINDS[str(match.lastgroup)]
        body = body[match.end() :].removeprefix("为")
        if kind in _NO_TERM:
            return Sentence(kind), body, ""
    elif body.startswith("死刑"):
        raise ValueError(f"“{text.strip()}”没有写明缓期执行")
    match = TERM.match(body)
    end = match.end() if match else 0
    if match and end and (end == len(body) or body[end] in _STOPS or _AFTER.match(body, end)):
        term = read_parts(match, text)
        rest = body[end:].removeprefix(SentenceKind.FIXED_TERM)
    else:
        head = re.split(r"[,，;；。(（]", body, maxsplit=1)[0]
        try:
            term = parse_term(head, unit)
        except ValueError:
            raise ValueError(f"“{text.strip()}”{why_no_term(body)}") from None
        rest = body[len(head) :]
    if not term.value:
        raise ValueError(f"“{text.strip()}”没有写明刑期")
    return Sentence(kind, term.value), rest, term.doubt


def _judge(rest: str, text: str) -> str:
    """What stands beside the main part; ValueError when it may be a second penalty."""
    left = _BESIDE.sub("", rest).strip(_STOPS)
    if _ANOTHER.search(left) or (rest and rest[0] not in _STOPS and not _BESIDE.match(rest)):
        raise ValueError(f"“{text.strip()}”不止一个刑期，或者{why_no_term(left)}")
    return rest.strip(_STOPS)


def _lead_words(before: str) -> str:
    """What stood before the turn (减为, 决定执行), unless it only leads up to it."""
    return "" if _LEAD.fullmatch(before) else before.strip(_STOPS)


def _clauses(read: str) -> Iterator[str]:
    """One clause an offence: cut after each penalty and what stands beside it."""
    start = 0
    for part in re.split(r"[;；。]", read):
        start = 0
        while start < len(part):
            at = _first_penalty(part, start)
            if at == len(part):
                break
            end = _end_of_penalty(part, at)
            yield part[start:end].strip(",，、+")
            start = end
        if part[start:].strip(_STOPS):
            yield part[start:]


def _first_penalty(text: str, start: int = 0) -> int:
    """Where the first principal penalty stands; the text's length when there is none."""
    for at in range(start, len(text)):
        if _KIND.match(text, at) or ((match := TERM.match(text, at)) and match[0]):
            return at
    return len(text)


def _end_of_penalty(text: str, at: int) -> int:
    if kind := _KIND.match(text, at):
        at = kind.end()
    if term := TERM.match(text, at):
        at = term.end()
    while True:
        gap = re.compile(r"[,，、(（]*").match(text, at)
        beside = _BESIDE.match(text, gap.end() if gap else at)
        if beside is None or not beside[0]:
            return len(text) if not text[at:].strip(_STOPS) else at + (text[at] in ")）")
        at = beside.end()
