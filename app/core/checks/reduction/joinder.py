"""What a later judgment makes of the sentence: joinder of omitted and new crimes, and life imprisonment joined again.

Sources: 刑法 第六十九条至第七十一条; 法释〔2016〕23号 第三十三条至第三十七条.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.reduction.case import OMITTED, ReductionCase
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.history import CHANGE_TO_LIFE, CHANGE_TO_TERM
from app.core.checks.why import Why
from app.core.records import Record
from app.core.sentence.terms import add_months, end_of_term, move_back, span
from app.core.values import Sentence, SentenceKind, Term


def joined_term(case: ReductionCase, crime: Record) -> Term | None:
    """The term decided after joinder where it is told and 原判刑期 is not that term already."""
    found = _term(crime, "joined_term")
    return found if found is not None and found != case.original_term else None


def outside(case: ReductionCase, why: Why, crime: Record, taken: Term) -> str:
    """What is wrong with the joined term; "" when nothing is. `taken` is what was taken off before."""
    term, new, old = joined_term(case, crime), _term(crime, "new_term"), case.original_term
    final, start = crime["final_on"], case.day("sentence_start")
    if term is None or new is None or old is None or start is None or not isinstance(final, date):
        return ""
    why.see(crime, "joined_term", "new_term", "final_on")
    if crime["crime_kind"] == OMITTED:
        why.cite("CL-70")
        return _within(case, why, old, new, term, f"原判{old}、漏罪{new}")
    why.cite("CL-71")
    end = served_until(case, start, old)
    if final > end:
        return ""
    rest = _rest(final, end)
    why.step(f"不计已减的{taken}，前罪刑期至 {end}；新罪判决确定日 {final}，余刑{rest}")
    fault = _within(case, why, rest, new, term, f"前罪余刑{rest}、新罪{new}")
    short = _rest(final, max(move_back(end, taken), final))
    if fault and taken and _range(case, short, new)[0] <= term <= _range(case, short, new)[1]:
        return f"{fault}；像是把已减的{taken}当作已经执行（余刑{short}）"
    return fault


def _within(case: ReductionCase, why: Why, first: Term, second: Term, term: Term, told: str) -> str:
    least, most = _range(case, first, second)
    why.step(f"{told}，应在{least}以上、{most}以下决定执行的刑期；并罚后为{term}")
    if term < least:
        return f"并罚后的刑期{term}低于数罪中最高的{least}"
    return f"并罚后的刑期{term}超过{most}" if term > most else ""


def _range(case: ReductionCase, first: Term, second: Term) -> tuple[Term, Term]:
    """The least and the most that may be decided for two terms."""
    total = first + second
    low = total < Term.of_months(case.law.number("joinder_sum", case.as_of))
    cap = case.law.number("joinder_most_low" if low else "joinder_most_high", case.as_of)
    return max(first, second), min(total, Term.of_months(cap))


def _rest(day: date, end: date) -> Term:
    """What is left of a term from a day to its last, that day included."""
    left = span(day, end + timedelta(days=1))
    return Term.of_months(left.months, left.days)


def _term(crime: Record, field_id: str) -> Term | None:
    value = crime[field_id]
    return value.term if isinstance(value, Sentence) else None


def tell_heavy(case: ReductionCase, why: Why, final: date) -> None:
    """The days articles 35 to 37 count for whom life or suspended death was joined again, in both readings."""
    why.cite("R16-35")
    effective, suspended = case.day("effective_on"), case.suspension_end
    why.see(case.proposal, "effective_on", "suspension_ended_on", "sentence_start", "sentence_end")
    to_life, to_term = (case.changes.get(each) for each in (CHANGE_TO_LIFE, CHANGE_TO_TERM))
    if case.original_kind is SentenceKind.SUSPENDED_DEATH and suspended is not None and final < suspended:
        whole = add_months(final, case.law.number("suspension", case.as_of))
        why.step(f"后判决 {final} 在死缓期内：已经执行的缓期计入的，期满日仍为 {suspended}；不计入的为 {whole}")
        return
    begin = to_life["ruled_on"] if to_life is not None else effective
    if not isinstance(begin, date) or begin > final:
        why.step("减为无期徒刑之日或者判决生效日不明，已经执行的期间无法计算")
        return
    served = span(begin, final)
    why.step(f"{begin} 至后判决 {final} 已经实际执行{served}，应当在减为有期徒刑的刑期内扣减")
    ruled, after = (to_term[each] if to_term is not None else None for each in ("ruled_on", "term_after"))
    if isinstance(ruled, date) and ruled > final and isinstance(after, Sentence) and after.term is not None:
        end = end_of_term(ruled, after.term)
        less = move_back(end, Term.of_months(served.months, served.days))
        why.step(
            f"{ruled} 减为{after.term}：尚未扣减的止日 {end}，扣减以后的止日 {less}；填报 {case.day('sentence_end')}"
        )


def soon_again(case: ReductionCase, why: Why) -> date | None:
    """The day from which life joined again for a short omitted crime may be changed (第三十七条第二款); else None."""
    limit = case.law.number("omitted_short", case.as_of)
    for crime in case.crimes.records:
        term, final = _term(crime, "new_term"), crime["final_on"]
        if crime["crime_kind"] != OMITTED or term is None or not isinstance(final, date):
            continue
        if term <= Term.of_months(limit):
            months = why.number("omitted_wait")
            why.see(crime, "crime_kind", "final_on", "new_term")
            day = add_months(final, months)
            why.step(f"漏罪判处{term}，并罚又决定执行无期徒刑的，新判决生效 {final}＋{months}个月 → {day} 起可以减刑")
            return day
    return None
