"""Who could be proposed and was not: for each prisoner since when, from when, why never, or what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.core.checks.dossier import text_of
from app.core.checks.reduction.arithmetic import chain_end, untouched_end
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import MERITS, ReductionCase, Stage
from app.core.checks.reduction.case_facts import PAROLE
from app.core.checks.reduction.classes import readings
from app.core.checks.reduction.deductions import asked_for
from app.core.checks.reduction.filing_days import (
    CLOCKS,
    COMMUTATION,
    DECISIVE,
    KINDS,
    Answered,
    State,
    Trial,
    Walk,
    law_turns,
    walk,
)
from app.core.checks.reduction.largest import largest_lawful
from app.core.checks.reduction.prisoners import Prisoner, prisoners
from app.core.checks.reduction.review import HOLDER
from app.core.checks.rule import run_rule
from app.core.checks.why import Missing, Why
from app.core.findings import Level, Outcome, Verdict
from app.core.findings.asked_again import Chance, Forecast
from app.core.jobs import Ticket
from app.core.law.book import LawBook, LawGap
from app.core.records import Record

# What forbids a proposal whatever the day, in words for who was not proposed; the second, what may yet come to an end.
BARS = {
    COMMUTATION: ("JX-S05", "JX-B01", "JX-F02", "JX-B05"),
    PAROLE: ("JX-S05", "JX-J04", "JX-J07", "JX-F02", "JX-B05"),
}
FOREVER = {
    "JX-S05": "终身监禁，不得减刑、假释",
    "JX-B01": "缓刑罪犯，没有重大立功的不适用减刑",
    "JX-J04": "属于不得假释的罪犯",
    "JX-J07": "假释曾因新罪或者违反规定被撤销，一般不得再假释",
}
FOR_NOW = {"JX-F02": "有能力不履行财产性判项的情形尚未消失（消失或者履行完毕后还要另满法定期限）"}
NOTHING_LEFT = "不能再减"
ORDER = (
    Chance.NOW, Chance.OPEN, Chance.LATER, Chance.UNKNOWN, Chance.PENDING, Chance.NEVER, Chance.OVER
)  # fmt: skip
COURT = "人民法院"


def forecasts(records: Iterable[Record], law: LawBook, as_of: date, ticket: Ticket) -> Iterator[Forecast]:
    """For everybody in the lists of this desk one forecast for commutation and one for parole, in the lists' order."""
    people = prisoners(records, law, as_of)
    law_days = law_turns(law)
    total = len(people)
    people.reverse()
    while people:
        prisoner = people.pop()
        ticket.step(total - len(people) - 1, total, f"推算 {prisoner.case.person.name}")
        for kind in KINDS:
            yield forecast(prisoner, kind, law_days)


def in_order(found: Iterable[Forecast]) -> list[Forecast]:
    """Those first who may be held too long, then who could have been proposed for longest, then by their day."""
    last = date.max
    return sorted(
        found,
        key=lambda each: (
            each.rank,
            ORDER.index(each.chance),
            each.certain or each.since or last,
            each.unit,
            each.person.prisoner_no,
            each.person.name,
            each.kind,
        ),
    )


def forecast(prisoner: Prisoner, kind: str, law_days: Collection[date]) -> Forecast:
    """When one prisoner may be proposed; what the rules find is at most a prompt here, for nothing was proposed."""
    case = prisoner.case
    row = case.proposal
    found = Forecast(
        case.person, case.unit, text_of(row, "ward"), kind, Chance.UNKNOWN, end=case.day("sentence_end"),
        file=row.file, sheet=row.sheet, row=row.row,
    )  # fmt: skip
    if prisoner.gone:
        return replace(found, chance=Chance.OVER, lacking=(prisoner.gone,))
    found = _urgent(found, case)
    end = found.end
    if end is not None and end < case.as_of:
        return replace(found, missing=(("是否已经释放", HOLDER),))
    if prisoner.unruled:
        told = f"{prisoner.pending} 已报请，未见裁定"
        return replace(found, missing=(("裁定日期", COURT), ("裁定结果", COURT)), steps=(*found.steps, told))
    trial = Trial(case, kind)
    found = _reckoned(found, trial, walk(trial, law_days))
    if prisoner.pending is not None and found.chance not in (Chance.NEVER, Chance.UNKNOWN):
        return replace(found, chance=Chance.PENDING, lacking=(f"{prisoner.pending} 已报请，等待裁定",))
    return found


