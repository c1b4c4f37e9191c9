"""Cases on their way to another process: with everything they know but the law, which is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.law.book import LawBook
from app.core.people.names import compare_form

SENT = tuple(each.name for each in fields(ReductionCase) if each.init and each.name not in ("law", "remitters"))
VALUES = attrgetter(*SENT)
TAKEN_ALONG = ("classes", "readings")  # asked for before cases are sent, to find those alike


class Travelling:
    """Some cases; where they were pickled they are made anew, with little of what had been worked out on them."""

    def __init__(self, cases: Sequence[ReductionCase]) -> None:
        self._cases = cases
        self._sent: list[tuple[Any, ...]] = []

    def __getstate__(self) -> list[tuple[Any, ...]]:
        return [(VALUES(each), _payers(each), each.law.read, _worked_out(each)) for each in self._cases]

    def __setstate__(self, sent: list[tuple[Any, ...]]) -> None:
        self._cases = ()
        self._sent = sent

    def cases(self, law: LawBook) -> Sequence[ReductionCase]:
        """The cases, judged by this law, which is the one they were built with."""
        return [_arrived(each, law) for each in self._sent] if self._sent else self._cases


def _arrived(sent: tuple[Any, ...], law: LawBook) -> ReductionCase:
    values, payers, read, worked_out = sent
    own = law.noting()
    own.read.update(read)
    case = ReductionCase(**dict(zip(SENT, values, strict=True)), law=own, remitters=payers)
    case.memo.update(worked_out)
    return case


def _worked_out(case: ReductionCase) -> dict[str, Any]:
    return {key: case.memo[key] for key in TAKEN_ALONG if key in case.memo}


def _payers(case: ReductionCase) -> dict[str, frozenset[str]]:
    """Of all who pay into prisoners' accounts those who paid into this one's."""
    names = {compare_form(text_of(each, "remitter")) for each in case.spending.records}
    return {each: case.remitters[each] for each in names if each in case.remitters}
