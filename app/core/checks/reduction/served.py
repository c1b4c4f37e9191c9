"""Family S: what must be served, whatever is granted."""

from __future__ import annotations

from datetime import date

from app.core.checks.reduction.amount import OPINION, present_ends
from app.core.checks.reduction.book import RULES, commutation, need_history
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import graft, maybe_restricted
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.history import CHANGE_TO_LIFE
from app.core.checks.reduction.paying import Sure
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Outcome, Verdict
from app.core.sentence.terms import add_months, end_of_term, half
from app.core.values import SentenceKind, Term


def fixed_only(case: ReductionCase) -> str:
    """Applies to original fixed terms, detention and control."""
    if reason := commutation(case):
        return reason
    return "" if case.stage is Stage.FIXED else "原判不是有期徒刑、拘役、管制"


def life_only(case: ReductionCase) -> str:
    """Applies to an original life sentence that is a fixed term by now."""
    if reason := commutation(case):
        return reason
    if case.original_kind is not SentenceKind.LIFE:
        return "原判不是无期徒刑"
    return "" if case.stage is Stage.LIFE_TERM else "首次减为有期徒刑，减后止日远在下限之后"


def suspended_only(case: ReductionCase) -> str:
    """Applies to an original suspended death sentence that is a fixed term by now."""
    if reason := commutation(case):
        return reason
    if case.original_kind is not SentenceKind.SUSPENDED_DEATH:
        return "原判不是死缓"
    return "" if case.stage is Stage.SUSPENDED_TERM else "尚未减为有期徒刑"


def new_ends(case: ReductionCase, why: Why) -> tuple[date, ...]:
    """Every end date this proposal lawfully leads to; Missing when the present end date was not delivered."""
    end = case.day("sentence_end")
    if end is None:
        raise Missing("刑期止日")
    why.see(case.proposal, "sentence_end", "proposed")
    ends = present_ends(case, end)
    why.step(f"现刑期止日 {end} 减去{case.amount} → {'或'.join(map(str, ends))}")
    return ends


