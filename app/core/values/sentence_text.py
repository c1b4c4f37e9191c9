"""All that one text of a judgment or a list says of a sentence: 有期徒刑三年，缓刑四年，并处罚金人民币贰万元."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.core.values.dates import parse_range
from app.core.values.deprivation_text import parse_deprivation
from app.core.values.money import Money, parse_money
from app.core.values.penalty_words import Part
from app.core.values.pieces import Piece, pieces_of, sentence_of
from app.core.values.reading import Read, plain
from app.core.values.sentence_parts import SentenceText
from app.core.values.term import OffenceTerm, Sentence, SentenceKind, Term
from app.core.values.term_grammar import NO_VALUE, parse_term
from app.core.values.term_text import offence_of

_UNSUSPENDED = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH, SentenceKind.CONTROL)
_OF_EACH_OFFENCE = (Part.FINE, Part.DEPRIVATION, Part.CONFISCATION)  # a joinder must state them anew
_CHANGED = re.compile(r"减为|变更为|改判|改为")
_AFTER_RELEASE = re.compile(r"刑罚执行完毕|假释之日")
_VALUES = ("probation", "deprivation", "remaining", "fine", "span", "probation_span")
_TEXTS = ("confiscation", "injunction", "occupational_ban", "restitution")


@lru_cache(maxsize=20_000)
def parse_sentence_text(text: str) -> Read[SentenceText]:
    """Read every part of a sentence's text; blanks give None, and the doubt names what was not understood.

    ValueError, in Chinese, for two principal penalties without 决定执行, two defendants, a principal penalty beside
    单处 and a principal penalty whose term cannot be read. Parts that contradict each other are left `unread`.
    """
    read = plain(text)
    if read in NO_VALUE:
        return Read(None)
    collected = _Collected(text.strip(), read)
    collected.take(pieces_of(read))
    return collected.result()


def unread_doubt(unread: Sequence[str]) -> str:
    """How pieces nobody understood are told; it ends the doubt of a text that has any."""
    return f"“{'”“'.join(unread)}”未能读懂" if unread else ""


def _chinese(text: str) -> str:
    """Full-width punctuation again, except inside numbers."""
    text = re.sub(r"(?<!\d),|,(?!\d)", "，", text)
    return text.replace(";", "；").replace(":", "：").replace("(", "（").replace(")", "）")


def _in_order(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The texts of pieces as they stood, those that touch as one."""
    texts: list[str] = []
    end = -1
    for piece in sorted(pieces, key=lambda each: each.start):
        text = _chinese(piece.text)
        if piece.start == end:
            texts[-1] += text
        else:
            texts.append(text)
        end = piece.end
    return tuple(texts)


