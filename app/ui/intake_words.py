"""What is said of a sheet before it is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.actions.receive import SheetPlan

SURE, FAIRLY = 0.8, 0.6


def confidence(plan: SheetPlan) -> str:
    """How sure the program is; "" without a table."""
    if plan.mapping is None:
        return ""
    sure = plan.mapping.confidence
    return "有把握" if sure >= SURE else "较有把握" if sure >= FAIRLY else "请核对"


def reason(plan: SheetPlan, left_out: bool) -> str:
    """Why a sheet was taken for what it is, or cannot be taken."""
    if left_out:
        return "不导入"
    if plan.problem:
        return f"{plan.problem}。请在下面指定表头所在的行和表的种类，或者选择不导入。"
    if plan.mapping is None:
        return ""
    unused = f"；没有用到的列：{'、'.join(plan.mapping.unmapped)}" if plan.mapping.unmapped else ""
    return f"{plan.mapping.reason.partition('：')[0]}{unused}"
