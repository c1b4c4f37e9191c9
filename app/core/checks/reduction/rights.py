"""Family P: how far a commutation may cut deprivation of political rights."""

from __future__ import annotations

from app.core.checks.reduction.amount import OPINION
from app.core.checks.reduction.book import RULES, commutation
from app.core.checks.reduction.case import CHANGES, LATER, ReductionCase
from app.core.checks.reduction.history import HEAVY
from app.core.checks.reduction.served import fixed_only
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.values import Deprivation, SentenceKind, Term


def brief(deprivation: Deprivation) -> str:
    """Its length alone, for a sentence that has named it already."""
    if deprivation.life:
        return "终身"
    return str(deprivation.term) if deprivation.term else "不再剥夺"


def proposed_deprivation(case: ReductionCase, why: Why) -> Deprivation:
    """Deprivation as proposed, 期限不变 resolved; Missing when it was not delivered."""
    value = case.proposal["proposed_deprivation"]
    why.see(case.proposal, "deprivation", "supplementary", "proposed_deprivation")
    for each in case.history[-1:]:
        why.see(each, "deprivation_after")
    if not isinstance(value, Deprivation):
        raise Missing("减后剥夺政治权利")
    now = case.deprivation_now
    if value.unchanged and now is None:
        raise Missing("附加剥夺政治权利")
    return now if value.unchanged and now is not None else value


@RULES.rule("JX-P01", "剥夺政治权利酌减后不足一年", "R16-17.1", when=fixed_only, harm=Harm.RIGHTS, document=OPINION)
def deprivation_fixed(case: ReductionCase, why: Why) -> Verdict:
    """Fixed terms: deprivation may be cut, but not below a year."""
    if case.original_kind is SentenceKind.CONTROL:
        return why.not_applicable("管制附加剥夺政治权利的期限与管制相等，同时执行")
    now = case.deprivation_now
    if now is None:
        raise Missing("附加剥夺政治权利")
    if not now:
        why.see(case.proposal, "deprivation", "supplementary")
        return why.not_applicable("没有附加剥夺政治权利")
    after = proposed_deprivation(case, why)
    least = Term.of_months(why.number("deprivation_least_fixed"))
    why.step(f"剥夺政治权利现为{brief(now)}，拟减为{brief(after)}，下限{least}")
    if after.life or after.term >= least:
        return why.lawful()
    if not now.life and now.term < least and after.term == now.term:
        return why.lawful(f"原来即不足{least}，本次未再减")
    if case.original_kind is SentenceKind.DETENTION:
        return why.doubt(f"剥夺政治权利拟减为{brief(after)}；下限写的是有期徒刑，拘役是否适用须核实")
    told = f"拟减为{brief(after)}" if after.term else "拟全部减去"
    return why.unlawful(f"剥夺政治权利{told}，不足{least}")


def change_stage(case: ReductionCase) -> str:
    """Applies to the change of life imprisonment into a fixed term."""
    if reason := commutation(case):
        return reason
    return "" if case.stage in CHANGES else "不是减为有期徒刑"


@RULES.rule(
    "JX-P02",
    "减为有期徒刑时剥夺政治权利不在七至十年",
    "R16-17.2",
    "CL-57",
    when=change_stage,
    harm=Harm.RIGHTS,
    document=OPINION,
)
def deprivation_changed(case: ReductionCase, why: Why) -> Verdict:
    """When life becomes a fixed term, deprivation becomes seven to ten years."""
    after = proposed_deprivation(case, why)
    least = why.law.parameter("deprivation_least_changed", why.day)
    if least.end is not None:
        # A past case: the code asked for less than the rules of that day, of which only memory tells.
        why.cite_only(least.provision)
    low = Term.of_months(why.number("deprivation_least_changed"))
    high = Term.of_months(why.number("deprivation_most_changed"))
    why.step(f"剥夺政治权利拟为{brief(after)}，应为{low}以上{high}以下")
    if after.life:
        return why.unlawful(f"减为有期徒刑时剥夺政治权利仍为终身，应减为{low}以上{high}以下")
    if low <= after.term <= high:
        return why.lawful()
    return why.unlawful(f"减为有期徒刑时剥夺政治权利拟为{brief(after)}，不在{low}以上{high}以下")


def later_stage(case: ReductionCase) -> str:
    """Applies to later commutations of what was life or suspended death."""
    if reason := commutation(case):
        return reason
    return "" if case.stage in LATER else "原判不是无期徒刑、死缓，或者尚未减为有期徒刑"


@RULES.rule(
    "JX-P03", "无期徒刑、死缓最终剥夺政治权利不足三年", "R16-17.2", when=later_stage, harm=Harm.RIGHTS, document=OPINION
)
def deprivation_final(case: ReductionCase, why: Why) -> Verdict:
    """What was life or suspended death keeps at least three years of deprivation in the end."""
    after = proposed_deprivation(case, why)
    least = Term.of_months(why.number("deprivation_least_final"))
    why.step(f"剥夺政治权利拟减为{brief(after)}，最终不少于{least}")
    if after.life or after.term >= least:
        return why.lawful()
    return why.unlawful(f"剥夺政治权利{f'拟减为{brief(after)}' if after.term else '拟全部减去'}，最终不足{least}")


@RULES.rule(
    "JX-P04", "剥夺政治权利缺失或增加", "CL-57", "R16-17.1", when=commutation, harm=Harm.RIGHTS, document=OPINION
)
def deprivation_kept(case: ReductionCase, why: Why) -> Verdict:
    """Life and suspended death always carry deprivation; a commutation never adds to it."""
    why.see(case.proposal, "deprivation", "supplementary", "proposed_deprivation")
    original, now = case.proposal["deprivation"], case.deprivation_now
    heavy = case.original_kind in HEAVY
    if heavy and isinstance(original, Deprivation) and not original:
        why.step("原判死缓、无期徒刑应当剥夺政治权利终身，表中填写为无")
        return why.data("原判死缓、无期徒刑而没有附加剥夺政治权利，请核对判决书")
    if now is None:
        raise Missing("附加剥夺政治权利")
    after = case.proposal["proposed_deprivation"]
    if not isinstance(after, Deprivation):
        if not now:
            return why.lawful("没有附加剥夺政治权利")
        raise Missing("减后剥夺政治权利")
    if after.unchanged:
        return why.lawful("剥夺政治权利不变")
    if now.life and heavy and case.stage in LATER:
        raise Missing("减为有期徒刑的裁定所定的剥夺政治权利期限")
    if not now and not after:
        return why.lawful("没有附加剥夺政治权利")
    why.step(f"剥夺政治权利现为{brief(now) if now else '无'}，拟为{brief(after)}")
    if now.life or not (after.life or after.term > now.term):
        return why.lawful()
    if not now:
        return why.unlawful(f"原来没有剥夺政治权利，减刑后增加{brief(after)}")
    return why.unlawful(f"减刑后剥夺政治权利由{brief(now)}增加为{brief(after)}")