@dataclass
class _Collected:
    """The parts of one text while its pieces are gone through."""

    text: str
    read: str
    found: dict[str, list[tuple[Any, Piece]]] = field(default_factory=dict)
    offences: list[OffenceTerm] = field(default_factory=list)
    pending: list[Piece] = field(default_factory=list)
    culprits: set[str] = field(default_factory=set)
    beside: list[Piece] = field(default_factory=list)
    unread: list[Piece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def take(self, pieces: Sequence[Piece]) -> None:
        """Go through all pieces: up to the last 决定执行 or 减为 they belong to single or earlier sentences."""
        turns = [at for at, each in enumerate(pieces) if each.part is Part.PRINCIPAL and each.turned]
        main = turns[-1] if turns else 0
        given = {each.part for each in pieces[main:]}
        for at, piece in enumerate(pieces):
            before = pieces[at - 1] if at else None
            if piece.part not in (Part.WORDS, Part.PRINCIPAL, Part.NUMBERING):
                self._drop_pending()
            if piece.part is Part.WORDS:
                self._words(piece)
            elif piece.part is Part.PRINCIPAL:
                self._principal(piece, early=at < main)
            elif piece.part is Part.SPAN:
                self._span(piece, before, early=at < main, suspended=Part.PROBATION in given)
            elif at < main and piece.part in (*_OF_EACH_OFFENCE, Part.PROBATION, Part.EXEMPTION, Part.EXPULSION):
                self._keep(piece)
                if piece.part in _OF_EACH_OFFENCE and piece.part not in given:
                    self.doubts.append(f"“{_chinese(piece.text)}”写在“{_chinese(pieces[main].text)}”以前，未计入")
            else:
                _TAKE[piece.part](self, piece)
        self._drop_pending()

    def result(self) -> Read[SentenceText]:
        """The parts, each stated once or each time alike."""
        if len(self.culprits) > 1:
            raise ValueError(f"“{self.text}”不止一名被告人：{'、'.join(sorted(self.culprits))}")
        principals = self.found.get("principal", ())
        if len(principals) > 1:
            raise ValueError(f"“{self.text}”不止一个刑期，又没有写明决定执行的刑期")
        principal = self._one("principal")
        if principal is not None and ("fine_only" in self.found or "deprivation_only" in self.found):
            raise ValueError(f"“{self.text}”既有主刑，又有单处的附加刑")
        self._check_probation(principal)
        parts: dict[str, Any] = {name: self._one(name) for name in _VALUES}
        parts |= {name: "；".join(dict.fromkeys(value for value, _ in self.found.get(name, ()))) for name in _TEXTS}
        parts |= {name: name in self.found for name in (*_FLAGS.values(), "fine_only", "deprivation_only")}
        unread = _in_order(self.unread)
        self.doubts.append(unread_doubt(unread))
        offences, beside = tuple(self.offences), _in_order(self.beside)
        said = SentenceText(principal, **parts, offences=offences, beside=beside, unread=unread)
        return Read(said, "；".join(dict.fromkeys(filter(None, self.doubts))))

    def _one(self, name: str) -> Any:
        """The value all places agree on; None when they do not, and then none of them counts as read."""
        stated = [(value, piece) for value, piece in self.found.get(name, ()) if value is not None]
        if not stated:
            for _, piece in self.found.get(name, ()):
                self._miss(piece)
            return None
        if all(value == stated[0][0] for value, _ in stated):
            return stated[0][0]
        for _, piece in stated:
            self._miss(piece)
        self.doubts.append(f"“{'”“'.join(_chinese(piece.text) for _, piece in stated)}”互相矛盾")
        return None

    def _add(self, name: str, value: Any, piece: Piece) -> None:
        self.found.setdefault(name, []).append((value, piece))

    def _keep(self, piece: Piece) -> None:
        self.beside.append(piece)

    def _miss(self, piece: Piece) -> None:
        self.unread.append(piece)

    def _drop_pending(self) -> None:
        """An offence whose sentence is none of imprisonment has no place among the offences."""
        for each in self.pending:
            self._keep(each)
        self.pending.clear()

    def _words(self, piece: Piece) -> None:
        offence, culprit = offence_of(piece.text)
        if not offence.endswith("罪"):
            self._miss(piece)
            return
        if culprit:
            self.culprits.add(culprit)
            self._keep(Piece(Part.WORDS, culprit, piece.start, piece.start))
        self.pending.append(Piece(Part.WORDS, offence, piece.start + 1, piece.end))

    def _principal(self, piece: Piece, *, early: bool) -> None:
        if piece.loose or piece.reducing or piece.proposed:
            self._miss(piece)
            return
        read = sentence_of(piece)
        self.doubts.append(read.doubt)
        if early and not self.pending:
            self._keep(piece)
        if self.pending and not piece.turned and read.value is not None:
            self.offences.append(OffenceTerm("、".join(each.text for each in self.pending), read.value))
            self.pending.clear()
        if not early:
            self._add("principal", read.value, piece)
            if piece.start and _CHANGED.search(piece.text):
                self.doubts.append(f"取“{_chinese(piece.text)}”，此前的刑罚未计入")

    def _check_probation(self, principal: Sentence | None) -> None:
        """缓期 of a death sentence is no 缓刑, whatever a list calls it."""
        never = principal is not None and principal.kind in _UNSUSPENDED
        if never or any("死刑" in each.text for each in self.unread):
            for name in ("probation", "probation_span"):
                for _, piece in self.found.pop(name, ()):
                    self._miss(piece)

    def _probation(self, piece: Piece) -> None:
        try:
            read: Read[Term] = parse_term(piece.term) if piece.term else Read(None)
        except ValueError:
            read = Read(None)
        self.doubts += [read.doubt, piece.note]
        self._add("probation", read.value or None, piece)

    def _deprivation(self, piece: Piece) -> None:
        if "单处" in piece.text:
            self._add("deprivation_only", True, piece)
        try:
            read = parse_deprivation(piece.text[piece.text.index("剥") :])
        except ValueError:
            read = Read(None)
        self.doubts.append(read.doubt)
        self._add("deprivation", read.value or None, piece)

    def _remaining(self, piece: Piece) -> None:
        self._add("remaining", parse_deprivation(piece.groups()["left"]).value, piece)

    def _fine(self, piece: Piece) -> None:
        amount = piece.groups().get("amount", "")
        if "单处" in piece.text:
            self._add("fine_only", True, piece)
            if not amount:
                self.doubts.append(f"“{_chinese(piece.text)}”没有写明数额")
                return
        try:
            read: Read[Money] = parse_money(amount) if amount else Read(None)
        except ValueError:
            read = Read(None)
        self.doubts.append(read.doubt)
        self._add("fine", read.value, piece)

    def _confiscation(self, piece: Piece) -> None:
        self._add("confiscation", _chinese(piece.text[piece.text.index("没收") :]), piece)

    def _injunction(self, piece: Piece) -> None:
        groups = piece.groups()
        words = groups.get("what") or groups.get("forbids") or ""
        if not words:
            self._miss(piece)
            return
        name = "occupational_ban" if _AFTER_RELEASE.search(words) else "injunction"
        self._add(name, _chinese(words), piece)

    def _restitution(self, piece: Piece) -> None:
        self._add("restitution", _chinese(piece.text), piece)

    def _span(self, piece: Piece, before: Piece | None, *, early: bool, suspended: bool) -> None:
        """First and last day of the sentence, unless the words or the place say of what else."""
        groups = piece.groups()
        of = groups.get("of", "")
        behind = before is not None and self.read[before.end : piece.start] in ("", "(")
        owner = before.part if before is not None and behind else None
        try:
            read = parse_range(groups.get("days", ""))
        except ValueError:
            self._miss(piece)
            return
        self.doubts.append(read.doubt)
        if early or (not of and owner is Part.DEPRIVATION):
            self._keep(piece)
        elif "考验" in of or (not of and owner is Part.PROBATION):
            self._add("probation_span", read.value, piece)
        elif of or owner is Part.PRINCIPAL or not suspended:
            self._add("span", read.value, piece)
        else:
            self._miss(piece)

    def _flag(self, piece: Piece) -> None:
        self._add(_FLAGS[piece.part], True, piece)

    def _nothing(self, piece: Piece) -> None:
        """Numbering says nothing."""


_FLAGS = {
    Part.RESTRICTION: "restriction",
    Part.NO_RELEASE: "life_without_release",
    Part.EXEMPTION: "exempted",
    Part.EXPULSION: "expulsion",
}
_TAKE: dict[Part, Callable[[_Collected, Piece], None]] = {
    **dict.fromkeys(_FLAGS, _Collected._flag),
    Part.PROBATION: _Collected._probation,
    Part.DEPRIVATION: _Collected._deprivation,
    Part.REMAINING: _Collected._remaining,
    Part.FINE: _Collected._fine,
    Part.CONFISCATION: _Collected._confiscation,
    Part.INJUNCTION: _Collected._injunction,
    Part.RESTITUTION: _Collected._restitution,
    Part.FORMAL: _Collected._keep,
    Part.TOTAL: _Collected._keep,
    Part.PAST: _Collected._miss,
    Part.NUMBERING: _Collected._nothing,
}
