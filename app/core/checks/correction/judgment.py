"""What the judgment orders: the length of probation, the injunction, custody as long as the sentence."""

from __future__ import annotations

import re

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode, Kind, penalty_of
from app.core.checks.correction.effect import CHANGED, COURT
from app.core.checks.correction.held import NONE, read_held
from app.core.checks.correction.spans import reductions
from app.core.checks.persons import word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Outcome, Verdict
from app.core.law.offences import plain
from app.core.records import Record
from app.core.sentence.credit import HALVES_IN_DAY
from app.core.sentence.terms import end_of_term
from app.core.values import Sentence, SentenceKind, Term

PROTEST = "抗诉（再审检察建议）线索"
OFFICE = "社区矫正机构"


def _judged_probation(case: Episode) -> str:
    if case.judgment is None:
        return "没有法院裁判"
    return "" if case.kind is Kind.PROBATION else "不是缓刑"


def _both(case: Episode) -> str:
    if case.judgment is None:
        return "没有法院裁判"
    if case.kind not in (Kind.PROBATION, Kind.CONTROL):
        return "不是管制、缓刑"
    return "" if case.roster is not None else "不在社区矫正对象名册"


def changed_on_appeal(case: Episode) -> bool:
    """Whether the second instance changed the sentence, so that the row may hold the first one's."""
    return any(each in word_of(row, "appeal_result") for row in case.judgments for each in CHANGED)


@RULES.rule(
    "SJ-21",
    "考验期长度违法",
    "CL-72",
    "CL-73.1",
    "CL-73.2",
    "CL-74",
    when=_judged_probation,
    about=("T01",),
    gravity=Gravity.GRAVE,
    document=PROTEST,
)
def length_of_probation(case: Episode, why: Why) -> Verdict:
    """Probation is as long as the sentence and within its bounds; no recidivist and no long sentence gets it."""
    assert case.judgment is not None
    penalty, term = penalty_of(case.judgment), case.judgment["probation"]
    why.see(case.judgment, "sentence_kind", "sentence", "probation", "recidivist", "joinder")
    if case.judgment["recidivist"] is True:
        return _protest(case, why, "累犯不适用缓刑")
    if penalty is None or penalty.term is None:
        raise Missing("刑期", holder=COURT)
    if not isinstance(term, Term) or not term:
        raise Missing("缓刑考验期", holder=COURT)
    if penalty.kind is SentenceKind.DETENTION:
        names = ("probation_least_detention_months", "probation_most_detention_months")
    elif penalty.kind is SentenceKind.FIXED_TERM:
        names = ("probation_least_fixed_months", "probation_most_fixed_months")
    else:
        return _protest(case, why, f"{penalty.kind}不适用缓刑")
    longest = Term.of_months(why.number("probation_most_sentence_months"))
    if penalty.term > longest:
        return _protest(case, why, f"原判{penalty}，超过{longest}，不得宣告缓刑")
    least, most = (Term.of_months(why.number(each)) for each in names)
    floor = max(least, penalty.term)
    why.step(f"原判{penalty}，考验期应为{floor}以上{most}以下；判决为{term}")
    if term < floor:
        return _protest(case, why, f"原判{penalty}，考验期{term}，少于{floor}")
    if term > most:
        return _protest(case, why, f"原判{penalty}，考验期{term}，超过{most}")
    return why.lawful("考验期在法定范围以内")


def _protest(case: Episode, why: Why, message: str) -> Verdict:
    if changed_on_appeal(case):
        return why.doubt(f"{message}；二审已改判，须核对清单填写的是否为二审的刑罚")
    return why.unlawful(message)


@RULES.rule("SJ-22", "裁判与名册期限不一致", "CCL-22", when=_both, about=("T01",), document="纠正违法通知书")
def judgment_and_roster(case: Episode, why: Why) -> Verdict:
    """The roster states the sentence, the probation and the offence of the judgment."""
    assert case.judgment is not None
    assert case.roster is not None
    apart: list[str] = []
    compared = 0
    for label, ours, theirs in _terms(case.judgment, case.roster):
        if ours is None or theirs is None:
            continue
        compared += 1
        why.step(f"{label}：裁判{ours}，名册{theirs}")
        if (ours.total_months, ours.days) != (theirs.total_months, theirs.days):
            apart.append(f"{label}裁判为{ours}、名册为{theirs}")
    why.see(case.judgment, "sentence_kind", "sentence", "probation", "offence")
    why.see(case.roster, "sentence_kind", "sentence", "probation", "control_term", "offence")
    said, kept = word_of(case.judgment, "offence"), word_of(case.roster, "offence")
    other = bool(said and kept) and not _same_offences(said, kept)
    if not compared and not other:
        raise Missing("原判刑期", "缓刑考验期限", holder=OFFICE)
    if apart and (changed_on_appeal(case) or reductions(case)):
        return why.doubt(f"{'，'.join(apart)}；有改判或者减刑，请核对以哪一份裁判为准")
    if apart:
        return why.unlawful("，".join(apart) + (f"；罪名裁判为{said}、名册为{kept}" if other else ""))
    if other and _unlike(said, kept) and not changed_on_appeal(case):
        return why.unlawful(f"罪名裁判为{said}、名册为{kept}")
    if other:
        return why.doubt(f"罪名裁判为“{said}”，名册为“{kept}”，请核对")
    return why.lawful("期限、罪名一致")


