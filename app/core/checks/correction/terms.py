"""How long correction lasts: begin and end of the period, against the judgment and the law."""

from __future__ import annotations

from app.core.checks.correction.book import RULES, on_probation, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.sentence.terms import ONE_DAY, add_months, end_of_term


def _probation(case: Episode) -> str:
    return on_roster(case) or on_probation(case)


@RULES.rule("SJ-20", "考验期止日错误", "CPI-202.2", when=_probation, about=("T02",), document="纠正违法通知书")
def end_of_probation(case: Episode, why: Why) -> Verdict:
    """The last day of a probation period is the day before the same day of its last month."""
    start, stated, term = case.start, case.end, case.probation
    lacking = [
        name
        for name, value in (("社区矫正开始日期", start), ("社区矫正结束日期", stated), ("缓刑考验期限", term))
        if value is None
    ]
    if start is None or stated is None or term is None:
        raise Missing(*lacking)
    why.see(case.roster, "correction_start", "correction_end", "probation")
    why.see(case.judgment, "probation")
    right = end_of_term(start, term)
    plain = add_months(start, term.total_months) - ONE_DAY
    why.step(f"考验期起日 {start}，考验期{term} → 止日 {right}")
    if stated == right:
        return why.lawful(f"名册止日 {stated}，相符")
    if stated == plain:
        why.step(f"起日为月末：按同日算法止日为 {plain}，与名册相符")
        return why.hint(f"考验期止日 {stated} 按同日算法得出，按月末算法应为 {right}，两种算法并存，请核对")
    apart = (stated - right).days
    why.step(f"名册止日 {stated}，{'多' if apart > 0 else '少'}算 {abs(apart)} 日")
    within = why.number("term_end_slight_days", start)
    return why.unlawful(
        f"名册考验期止日 {stated}，应为 {right}，{'多' if apart > 0 else '少'}算{abs(apart)}日",
        gravity=Gravity.SLIGHT if abs(apart) <= within else Gravity.SERIOUS,
        harm=Harm.HELD_TOO_LONG if apart > 0 else Harm.HELD_TOO_SHORT,
    )
