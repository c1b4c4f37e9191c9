"""The text of a judgment cut into pieces, each about one thing; what no pattern knows stays as words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.values.penalty_words import ALL, BREAKS, DENIED, GRAMMAR, PROPOSING, REDUCING, STOPS, TURN, Part
from app.core.values.reading import Read
from app.core.values.term import Sentence, SentenceKind
from app.core.values.term_grammar import parse_term

KINDS = {
    "death": SentenceKind.SUSPENDED_DEATH,
    "life": SentenceKind.LIFE,
    "fixed": SentenceKind.FIXED_TERM,
    "detention": SentenceKind.DETENTION,
    "control": SentenceKind.CONTROL,
}
_TURN = re.compile(TURN)
_OPEN_ENDED = (Part.INJUNCTION, Part.RESTITUTION, Part.DISPOSAL, Part.PAST, Part.NUMBERING)
_CALENDAR = re.compile(r"\d{4}年|[一二][〇○零一二三四五六七八九]{3}年")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of normalised text and what it is about.

    `kind` and `term` belong to principal penalties and terms; `turned` marks what 减为 or 决定执行 leads to, `reducing`
    an amount to be taken off, `proposed` what is only asked for, `loose` a bare term behind other words.
    """

    part: Part
    text: str
    start: int
    end: int
    term: str = ""
    kind: SentenceKind | None = None
    told: bool = False  # the kind is written, not taken for granted
    turned: bool = False
    reducing: bool = False
    proposed: bool = False
    loose: bool = False
    note: str = ""  # how the words were taken, when they leave something out

    def groups(self) -> dict[str, str]:
        """The named parts of the piece's own pattern that are filled."""
        match = GRAMMAR[self.part].match(self.text)
        return {name: found for name, found in match.groupdict().items() if found} if match else {}


@lru_cache(maxsize=5_000)
def pieces_of(read: str) -> tuple[Piece, ...]:
    """Cut a text that went through `plain`; together with the stops between them the pieces are the whole text."""
    pieces: list[Piece] = []
    at, words = 0, -1
    while at < len(read):
        char = read[at]
        if (char in BREAKS) if words >= 0 else (char in STOPS):
            words = _close(pieces, read, words, at)
            at += 1
            continue
        match = _match(read, at)
        if match is None or (words >= 0 and _denied(read[words:at], match)):
            words = at if words < 0 else words
            at = at + 1 if match is None else match.end()
            continue
        words = _close(pieces, read, words, at)
        pieces.extend(_pieces(match, read, loose=_follows_words(pieces, read, at)))
        at = match.end()
    _close(pieces, read, words, at)
    return tuple(pieces)


def sentence_of(piece: Piece, unit: str = "") -> Read[Sentence]:
    """The principal penalty of a piece; ValueError, in Chinese, when its term cannot be read or is nought."""
    kind = piece.kind or SentenceKind.FIXED_TERM
    if not piece.term:
        return Read(Sentence(kind))
    term = parse_term(piece.term, unit)
    if not term.value:
        raise ValueError(f"“{piece.text}”没有写明刑期")
    return Read(Sentence(kind, term.value), "；".join(filter(None, (piece.note, term.doubt))))


def _close(pieces: list[Piece], read: str, words: int, at: int) -> int:
    """Keep the words that began at `words`; always -1, since then none are open."""
    if words >= 0:
        text = read[words:at].rstrip(STOPS)
        pieces.append(Piece(Part.WORDS, text, words, words + len(text)))
    return -1


def _follows_words(pieces: list[Piece], read: str, at: int) -> bool:
    """Words that name no offence stand in front, with nothing or a 、 between."""
    before = pieces[-1] if pieces else None
    return (
        before is not None
        and before.part is Part.WORDS
        and not before.text.endswith("罪")
        and read[before.end : at] in ("", "、")
    )


def _match(read: str, at: int) -> re.Match[str] | None:
    """The piece that begins here and ends where a piece may end."""
    match = ALL.match(read, at)
    if match is None or not match[0]:
        return None
    part = Part[str(match.lastgroup)]
    if part is Part.PRINCIPAL and _CALENDAR.match(match[0]):
        return None
    if part in _OPEN_ENDED or match.end() == len(read) or read[match.end()] in STOPS:
        return match
    follower = ALL.match(read, match.end())
    return match if follower and follower[0] and follower.lastgroup != Part.DISPOSAL.name else None


def _denied(words: str, match: re.Match[str]) -> bool:
    """The words right in front take back what the piece says, or it is not said of this judgment."""
    return match.lastgroup != Part.PAST.name and DENIED.search(words) is not None


def _pieces(match: re.Match[str], read: str, *, loose: bool) -> list[Piece]:
    part, text, start, end = Part[str(match.lastgroup)], match[0], match.start(), match.end()
    if part is Part.DISPOSAL:
        part = Part.RESTITUTION
    if part not in (Part.PRINCIPAL, Part.PROBATION, Part.SPOKEN):
        return [Piece(part, text, start, end)]
    found = GRAMMAR[part].match(read, start)
    named = {name: each for name, each in found.groupdict().items() if each} if found else {}
    if part is Part.SPOKEN:
        return _spoken(text, start, f"{named['first']}年", f"{named['second']}年")
    term = named.get("term") or named.get("noted") or named.get("bare") or ""
    if part is Part.PROBATION:
        return [Piece(part, text, start, end, term)]
    kind = next((KINDS[name] for name in map(_bare_name, named) if name in KINDS), None)
    lead = named.get("lead", "")
    return [
        Piece(
            part,
            text,
            start,
            end,
            term,
            kind or SentenceKind.FIXED_TERM,
            told=kind is not None,
            turned=_TURN.search(lead) is not None,
            reducing=_TURN.search(lead) is None and REDUCING.search(lead) is not None,
            proposed=PROPOSING.search(lead) is not None,
            loose=loose and kind is None,
        )
    ]


def _spoken(text: str, start: int, term: str, probation: str) -> list[Piece]:
    """判三缓四 says two things, both in years."""
    cut, end = start + text.index("缓"), start + len(text)
    note = f"“{text}”按有期徒刑{term}、缓刑{probation}读取"
    return [
        Piece(Part.PRINCIPAL, text[: cut - start], start, cut, term, SentenceKind.FIXED_TERM, told=True, note=note),
        Piece(Part.PROBATION, text[cut - start :], cut, end, probation, note=note),
    ]


def _bare_name(name: str) -> str:
    return name.removesuffix("_after")