def _reckoned(found: Forecast, trial: Trial, tried: Walk) -> Forecast:
    """What the days tried come to, with the bars, what is left to reduce and what a person must look at."""
    shown = tried.today
    if shown.state is State.BLOCKED:
        shown = tried.clear_from or tried.open_from or shown
    asked = trial.on(shown.day)
    bars = _bars(asked, found.kind)
    words = (f"以 {shown.day} 为报请日试算：", *shown.steps(), *_steps(bars))
    basis = dict.fromkeys((*shown.basis(), *(basis for each in bars if _counts(each) for basis in each.basis)))
    found = replace(found, steps=(*found.steps, *dict.fromkeys(words)), basis=tuple(basis))
    forever = [_forever(each) for each in bars if each.level is Level.UNLAWFUL and each.rule in FOREVER]
    if forever:
        return replace(found, chance=Chance.NEVER, lacking=tuple(forever))
    found = _dated(found, tried, bars)
    found = replace(found, to_check=_to_check(trial.case, shown, bars))
    for_now = tuple(FOR_NOW[each.rule] for each in bars if each.level is Level.UNLAWFUL and each.rule in FOR_NOW)
    if for_now:
        found = replace(found, chance=Chance.LATER, since=None, certain=None, lacking=(*found.lacking, *for_now))
    return _left(_commended(found, asked), asked)


def _dated(found: Forecast, tried: Walk, bars: Iterable[Verdict]) -> Forecast:
    """Whether the day has come, and from when, as the clocks and the bars say today."""
    first, certain = tried.open_from, tried.clear_from
    lacks = [*tried.today.verdicts, *bars]
    missing = _missing(each for each in lacks if each.outcome is Outcome.NOT_EVALUATED and each.rule in DECISIVE)
    state = tried.today.state
    doubted = any(each.level is Level.DOUBT for each in bars)
    chance = {State.BLOCKED: Chance.LATER, State.UNKNOWN: Chance.UNKNOWN, State.OPEN: Chance.OPEN}.get(
        state, Chance.OPEN if doubted else Chance.NOW
    )
    if chance is not Chance.LATER and missing:
        chance = Chance.UNKNOWN
    found = replace(
        found,
        chance=chance,
        since=first.day if first is not None else None,
        certain=certain.day if certain is not None and not (missing or doubted) else None,
        lacking=tuple(dict.fromkeys(CLOCKS[found.kind][each.rule] for each in tried.today.blocking())),
        missing=missing,
    )
    if chance is Chance.LATER and found.end is not None and (found.since is None or found.since > found.end):
        told = f"刑期 {found.end} 届满，届满前不能具备"
        return replace(found, chance=Chance.NEVER, since=None, certain=None, lacking=(*found.lacking, told))
    return found


def _bars(asked: ReductionCase, kind: str) -> list[Verdict]:
    """What the rules on who may not be proposed at all say of the proposal that is tried."""
    return [
        each
        for rule in BARS[kind]
        for each in run_rule(RULES[rule], asked, asked.law, asked.rules_day, weak=frozenset(), holder=HOLDER)
    ]


def _forever(verdict: Verdict) -> str:
    because = f"（{verdict.steps[0]}）" if verdict.rule == "JX-J04" and verdict.steps else ""
    return FOREVER[verdict.rule] + because


