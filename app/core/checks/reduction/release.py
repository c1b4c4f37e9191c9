"""Family J: who may be released on parole, and when."""

from __future__ import annotations

from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, no_earlier, parole
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.classes import barring, unsaid
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.intervals import last_service
from app.core.checks.reduction.measure import Answer, full
from app.core.checks.reduction.paying import Sure
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.law.offences import shipped as offence_list
from app.core.sentence.terms import ONE_DAY, add_months, due, half
from app.core.values import Sentence, SentenceKind, Term

OPINION = "假释提请检察意见书"
HEAVY = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)


def of_fixed(case: ReductionCase) -> str:
    """Applies to parole from an original fixed term."""
    if reason := parole(case):
        return reason
    return "原判无期徒刑、死缓" if case.original_kind in HEAVY else ""


def of_life(case: ReductionCase) -> str:
    """Applies to parole from an original life sentence."""
    return parole(case) or ("" if case.original_kind is SentenceKind.LIFE else "原判不是无期徒刑")


def of_suspended(case: ReductionCase) -> str:
    """Applies to parole from an original suspended death sentence."""
    return parole(case) or ("" if case.original_kind is SentenceKind.SUSPENDED_DEATH else "原判不是死缓")


def after_commutation(case: ReductionCase) -> str:
    """Applies to parole after an earlier commutation."""
    return parole(case) or no_earlier(case)


