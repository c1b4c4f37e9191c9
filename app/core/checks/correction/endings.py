"""The last day of parole, of control with custody counted, and of a sentence served outside prison."""

from __future__ import annotations

from datetime import date

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.effect import COURT, effect_of
from app.core.checks.correction.held import ONE_DAY
from app.core.checks.correction.spans import Ends, control_term, credit_of, ends, held_before, life, reductions
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record
from app.core.values import Term
from app.core.values.dates import parse_range

OFFICE = "社区矫正机构"
BLANK = frozenset({"", "无", "/", "-", "—", "——"})


def _parole(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    return "" if case.paroles else "没有假释裁定"


def _control(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    if case.kind is not Kind.CONTROL:
        return "不是管制"
    return "" if case.judgment is not None else "没有法院裁判"


def _outside(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    return "" if case.outside else "没有暂予监外执行决定"


def _too(apart: int) -> tuple[str, Harm]:
    return ("多", Harm.HELD_TOO_LONG) if apart > 0 else ("少", Harm.HELD_TOO_SHORT)


@RULES.rule("SJ-23", "假释考验期止日错误", "CL-83", when=_parole, about=("T22",), document="纠正违法通知书")
def end_of_parole(case: Episode, why: Why) -> Verdict:
    """Parole ends when the sentence, as last reduced, ends; for a life sentence after ten years."""
    stated, ruling = case.end, case.paroles[-1]
    if stated is None:
        raise Missing("社区矫正结束日期", holder=OFFICE)
    why.see(case.roster, "correction_start", "correction_end", "sentence_end")
    why.see(ruling, "case_no", "ruled_on", "parole_from", "released_on", "parole_to", "sentence_before", "end_after")
    if life(case):
        start = day_of(ruling, "parole_from", "released_on") or case.start
        if start is None:
            raise Missing("假释考验期起始", holder=COURT)
        term = Term(why.number("parole_life_years", start))
        due = ends(start, term)
        why.step(f"无期徒刑，假释之日 {start}，考验期{term} → 止日 {due.right}")
        return _parole_verdict(why, due, stated)
    rows = [row for row in reductions(case) if (day_of(row, "ruled_on") or date.min) <= _ruled(ruling)]
    own = day_of(ruling, "end_after")
    last = own or (day_of(rows[-1], "end_after") if rows else None)
    granted = day_of(ruling, "parole_to")
    if rows and own is None:
        why.see(rows[-1], "case_no", "ruled_on", "end_after")
    if last is None and granted is None:
        raise Missing("变更后刑期止", holder=COURT)
    if last is None or granted is None or last == granted:
        right = last or granted
        assert right is not None
        why.step(f"{'历次减刑后的刑期止日' if last else '假释裁定的考验期届满日'} {right}")
        return _parole_verdict(why, Ends(right, right), stated)
    why.step(f"历次减刑后的刑期止日 {last}，假释裁定的考验期届满日 {granted}")
    if stated in (last, granted):
        return why.doubt(f"假释裁定的考验期届满日 {granted} 与刑期止日 {last} 不同，名册为 {stated}，请核对裁定")
    return _parole_verdict(why, Ends(last, last), stated)


def _ruled(ruling: Record) -> date:
    return day_of(ruling, "ruled_on", "parole_from", "released_on") or date.max


def _parole_verdict(why: Why, due: Ends, stated: date) -> Verdict:
    if stated == due.right:
        return why.lawful(f"名册止日 {stated}，相符")
    if stated == due.plain:
        return why.hint(f"假释考验期止日 {stated} 按同日算法得出，按月末算法应为 {due.right}，请核对")
    apart = due.apart(stated)
    word, harm = _too(apart)
    return why.unlawful(f"名册假释考验期止日 {stated}，应为 {due.right}，{word}算{abs(apart)}日", harm=harm)


@RULES.rule(
    "SJ-24", "管制期限或者折抵错误", "CL-41", "CPL-76", when=_control, about=("T01",), document="纠正违法通知书"
)
def end_of_control(case: Episode, why: Why) -> Verdict:
    """Control ends on the last day of its term, two days earlier for each day in custody before the judgment."""
    assert case.judgment is not None
    start, stated, term = case.start, case.end, control_term(case)
    why.see(case.judgment, "sentence_kind", "sentence", "detention_span", "joinder", "effective_on")
    why.see(case.roster, "control_term", "correction_start", "correction_end", "reported_on")
    if not term:
        raise Missing("刑期", holder=COURT)
    least, most = why.number("control_least_months"), why.number("control_most_months")
    joint = why.number("control_most_joint_months")
    if term < Term.of_months(least) or term > Term.of_months(joint):
        return why.unlawful(f"管制{term}，不在 {least} 个月以上 {most} 个月（并罚 {joint} 个月）以下")
    if term > Term.of_months(most) and case.judgment["joinder"] is False:
        return why.unlawful(f"管制{term}，不是数罪并罚，超过 {most} 个月")
    if start is None or stated is None:
        raise Missing("社区矫正开始日期" if start is None else "社区矫正结束日期", holder=OFFICE)
    return _control_end(case, why, start, stated, term)


def _control_end(case: Episode, why: Why, start: date, stated: date, term: Term) -> Verdict:
    held = held_before(case, start)
    text = word_of(case.judgment, "detention_span")
    if held is None:
        whole = ends(start, term)
        if "detention_span" not in (case.judgment.cells if case.judgment else {}) and stated > max(whole.both):
            why.step(f"起日 {start}，管制{term}，不计折抵的止日 {whole.right}")
            message = f"名册管制止日 {stated}，即使没有折抵也应为 {whole.right}，多算{whole.apart(stated)}日"
            return why.unlawful(message, harm=Harm.HELD_TOO_LONG)
        raise Missing(f"羁押起止（“{text}”读不出起止日期）" if text else "羁押起止", holder=COURT)
    credit, less = credit_of(case, held, start), credit_of(case, held, start, less=True)
    due = ends(start, term, credit)
    if held:
        why.step(f"判决前羁押 {held.custody} 日、指定居所监视居住 {held.residence} 日，折抵管制 {credit} 日")
    why.step(f"起日 {start}，管制{term} → 止日 {due.right}")
    if stated == due.right:
        return _control_start(case, why, start)
    others = {start, *effect_of(case).accepted}
    right = {day for each in others for off in {credit, less} for day in ends(each, term, off).both}
    if stated in right:
        return why.hint(
            f"管制止日 {stated}，按月末、末日是否计入羁押或者起算日的另一种算法得出，应为 {due.right}，请核对"
        )
    apart = due.apart(stated)
    word, harm = _too(apart)
    message = f"名册管制止日 {stated}，应为 {due.right}，{word}算{abs(apart)}日"
    if not held and apart < 0:
        return why.doubt(f"{message}；裁判清单没有写羁押，请核对有无先行羁押折抵")
    if reductions(case):
        return why.doubt(f"{message}；有减刑裁定，请核对减刑后的止日")
    return why.unlawful(message, harm=harm)


def _control_start(case: Episode, why: Why, start: date) -> Verdict:
    """The day control begins is in dispute: effect, notice of execution or report; near one of them it may stand."""
    effect = effect_of(case)
    if effect.day is None:
        return why.lawful(f"名册止日 {case.end}，相符")
    slack = why.number("control_start_tolerance_days")
    days = (effect.day, day_of(case.judgment, "enforcement_notice_on"), case.reported)
    if any(day is not None and abs((start - day).days) <= slack for day in days):
        return why.lawful(f"起日 {start}、止日 {case.end}，相符")
    return why.hint(f"管制起日 {start}，判决 {effect.day} 生效，相差超过 {slack} 日，请核对判决执行之日")


@RULES.rule(
    "SJ-25",
    "暂予监外执行止日错误或者未扣除",
    "CPL-268",
    "CPI-518",
    when=_outside,
    about=("T11",),
    document="纠正违法通知书",
)
def end_outside(case: Episode, why: Why) -> Verdict:
    """A sentence served outside ends when it would have ended inside, later only by what a ruling does not count."""
    row, stated = case.outside[-1], case.end
    if stated is None:
        raise Missing("社区矫正结束日期", holder=OFFICE)
    reduced = day_of(next(reversed(reductions(case)), None), "end_after")
    original = day_of(row, "sentence_end") or reduced or _last(row, "sentence_span")
    if reduced is not None and stated == reduced:
        return why.lawful(f"减刑裁定载明的止日 {stated}，相符")
    if original is None:
        raise Missing("余刑止日", holder=OFFICE)
    why.see(case.roster, "correction_end")
    why.see(row, "sentence_end", "sentence_span", "excluded_span", "exclusion_ruling_no")
    why.step(f"刑期止日 {original}")
    excluded, ruling = word_of(row, "excluded_span"), word_of(row, "exclusion_ruling_no")
    if excluded in BLANK and ruling in BLANK:
        return _unchanged(why, stated, original)
    span = _range(excluded)
    if span is None:
        raise Missing(f"不计入刑期起止（“{excluded}”读不出起止日期）" if excluded not in BLANK else "不计入刑期起止")
    days = (span[1] - span[0]).days + 1
    right = original + days * ONE_DAY
    why.step(f"不计入刑期 {span[0]} 至 {span[1]}，{days} 日 → 止日 {right}")
    if ruling in BLANK:
        if stated == original:
            return why.hint(f"有不计入刑期的期间 {days} 日而没有裁定，止日仍为 {original}，请核实是否应当裁定扣除")
        return why.unlawful(f"没有裁定，止日由 {original} 改为 {stated}", harm=Harm.HELD_TOO_LONG)
    if stated == right or _already(row, original, days, stated):
        return why.lawful(f"名册止日 {stated}，已扣除不计入刑期的期间")
    if abs((stated - right).days) <= why.number("term_end_slight_days"):
        return why.hint(f"名册止日 {stated}，按首尾均计为 {right}，相差一日，请核对裁定确定的日数")
    word, harm = _too((stated - right).days)
    return why.unlawful(f"名册止日 {stated}，扣除后应为 {right}，{word}算{abs((stated - right).days)}日", harm=harm)


def _unchanged(why: Why, stated: date, original: date) -> Verdict:
    if stated == original:
        return why.lawful(f"名册止日 {stated}，相符")
    word, harm = _too((stated - original).days)
    days = abs((stated - original).days)
    return why.unlawful(f"没有不计入刑期的裁定，名册止日 {stated}，应为 {original}，{word}算{days}日", harm=harm)


def _already(row: Record, original: date, days: int, stated: date) -> bool:
    """Whether the list's own last day holds the days not counted already, by the original span beside it."""
    first = _last(row, "sentence_span")
    return first is not None and first + days * ONE_DAY == original == stated


def _last(row: Record, field_id: str) -> date | None:
    span = _range(word_of(row, field_id))
    return span[1] if span is not None else None


def _range(text: str) -> tuple[date, date] | None:
    try:
        return parse_range(text).value if text else None
    except ValueError:
        return None
