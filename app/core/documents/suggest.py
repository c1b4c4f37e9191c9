"""Which documents the findings of a case ask for, and which findings one document may rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from app.core.documents.kinds import DocumentKind, Rests, kinds
from app.core.findings import Level, State, Verdict


class Found(Protocol):
    """A finding with what people said to it."""

    @property
    def key(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def state(self) -> State: ...


VERIFY = "verify"
CONFIRMED = frozenset(State) - {State.OPEN, State.CHECKING, State.WATCHED, State.EXCLUDED}  # it was, at some time
FoundT = TypeVar("FoundT", bound=Found)


def bears(kind: DocumentKind, found: Found) -> bool:
    """Whether a document may rest on a finding: what was excluded bears nothing, a doubt no accusation.

    A doubt that somebody confirmed is as good as unlawful.
    """
    level = found.verdict.level
    if found.state in CONFIRMED and level is Level.DOUBT:
        level = Level.UNLAWFUL
    return found.state is not State.EXCLUDED and (not kind.levels or level in kind.levels)


def borne_by(kind: DocumentKind, findings: Iterable[FoundT], keys: Collection[str] | None) -> list[FoundT]:
    """The findings a document rests on: those chosen (`keys`), else those that ask for it, or all for a whole case."""
    whole = kind.rests in (Rests.CASE, Rests.CLASS)
    chosen = [each for each in findings if bears(kind, each)]
    if keys is not None:
        return [each for each in chosen if each.key in keys]
    if kind.on:
        return [each for each in chosen if each.verdict.document in kind.on]
    return [each for each in chosen if whole or kind.meant_by(each.verdict.document or "")]


def suggested(desk: str, findings: Sequence[Found], *, about_many: bool) -> tuple[DocumentKind, ...]:
    """The kinds the findings of one case ask for, and those always made, in the order they are made.

    Receipts come with whatever is sent. A case with doubts that nobody looked into asks for a form to verify them.
    """
    asked: list[DocumentKind] = []
    for each in kinds(desk):
        if each.rests is Rests.CLASS or about_many:
            wanted = about_many and each.rests is Rests.CLASS
        elif each.rests is Rests.UNIT:
            wanted = bool(borne_by(each, findings, None))
        else:
            wanted = each.standing and each.rests is Rests.CASE
            wanted = wanted or any(bears(each, one) and _asks(each, one) for one in findings)
        if wanted:
            asked.append(each)
    sent = any(each.approval for each in asked)
    receipts = [each for each in kinds(desk) if each.rests is Rests.PAPER and each.standing and sent]
    return tuple(each for each in kinds(desk) if each in asked or each in receipts)


def verifying(desk: str) -> tuple[DocumentKind, ...]:
    """The kinds by which a desk finds out what is not certain yet."""
    return tuple(each for each in kinds(desk) if VERIFY in each.means)


def _asks(kind: DocumentKind, found: Found) -> bool:
    """Whether one finding asks for a document about the whole case: by its word, or by its level."""
    return kind.meant_by(found.verdict.document or "") or (found.verdict.level or "") in kind.means
