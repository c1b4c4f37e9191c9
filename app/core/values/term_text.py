"""Principal penalties and the sentences of a joinder, read from the words of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.core.values.penalty_words import STOPS, Part
from app.core.values.pieces import Piece, pieces_of, sentence_of
from app.core.values.reading import Read, plain
from app.core.values.term import OffenceTerm, Sentence, SentenceKind
from app.core.values.term_grammar import NO_VALUE, parse_term, why_no_term

LIFE_CODE, SUSPENDED_DEATH_CODE = "9995", "9996"
_CODES = {LIFE_CODE: SentenceKind.LIFE, SUSPENDED_DEATH_CODE: SentenceKind.SUSPENDED_DEATH}
_ODD = re.compile(
    r"(?P<lead>(?:[,:为]|提请|建议|报请|报减|拟减|拟|予以|给予|裁定|判处|判|处|原判|决定|执行|共|刑期|幅度|减去|减刑|减少|减|去)*)"
    r"(?:(?P<fixed>有期(?:徒刑)?)|(?P<detention>拘役)|(?P<control>管制))?为?"
)
_ODD_KINDS = {"detention": SentenceKind.DETENTION, "control": SentenceKind.CONTROL}
_ANOTHER = re.compile(r"[年月日天]|徒刑|无期|有期|拘役|管制|死刑|死缓|\d|以[上下内]")
_LEADS_ON = re.compile(r"(?:[,:为]|裁定|原判|判处|判|刑期|共)+")
_OFFENCE_EDGE = ",，;；、。:：+＋()（）[]-—"
_JOINING = re.compile(r"^(?:[和及与犯因,，、]|以(?![上下内外及前后])|[(（])+")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}[、.)]|第[一二三四五六七八九十]+[,、:])")
_WHO = re.compile(r"^(?:原审)?(?:被告人|罪犯|上诉人)[^,犯]{1,20}?(?=犯)")
_JUDGED = re.compile(r"(?:被)?(?:判处|判|处)$")
_LATER = re.compile(r"^(?:数罪并罚|总和|合并)")


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
    pieces = pieces_of(read)
    turns = [at for at, piece in enumerate(pieces) if piece.part is Part.PRINCIPAL and piece.turned]
    at = turns[-1] if turns else 0
    main = pieces[at] if pieces else None
    if main is None or main.part is not Part.PRINCIPAL:
        sentence, end, doubt = _odd(read, text, unit)
        before, rest = "", read[end:]
        after = pieces_of(rest)
    else:
        sentence, doubt = _principal(main, text, unit)
        before, after, rest = read[: main.start], pieces[at + 1 :], read[main.end :]
    _judge(after, text)
    before = "" if _LEADS_ON.fullmatch(before) else before.strip(STOPS)
    unused = [each for each in (before, rest.strip(STOPS)) if each]
    doubts = [doubt, f"“{text.strip()}”中“{'”“'.join(unused)}”未作为主刑读取" if unused else ""]
    return Read(sentence, "；".join(filter(None, doubts)))


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
    offence = ""
    for piece in pieces_of(read):
        if piece.part is Part.WORDS:
            if offence:
                raise ValueError(f"“{offence}”没有写明刑期")
            offence = offence_of(piece.text)[0]
        elif piece.part is Part.PRINCIPAL and not piece.turned:
            if not offence or _LATER.match(offence):
                raise ValueError(f"“{offence or piece.text}”没有写明罪名")
            found.append(OffenceTerm(offence, _whole(piece)))
            offence = ""
        elif piece.part is not Part.NUMBERING:
            if not found:
                raise ValueError(f"“{piece.text}”没有写明罪名")
            unused.append(piece.text)
    if offence:
        raise ValueError(f"“{offence}”没有写明刑期")
    if not found:
        raise ValueError(f"“{text.strip()}”不是能读懂的各罪刑期")
    return Read(tuple(found), f"“{'”“'.join(unused)}”未计入各罪刑期" if unused else "")


def offence_of(words: str) -> tuple[str, str]:
    """The offence that words in front of a penalty name (犯盗窃罪 → 盗窃罪), and who is said to have committed it."""
    who = _WHO.match(words)
    named = _NUMBERED.sub("", _bare(words[who.end() if who else 0 :]))
    return _bare(_JUDGED.sub("", named)), who[0] if who else ""


def _bare(words: str) -> str:
    return _JOINING.sub("", words.strip(_OFFENCE_EDGE))


def _whole(piece: Piece) -> Sentence:
    sentence = sentence_of(piece).value
    if sentence is None:
        raise ValueError(f"“{piece.text}”没有写明刑期")
    return sentence


def _principal(main: Piece, text: str, unit: str) -> tuple[Sentence, str]:
    read = sentence_of(main, unit)
    if read.value is None:
        raise ValueError(f"“{text.strip()}”没有写明刑期")
    return read.value, read.doubt


def _odd(read: str, text: str, unit: str) -> tuple[Sentence, int, str]:
    """A penalty in the codes of a system or as a bare number below a header with its unit, and where it ends."""
    match = _ODD.match(read)
    start = match.end() if match else 0
    body = read[start:]
    if body.startswith("死刑"):
        raise ValueError(f"“{text.strip()}”没有写明缓期执行")
    head = re.split(r"[,;。(]", body, maxsplit=1)[0]
    try:
        term = parse_term(head, unit)
    except ValueError:
        raise ValueError(f"“{text.strip()}”{why_no_term(body)}") from None
    if not term.value:
        raise ValueError(f"“{text.strip()}”没有写明刑期")
    kind = _ODD_KINDS.get(str(match.lastgroup) if match else "", SentenceKind.FIXED_TERM)
    return Sentence(kind, term.value), start + len(head), term.doubt


def _judge(after: Sequence[Piece], text: str) -> None:
    """ValueError when what stands behind the penalty may be a second one."""
    for piece in after:
        if piece.part is Part.PRINCIPAL or (piece.part is Part.WORDS and _ANOTHER.search(piece.text)):
            raise ValueError(f"“{text.strip()}”不止一个刑期，或者{why_no_term(piece.text)}")