def _terms(judgment: Record, roster: Record) -> list[tuple[str, Term | None, Term | None]]:
    ours, theirs = _term(penalty_of(judgment)), _term(penalty_of(roster))
    control = roster["control_term"]
    if isinstance(control, Term) and control:
        theirs = control
    given = judgment["probation"], roster["probation"]
    first, second = (each if isinstance(each, Term) and each else None for each in given)
    return [("刑期", ours, theirs), ("考验期", first, second)]


def _term(penalty: Sentence | None) -> Term | None:
    return penalty.term if penalty is not None else None


def _same_offences(one: str, other: str) -> bool:
    """Whether two texts name the same offences; the roster may name the gravest only."""
    first, second = _offences(one), _offences(other)
    return first <= second or second <= first


def _unlike(one: str, other: str) -> bool:
    """Whether each text names one offence, and the two names share no word: no short form of one another."""
    first, second = _offences(one), _offences(other)
    pairs = [{name[at : at + 2] for name in each for at in range(len(name) - 1)} for each in (first, second)]
    return len(first) == len(second) == 1 and all(pairs) and not pairs[0] & pairs[1]


def _offences(text: str) -> frozenset[str]:
    parts = re.split(r"[、,;和及与/]|\d+[.)]", plain(text))
    return frozenset(each.strip("()犯").removesuffix("罪") for each in parts) - {""}


def _enjoined(case: Episode) -> str:
    if case.judgment is None:
        return "没有法院裁判"
    if case.kind not in (Kind.PROBATION, Kind.CONTROL):
        return "不是管制、缓刑"
    return "" if _text(case.judgment) or case.judgment["injunction_term"] else "判决没有禁止令"


def _text(row: Record | None) -> str:
    text = plain(word_of(row, "injunction"))
    return "" if text in NONE or text in ("无禁止令", "未宣告", "不适用") else text


@RULES.rule(
    "SJ-48",
    "禁止令未落实",
    "CL-38",
    "CL-72",
    when=_enjoined,
    about=("T01",),
    document="纠正违法通知书",
)
def injunction(case: Episode, why: Why) -> list[Verdict]:
    """An injunction stands in the roster too; it is no shorter than allowed and no longer than what it goes with."""
    assert case.judgment is not None
    why.see(case.judgment, "injunction", "injunction_term", "probation", "sentence", "detention_span")
    found = [each for each in (_length(case, why, case.judgment), _listed(case, why)) if isinstance(each, Verdict)]
    wrong = [each for each in found if each.outcome is not Outcome.LAWFUL]
    return wrong or found[-1:] or [why.lawful("禁止令已列入名册")]


def _length(case: Episode, why: Why, judgment: Record) -> Verdict | None:
    term = judgment["injunction_term"]
    if not isinstance(term, Term) or not term:
        return None
    control = case.kind is Kind.CONTROL
    least = why.number("injunction_least_control_months" if control else "injunction_least_probation_months")
    whole = _term(penalty_of(judgment)) if control else judgment["probation"]
    why.step(f"禁止令期限{term}，不少于 {least} 个月")
    held = word_of(judgment, "detention_span")
    if term < Term.of_months(least):
        if control and held not in NONE:
            return why.hint(f"管制的禁止令期限{term}，少于 {least} 个月；判决前有羁押，须核对是否因折抵而不足")
        return why.unlawful(f"禁止令期限{term}，少于 {least} 个月", fact="期限")._replace(document=PROTEST)
    if isinstance(whole, Term) and term > whole:
        words = "管制期限" if control else "考验期"
        return why.unlawful(f"禁止令期限{term}，长于{words}{whole}", fact="期限")._replace(document=PROTEST)
    return None


def _listed(case: Episode, why: Why) -> Verdict | None:
    row = case.roster
    if row is None:
        return None
    why.see(row, "injunction_imposed", "injunction", "injunction_from", "injunction_to")
    if row["injunction_imposed"] is True or _text(row) or row["injunction_from"] is not None:
        return why.lawful("名册载明禁止令")
    if row["injunction_imposed"] is None and not {"injunction_imposed", "injunction"} & set(row.cells):
        return why.not_evaluated(("是否被宣告禁止令",), OFFICE)
    return why.unlawful("判决宣告了禁止令，名册中没有载明", fact="名册")


@RULES.rule("SJ-61", "羁押期倒挂", "CL-47", when=_judged_probation, about=("T01",))
def custody_as_long_as_sentence(case: Episode, why: Why) -> Verdict:
    """Who was in custody as long as the sentence is long has little left that probation could suspend."""
    assert case.judgment is not None
    penalty = penalty_of(case.judgment)
    if penalty is None or penalty.term is None:
        raise Missing("刑期", holder=COURT)
    text = word_of(case.judgment, "detention_span")
    if "detention_span" not in case.judgment.cells:
        raise Missing("羁押起止", holder=COURT)
    held = read_held(text, case.effective)
    why.see(case.judgment, "detention_span", "sentence")
    if held is None:
        raise Missing(f"羁押起止（“{text}”读不出起止日期）", holder=COURT)
    if not held:
        return why.lawful("判决前没有羁押")
    name = "detention" if penalty.kind is SentenceKind.DETENTION else "fixed"
    rates = [why.number(f"credit_{each}_{name}") for each in ("custody", "designated")]
    days = (held.custody * rates[0] + held.residence * rates[1]) // HALVES_IN_DAY
    first = held.first or case.begins or case.as_of
    whole = (end_of_term(first, penalty.term) - first).days + 1
    why.step(f"判决前羁押折抵 {days} 日，原判{penalty}为 {whole} 日")
    if days >= whole:
        return why.hint(f"判决前羁押折抵 {days} 日，不少于原判{penalty}（{whole} 日），请核对是否适宜宣告缓刑")
    return why.lawful("羁押日数少于原判刑期")