@RULES.rule(
    "JX-S01",
    "减后实际执行不足二分之一",
    "CL-78.2.1",
    when=fixed_only,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def half_served(case: ReductionCase, why: Why) -> Verdict:
    """A fixed term must be served for at least half, detention before the judgment included."""
    term, start = case.term, case.term_start
    if term is None or start is None:
        raise Missing(*(name for name, value in (("原判刑期", term), ("刑期起日", start)) if value is None))
    need_history(case)
    why.see(case.proposal, "sentence", "sentence_start")
    for each in case.standing:
        why.see(each, "reduced")
    for each in case.crimes.records if case.joined is not None else ():
        why.see(each, "joined_term", "final_on")
    limit = half(term, why.number("served_divisor"))
    total = case.reduced + case.amount
    why.step(f"{case.term_name}{term}的二分之一为{limit}；历次已减{case.reduced}，加本次{case.amount}，合计{total}")
    least = served_until(case, start, limit)
    why.step(f"自 {start} 执行{limit}，最早于 {least} 届满")
    ends = new_ends(case, why)
    if total > limit or all(end < least for end in ends):
        return why.unlawful(f"减刑后实际执行的刑期不足{case.term_name}的二分之一（最早止日 {least}）")
    if any(end < least for end in ends):
        return why.doubt("按两种算法之一，减刑后实际执行不足二分之一，须核实")
    return why.lawful()


@RULES.rule(
    "JX-S02",
    "无期徒刑实际执行不足",
    "CL-78.2.2",
    when=life_only,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def life_served(case: ReductionCase, why: Why) -> Verdict:
    """Life: thirteen years from the day the judgment took effect; ten for crimes before May 2011."""
    effective = case.day("effective_on")
    if effective is None:
        raise Missing("判决生效日期")
    why.see(case.proposal, "effective_on", "offence_date")
    crime = case.day("offence_date")
    border = case.law.parameter("old_law_until", case.as_of).value
    ends = new_ends(case, why)
    if crime is None and effective > border:
        new, old = (Term.of_months(why.number("life_minimum", day)) for day in (effective, border))
        strict, mild = end_of_term(effective, new), end_of_term(effective, old)
        why.step(f"犯罪时间未提供：按{new}最早 {strict}，如犯罪在 {border} 以前按{old}最早 {mild}")
        if all(end < mild for end in ends):
            return why.unlawful(f"按两种下限，减刑后实际执行都不足（最早 {mild}）")
        if any(end < strict for end in ends):
            return why.doubt("减刑后实际执行是否达到下限取决于犯罪时间，须核实")
        return why.lawful()
    months = why.number("life_minimum", crime or effective)
    return _served(why, "判决生效日", effective, months, ends)


@RULES.rule(
    "JX-S03",
    "死缓实际执行不足十五年",
    "R16-12.1",
    when=suspended_only,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def suspended_served(case: ReductionCase, why: Why) -> Verdict:
    """Suspended death: fifteen years from the end of the two-year suspension."""
    if case.restricted:
        return why.not_applicable("限制减刑罪犯，见 JX-S04")
    start, sure = _suspension_end(case, why)
    ends = new_ends(case, why)
    months = why.number("death_minimum")
    verdict = _served(why, "死缓期满日", start, months, ends, sure=sure)
    border = case.law.parameter("old_law_until", case.as_of).value
    crime = case.day("offence_date")
    if verdict.outcome is Outcome.LAWFUL or (crime is not None and crime > border):
        return verdict
    why.see(case.proposal, "offence_date")
    old = why.number("death_minimum_old")
    mild = end_of_term(start, Term.of_months(old))
    told = f"犯罪在 {border} 以前" if crime is not None else f"犯罪时间未提供，如在 {border} 以前"
    why.step(f"{told}，曾适用{Term.of_months(old)}的下限（最早 {mild}），是否仍适用有不同理解")
    if any(end >= mild for end in ends):
        return why.doubt(f"减刑后实际执行在{Term.of_months(old)}与{Term.of_months(months)}之间，旧案下限须核实")
    return _served(why, "死缓期满日", start, months, ends, sure=sure)


@RULES.rule(
    "JX-S04",
    "限制减刑罪犯实际执行不足",
    "CL-78.2.3",
    when=suspended_only,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def restricted_served(case: ReductionCase, why: Why) -> Verdict:
    """Restricted commutation: twenty-five years when changed to life first, twenty when changed to a term at once."""
    if maybe_restricted(case):
        raise Missing("限制减刑")
    if not case.restricted:
        return why.not_applicable("不是限制减刑罪犯")
    why.see(case.proposal, "restricted")
    start, sure = _suspension_end(case, why)
    via_life = CHANGE_TO_LIFE in case.changes
    months = why.number("restricted_minimum_via_life" if via_life else "restricted_minimum_via_term")
    return _served(why, "死缓期满日", start, months, new_ends(case, why), sure=sure)


def _suspension_end(case: ReductionCase, why: Why) -> tuple[date, bool]:
    """The day the suspension ended, and whether it was delivered or only reckoned from the judgment."""
    why.see(case.proposal, "suspension_ended_on")
    if case.suspension_end is not None:
        return case.suspension_end, True
    effective = case.day("effective_on")
    if effective is None:
        raise Missing("死缓期满日期")
    why.see(case.proposal, "effective_on")
    start = add_months(effective, why.number("suspension"))
    why.step(f"未提供死缓期满日，由判决生效日 {effective} 推算为 {start}")
    return start, False


def _served(why: Why, label: str, start: date, months: int, ends: tuple[date, ...], *, sure: bool = True) -> Verdict:
    least = end_of_term(start, Term.of_months(months))
    why.step(f"{label} {start} 起实际执行{Term.of_months(months)}，最早于 {least} 届满")
    if all(end >= least for end in ends):
        return why.lawful()
    if sure and all(end < least for end in ends):
        return why.unlawful(f"减刑后实际执行的刑期不足{Term.of_months(months)}（最早止日 {least}）")
    return why.doubt("减刑后实际执行是否达到下限须核实")


def never(case: ReductionCase) -> str:
    """Applies to life imprisonment without commutation; Missing where it may have been ordered and was not said."""
    if case.no_release is None and case.original_kind is SentenceKind.SUSPENDED_DEATH and graft(case)[0] is not Sure.NO:
        raise Missing("终身监禁")
    return "" if case.no_release else "不是终身监禁罪犯"


@RULES.rule(
    "JX-S05",
    "终身监禁被提请",
    "R16-15",
    "CL-383.4",
    when=never,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def no_release(case: ReductionCase, why: Why) -> Verdict:
    """Life imprisonment without commutation or parole may not be proposed at all."""
    why.see(case.proposal, "no_release", "strict_classes", "proposal_kind", "proposed")
    if not case.barred:
        return why.lawful("死缓期满依法减为无期徒刑，裁定中应当写明终身监禁")
    why.step("终身监禁：是；仍被提请")
    return why.unlawful("终身监禁罪犯不得减刑、假释，但被提请")
