"""The parts of a sentence's text as values of fields, and those a table has no field for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from app.core.records import Field, Value
from app.core.values.dates import print_date
from app.core.values.money import Money, parse_money
from app.core.values.sentence_parts import SentenceText, Span
from app.core.values.term import SentenceKind, Term

KIND = "kind"
_NO_PRINCIPAL = "无"
_REVOKED = re.compile(r"撤销[^；。]*?(缓刑|假释)")


def value_of(part: str, said: SentenceText, field: Field, *, told: bool) -> Value:
    """A part of a sentence as the value of a field; None when the text does not speak of it.

    `told` says that the kind of the principal penalty is written, not taken for granted.
    """
    if part != KIND:
        return _VALUES[part](said)
    if said.principal is None:
        none = said.fine_only or said.deprivation_only or said.exempted
        return _NO_PRINCIPAL if none and _NO_PRINCIPAL in field.choices else None
    kind = str(said.principal.kind) if told else None
    suspended = f"{kind}缓刑"
    return suspended if said.probation is not None and suspended in field.choices else kind


def homeless(said: SentenceText, parts: Collection[str]) -> str:
    """What the text says and no field of the table holds, as a doubt; empty when all has its field."""
    words = [
        text
        for homes, words_of in _HOMES.items()
        if not set(homes) & set(parts)
        for text in words_of(said).split("；")
        if text
    ]
    return f"“{'”“'.join(words)}”没有对应的栏，未读入" if words else ""


def _control(said: SentenceText) -> Term | None:
    main = said.principal
    return main.term if main is not None and main.kind is SentenceKind.CONTROL else None


def _amount(said: SentenceText) -> Money | None:
    """All that is to be paid; None unless every sum of it is known."""
    if said.restitution or said.unread or (said.fine_only and said.fine is None):
        return None
    fen = said.fine.fen if said.fine is not None else 0
    if said.confiscation:
        try:
            seized = parse_money(said.confiscation).value
        except ValueError:
            return None
        if seized is None:
            return None
        fen += seized.fen
    return Money(fen) if fen else None


def _fined(said: SentenceText) -> str:
    return "" if said.fine is None else f"罚金{said.fine}"


def _revocation(said: SentenceText) -> str | None:
    """What is revoked, in the words of the field; the phrase itself stays among the unread, for it may say more."""
    found = {match[1] for each in said.unread for match in _REVOKED.finditer(each)}
    return f"撤销{found.pop()}" if len(found) == 1 else None


def _text(*texts: str) -> str | None:
    return "；".join(filter(None, texts)) or None


def _offences(said: SentenceText) -> str | None:
    return "、".join(dict.fromkeys(each.offence for each in said.offences)) or None


def _span(name: str, span: Span | None) -> str:
    return "" if span is None else f"{name}自{print_date(span[0])}至{print_date(span[1])}"


_VALUES: Mapping[str, Callable[[SentenceText], Value]] = {
    "principal": lambda said: said.principal,
    "probation": lambda said: said.probation,
    "control": _control,
    "deprivation": lambda said: said.deprivation,
    "remaining": lambda said: said.remaining,
    "fine": lambda said: said.fine,
    "amount": _amount,
    "property": lambda said: _text(_fined(said), said.confiscation, said.restitution),
    "supplementary": lambda said: _text(
        _fined(said), str(said.deprivation or ""), said.confiscation, "驱逐出境" if said.expulsion else ""
    ),
    "injunction": lambda said: said.injunction or None,
    "injunction_imposed": lambda said: True if said.injunction else None,
    "restricted": lambda said: said.restriction or None,
    "no_release": lambda said: said.life_without_release or None,
    "offence": _offences,
    "offences": lambda said: said.offences or None,
    "revocation": _revocation,
    "joinder": lambda said: len(said.offences) > 1 or None,
    "start": lambda said: said.span[0] if said.span else None,
    "end": lambda said: said.span[1] if said.span else None,
    "probation_start": lambda said: said.probation_span[0] if said.probation_span else None,
    "probation_end": lambda said: said.probation_span[1] if said.probation_span else None,
}
PARTS = frozenset({*_VALUES, KIND})
# By the parts any of which gives it a home, how a thing that has none is told.
_HOMES: Mapping[tuple[str, ...], Callable[[SentenceText], str]] = {
    ("principal",): lambda said: str(said.principal or ""),
    ("probation",): lambda said: f"缓刑{said.probation}" if said.probation else "",
    ("deprivation", "supplementary"): lambda said: str(said.deprivation or ""),
    ("remaining",): lambda said: f"前罪剩余{said.remaining}" if said.remaining else "",
    ("fine", "property", "amount", "supplementary"): _fined,
    ("property", "supplementary", "confiscation"): lambda said: said.confiscation,
    ("property", "restitution"): lambda said: said.restitution,
    ("injunction",): lambda said: said.injunction,
    ("ban",): lambda said: said.occupational_ban,
    ("restricted",): lambda said: "限制减刑" if said.restriction else "",
    ("no_release",): lambda said: "终身监禁" if said.life_without_release else "",
    ("exempted",): lambda said: "免予刑事处罚" if said.exempted else "",
    ("supplementary", "expulsion"): lambda said: "驱逐出境" if said.expulsion else "",
    ("end",): lambda said: _span("刑期", said.span),
    ("probation_end",): lambda said: _span("考验期", said.probation_span),
}
