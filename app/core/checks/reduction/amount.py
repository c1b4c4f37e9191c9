"""Family M: how much may be taken off at once, and into what a life sentence may be changed."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.reduction.book import RULES, commutation, reduces_term
from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import Reading, graft, maybe_restricted, readings, row_of
from app.core.checks.reduction.general import time_falls_short
from app.core.checks.reduction.measure import Answer, join, over, relief, softened, unsure_relief, widened
from app.core.checks.reduction.paying import Sure
from app.core.checks.reduction.straight import straight_term
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.book import Row
from app.core.sentence.terms import move_back, reduced_ends
from app.core.values import Term

OPINION = "减刑提请检察意见书"


def changes_kind(case: ReductionCase) -> str:
    """Applies where life imprisonment, or suspended death at once, is to be changed into a fixed term."""
    if reason := commutation(case):
        return reason
    if case.stage is Stage.SUSPENDED and case.changes_kind and not case.to_life:
        return ""
    return "" if case.stage in CHANGES else "不是无期徒刑减为有期徒刑"


def restricted(case: ReductionCase) -> str:
    """Applies to suspended death sentences with restricted commutation, already changed to a fixed term."""
    if reason := commutation(case):
        return reason
    if case.stage is not Stage.SUSPENDED_TERM:
        return "不是限制减刑罪犯，或者尚未减为有期徒刑"
    if maybe_restricted(case):
        raise Missing("限制减刑")
    return "" if case.restricted else "不是限制减刑罪犯"


@RULES.rule("JX-M01", "一次减刑超过上限", "CL-78.1", when=reduces_term, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def cap(case: ReductionCase, why: Why) -> Verdict:
    """One commutation may not exceed the cap of the table for the merit claimed."""
    amount, merit = case.amount, case.merit
    why.see(case.proposal, "proposed", "merit")
    found = readings(case, why)
    if all(each.row.group == "restricted" for each in found):
        return why.not_applicable("限制减刑罪犯，见 JX-M06")

    def ask(reading: Reading) -> Answer:
        return _within_cap(case, why, amount, reading.row.caps[merit], reading)

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(f"提请减去{amount}，超过一次减刑的上限{_months(min(r.row.caps[merit] for r in found))}"),
        f"提请减去{amount}，是否超过上限须核实",
    )


def _within_cap(case: ReductionCase, why: Why, amount: Term, months: int, reading: Reading) -> Answer:
    why.cite(reading.row.cites["cap"])
    why.step(f"提请减去{amount}，{case.proposal['merit']}的上限为{_months(months)}")
    if not over(amount, months):
        return Answer.KEPT
    help_ = relief(case)
    if not help_.granted:
        if help_.because:
            why.step(f"不适用放宽：{help_.because}")
        return softened(case, why, Answer.BROKEN)
    why.see(case.proposal, "lenient", "birth_date", "id_number")
    why.cite(help_.cite)
    wider = widened(case, months)
    why.step(f"可放宽三分之一至{_months(wider)}：{help_.because}")
    if over(amount, wider):
        return softened(case, why, Answer.BROKEN)
    if not time_falls_short(case):
        return unsure_relief(why, reading.row, help_)
    why.step("时间也用到了放宽；条文写的是幅度可以放宽或者时间可以缩短，能否同时适用须核实")
    return Answer.OPEN


@RULES.rule("JX-M02", "从严罪犯未从严", "CL-78.1", when=reduces_term, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def strictness(case: ReductionCase, why: Why) -> Verdict:
    """For the strict classes a year is the most at once, and the ordinary cap itself calls for a look."""
    found = [each for each in readings(case, why) if each.row.absolute_cap is not None]
    if not found:
        return why.not_applicable("不属于须从严的罪犯")
    certain = len(found) == len(readings(case))
    row = found[0].row
    amount, merit = case.amount, case.merit
    why.see(case.proposal, "proposed", "merit")
    why.cite(row.cites["cap"])
    assert row.absolute_cap is not None
    most, ordinary = row.absolute_cap, row_of(case, row, "ordinary").caps[merit]
    why.step(
        f"提请减去{amount}，从严罪犯一次最多{_months(most)}，普通罪犯{case.proposal['merit']}的上限{_months(ordinary)}"
    )
    if not over(amount, most) and amount < Term.of_months(ordinary):
        return why.lawful()
    if not certain and all(each.sure is Sure.UNSAID for each in found):
        raise Missing(*(each.because.removeprefix("未载明") for each in found))
    if not over(amount, most):
        least = "恰为" if amount == Term.of_months(ordinary) else "超过"
        return why.doubt(f"从严罪犯提请减去{amount}，{least}普通罪犯的上限，没有体现从严，须核实")
    if relief(case).granted and not over(amount, widened(case, most)):
        return why.doubt("超过从严罪犯一次减刑的上限，主张放宽三分之一，须核实")
    if certain and softened(case, why, Answer.BROKEN) is Answer.BROKEN:
        return why.unlawful(f"从严罪犯提请减去{amount}，超过{_months(most)}")
    return why.doubt(f"如属从严罪犯则超过{_months(most)}，须先核实类别")


@RULES.rule(
    "JX-M03", "减为有期徒刑的刑期不在法定区间", "CL-78.1", when=changes_kind, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def change_range(case: ReductionCase, why: Why) -> Verdict:
    """Life changed into a fixed term: the new term must lie in the range for the merit claimed."""
    new, merit = case.new_term, case.merit
    why.see(case.proposal, "proposed", "proposed_term", "merit")
    if case.stage is Stage.SUSPENDED:
        return straight_term(case, why, new)
    found = readings(case, why)
    longer = [False]

    def ask(reading: Reading) -> Answer:
        answer, too_long = _in_range(case, why, new, reading.row, merit)
        longer[0] = longer[0] or too_long
        return answer

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(
            f"拟减为有期徒刑{new}，不在{case.proposal['merit']}对应的法定区间内",
            harm=Harm.HELD_TOO_LONG if longer[0] else None,
        ),
        f"拟减为有期徒刑{new}，是否在法定区间内须核实",
    )


def _in_range(case: ReductionCase, why: Why, new: Term, row: Row, merit: str) -> tuple[Answer, bool]:
    """Whether a new term lies in the range; and whether it is too long rather than too short."""
    why.cite(row.cites["range"])
    low, high = row.ranges[merit]
    why.step(f"拟减为{new}，区间为{_pair((low, high))}")
    if over(new, high):
        if row.table == "B" and row.group == "strict":
            why.step("长于区间；从严罪犯可以比照从严，须核实")
            return Answer.OPEN, True
        return Answer.BROKEN, True
    if row.floor is not None and new < Term.of_months(row.floor):
        why.step(f"低于不得少于的{_months(row.floor)}")
        return Answer.BROKEN, False
    if row.table != "C" or row.floor is None:
        return (Answer.KEPT if new >= Term.of_months(low) else Answer.BROKEN), False
    usual = row_of(case, row, "ordinary").ranges[merit][0]
    if new >= Term.of_months(max(low, usual)):
        return Answer.KEPT, False
    why.step(f"短于普通罪犯同类情形的{_months(usual)}，未短于{_months(row.floor)}，从严罪犯能否如此比照须核实")
    return Answer.OPEN, False


@RULES.rule("JX-M06", "限制减刑罪犯超限", "R16-14", when=restricted, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def restricted_cap(case: ReductionCase, why: Why) -> Verdict:
    """Restricted commutation: six months at once, a year with major merit."""
    amount, merit = case.amount, case.merit
    why.see(case.proposal, "proposed", "merit", "restricted")
    months = readings(case)[0].row.caps[merit]
    why.step(f"提请减去{amount}，限制减刑罪犯一次上限{_months(months)}")
    if not over(amount, months):
        return why.lawful()
    help_ = relief(case)
    if help_.granted and not over(amount, widened(case, months)):
        why.cite(help_.cite)
        why.step(f"主张放宽三分之一至{_months(widened(case, months))}：{help_.because}")
        return why.doubt("超过限制减刑罪犯一次减刑的上限，能否放宽有不同理解，须核实")
    return why.unlawful(f"限制减刑罪犯提请减去{amount}，超过{_months(months)}")


@RULES.rule("JX-M07", "误用一般规定", "R19-2.1", when=commutation, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def ordinary_rule_misused(case: ReductionCase, why: Why) -> Verdict:
    """What keeps the general rules but breaks the supplementary ones for graft shows which text was used."""
    if case.stage is Stage.SUSPENDED:
        return why.not_applicable("死缓尚未减刑")
    special = [each for each in readings(case) if each.row.group == "graft"]
    if not special:
        return why.not_applicable("不适用法释〔2019〕6号")
    row = special[0].row
    general = row_of(case, row, "strict")
    certain = len(readings(case)) == 1
    merit = case.merit
    why.see(case.proposal, "offence", "official", "judged_on", "proposed", "proposed_term", "merit")
    why.step(f"适用：{row.says}（{graft(case)[1]}）")
    if row.ranges:
        why.cite(row.cites["range"])
        new = case.new_term
        misused = _kept(new, general.ranges[merit]) and not _kept(new, row.ranges[merit])
        why.step(f"拟减为{new}；一般规定{_pair(general.ranges[merit])}，补充规定{_pair(row.ranges[merit])}")
    else:
        why.cite(row.cites["cap"])
        amount = case.amount
        misused = not over(amount, general.caps[merit]) and over(amount, row.caps[merit])
        why.step(
            f"提请减去{amount}；一般规定上限{_months(general.caps[merit])}，补充规定上限{_months(row.caps[merit])}"
        )
    if not misused:
        return why.lawful()
    if relief(case).granted and not row.ranges and not over(case.amount, widened(case, row.caps[merit])):
        return why.doubt("超出补充规定的幅度，主张放宽三分之一，能否放宽须核实")
    if not certain:
        return why.doubt("如适用法释〔2019〕6号则超出补充规定，须先核实身份和判决时间")
    return why.unlawful("幅度只符合一般规定，不符合贪污贿赂罪犯的补充规定")


def _kept(new: Term, pair: tuple[int, int]) -> bool:
    return Term.of_months(pair[0]) <= new <= Term.of_months(pair[1])


@RULES.rule("JX-M10", "减幅超过余刑", "CL-78.1", when=reduces_term, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def more_than_remains(case: ReductionCase, why: Why) -> Verdict:
    """A reduction that ends the sentence before filing cannot be served; before the likely ruling it is prompted."""
    filed = filing(case, why)
    amount = case.amount
    end = case.day("sentence_end")
    why.see(case.proposal, "sentence_end", "proposed", "proposed_end")
    if end is None:
        raise Missing("刑期止日")
    ends = present_ends(case, end)
    why.step(f"现刑期止日 {end} 减去{amount} → {'或'.join(map(str, ends))}；报请日 {filed}")
    new_end = max(ends)
    if new_end < filed:
        return why.unlawful("减刑后刑期止日早于报请日，减幅超过余刑")
    ruling = filed + timedelta(days=why.number("ruling_estimate_days"))
    if new_end < ruling:
        why.step(f"预计裁定日 {ruling}")
        return why.hint("减刑后刑期止日早于预计裁定日，须提醒及时裁定或者调整幅度")
    return why.lawful()


def present_ends(case: ReductionCase, end: date) -> tuple[date, ...]:
    """Every end date this proposal lawfully leads to.

    Counting forward is a second way only where all earlier reductions are known and it does not arrive more than
    the month-end days apart; else the present end rests on something it leaves out.
    """
    back = move_back(end, case.amount)
    if case.stage is not Stage.FIXED or not case.reductions_known:
        return (back,)
    slack = case.law.number("tolerance_days", case.as_of)
    ends = reduced_ends(case.term_start, end, case.term, case.reduced, case.amount)
    return tuple(each for each in ends if abs((each - back).days) <= slack)


def _months(months: int) -> str:
    return str(Term.of_months(months))


def _pair(pair: tuple[int, int]) -> str:
    return _months(pair[0]) if pair[0] == pair[1] else f"{_months(pair[0])}至{_months(pair[1])}"