@RULES.rule(
    "JX-J01", "有期徒刑执行未过半", "CL-81.1", "R16-23", when=of_fixed, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def half_done(case: ReductionCase, why: Why) -> Verdict:
    """Half of the original term must be over; on its last day the half is complete only at the day's end."""
    start, term = case.term_start, case.term
    if start is None or term is None:
        raise Missing(*(name for name, value in (("刑期起日", start), ("原判刑期", term)) if value is None))
    filed = filing(case, why)
    why.see(case.proposal, "sentence_start", "sentence")
    for each in case.crimes.records if case.joined is not None else ():
        why.see(each, "joined_term", "final_on")
    limit = half(term, why.number("parole_divisor"))
    last = served_until(case, start, limit)
    why.step(f"刑期起日 {start}，{case.term_name}{term}的二分之一{limit}于 {last} 终了；报请日 {filed}")
    why.turn(last, last + ONE_DAY)
    if filed < last:
        return why.unlawful(f"执行未满{case.term_name}刑期的二分之一，尚差{(last - filed).days}日")
    if filed == last:
        return why.doubt("报请日即二分之一终了之日，是否已满须核实")
    return why.lawful()


@RULES.rule(
    "JX-J02", "无期徒刑执行未满十三年", "CL-81.1", "R16-23", when=of_life, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def life_done(case: ReductionCase, why: Why) -> Verdict:
    """Thirteen years from the day the judgment took effect; ten for crimes before May 2011."""
    effective = case.day("effective_on")
    if effective is None:
        raise Missing("判决生效日期")
    filed = filing(case, why)
    why.see(case.proposal, "effective_on", "offence_date")
    border = why.law.parameter("old_law_until", why.day).value
    crime = case.day("offence_date")
    if crime is None and effective > border:
        strict = full(why, "判决生效日", effective, why.number("parole_life", effective), filed, "报请日")[0]
        if strict is Answer.KEPT:
            return why.lawful()
        if (
            full(why, "犯罪如在旧法时期：判决生效日", effective, why.number("parole_life", border), filed, "报请日")[0]
            is Answer.BROKEN
        ):
            return why.unlawful("无期徒刑实际执行的时间不足")
        return why.doubt("实际执行的时间是否足够取决于犯罪时间，须核实")
    months = why.number("parole_life", crime or effective)
    return _settle(full(why, "判决生效日", effective, months, filed, "报请日")[0], why, "无期徒刑实际执行的时间不足")


@RULES.rule("JX-J03", "死缓执行未满十五年", "R16-23", when=of_suspended, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def suspended_done(case: ReductionCase, why: Why) -> Verdict:
    """Fifteen years from the end of the suspension."""
    if case.suspension_end is None:
        raise Missing("死缓期满日期")
    filed = filing(case, why)
    why.see(case.proposal, "suspension_ended_on")
    months = why.number("parole_death")
    answer, _ = full(why, "死缓期满日", case.suspension_end, months, filed, "报请日")
    return _settle(answer, why, f"死缓罪犯实际执行的时间不足{Term.of_months(months)}")


def _settle(answer: Answer, why: Why, broken: str) -> Verdict:
    if answer is Answer.KEPT:
        return why.lawful()
    return why.unlawful(broken) if answer is Answer.BROKEN else why.doubt("时间是否届满，月末有两种算法，须核实")


@RULES.rule(
    "JX-J04",
    "不得假释的罪犯被提请",
    "CL-81.2",
    "R16-25",
    when=parole,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
    gravity=Gravity.GRAVE,
)
def barred(case: ReductionCase, why: Why) -> Verdict:
    """Recidivists, the eight violent offences of ten years and more, and life without release are never paroled."""
    why.see(case.proposal, "recidivist", "offence", "sentence", "offence_terms", "strict_classes", "no_release")
    if case.no_release:
        return why.not_applicable("终身监禁，见 JX-S05")
    # Without the day of the crime, the judgment is the last day it can have been.
    crime = case.day("offence_date") or case.day("judged_on") or case.day("effective_on")
    border = why.law.parameter("old_law_until", why.day).value
    if crime is not None and crime <= border:
        why.cite("T11-8")
    if case.original_kind in (SentenceKind.DETENTION, SentenceKind.CONTROL):
        why.cite("CL-81.1")
        why.step(f"原判{case.original_kind}；假释只适用于有期徒刑、无期徒刑")
        return why.unlawful(f"{case.original_kind}不适用假释，但被提请假释")
    recidivist = case.flag("recidivist") or "K7" in offence_list().flagged(text_of(case.proposal, "strict_classes"))
    state, because = barring(case)
    for each in ("累犯" if recidivist else "", because):
        if each:
            why.step(each)
    oldest = why.law.parameter("old_code_until", why.day).value
    if crime is not None and crime <= oldest and (recidivist or state is not Sure.NO):
        why.cite("T97-8")
        why.step(f"犯罪在 {oldest} 以前，适用修订前的刑法，可以假释")
        return why.doubt("现行刑法施行以前犯罪，能否假释须核实")
    if recidivist:
        return why.unlawful("累犯不得假释，但被提请假释")
    if state is Sure.YES:
        if crime is not None and crime <= border:
            why.step(f"犯罪在 {border} 以前，不得假释的范围适用修正前的规定")
            return why.doubt("暴力犯罪的重刑犯，犯罪在刑法修正案八施行以前，不得假释的范围须核实")
        return why.unlawful(f"{because}，不得假释，但被提请假释")
    if state is Sure.OPEN:
        return why.doubt("可能属于不得假释的罪犯，须核实")
    lacking = [column for _, column in unsaid(case) if column in ("罪名", "累犯")]
    lacking += ["罪名"] if case.proposal["offence"] is None and "罪名" not in lacking else []
    if lacking:
        raise Missing(*lacking)
    return why.lawful("不是累犯，也不是因八类暴力犯罪被判重刑的罪犯")


@RULES.rule(
    "JX-J05", "减刑后假释间隔不足", "R16-28", when=after_commutation, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def interval_before_parole(case: ReductionCase, why: Why) -> Verdict:
    """After a commutation a year must pass, eighteen months after a year or more was taken off."""
    filed = filing(case, why)
    ruling, served = last_service(case, why)
    months = why.number("parole_interval")
    if ruling in case.reductions:
        amount = ruling["reduced"]
        if not isinstance(amount, Sentence) or amount.term is None:
            raise Missing("上次减刑幅度")
        why.step(f"上次减去{amount.term}")
        if amount.term >= Term.of_months(why.number("parole_long_reduction")):
            months = why.number("parole_interval_long")
    else:
        why.step("上次为刑种变更")
    answer, _ = full(why, "上次裁定送达日", served, months, filed, "报请日")
    if answer is Answer.KEPT:
        return why.lawful()
    end, short = case.day("sentence_end"), why.number("parole_short_remaining")
    since = short_since(end, short) if end is not None else None
    if since is not None:
        why.turn(since)
    if since is not None and filed >= since:
        rest = f"余刑不足{Term.of_months(short)}"
        why.step(f"现刑期止日 {end}，{rest}，可以适当缩短间隔")
        return why.doubt(f"{rest}而缩短间隔，须核实理由")
    return why.unlawful("减刑后又假释的间隔时间不足") if answer is Answer.BROKEN else why.doubt("间隔是否届满须核实")


def short_since(end: date, months: int) -> date:
    """The first day of filing on which less than some months are left of a term that ends on `end`."""
    day = add_months(end + ONE_DAY, -months)
    while due(day, months).late <= end + ONE_DAY:
        day += ONE_DAY
    return day
