"""How long probation lasts: its first and last day, against the judgment and the law."""

from __future__ import annotations

from datetime import date

from app.core.checks.correction.book import RULES, on_probation, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.effect import COURT, Effect, effect_of, show_effect
from app.core.checks.correction.spans import Ends, control_term, ends, life, reductions
from app.core.checks.persons import day_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.values import Term

OFFICE = "社区矫正机构"


def _probation(case: Episode) -> str:
    return on_roster(case) or on_probation(case)


def _ends(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    if case.kind is Kind.PROBATION:
        return ""
    if case.kind is Kind.CONTROL:
        return "管制期限另行核查" if case.judgment is not None else ""
    if case.kind is Kind.PAROLE:
        return "假释考验期另行核查" if case.paroles else ""
    return "没有考验期"


@RULES.rule(
    "SJ-19", "考验期起日错误", "CL-73.3", "CPI-202.2", when=_probation, about=("T02",), document="纠正违法通知书"
)
def begin_of_probation(case: Episode, why: Why) -> Verdict:
    """Probation begins on the day the judgment takes effect."""
    start, effect = case.start, effect_of(case)
    why.see(case.roster, "correction_start", "effective_on", "reported_on")
    show_effect(case, why, effect)
    if start is None:
        raise Missing("社区矫正开始日期", holder=OFFICE)
    if effect.pending:
        return why.hint(f"名册自 {start} 起算考验期，但{effect.pending}，请核对")
    if effect.day is None and start not in effect.readings:
        raise Missing("生效日期", holder=COURT)
    if start in effect.accepted:
        return why.lawful(f"名册起日 {start}，相符")
    right = effect.day or "生效日"
    if start in effect.readings:
        return why.hint(f"考验期起日 {start}（{effect.readings[start]}），通常应为 {right}，做法有分歧，请核对")
    assert effect.day is not None
    if _is_another_day(case, effect.day):
        return why.hint(f"名册起日 {start} 可能是报到日或者接收日，止日按生效日 {effect.day} 计算无误，请核对该栏含义")
    apart = (start - effect.day).days
    message = f"考验期起日 {start}，判决 {effect.day} 生效，{'迟' if apart > 0 else '早'} {abs(apart)} 日"
    if not effect.by_court:
        return why.doubt(f"{message}；没有法院裁判清单可对，请核实生效日期")
    if day_of(case.judgment, "effective_on") == start:
        return why.doubt(f"考验期起日 {start} 与法院载明的生效日期相同，但按送达日推算应为 {effect.day}，请核实")
    harm = Harm.HELD_TOO_LONG if apart > 0 else Harm.HELD_TOO_SHORT
    return why.unlawful(message, harm=harm)


def _is_another_day(case: Episode, effective: date) -> bool:
    """Whether the roster's first day is that of the report, the last one being right by the judgment."""
    if case.end is None or not case.probation:
        return False
    other = case.start in (case.reported, day_of(case.roster, "accepted_on", "pronounced_on"))
    return other and case.end in ends(effective, case.probation).both


@RULES.rule("SJ-20", "考验期止日错误", "CPI-202.2", "CL-73.3", when=_ends, about=("T02",), document="纠正违法通知书")
def end_of_probation(case: Episode, why: Why) -> Verdict:
    """The last day of a probation period is the day before the same day of its last month."""
    start, stated = case.start, case.end
    why.see(case.roster, "correction_start", "correction_end", "probation", "control_term", "sentence_end")
    if case.kind is Kind.PAROLE:
        return _end_of_parole(case, why, start, stated)
    term = case.probation if case.kind is Kind.PROBATION else control_term(case)
    words = "缓刑考验期限" if case.kind is Kind.PROBATION else "管制期限"
    lacking = [
        name
        for name, value in (("社区矫正开始日期", start), ("社区矫正结束日期", stated), (words, term or None))
        if value is None
    ]
    if start is None or stated is None or not term:
        raise Missing(*lacking, holder=OFFICE)
    why.see(case.judgment, "probation")
    due = ends(start, term)
    why.step(f"起日 {start}，期限{term} → 止日 {due.right}")
    for row in reductions(case):
        if day_of(row, "end_after") == stated:
            why.see(row, "case_no", "ruled_on", "end_after")
            return why.lawful(f"减刑裁定载明的止日 {stated}，相符")
    if case.kind is Kind.CONTROL and stated < min(due.both):
        raise Missing("羁押起止", holder=COURT)
    return _compared(case, why, due, stated, term)


def _compared(case: Episode, why: Why, due: Ends, stated: date, term: Term) -> Verdict:
    if stated == due.right:
        return why.lawful(f"名册止日 {stated}，相符")
    if stated == due.plain:
        why.step(f"起日为月末：按同日算法止日为 {due.plain}，与名册相符")
        return why.hint(f"考验期止日 {stated} 按同日算法得出，按月末算法应为 {due.right}，两种算法并存，请核对")
    effect = effect_of(case)
    if _right_by(effect, stated, term):
        return why.lawful(f"名册止日 {stated} 按判决生效日计算相符")
    own = case.roster["probation"] if case.roster is not None else None
    if isinstance(own, Term) and own and own != term and case.start and stated in ends(case.start, own).both:
        return why.lawful(f"名册止日 {stated} 与名册的期限{own}相符，期限与裁判不一致另行核查")
    apart = due.apart(stated)
    words = f"{'多' if apart > 0 else '少'}算{abs(apart)}日"
    why.step(f"名册止日 {stated}，{words}")
    message = f"名册止日 {stated}，应为 {due.right}，{words}"
    if due.right != due.plain:
        message = f"名册止日 {stated}，按月末算法应为 {due.right}，按同日算法应为 {due.plain}，比较近的一种{words}"
    if reductions(case):
        return why.doubt(f"{message}；有减刑裁定，请核对减刑后的止日")
    within = why.number("term_end_slight_days")
    return why.unlawful(
        message,
        gravity=Gravity.SLIGHT if abs(apart) <= within else Gravity.SERIOUS,
        harm=Harm.HELD_TOO_LONG if apart > 0 else Harm.HELD_TOO_SHORT,
    )


def _right_by(effect: Effect, stated: date, term: Term) -> bool:
    """Whether a last day is right when counted from the day the judgment took effect."""
    return any(stated in ends(day, term).both for day in effect.accepted)


def _end_of_parole(case: Episode, why: Why, start: date | None, stated: date | None) -> Verdict:
    """Without the court's ruling: not later than the sentence ends; ten years for a life sentence."""
    original = day_of(case.roster, "sentence_end")
    if stated is None:
        raise Missing("社区矫正结束日期", holder=OFFICE)
    if life(case):
        if start is None:
            raise Missing("社区矫正开始日期", holder=OFFICE)
        term = Term(why.number("parole_life_years", start))
        why.cite("CL-83")
        why.step(f"无期徒刑的假释考验期为{term}")
        return _compared(case, why, ends(start, term), stated, term)
    if original is None:
        raise Missing("变更后刑期止", holder=COURT)
    why.cite("CL-83")
    why.step(f"原判刑期止日 {original}，假释考验期止日 {stated}")
    if stated == original:
        return why.lawful("假释考验期止于原刑期止日")
    if stated < original:
        raise Missing("《减刑/假释/变更裁定》（减刑后的刑期止日）", holder=COURT)
    apart = (stated - original).days
    return why.doubt(f"假释考验期止日 {stated}，晚于原判刑期止日 {original} {apart} 日，请核对有无不计入刑期的期间")
