"""Family T, the start: when a commutation may first be proposed."""

from __future__ import annotations

from datetime import date

from app.core.checks.reduction.book import RULES, commutation, need_history
from app.core.checks.reduction.case import CHANGES, ReductionCase, Stage
from app.core.checks.reduction.classes import Reading, readings
from app.core.checks.reduction.crediting import served_until
from app.core.checks.reduction.history import CHANGE_TO_LIFE
from app.core.checks.reduction.joinder import soon_again
from app.core.checks.reduction.measure import Answer, join, months_of, rely, waited
from app.core.checks.reduction.probation import probation
from app.core.checks.reduction.straight import straight_start
from app.core.checks.why import Missing, Why, need
from app.core.findings import Harm, Verdict
from app.core.law.book import LawGap, Row
from app.core.sentence.terms import due, span
from app.core.values import SentenceKind, Term

OPINION = "减刑提请检察意见书"
COURT = "人民法院"


def first_fixed(case: ReductionCase) -> str:
    """Applies to a first commutation of a fixed term."""
    if reason := commutation(case):
        return reason
    if case.stage is not Stage.FIXED:
        return "原判无期徒刑或者死缓，见 JX-T02、JX-T03"
    if probation(case):
        return "缓刑罪犯，见 JX-B01"
    return "已有过减刑，审查间隔时间" if case.history else ""


def first_change(case: ReductionCase) -> str:
    """Applies to the change of life imprisonment into a fixed term."""
    if reason := commutation(case):
        return reason
    return "" if case.stage in (*CHANGES, Stage.SUSPENDED) else "不是无期徒刑、死缓的首次减为有期徒刑"


def filing(case: ReductionCase, why: Why) -> date:
    """The filing date, taken into the evidence; Missing when it was not delivered."""
    value = need(case.proposal, "filed_on", "报请日期")
    why.see(case.proposal, "filed_on")
    assert isinstance(value, date)
    return value


def delivery(case: ReductionCase, why: Why) -> date:
    """The day of delivery to the place of execution, taken into the evidence; Missing when it was not delivered."""
    value = need(case.proposal, "delivered_on", "送交执行日期")
    why.see(case.proposal, "delivered_on")
    assert isinstance(value, date)
    return value


def between(what: str, start: date, filed: date) -> str:
    """How long it was from a day to filing, in words."""
    return f"{what}至报请仅{span(start, filed)}" if filed >= start else f"报请日早于{what}日"


def exempt(case: ReductionCase, why: Why, reading: Reading) -> Answer | None:
    """What major merit does to a waiting time: lifts it, leaves it open where the text is silent, or nothing."""
    if not case.major_merit:
        return None
    why.see(case.proposal, "merit")
    why.cite(reading.row.cites["exempt"])
    if reading.row.exempt is True:
        why.step("有重大立功表现，可以不受该时间限制（须核实，并应开庭审理）")
        return Answer.KEPT
    why.step(f"有重大立功表现，但{silence(reading.row)}")
    return Answer.OPEN


def silence(row: Row) -> str:
    """What the text of a row says of waiting times and major merit, where it does not lift them."""
    if row.exempt == "interval":
        return "条文只写间隔时间可以适当缩短，没有写明缩短多少"
    return "所适用的条款未写明不受该时间限制"


@RULES.rule("JX-T01", "减刑起始时间不足", "R16-40.1", when=first_fixed, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def start_time(case: ReductionCase, why: Why) -> Verdict:
    """A first commutation may be proposed only after the waiting time from delivery to the place of execution."""
    need_history(case)
    filed = filing(case, why)
    found = readings(case, why)
    delivered = delivery(case, why)

    def ask(reading: Reading) -> Answer:
        rely(why, reading.row, "wait")
        answer = waited(
            case, why, reading.row, months_of(reading.row, reading.row.wait), delivered, "送交执行日", filed
        )
        if answer is not Answer.BROKEN:
            return answer
        return exempt(case, why, reading) or short_remaining(case, why, delivered)

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(f"{between('送交执行', delivered, filed)}，未满减刑起始时间"),
        "减刑起始时间是否已满须核实",
    )


