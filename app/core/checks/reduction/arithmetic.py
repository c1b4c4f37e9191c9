"""Family D, the arithmetic: terms within the law, start and end dates that follow from them, kinds that agree."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.reduction.amount import present_ends
from app.core.checks.reduction.book import RULES, need_history, reduces_term
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import joined
from app.core.checks.reduction.crediting import served_until, uncredited
from app.core.checks.reduction.custody import excluded_days, extended
from app.core.checks.reduction.history import CHANGE_TO_LIFE, CHANGE_TO_TERM
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Verdict
from app.core.records import Record
from app.core.sentence.terms import end_of_term, reduced_ends
from app.core.values import Sentence, SentenceKind, Term

LAST_SHORT_MONTH_DAY = 28
OPINION = "减刑提请检察意见书"


@RULES.rule("JX-D06", "刑期超出法定界限", "CL-45", "CL-69")
def term_limits(case: ReductionCase, why: Why) -> Verdict:
    """The original term must lie within what the code allows for one offence or for a joinder."""
    term = case.original_term
    if case.original_kind in (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH):
        return why.not_applicable("无期徒刑、死缓没有刑期界限")
    if term is None:
        raise Missing("原判刑期")
    why.see(case.proposal, "sentence", "sentence_kind", "offence_terms", "joinder", "offence_date")
    single = [f"{each.offence}{each.sentence}" for each in case.offence_terms if _over_single(why, each.sentence)]
    if single:
        why.step(f"单罪超过上限：{'、'.join(single)}")
        return why.doubt("单罪刑期超过法定上限，请先核对录入，再核对判决")
    most, text = _most(case, why)
    why.step(f"原判{case.original_kind}{term}，{text}上限{Term.of_months(most)}")
    if term > Term.of_months(most):
        return why.doubt(f"原判{term}超过{text}的上限{Term.of_months(most)}，请先核对录入，再核对判决")
    least = why.number("fixed_least")
    if case.original_kind is SentenceKind.FIXED_TERM and term < Term.of_months(least):
        return why.data(f"有期徒刑{term}低于{Term.of_months(least)}，请核对录入")
    return why.lawful()


def _over_single(why: Why, sentence: Sentence) -> bool:
    return sentence.term is not None and sentence.term > Term.of_months(why.number("fixed_most"))


def _most(case: ReductionCase, why: Why) -> tuple[int, str]:
    several = joined(case)
    if case.original_kind is SentenceKind.DETENTION:
        return why.number("detention_joinder_most" if several else "detention_most"), "拘役"
    if case.original_kind is SentenceKind.CONTROL:
        return why.number("control_joinder_most" if several else "control_most"), "管制"
    if not several:
        # A list that does not say whether offences were joined cannot convict a single-offence limit.
        if case.flag("joinder") is None:
            return why.number("joinder_most_high"), "数罪并罚"
        return why.number("fixed_most"), "一罪有期徒刑"
    crime, border = case.day("offence_date"), case.law.parameter("old_law_until", case.as_of).value
    terms = [each.sentence.term for each in case.offence_terms]
    total = sum(each.total_months for each in terms if each is not None)
    if crime is not None and crime <= border:
        why.cite("T11-6")
        why.step(f"犯罪在 {border} 以前，数罪并罚适用修正前的上限")
        return why.number("joinder_most_low"), "数罪并罚"
    if terms and all(terms) and total < case.law.number("joinder_sum", case.as_of):
        why.step(f"各罪总和刑期{Term.of_months(total)}，不满{Term.of_months(why.number('joinder_sum'))}")
        return why.number("joinder_most_low"), "数罪并罚"
    return why.number("joinder_most_high"), "数罪并罚"


def apart(why: Why, declared: date, reckoned: date, what: str) -> Verdict | None:
    """Compare an end date with the reckoned one: None when equal, a prompt within the tolerance, else bad data."""
    days = (declared - reckoned).days
    if days == 0:
        return None
    why.step(f"{what}：推算 {reckoned}，填报 {declared}，{'晚' if days > 0 else '早'}{abs(days)}日")
    if abs(days) <= why.law.number("tolerance_days", why.day):
        return why.hint(f"{what}与推算相差{abs(days)}日，可能是月末或者折抵算法不同，请核对")
    extra = "，请核对有无未提供的减刑" if days < 0 else "，请核对有无取保候审、脱逃等顺延事由"
    return why.data(f"{what}与推算相差{abs(days)}日{extra}")


def untouched(case: ReductionCase) -> str:
    """Applies to a fixed term no earlier ruling has changed."""
    if case.stage is not Stage.FIXED:
        return "原判无期徒刑、死缓，见 JX-D08"
    return "有历次减刑，见 JX-D08" if case.history else ""


@RULES.rule("JX-D07", "刑期起止与原判不符", "CPI-202.2", when=untouched)
def end_follows(case: ReductionCase, why: Why) -> Verdict:
    """Without earlier commutations the end date must follow from the start date and the original term."""
    start, end, term = _span(case, why)
    reckoned = untouched_end(case, why, start, term)
    return apart(why, end, reckoned, "刑期止日") or why.lawful()


def untouched_end(case: ReductionCase, why: Why, start: date, term: Term) -> date:
    """The end date of a term nothing was taken off, later by the days that do not count."""
    if (joined := case.joined) is not None:
        start, term = joined
    reckoned = extended(case, served_until(case, start, term))
    why.step(f"刑期起日 {start}＋{term} → {reckoned}{_moved_by(case)}")
    return reckoned


def _moved_by(case: ReductionCase) -> str:
    words = [
        text
        for text, days in (("按强制措施情况折抵", uncredited(case)), ("已加不计入刑期的日数", excluded_days(case)))
        if days
    ]
    return f"（{'，'.join(words)}）" if words else ""


def _span(case: ReductionCase, why: Why) -> tuple[date, date, Term]:
    start, end, term = case.day("sentence_start"), case.day("sentence_end"), case.original_term
    why.see(case.proposal, "sentence_start", "sentence_end", "sentence")
    if start is None or end is None or term is None:
        names = (("刑期起日", start), ("刑期止日", end), ("原判刑期", term))
        raise Missing(*(name for name, value in names if value is None))
    return start, end, term


def with_history(case: ReductionCase) -> str:
    """Applies where an earlier ruling fixed or shortened the term; Missing when that is not known for sure."""
    if case.last_ruling is None and not case.history_gap:
        return "没有历次减刑"
    need_history(case)
    return ""


@RULES.rule("JX-D08", "历次减刑链不符", "CPI-202.2", "CL-80", when=with_history)
def chain(case: ReductionCase, why: Why) -> Verdict:
    """Each earlier ruling moves the end date; the chain must arrive at the present one."""
    now = case.day("sentence_end")
    why.see(case.proposal, "sentence_end", "sentence_start")
    if now is None:
        raise Missing("刑期止日")
    end, fault = chain_end(case, why)
    return fault or apart(why, now, end, "现刑期止日") or why.lawful()


def chain_end(case: ReductionCase, why: Why) -> tuple[date, Verdict | None]:
    """The end date the earlier rulings lead to, and the first of them whose own end date does not follow."""
    end, start, term = chain_start(case, why)
    total = Term()
    # Days that do not count may have been known to the earlier rulings or not.
    moved = extended(case, end) - end
    for each in case.reductions:
        if each not in case.standing:
            why.step(f"{each['ruled_on']}的减刑在其后的新罪、漏罪判决以后不再计入")
            continue
        why.see(each, "ruled_on", "reduced", "end_after")
        amount = each["reduced"]
        if not isinstance(amount, Sentence) or amount.term is None:
            raise Missing(f"历次减刑第{each.row}行的减刑幅度")
        ends = reduced_ends(start, end, term, total, amount.term)
        total += amount.term
        stated = each["end_after"]
        end = _nearest(ends, stated, moved) if isinstance(stated, date) else ends[0]
        why.step(f"{each['ruled_on']} 减{amount.term} → {end}")
        if not isinstance(stated, date):
            continue
        reckoned = min(end, end + moved, key=lambda day: abs(day - stated))
        if fault := apart(why, stated, reckoned, f"{each['ruled_on']}裁定的减后止日"):
            return end, fault
    return extended(case, end), None


def _nearest(ends: tuple[date, ...], stated: date, moved: timedelta) -> date:
    return min(ends, key=lambda day: min(abs(day - stated), abs(day + moved - stated)))


def chain_start(case: ReductionCase, why: Why) -> tuple[date, date | None, Term | None]:
    """The end date the chain starts from, with the start date and term it came from."""
    change = case.changes.get(CHANGE_TO_TERM)
    if change is None and (joined := case.joined) is not None:
        end = end_of_term(*joined)
        why.step(f"数罪并罚后自 {joined[0]} 起算{joined[1]} → {end}")
        return end, *joined
    if change is None:
        start, term = case.day("sentence_start"), case.original_term
        why.see(case.proposal, "sentence")
        if start is None or term is None:
            raise Missing(*(name for name, value in (("刑期起日", start), ("原判刑期", term)) if value is None))
    else:
        why.see(change, "ruled_on", "term_after", "end_after")
        start, term = changed_start(case, change), _changed_term(change)
        if start is None or term is None:
            stated = change["end_after"]
            if isinstance(stated, date):
                return stated, None, None
            raise Missing("减为有期徒刑的裁定日期和减后刑期")
    if change is None and uncredited(case):
        # Counting forward again from the start would forget what custody moves.
        end = served_until(case, start, term)
        why.step(f"{start}＋{term}，按强制措施情况折抵 → {end}")
        return end, None, None
    end = end_of_term(start, term)
    why.step(f"{start}＋{term} → {end}")
    return end, start, term


def changed_start(case: ReductionCase, change: Record) -> date | None:
    """A term in place of life runs from the ruling; in place of suspended death from the end of the suspension."""
    if case.original_kind is SentenceKind.SUSPENDED_DEATH and CHANGE_TO_LIFE not in case.changes:
        return case.suspension_end
    ruled = change["ruled_on"]
    return ruled if isinstance(ruled, date) else None


def _changed_term(change: Record) -> Term | None:
    for field_id in ("term_after", "reduced"):
        value = change[field_id]
        if isinstance(value, Sentence) and value.term is not None:
            return value.term
    return None


@RULES.rule(
    "JX-D09", "本次减后止日算错", "CL-47", "CPI-202.2", when=reduces_term, gravity=Gravity.SLIGHT, document=OPINION
)
def new_end(case: ReductionCase, why: Why) -> Verdict:
    """The proposed end date must be one of the two lawful ones: moved back, or counted forward again."""
    end, declared = case.day("sentence_end"), case.day("proposed_end")
    why.see(case.proposal, "sentence_start", "sentence_end", "proposed", "proposed_end")
    if end is None or declared is None:
        raise Missing(*(name for name, value in (("刑期止日", end), ("减后刑期止日", declared)) if value is None))
    ends, start = present_ends(case, end), case.day("sentence_start")
    why.step(f"现刑期止日 {end} 减去{case.amount} → {'或'.join(map(str, ends))}；填报 {declared}")
    if declared in ends:
        return why.lawful()
    days = min(abs((declared - each).days) for each in ends)
    if days <= why.number("tolerance_days"):
        month_end = end.day >= LAST_SHORT_MONTH_DAY or (start is not None and start.day >= LAST_SHORT_MONTH_DAY)
        text = f"减后刑期止日与推算相差{days}日"
        return why.hint(f"{text}，月末算法不同，请核对") if month_end else why.data(f"{text}，请核对")
    why.cite_only("CL-47", "CPI-202.2")
    return why.unlawful(f"提请的减后刑期止日 {declared} 与现止日减去{case.amount}的结果相差{days}日")
