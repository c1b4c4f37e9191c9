"""Days of a case that no record tells of, or of which records tell what cannot both be: findings of the day ledger."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.day_ledger import day_ledger
from app.core.checks.reduction.history import HEAVY
from app.core.checks.why import Why
from app.core.findings import Verdict
from app.core.sentence.ledger import Status, Stretch

CUSTODY = (Status.HELD, Status.DESIGNATED, Status.WATCHED, Status.BAIL)


@dataclass(frozen=True, slots=True)
class Fault:
    """A gap or an overlap, and the statuses of the days before and after it; None at the ends of the ledger."""

    days: Stretch
    before: Status | None
    after: Status | None

    @property
    def gap(self) -> bool:
        """Whether no record tells of the days."""
        return not self.days.claimed

    def __str__(self) -> str:
        span = f"{self.days.start} 至 {self.days.last} 共{self.days.days}日"
        if not self.gap:
            return f"{span}同时记载为{'、'.join(self.days.claimed)}"
        if self.before is None:
            return f"{span}没有任何记载，其后为{self.after}"
        return f"{span}没有任何记载，此前为{self.before}，其后为{self.after}"


def day_faults(case: ReductionCase) -> tuple[Fault, ...]:
    """The gaps and overlaps of a case's day ledger, by date."""
    days = day_ledger(case).days.stretches
    around = [None, *(each.status for each in days), None]
    return tuple(
        Fault(each, around[place], around[place + 2])
        for place, each in enumerate(days)
        if not each.claimed or each.contradicted
    )


def in_custody(case: ReductionCase) -> tuple[Fault, ...]:
    """Those of a fixed term that concern custody before it, and so the credit for it."""
    if case.original_kind in HEAVY:
        return ()
    return tuple(each for each in day_faults(case) if _of_custody(each))


def in_penalty(case: ReductionCase) -> tuple[Fault, ...]:
    """All others: those of the penalties themselves, and of custody that credits nothing."""
    heavy = case.original_kind in HEAVY
    return tuple(each for each in day_faults(case) if heavy or not _of_custody(each))


def _of_custody(fault: Fault) -> bool:
    if fault.gap:
        return fault.before is None or fault.before in CUSTODY
    return any(each in CUSTODY for each in fault.days.claimed)


def tell(fault: Fault, why: Why) -> Verdict:
    """A fault as a finding: days told twice must be verified, days not told of may only want a list."""
    if fault.gap:
        return why.hint(f"{fault}，请核对这些日子的状况，或者补充材料")
    return why.doubt(f"{fault}，一日只能有一种状况，须核实")