def short_remaining(case: ReductionCase, why: Why, delivered: date) -> Answer:
    """Article 16: where less than two years were left when the judgment took effect, the wait may be shortened."""
    if case.original_kind in (SentenceKind.CONTROL, SentenceKind.DETENTION):
        why.cite("R16-16")
        why.step(f"原判{case.original_kind}，起始时间可以适当缩短，须核实理由")
        return Answer.OPEN
    effective, end = case.day("effective_on"), _original_end(case)
    try:
        shorter = case.law.parameter("short_remaining", case.rules_day)
    except LawGap:  # the rules of that day told of no such thing
        return Answer.BROKEN
    months = int(shorter.value)
    rest = f"余刑不满{Term.of_months(months)}"
    if end is None:
        why.cite(shorter.provision)
        why.step(f"刑期起日、刑期止日都未提供，判决生效后是否{rest}不明")
        return Answer.OPEN
    # Without the day of effect, delivery stands in for it: what is left only shrinks from one to the other.
    since = effective or delivered
    if end >= due(since, months).late:
        return Answer.BROKEN
    why.cite(shorter.provision)
    why.see(case.proposal, "effective_on", "sentence_start", "sentence")
    told = f"判决生效日 {since}" if effective else f"未提供判决生效日，送交执行日 {since}"
    why.step(f"{told} 至原刑期止日 {end}，{rest}，起始时间可以适当缩短，须核实理由并开庭")
    return Answer.OPEN


def end_unknown(case: ReductionCase) -> bool:
    """Whether it cannot be told what was left of a fixed term when the judgment took effect."""
    return case.original_kind not in (SentenceKind.CONTROL, SentenceKind.DETENTION) and _original_end(case) is None


def _original_end(case: ReductionCase) -> date | None:
    """The last day of the original term, reckoned or, for who was never commuted, as delivered."""
    start, term = case.day("sentence_start"), case.original_term
    return served_until(case, start, term) if start is not None and term is not None else case.day("sentence_end")


@RULES.rule(
    "JX-T02",
    "无期徒刑、死缓减刑起始时间不足",
    "R16-40.1",
    when=first_change,
    harm=Harm.HELD_TOO_SHORT,
    document=OPINION,
)
def start_time_heavy(case: ReductionCase, why: Why) -> Verdict:
    """Life and suspended death: the wait runs from disputed days, so only shortness from all of them is unlawful."""
    need_history(case)
    if case.stage is Stage.SUSPENDED:
        return _suspended(case, why)
    filed = filing(case, why)
    found = readings(case, why)
    days = anchors(case, why)

    def ask(reading: Reading) -> Answer:
        row = reading.row
        rely(why, row, "wait")
        months = months_of(row, row.wait)
        answers = [waited(case, why, row, months, day, label, filed) for label, day in days if day is not None]
        if days[1][1] is not None and answers[-1] is Answer.KEPT:
            return Answer.KEPT
        lifted = exempt(case, why, reading)
        if lifted is not None:
            return lifted
        again = soon_again(case, why) if case.stage is Stage.LIFE else None
        if again is not None and filed >= again:
            return Answer.OPEN
        if days[0][1] is not None and answers[0] is Answer.BROKEN:
            return Answer.BROKEN
        lacking = [label for label, day in days if day is None]
        if lacking:
            raise Missing(*lacking)
        return Answer.OPEN

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(f"按最早的起算日计算，减刑起始时间仍未满（{case.stage.value}）"),
        "减刑起始时间的起算日有不同理解或者不明，须核实",
    )


def anchors(case: ReductionCase, why: Why) -> list[tuple[str, date | None]]:
    """The two days a waiting time may run from, the earlier first; Missing when neither was delivered."""
    if case.stage is Stage.LIFE:
        why.see(case.proposal, "effective_on", "delivered_on")
        days = [("判决生效日", case.day("effective_on")), ("送交执行日", case.day("delivered_on"))]
    else:
        ruling = case.changes[CHANGE_TO_LIFE]
        why.see(case.proposal, "suspension_ended_on")
        why.see(ruling, "ruled_on", "served_on")
        ruled = ruling["ruled_on"]
        days = [
            ("死缓期满日", case.suspension_end),
            ("减为无期徒刑裁定日", ruled if isinstance(ruled, date) else None),
        ]
    if all(day is None for _, day in days):
        raise Missing(*(label for label, _ in days))
    for label, day in days:
        if day is None:
            why.step(f"未提供{label}")
    if all(day is not None for _, day in days):
        days.sort(key=lambda each: each[1] or date.max)
    return days


def _suspended(case: ReductionCase, why: Why) -> Verdict:
    """A suspended death sentence is changed only when the two years are over (刑法第五十条)."""
    filed = filing(case, why)
    why.cite_only("CL-50", "CL-51")
    why.see(case.proposal, "suspension_ended_on")
    end = case.suspension_end
    if end is None:
        raise Missing("死缓期满日期")
    why.step(f"死缓期满日 {end}，报请日 {filed}")
    why.turn(end)
    if filed < end:
        return why.unlawful("死缓期未满即报请减刑")
    if case.proposal["proposed"] is None and case.proposal["proposed_term"] is None:
        raise Missing("提请减刑幅度（减为无期徒刑还是有期徒刑）")
    if case.to_life:
        return why.lawful()
    return straight_start(case, why, filed, end)