def _counts(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.FOUND


def _steps(bars: Iterable[Verdict]) -> Iterator[str]:
    for each in bars:
        if _counts(each):
            yield from each.steps


def _missing(lacks: Iterable[Verdict]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((item, each.holder) for each in lacks for item in each.missing))


def _to_check(case: ReductionCase, shown: Answered, bars: Iterable[Verdict]) -> tuple[str, ...]:
    """What a person must find out before proposing: doubts, and what the lists do not tell but need not stop a day."""
    told: dict[str, None] = {}
    if text_of(case.proposal, "merit") not in MERITS:
        told["悔改立功情形未载明，按确有悔改表现试算"] = None
    for each in (*shown.verdicts, *bars):
        if each.level is Level.DOUBT:
            told[each.message] = None
        elif each.outcome is Outcome.NOT_EVALUATED and each.rule not in DECISIVE:
            told[f"{'、'.join(each.missing)}（{each.holder}）"] = None
    return tuple(told)


def _commended(found: Forecast, asked: ReductionCase) -> Forecast:
    """Where the province asks for so many commendations, whether there are as many."""
    if found.kind != COMMUTATION or found.chance not in (Chance.NOW, Chance.OPEN, Chance.LATER):
        return found
    day = asked.filed or asked.as_of
    try:
        wanted = asked_for(asked, [each.row for each in readings(asked)], day)
    except (Missing, LawGap):
        return found
    least = min((int(each.value) for each in wanted if each is not None), default=0)
    if not least or not all(wanted):
        return found
    count = asked.proposal["commendations"]
    if not isinstance(count, int):
        return replace(found, to_check=(*found.to_check, f"表扬次数（{HOLDER}）；本地要求{least}次"))
    if count >= least:
        return found
    told = f"表扬{count}次，本地要求{least}次"
    return replace(found, chance=Chance.LATER, certain=None, lacking=(*found.lacking, told))


def _left(found: Forecast, asked: ReductionCase) -> Forecast:
    """The largest lawful amount on that day; who has nothing left to reduce is never proposed."""
    if found.kind != COMMUTATION or found.chance not in (Chance.NOW, Chance.OPEN, Chance.LATER):
        return found
    most = largest_lawful(asked)
    if most == NOTHING_LEFT:
        told = "再减刑即低于依法必须实际执行的刑期，或者已没有余刑可减"
        return replace(found, chance=Chance.NEVER, since=None, certain=None, lacking=(told,))
    return replace(found, most=most)


def _urgent(found: Forecast, case: ReductionCase) -> Forecast:
    """Why somebody may be held too long, the gravest first: the stated end is over, wrong, or nearer than a ruling."""
    end, today = found.end, case.as_of
    if end is None:
        return found
    days = case.law.number("ruling_estimate_days", today)
    soon = today + timedelta(days=days)
    if end < today:
        told = f"刑期止日 {end} 已过而没有释放记录：可能已经释放而名单没有更新，也可能超期羁押，请立即核实"
        return replace(found, urgent=told, rank=0)
    why = Why("", "", case.law, today, HOLDER)
    reckoned = _reckoned_end(case, why)
    if reckoned is not None and (end - reckoned).days > case.law.number("tolerance_days", today):
        told = f"按原判和历次减刑推算止日为 {reckoned}，比填报的 {end} 早{(end - reckoned).days}日，可能多关，请核实"
        return replace(found, urgent=told, rank=1 if reckoned <= soon else 3, steps=_lines(why))
    if end <= soon:
        told = f"刑期 {end} 届满，余刑不足以办结一般的减刑、假释程序（预计{days}日）"
        return replace(found, urgent=told, rank=2)
    return found


def _reckoned_end(case: ReductionCase, why: Why) -> date | None:
    """The end date that follows from the sentence and the rulings; None where something is not known."""
    start, term = case.day("sentence_start"), case.original_term
    try:
        if case.history_gap:
            return None
        if case.history:
            return chain_end(case, why)[0]
        if case.stage is Stage.FIXED and start is not None and term is not None:
            return untouched_end(case, why, start, term)
    except Missing:
        pass
    return None


def _lines(why: Why) -> tuple[str, ...]:
    return why.lawful().steps
