"""The rule book of this desk and the conditions many of its rules share."""

from __future__ import annotations

from app.core.checks.reduction.case import LATER, ReductionCase, Stage
from app.core.checks.rule import Book
from app.core.checks.why import Missing

RULES: Book[ReductionCase] = Book()


def commutation(case: ReductionCase) -> str:
    """Applies to commutation proposals a court may grant at all."""
    if case.parole:
        return "提请的是假释"
    return "终身监禁，见 JX-S05" if case.barred else ""


def parole(case: ReductionCase) -> str:
    """Applies to parole proposals."""
    return "" if case.parole else "提请的是减刑"


def later_commutation(case: ReductionCase) -> str:
    """Applies to a commutation after an earlier ruling that reduced the sentence."""
    return commutation(case) or no_earlier(case)


def no_earlier(case: ReductionCase) -> str:
    """That no earlier ruling reduced the sentence; Missing when it is not known whether one did."""
    if case.last_ruling is not None:
        return ""
    need_history(case)
    return "没有上次减刑裁定"


def need_history(case: ReductionCase) -> None:
    """Raise Missing when earlier commutations are not known for sure."""
    if case.history_gap:
        raise Missing(f"历次减刑情况（{case.history_gap}）")


def reduces_term(case: ReductionCase) -> str:
    """Applies where time is taken off a fixed term."""
    if reason := commutation(case):
        return reason
    return "" if case.stage in (Stage.FIXED, *LATER) else "报请的是刑种变更"
